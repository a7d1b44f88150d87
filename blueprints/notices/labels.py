"""Words for what the pages say of a notice: its kind, where it stands, and what that means."""

from collections.abc import Mapping
from dataclasses import dataclass

from blueprints.notices.models import NoticeState, Outcome
from rules.words import Text


@dataclass(frozen=True)
class Standing:
    """A state in words: its name, what it means to the officer, and the look of its mark."""

    label: Text
    explain: Text
    look: str


STATES: Mapping[str, Standing] = {
    NoticeState.QUEUED: Standing(
        Text("待发送", "Waiting to send"), Text("即将发送。", "It will be sent shortly."), "run"
    ),
    NoticeState.PAPER: Standing(
        Text("待寄纸质函", "Letter on paper"),
        Text("没有电子邮箱，须寄送或者当面送达。", "There is no e-mail address; post it or serve it."),
        "soon",
    ),
    NoticeState.SENDING: Standing(
        Text("发送中", "Being sent"), Text("正在交邮件系统。", "A worker has it in hand."), "run"
    ),
    NoticeState.UNCERTAIN: Standing(
        Text("结果不明", "Uncertain"),
        Text(
            "结果不明，将以同一编号重发。",
            "The outcome is not known; it is sent again with the same number.",
        ),
        "unsure",
    ),
    NoticeState.FAILED: Standing(
        Text("发送失败", "Failed"),
        Text("未能发送，请看原因。", "It could not be sent; see the cause."),
        "late",
    ),
    NoticeState.SENT: Standing(
        Text("已发送", "Sent"),
        Text("已交邮件系统，不等于送达。", "Handed to the mail system; this is not service."),
        "ok",
    ),
    NoticeState.BOUNCED: Standing(
        Text("被退回", "Returned"),
        Text("地址无效，请更正联系方式。", "The address does not work; repair the contact."),
        "late",
    ),
    NoticeState.DELIVERED: Standing(
        Text("已收到", "Delivered"),
        Text("收件人已确认收到。", "The addressee has shown that it arrived."),
        "ok",
    ),
    NoticeState.CANCELLED: Standing(
        Text("已撤回", "Cancelled"), Text("未发出，已撤回。", "Taken back before it went out."), "stop"
    ),
}
KINDS: Mapping[str, Text] = {
    "offer": Text("要约书", "Offer to bargain"),
    "receipt": Text("答复回执", "Receipt of a reply"),
    "feedback": Text("反馈通知", "Feedback"),
    "reminder": Text("答复提醒", "Reminder to reply"),
    "invitation": Text("账号邀请", "Invitation"),
    "password_reset": Text("重设密码", "Password reset"),
    "contact_repair": Text("联系方式更正", "Contact repair"),
}
OUTCOMES: Mapping[str, Text] = {
    Outcome.ACCEPTED: Text("对方邮件系统已接收", "accepted by the other mail system"),
    Outcome.REFUSED: Text("对方邮件系统拒收", "refused by the other mail system"),
    Outcome.DEFERRED: Text("暂时未能投递，稍后重试", "not taken for now; tried again later"),
    Outcome.UNKNOWN: Text("发送中断，结果不明", "broken off; the outcome is not known"),
    Outcome.BOUNCED: Text("邮件被退回", "returned"),
    Outcome.FAULTY: Text("邮件内容无法生成", "the message could not be made"),
}


def notice_kind(kind: str) -> Text:
    return KINDS.get(kind, Text(kind, kind))


def notice_state(state: str) -> Text:
    return STATES[state].label
