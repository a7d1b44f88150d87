"""What the words of an acting authority are called, in both languages, and how its states look."""

from collections.abc import Iterable, Mapping

from blueprints.contracts.ground.acting_models import AuthorityMode, AuthorityState, Ground, Matter
from rules.procedure import label
from rules.words import Text

GROUNDS: Mapping[str, Text] = {
    Ground.NO_UNION: Text("尚未建立工会", "no union has been set up"),
    Ground.WEAK_UNION: Text("工会力量薄弱", "its union is weak"),
    Ground.REQUEST: Text("下级工会请求", "the lower union asked for it"),
    Ground.UNORGANISED: Text("本行业（区域）没有工会", "the trade or area has no union of its own"),
}
MODES: Mapping[str, Text] = {
    AuthorityMode.UPPER_ACTS: Text("上代下", "Upper union acts"),
    AuthorityMode.UPPER_JOINS: Text("上参下", "Upper union joins"),
}
MATTERS: Mapping[str, Text] = {
    Matter.OFFER: Text("发出要约、跟踪答复", "issue the offer and follow up the reply"),
    Matter.ELECTION: Text("指导职工推举协商代表", "guide the election of representatives"),
    Matter.OUTSIDERS: Text(
        "派员担任外聘协商代表（不超过三分之一）", "send outside representatives, a third at most"
    ),
    Matter.CHIEF: Text(
        "由行业（区域）工会主席担任首席代表", "have the sector or area chair lead the workers' side"
    ),
    Matter.DRAFT: Text("收集资料、拟订草案", "gather material and prepare the draft"),
    Matter.FILING: Text("协助报送审查", "help with the filing"),
    Matter.SUPERVISION: Text("监督履行", "supervise performance"),
}
PARTY_CHOICES: Mapping[str, Text] = {
    "elected": Text("职工推举的协商代表", "representatives elected by the workers"),
    "union": Text("下级工会（有工会的）", "the lower union, where there is one"),
    "upper_union": Text("上级（行业、区域）工会", "the upper, sector or area union"),
}
LOOKS: Mapping[str, str] = {
    AuthorityState.REQUESTED: "soon",
    AuthorityState.ACTING: "run",
    AuthorityState.HANDED_BACK: "ok",
}


def state_label(state: str) -> Text:
    return label("acting_authority", state)


def state_look(state: str) -> str:
    return LOOKS.get(state, "stop")


def matters_words(matters: Iterable[str]) -> Text:
    known = [MATTERS[one] for one in matters]
    return Text("、".join(one.zh for one in known), "; ".join(one.en for one in known))
