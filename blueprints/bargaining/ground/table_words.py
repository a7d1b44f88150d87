"""Words for meetings, drafts, votes, signatures and disputes, in both languages."""

from collections.abc import Mapping

from blueprints.bargaining.ground.ballot_models import Choice, Manner, Method
from blueprints.bargaining.ground.dispute_models import DisputeState
from blueprints.bargaining.ground.draft_models import DraftState
from blueprints.bargaining.ground.meeting_models import MeetingState, PositionKind, SigningMethod
from blueprints.bargaining.ground.signature_models import Party, SealBasis, SigningState
from rules.comparing import Course
from rules.words import Text

MEETING_STATES: Mapping[str, tuple[str, Text]] = {
    MeetingState.CALLED: ("run", Text("已通知", "Called")),
    MeetingState.HELD: ("ok", Text("已召开", "Held")),
    MeetingState.CANCELLED: ("stop", Text("已取消", "Cancelled")),
}
CHAIRS: Mapping[str, Text] = {
    "workers": Text("职工方首席代表", "the workers' chief"),
    "employer": Text("企业方首席代表", "the employers' chief"),
    "both": Text("双方首席代表共同", "both chiefs together"),
}
POSITION_KINDS: Mapping[str, Text] = {
    PositionKind.POSITION: Text("提出意见", "puts forward"),
    PositionKind.COUNTER: Text("提出对案", "answers with"),
    PositionKind.AGREES: Text("同意", "agrees"),
    PositionKind.RESERVES: Text("保留意见", "reserves its position"),
}
METHODS: Mapping[str, Text] = {
    SigningMethod.SCAN: Text("纸质签字，扫描件存档", "on paper, scan on file"),
    SigningMethod.LINK: Text("本人链接确认", "by a link of one's own"),
}
DRAFT_STATES: Mapping[str, tuple[str, Text]] = {
    DraftState.OPEN: ("run", Text("协商修改中", "Being written")),
    DraftState.AGREED: ("ok", Text("双方一致，文本已锁定", "Agreed, text fixed")),
    DraftState.SUPERSEDED: ("stop", Text("已由新稿取代", "Superseded")),
}
COURSES: Mapping[str, tuple[str, Text]] = {
    Course.SAME: ("stop", Text("未改动", "unchanged")),
    Course.CHANGED: ("run", Text("有改动", "changed")),
    Course.ADDED: ("ok", Text("新增", "new")),
    Course.REMOVED: ("late", Text("已删去", "removed")),
}
MANNERS: Mapping[str, Text] = {
    Manner.CONGRESS: Text("职工代表大会", "workers' congress"),
    Manner.ALL_STAFF: Text("全体职工大会", "assembly of all staff"),
    Manner.EACH_ENTERPRISE: Text("各企业分别表决", "each enterprise by itself"),
}
BALLOT_METHODS: Mapping[str, Text] = {
    Method.PAPER: Text("纸质选票，现场计票", "on paper, counted on the spot"),
    Method.ONLINE: Text("网上无记名投票", "secret, on-line"),
}
CHOICES: Mapping[str, Text] = {
    Choice.IN_FAVOUR: Text("同意", "In favour"),
    Choice.AGAINST: Text("不同意", "Against"),
    Choice.ABSTAINED: Text("弃权", "Abstain"),
}
SIGNING_STATES: Mapping[str, tuple[str, Text]] = {
    SigningState.OPEN: ("run", Text("签字进行中", "Being signed")),
    SigningState.SIGNED: ("ok", Text("已签订", "Signed")),
    SigningState.VOID: ("stop", Text("已作废", "Given up")),
}
PARTIES: Mapping[str, Text] = {
    Party.WORKERS: Text("职工方首席代表", "Workers' chief"),
    Party.EMPLOYER: Text("企业方首席代表", "Employers' chief"),
    Party.UPPER: Text("上级工会", "Upper union"),
}
BASES: Mapping[str, Text] = {
    SealBasis.RECOGNISED: Text("确认草案", "recognised"),
    SealBasis.SEALED: Text("盖章", "sealed"),
}
UNMET: Mapping[str, Text] = {
    "vote_passed_everywhere": Text("表决尚未全部通过", "not every voting unit has passed it"),
    "workers_chief": Text("职工方首席代表尚未签字", "the workers' chief has not signed"),
    "employer_chief": Text("企业方首席代表尚未签字", "the employers' chief has not signed"),
    "upper_union": Text("上级工会尚未签字", "the upper union has not signed"),
}
DISPUTE_STATES: Mapping[str, tuple[str, Text]] = {
    DisputeState.APPLIED: ("soon", Text("已申请，待受理", "Applied for")),
    DisputeState.ACCEPTED: ("run", Text("协调处理中", "Being settled")),
    DisputeState.REFUSED: ("stop", Text("未受理", "Not taken up")),
    DisputeState.SETTLED: ("ok", Text("已达成协调协议", "Settled")),
    DisputeState.ENDED: ("late", Text("期满未达成一致", "Ended without a settlement")),
    DisputeState.WITHDRAWN: ("stop", Text("已撤回", "Withdrawn")),
}
APPLICANTS: Mapping[str, Text] = {
    "workers": Text("职工方", "Workers' side"),
    "employer": Text("企业方", "Employers' side"),
    "both": Text("双方", "Both sides"),
}
