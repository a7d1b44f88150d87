"""Words for what the pages say of a notice: its kind, where it stands, what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from blueprints.notices.models import NoticeState, Outcome
from rules.contacts import TEMPORARY, reason_for
from rules.reasons import Reason, reason
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
        Text(
            "没有可用的电子邮箱，须寄送或者当面送达。",
            "There is no e-mail address that works; post it or serve it in person.",
        ),
        "soon",
    ),
    NoticeState.SENDING: Standing(
        Text("正在发送", "Being sent"),
        Text("正在交给邮件系统。", "It is being handed to the mail system."),
        "run",
    ),
    NoticeState.UNCERTAIN: Standing(
        Text("结果不明", "Uncertain"),
        Text(
            "交给邮件系统后没有收到回答，对方可能已经收到；将以同一编号重发，对方系统可以识别。",
            "It was handed over but no answer came back; it may have arrived. It is sent again "
            "under the same number, by which the other side can tell.",
        ),
        "unsure",
    ),
    NoticeState.SUPPRESSED: Standing(
        Text("停发", "Held back"),
        Text(
            "这个邮箱在停发名单上，没有发送；请更正联系方式，或者改寄纸质函件。",
            "Its address is on the list of those that get no mail, so nothing was sent. Correct "
            "the contact, or serve it on paper.",
        ),
        "stop",
    ),
    NoticeState.FAILED: Standing(
        Text("发送失败", "Failed"),
        Text("未能发送，请看原因。", "It could not be sent; see the cause."),
        "late",
    ),
    NoticeState.SENT: Standing(
        Text("已发送", "Sent"),
        Text("已交邮件系统，不等于送达。", "Handed to the mail system; this is not service."),
        "run",
    ),
    NoticeState.BOUNCED: Standing(
        Text("被退回", "Returned"),
        Text("地址无效，请更正联系方式。", "The address does not work; repair the contact."),
        "late",
    ),
    NoticeState.DELIVERED: Standing(
        Text("已确认收到", "Received"),
        Text("对方已经表明收到。", "The addressee has shown that it arrived."),
        "ok",
    ),
    NoticeState.CANCELLED: Standing(
        Text("已撤回", "Cancelled"),
        Text("未发出，已撤回。", "Taken back before it went out."),
        "stop",
    ),
}
KINDS: Mapping[str, Text] = {
    "offer": Text("要约书", "Offer to bargain"),
    "receipt": Text("答复回执", "Receipt of a reply"),
    "feedback": Text("反馈通知", "Feedback"),
    "reminder": Text("答复提醒", "Reminder to reply"),
    "meeting": Text("协商会议通知", "Notice of a meeting"),
    "coordination": Text("申请协调处理告知", "Notice of an application for coordination"),
    "coordination_news": Text("协调处理进展和结果告知", "Course and outcome of coordination"),
    "undertaking": Text("保密承诺书确认链接", "Link to the undertaking of secrecy"),
    "personal_link": Text("本人办理链接", "Personal link"),
    "demand_round": Text("诉求征集链接", "Link to a round of demands"),
    "exposure_step": Text("催告、监督、约谈文书", "Document of the ladder"),
    "exposure_step_copy": Text("催告、监督、约谈文书（抄送）", "Document of the ladder (copy)"),
    "exposure_intent": Text("拟公开告知书", "Notice of intent to publish"),
    "exposure_intent_copy": Text("拟公开告知书（抄送）", "Notice of intent (copy)"),
    "exposure": Text("公告", "Announcement"),
    "exposure_circular": Text("公告情况通知", "Circular on an announcement"),
    "exposure_media": Text("送交媒体的公告", "Announcement to the media"),
    "exposure_feedback": Text("进展反馈", "Feedback on a step"),
    "exposure_withdrawal": Text("撤下公告通知", "Withdrawal of an announcement"),
    "exposure_correction": Text("更正与致歉", "Correction and apology"),
    "rectification": Text("整改通知书", "Rectification notice"),
    "performance_opinion": Text("监督意见书（履约）", "Letter of opinion (performance)"),
    "forecast": Text("协商预报通知", "Forecast of bargaining"),
    "acting_notice": Text("代为行使职责告知书", "Notice of acting authority"),
    "acting_handback": Text("代为职责交还书", "Hand-back of acting authority"),
    "contract_in_force": Text("集体合同生效公布通知", "Notice that a contract is in force"),
    "contract_copy": Text("集体合同抄送上级工会", "Copy of a contract to the upper union"),
    "invitation": Text("账号邀请", "Invitation"),
    "password_reset": Text("重设密码", "Password reset"),
    "contact_repair": Text("联系方式更正", "Contact repair"),
    "supervisor_engagement": Text("指导员聘书", "Letter of engagement"),
    "supervisor_assignment": Text("指导员指派通知", "Notice of assignment"),
    "digest": Text("邮件提要", "Digest by mail"),
    "news": Text("即时提要", "News at once"),
    "mail_test": Text("发信设置测试", "Test of the mail settings"),
}
OUTCOMES: Mapping[str, Text] = {
    Outcome.ACCEPTED: Text("邮件系统已接收", "The mail system took it"),
    Outcome.REFUSED: Text("对方邮件系统拒收", "The other side refused it"),
    Outcome.DEFERRED: Text("对方系统要求稍后再试", "The other side asked us to come back later"),
    Outcome.UNKNOWN: Text("发送中断，结果不明", "Broken off; the outcome is not known"),
    Outcome.BOUNCED: Text("发出后被永久退回", "It came back for good after it was sent"),
    Outcome.SOFT_BOUNCED: Text("发出后被暂时退回", "It came back for now after it was sent"),
    Outcome.FAULTY: Text("通知内容不全，未能生成", "It lacks something and could not be made"),
}
OUTCOME_LOOKS: Mapping[str, str] = {
    Outcome.ACCEPTED: "ok",
    Outcome.REFUSED: "late",
    Outcome.DEFERRED: "soon",
    Outcome.UNKNOWN: "unsure",
    Outcome.BOUNCED: "late",
    Outcome.SOFT_BOUNCED: "soon",
    Outcome.FAULTY: "late",
}
_USED_UP = Text(
    "对方系统多次要求稍后再试，重试已经用完，请打电话核实。",
    "The other side put us off until the retries were used up; call them.",
)
_UNREADABLE = Text(
    "邮箱写法有误，无法投递，请核对后更正。",
    "It cannot be read as an address; check how it is written.",
)


HARD = Text("永久退回", "Returned for good")
SOFT = Text("暂时退回", "Returned for now")
_SENT_AGAIN = Text("系统稍后自动再发。", "It is sent again by itself.")


def notice_kind(kind: str) -> Text:
    return KINDS.get(kind, Text(kind, kind))


def notice_state(state: str) -> Text:
    return STATES[state].label


def bounce_words(bounce: str | None) -> Text | None:
    """How it came back: for good, or for now."""
    return {"hard": HARD, "soft": SOFT}.get(bounce or "")


def state_look(state: str) -> str:
    return STATES[state].look


def in_plain_words(outcome: str, answer: str) -> Text | None:
    """What one attempt came to, for somebody who does not read SMTP; None: nothing to add."""
    if outcome in {Outcome.REFUSED, Outcome.BOUNCED, Outcome.SOFT_BOUNCED}:
        code = answer[:3]
        return reason(reason_for(int(code), answer)).say if code.isdecimal() else _UNREADABLE
    if outcome == Outcome.FAULTY:
        return Text(f"缺少：{answer}", f"Missing: {answer}")
    return None


def sent_again() -> Text:
    return _SENT_AGAIN


def repair_reason(code: str) -> Reason:
    return reason(code)


def what_to_do(code: str) -> Text:
    """The sentence on a repair task. By then nothing is being tried any more."""
    return _USED_UP if code == TEMPORARY else reason(code).say
