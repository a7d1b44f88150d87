"""Words for what the pages of a case show, in both languages."""

from collections.abc import Mapping

from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, CaseState, Ground, Part
from blueprints.bargaining.ground.team_models import Chosen, MandateState, Seat, Side
from blueprints.offers.ground.campaign_models import ContractKind
from rules.procedure import label
from rules.words import Text

MACHINE = "case"
LEVELS: Mapping[str, Text] = {
    CaseLevel.ENTERPRISE: Text("企业集体协商", "One enterprise"),
    CaseLevel.INDUSTRY: Text("行业集体协商", "Industry"),
    CaseLevel.REGIONAL: Text("区域集体协商", "Region"),
}
GROUNDS: Mapping[str, Text] = {
    Ground.OFFER: Text("企业应约", "an accepted offer"),
    Ground.JOINED: Text("多份要约合并协商", "several offers, joined"),
    Ground.FORECAST: Text("协商预报", "the forecast"),
    Ground.RENEWAL: Text("合同续订", "renewal of a contract"),
    Ground.BY_HAND: Text("直接立项", "opened by hand"),
}
PARTS: Mapping[str, Text] = {
    Part.CANDIDATE: Text("拟参加", "addressed"),
    Part.RECOGNISING: Text("同意协商", "agreed to bargain"),
    Part.MANDATED: Text("已书面授权", "gave a mandate"),
    Part.LEFT: Text("已退出", "left"),
}
PART_LOOKS = {
    Part.CANDIDATE: "draft",
    Part.RECOGNISING: "ok",
    Part.MANDATED: "ok",
    Part.LEFT: "stop",
}
KINDS: Mapping[str, Text] = {
    ContractKind.WAGE: Text("工资专项", "Wages"),
    ContractKind.GENERAL: Text("综合或者其他专项", "General or another topic"),
}
SIDES: Mapping[str, Text] = {
    Side.WORKERS: Text("职工方", "Workers' side"),
    Side.EMPLOYER: Text("企业方", "Employers' side"),
}
SEATS: Mapping[str, Text] = {
    Seat.MEMBER: Text("协商代表", "Representative"),
    Seat.ADVISER: Text("顾问", "Adviser"),
    Seat.RECORDER: Text("记录员", "Recorder"),
}
CHOSEN: Mapping[str, Text] = {
    Chosen.ELECTED_CONGRESS: Text("职工（代表）大会选举", "elected by the workers' congress"),
    Chosen.ELECTED_ALL: Text("全体职工选举", "elected by all workers"),
    Chosen.RECOMMENDED: Text("民主推荐，半数以上职工同意", "recommended; at least half agreed"),
    Chosen.UNION_CHAIR: Text("工会主席，当然首席代表", "chair of the union, chief by office"),
    Chosen.UNION_APPOINTED: Text("工会委派", "appointed by the union"),
    Chosen.LEGAL_REPRESENTATIVE: Text(
        "法定代表人或者主要负责人", "legal representative or principal head"
    ),
    Chosen.EMPLOYER_APPOINTED: Text("企业指派", "appointed by the employer"),
    Chosen.ASSOCIATION_ELECTED: Text("企业代表组织推选", "chosen by the employers' association"),
    Chosen.MANDATE: Text("书面委托", "by a written mandate"),
    Chosen.JOINTLY: Text("双方共同确定", "chosen by both sides"),
}
MANDATE_LOOKS = {
    MandateState.GRANTED: "run",
    MandateState.ACTIVE: "ok",
    MandateState.REVOKED: "stop",
    MandateState.EXPIRED: "late",
    MandateState.CONSUMED: "stop",
}
LOOKS = {
    **dict.fromkeys((CaseState.FORECAST, CaseState.PREPARING, CaseState.TEAM_FORMING), "draft"),
    **dict.fromkeys(
        (
            CaseState.OFFERED,
            CaseState.REPLIED_YES,
            CaseState.INFO_EXCHANGE,
            CaseState.NEGOTIATING,
            CaseState.DRAFT_AGREED,
            CaseState.VOTING,
            CaseState.SIGNED,
            CaseState.FILED,
            CaseState.AMENDING,
        ),
        "run",
    ),
    **dict.fromkeys(
        (CaseState.EFFECTIVE, CaseState.PUBLISHED, CaseState.PERFORMING, CaseState.RENEWED), "ok"
    ),
    **dict.fromkeys(
        (
            CaseState.SUSPENDED,
            CaseState.REPLIED_NO,
            CaseState.VOTE_LOST,
            CaseState.OBJECTED,
            CaseState.TERMINATING,
            CaseState.DISPUTE_MAKING,
        ),
        "soon",
    ),
    CaseState.NO_REPLY: "late",
    CaseState.EXPIRED: "stop",
    CaseState.LAPSED: "stop",
}


def state_label(state: str) -> Text:
    return label(MACHINE, state)


def state_look(state: str) -> str:
    return LOOKS[CaseState(state)]


def subject_of(case: BargainingCase) -> str:
    """What is bargained, for a sentence that goes on with 集体协商."""
    return case.subject or case.name.removesuffix("集体协商")
