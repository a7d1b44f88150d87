"""What an upper union may do for a lower one (上代下, 上参下), and what stays with the workers.

Labour Contract Law 51: where there is no union, the upper union guides the workers to elect
representatives, who conclude the contract; it does not become the party itself. Trade Union Law
21: upper unions support and help. Beyond one enterprise the sector or area union is the party
(LCL 53), and its chair may lead the workers' side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.findings import Finding
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LCL_51 = Text("《劳动合同法》第51条", "Labour Contract Law, art. 51")
LCL_53 = Text("《劳动合同法》第53条", "Labour Contract Law, art. 53")
TUL_21 = Text("《工会法》第21条", "Trade Union Law, art. 21")
R22_20 = Text("《集体合同规定》第20条", "Order 22, art. 20")
R22_23 = Text("《集体合同规定》第23条", "Order 22, art. 23")
R22_36 = Text("《集体合同规定》第36条", "Order 22, art. 36")
CC_165 = Text("《民法典》第165条", "Civil Code, art. 165")

NOT_THE_PARTY = Text(
    "企业没有工会的，由上级工会指导职工推举代表订立集体合同；上级工会不是合同当事人，不能以自己的名义签订。",
    "Where an enterprise has no union, the upper union guides its workers to elect "
    "representatives, who conclude the contract. The upper union is not the party and cannot sign "
    "in its own name.",
)
NO_CHIEF = Text(
    "企业层面的协商，首席代表不能由上级工会人员担任；没有工会的，从职工推举的代表中产生。",
    "At enterprise level nobody of the upper union may be chief; without a union the elected "
    "representatives choose one of themselves.",
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing the law asks for on the way, with its article."""

    key: str
    text: Text
    article: Text


PATH = (  # an enterprise without a union, or with one that cannot act alone
    Duty(
        "guide",
        Text(
            "上级工会指导职工推举协商代表，不代替推举",
            "Guide the workers to elect; do not elect for them",
        ),
        LCL_51,
    ),
    Duty(
        "elect",
        Text(
            "职工民主推荐代表，经本单位半数以上职工同意",
            "The workers recommend them; at least half of all workers agree",
        ),
        R22_20,
    ),
    Duty(
        "chief",
        Text("首席代表从职工方代表中产生", "The workers' representatives choose their chief"),
        R22_20,
    ),
    Duty(
        "outsiders",
        Text(
            "外聘代表不超过本方代表三分之一，并有书面委托",
            "Outsiders are at most a third of the side, each by written mandate",
        ),
        R22_23,
    ),
    Duty(
        "vote",
        Text(
            "草案提交职工代表大会或者全体职工表决", "The congress or all workers vote on the draft"
        ),
        R22_36,
    ),
    Duty(
        "sign",
        Text(
            "由职工推举的代表签订，上级工会不签字",
            "The elected representatives sign; the upper union does not",
        ),
        LCL_51,
    ),
)


def party_finding(level: str, party: str) -> Finding | None:
    """Why this cannot be the party on the workers' side; None when it can.

    `level` is enterprise, industry or regional; `party` is union, elected or upper_union.
    """
    if level == "enterprise" and party == "upper_union":
        return Finding(NOT_THE_PARTY, LCL_51, "party")
    return None


def matters_findings(level: str, matters: Collection[str]) -> list[Finding]:
    """What of the matters may not be acted in. Electing and voting are no matters at all."""
    found = []
    if level == "enterprise" and "chief" in matters:
        found.append(Finding(NO_CHIEF, R22_20, "matters"))
    if not matters:
        text = Text("请写明代为的事项。", "Name the matters.")
        found.append(Finding(text, CC_165, "matters"))
    return found


WEAKNESS = {  # what an assessment of a weak union looks at; each is answered yes or no
    "has_chair": Text("工会主席在岗", "The chair is in post"),
    "has_committee": Text("委员会按期换届、能开会", "The committee is elected in time and meets"),
    "knows_bargaining": Text("有人参加过协商培训", "Somebody was trained in bargaining"),
    "has_representatives": Text("能推举出协商代表", "It can find representatives"),
    "is_independent": Text(
        "主要负责人不是企业行政负责人或其近亲属",
        "Its head is no manager, nor a close relative of one",
    ),
    "is_trusted": Text("职工反映问题能得到处理", "Workers who bring a problem get an answer"),
}


def is_weak(answers: Mapping[str, bool], enough: int) -> bool:
    """Whether an assessment says that a union cannot bargain alone: so many lines say no.

    No law sets how many; each federation does.
    """
    return sum(1 for key in WEAKNESS if answers.get(key) is False) >= enough


def assessment_finding(ground: str, answers: Mapping[str, bool], enough: int) -> Finding | None:
    """A weak union is one whose assessment says so, in `enough` of its lines."""
    if ground != "weak_union":
        return None
    if set(answers) != set(WEAKNESS):
        text = Text("请逐项填写力量薄弱的评估。", "Answer every line of the assessment.")
        return Finding(text, TUL_21, "assessment")
    if not is_weak(answers, enough):
        text = Text(
            "评估没有表明该工会力量薄弱，不能以此为由代为开展；可以指导和帮助。",
            "The assessment does not show a weak union, so this is no ground to act for it; "
            "guidance and help are open.",
        )
        return Finding(text, TUL_21, "assessment")
    return None
