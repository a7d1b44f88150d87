"""What the surveys call things, and how they look."""

from collections.abc import Mapping

from blueprints.evaluation.models import InstrumentState, Respondent, SurveyScope, SurveyState
from rules.procedure import label
from rules.words import Text

SCOPES: Mapping[str, Text] = {
    SurveyScope.CONTRACT: Text("一份集体合同", "One contract"),
    SurveyScope.CAMPAIGN: Text("一次要约行动的单位", "The enterprises of a campaign"),
    SurveyScope.AREA: Text("一个区域的单位", "The enterprises of an area"),
    SurveyScope.PORTFOLIO: Text("一名指导员联系的单位", "The portfolio of a supervisor"),
}
RESPONDENTS: Mapping[str, Text] = {
    Respondent.WORKERS: Text("职工", "Workers"),
    Respondent.UNION: Text("工会干部", "Union officers"),
    Respondent.MANAGEMENT: Text("管理人员", "Management"),
}
BY: Mapping[str, Text] = {
    "enterprise": Text("按单位", "By enterprise"),
    "area": Text("按区域", "By area"),
    "industry": Text("按行业", "By industry"),
    "contract": Text("按合同", "By contract"),
}
LOOKS: Mapping[str, str] = {
    SurveyState.PLANNED: "soon",
    SurveyState.OPEN: "run",
    SurveyState.CLOSED: "ok",
    SurveyState.DROPPED: "stop",
}
INSTRUMENT_STATES: Mapping[str, Text] = {
    InstrumentState.PROPOSED: Text("待审定", "Awaiting approval"),
    InstrumentState.APPROVED: Text("已审定", "Approved"),
    InstrumentState.WITHDRAWN: Text("已停用", "Withdrawn"),
}
INSTRUMENT_LOOKS: Mapping[str, str] = {
    InstrumentState.PROPOSED: "soon",
    InstrumentState.APPROVED: "ok",
    InstrumentState.WITHDRAWN: "stop",
}
KINDS: Mapping[str, Text] = {
    "one": Text("单选", "Tick one"),
    "several": Text("可多选", "Tick several"),
}


def state_label(state: str) -> Text:
    return label("survey", state)
