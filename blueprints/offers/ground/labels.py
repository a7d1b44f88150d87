"""Words for what the offer pages show, in both languages."""

from collections.abc import Mapping

from blueprints.offers.ground.models import ActingMode, IssuerRole
from blueprints.offers.ground.service_models import Finding, Reply, ReplyKind, ServiceMethod
from blueprints.offers.ground.task_models import Cause
from rules.reasons import reason
from rules.words import Text
from tenants.models import Event

REPLY_KINDS: Mapping[str, Text] = {
    ReplyKind.ACCEPT: Text("同意协商", "agrees to bargain"),
    ReplyKind.ACCEPT_OTHER_DATE: Text("同意协商，建议另定时间", "agrees, proposes another date"),
    ReplyKind.REFUSE: Text("说明理由暂不协商", "declines for now, with a reason"),
    ReplyKind.NOT_US: Text("反映受送达单位有误", "says it is not the right addressee"),
}
SERVICE_METHODS: Mapping[str, Text] = {
    ServiceMethod.IN_PERSON: Text("直接送达", "in person"),
    ServiceMethod.REGISTERED_POST: Text("挂号信或者邮政特快专递", "registered post or EMS"),
    ServiceMethod.REPLY_DESK: Text("答复专页签收", "acknowledged at the reply desk"),
    ServiceMethod.EMAIL_ACKNOWLEDGED: Text("电子邮件回复确认", "acknowledged by e-mail"),
    ServiceMethod.BY_REPLY: Text("书面答复视为收到", "proven by the reply on paper"),
}
ACTING_MODES: Mapping[str, Text] = {
    ActingMode.OWN: Text("本级工会要约", "the union's own offer"),
    ActingMode.JOINT_DOUBLE_OFFER: Text("双要约", "double offer"),
    ActingMode.UPPER_ACTS: Text("上代下", "upper acts for lower"),
    ActingMode.UPPER_JOINS: Text("上参下", "upper joins lower"),
}
ISSUER_ROLES: Mapping[str, Text] = {
    IssuerRole.ONLY: Text("发出单位", "issuer"),
    IssuerRole.UPPER: Text("上级工会", "upper union"),
    IssuerRole.GRASSROOTS: Text("企业工会", "enterprise union"),
    IssuerRole.IN_PLACE: Text("代为发出的行业（区域）工会", "sector or area union in its place"),
}
FINDINGS: Mapping[str, Text] = {
    Finding.PROPER: Text("理由正当", "reason proper"),
    Finding.IMPROPER: Text("理由不足", "reason not sufficient"),
}
CAUSES: Mapping[str, tuple[Text, str]] = {  # why mail or post did not do, and its look
    Cause.NO_ADDRESS: (Text("没有电子邮箱", "No e-mail address"), "stop"),
    Cause.UNDELIVERABLE: (Text("邮件没有送到", "The mail did not arrive"), "late"),
    Cause.UNANSWERED: (Text("邮件无人确认", "Nobody answers the mail"), "soon"),
    Cause.POST_RETURNED: (Text("邮件退回（纸质）", "The letter came back"), "late"),
    Cause.POST_SILENT: (Text("寄出后没有回执", "No receipt of the letter"), "soon"),
    Cause.BY_HAND: (Text("安排上门", "Ordered by an officer"), "run"),
}
MISTAKES: Mapping[str, Text] = {
    "not_us": Text("收件单位不是我单位", "This letter is not for us"),
    "closed": Text("单位已注销或者停业", "The unit has closed"),
    "moved": Text("单位已迁出本地", "The unit has moved away"),
}


def reply_summary(reply: Reply) -> str:
    """What the answer says, in one line and in the answer's own words."""
    meeting = [
        part
        for part in (
            reply.meeting_on and reply.meeting_on.isoformat(),
            reply.meeting_time,
            reply.meeting_place,
        )
        if part
    ]
    parts = [" ".join(meeting)] if meeting else []
    if reply.kind == ReplyKind.NOT_US and reply.reason_code in MISTAKES:
        parts.append(MISTAKES[str(reply.reason_code)].zh)
    if reply.reason:
        parts.append(reply.reason)
    return "；".join(parts)


EVENT_WORDS: Mapping[str, Text] = {
    "offer.served": Text("送达有证明，答复期限起算", "Service proven; the reply clock starts"),
    "offer.service_failed": Text("送达未成", "An attempt to serve failed"),
    "offer.replied": Text("收到答复", "Reply received"),
    "offer.reply_corrected": Text("答复已更正", "Reply corrected"),
    "offer.lapsed": Text("答复期限届满，未见答复", "The reply period ended without a reply"),
    "offer.reminded": Text("已提醒企业答复", "The enterprise was reminded"),
    "offer.feedback_given": Text("已出具反馈", "Feedback given"),
    "offer.link_renewed": Text("更换了答复链接", "The link to the reply desk was renewed"),
    "reply.reviewed": Text("理由已审核", "The reason was reviewed"),
}


def event_line(event: Event) -> tuple[Text | str, Text | str]:
    """A line of the trail in words: what happened, and the detail that matters."""
    payload = event.payload
    detail: Text | str = payload.get("number", "")
    if event.verb == "offer.served":
        detail = Text(
            f"{payload['served_on']}　{SERVICE_METHODS[payload['method']].zh}　"
            f"最后日期{payload['reply_due_on']}",
            f"{payload['served_on']}, {SERVICE_METHODS[payload['method']].en}; "
            f"last day {payload['reply_due_on']}",
        )
    elif event.verb in {"offer.replied", "offer.reply_corrected"}:
        detail = REPLY_KINDS[payload["kind"]]
    elif event.verb == "offer.service_failed":
        detail = reason(payload["reason"]).label
    elif event.verb == "reply.reviewed":
        detail = FINDINGS[payload["finding"]]
    return EVENT_WORDS.get(event.verb, event.verb), detail
