"""Whether a contract in force answers an offer to bargain, by what each of them is about.

A comprehensive contract answers every offer; one on a single topic answers an offer on that topic
and no other. What an offer is about is written in its topics, in free words: where these do not say
it plainly, the answer is "perhaps", and whoever would be named for silence has the benefit of it.
"""

from collections.abc import Iterable
from enum import IntEnum

from rules.words import Text

RULE = Text(
    "综合性合同对应各类要约；工资等专项合同只对应同一议题的要约。"
    "工资专项合同不能代替女职工保护等其他议题的协商。"
    "议题是否一致有疑问的，先按不得公开处理，由经办人员核实，另一人才能撤销。"
    "合同终止后，本项不自动撤销。",
    "A comprehensive contract answers every offer; a contract on wages or another single topic "
    "answers only an offer on that topic, so that one on wages does not answer an offer on the "
    "protection of women. In doubt nothing is published: an officer looks into it, and only "
    "another person lifts the reason. It does not fall away by itself when the contract ends.",
)
WAGES = "wages"
SAYS = {  # words of a topic by which it is known; those of no list leave a doubt
    WAGES: ("工资", "报酬", "薪", "奖金", "津贴", "补贴", "提成", "工价", "加班费", "wage", "pay"),
    "safety": ("安全", "卫生", "职业病", "劳动保护", "防护", "safety"),
    "women": ("女职工", "女工", "孕", "产假", "哺乳", "生育", "women"),
    "hours": ("工时", "工作时间", "休息", "休假", "hours", "leave"),
    "training": ("培训", "技能", "training"),
}


class Answers(IntEnum):
    NO = 0
    PERHAPS = 1
    YES = 2


def answers(
    contract_kind: str, contract_topic: str | None, offer_kind: str, topics: Iterable[str]
) -> Answers:
    """Whether a contract (comprehensive, wage, special with its topic) answers an offer.

    `offer_kind` is `wage` or `general`; `topics` are the titles that the offer puts forward.
    """
    if contract_kind == "comprehensive":
        return Answers.YES
    about = WAGES if contract_kind == "wage" else contract_topic
    if about not in SAYS:
        return Answers.PERHAPS
    if offer_kind == "wage":
        return Answers.YES if about == WAGES else Answers.NO
    said = [_about(title) for title in topics]
    if any(about in known for known in said):
        return Answers.YES if all(known == {about} for known in said) else Answers.PERHAPS
    return Answers.NO if said and all(said) else Answers.PERHAPS


def _about(title: str) -> set[str]:
    lowered = title.lower()
    return {topic for topic, words in SAYS.items() if any(word in lowered for word in words)}
