"""What the steps and their states are called, and the look of their marks."""

from collections.abc import Mapping

from blueprints.exposures.step_models import Outcome, StepKind, StepState, VisitPurpose
from rules.words import Text

STEP_NAMES: Mapping[str, Text] = {
    StepKind.REMINDER: Text("提示函", "Reminder letter"),
    StepKind.DEMAND: Text("催告函", "Demand letter"),
    StepKind.OPINION: Text("监督意见书", "Supervision opinion"),
    StepKind.INTERVIEW: Text("三方约谈", "Tripartite interview"),
    StepKind.PROPOSAL: Text("监督建议书", "Proposal to the labour authority"),
    StepKind.REFERRAL: Text("移送有关部门", "Referral to another body"),
}
STATES: Mapping[str, tuple[Text, str]] = {
    StepState.PROPOSED: (Text("待签发", "Waits to be issued"), "run"),
    StepState.ISSUED: (Text("待送达", "Waits to be served"), "soon"),
    StepState.SERVED: (Text("已送达", "Served"), "run"),
    StepState.DONE: (Text("已办结", "Done"), "ok"),
    StepState.DROPPED: (Text("已终止", "Dropped"), "stop"),
}
LOOKS = {
    "proposed": "draft", "legal_check": "run", "noticed": "run", "reply_received": "run",
    "reply_waived": "run", "decided_publish": "soon", "decided_drop": "stop", "published": "late",
    "objection_marked": "soon", "corrected": "stop", "upheld": "late", "withdrawn": "ok",
}  # fmt: skip
# The word on the button of an act; what it is about stands beside it.
_RECORD = Text("登记", "Record")
BUTTONS: Mapping[str, Text] = {
    "issue": Text("签发", "Issue"),
    "service": _RECORD,
    "answer": _RECORD,
    "examination": Text("审核", "Examine"),
    "minutes": _RECORD,
    "outcome": _RECORD,
    "dropping": Text("终止", "End"),
    "to-check": Text("送审", "Send"),
    "check": Text("通过", "Pass"),
    "intent-service": _RECORD,
    "statement": _RECORD,
    "link": Text("更换", "Renew"),
    "opinion": _RECORD,
    "approval": Text("同意", "Approve"),
    "publication": Text("公布", "Publish"),
    "raising": Text("升级", "Raise"),
    "objection": _RECORD,
    "upholding": Text("认定", "Decide"),
    "correction": Text("更正", "Correct"),
    "withdrawal": Text("撤下", "Withdraw"),
}
OUTCOMES: Mapping[str, Text] = {
    Outcome.VIOLATION: Text(
        "认定存在违法行为（以其文书为准）", "It found a violation, in its own document"
    ),
    Outcome.NO_VIOLATION: Text("未认定违法", "It found no violation"),
    Outcome.CORRECTED: Text("企业已在其督促下改正", "The enterprise put it right meanwhile"),
    Outcome.LISTED: Text("已列入公共信用信息", "Entered in the public credit record"),
    Outcome.NOT_TAKEN: Text("未予受理", "It did not take it up"),
}
VISITS: Mapping[str, Text] = {
    VisitPurpose.REMIND: Text("到期前提示走访", "Visit before the last day"),
    VisitPurpose.FEEDBACK: Text("逾期反馈走访", "Visit after silence"),
}
