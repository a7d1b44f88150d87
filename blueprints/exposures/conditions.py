"""The conditions of an exposure in words: what the database finds missing, gate by gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blueprints.exposures import queries, wording
from blueprints.exposures.letters import enterprise_of
from blueprints.exposures.models import Exposure
from blueprints.offers.ground.queries import get_offer
from rules.broken import RuleBroken
from rules.procedure import machines
from rules.reasons import reason
from rules.words import Text
from tenants.clock import today

# What exposure_unmet names, by the reason the person concerned reads.
CODES: Mapping[str, str] = {
    "offer_served": "exposure.not_served",
    "reply_period_lapsed": "exposure.clock_running",
    "feedback_served": "exposure.ladder_skipped",
    "offer_escalated": "exposure.ladder_skipped",
    "demand_over": "exposure.ladder_skipped",
    "opinion_over": "exposure.ladder_skipped",
    "interview_held": "exposure.ladder_skipped",
    "no_reply_on_file": "exposure.replied",
    "named_rightly": "exposure.renamed",
    "enterprise_active": "exposure.small_or_crisis",
    "nothing_excludes": "exposure.small_or_crisis",
    "notice_of_intent_served": "exposure.reply_window_open",
    "right_of_reply_ended": "exposure.reply_window_open",
    "statement_examined": "exposure.reason_under_review",
    "objection_decided": "exposure.objection_open",
    "legal_check": "exposure.four_eyes_missing",
    "tripartite_opinion": "exposure.partner_opinion_missing",
    "first_approval": "exposure.four_eyes_missing",
    "two_approvers": "exposure.four_eyes_missing",
}
WORDS: Mapping[str, Text] = {
    "offer_served": Text("没有送达证明", "service of the offer is not proven"),
    "reply_period_lapsed": Text(
        "按最长期限计算尚未届满", "the longest possible period has not ended"
    ),
    "feedback_served": Text("尚无逾期反馈", "there is no feedback on the lapse"),
    "offer_escalated": Text("要约不在上级工会处理中", "the offer is not with the upper union"),
    "demand_over": Text(
        "催告函未送达或者期限未满", "the demand letter is not served, or its term runs"
    ),
    "opinion_over": Text(
        "监督意见书未送达、期限未满或者答复未审核",
        "the supervision opinion is not served, its time runs, or an answer is not examined",
    ),
    "interview_held": Text("三方约谈尚未进行", "the tripartite interview has not been held"),
    "no_reply_on_file": Text("已有书面答复", "there is a written reply"),
    "named_rightly": Text(
        "企业名称或者信用代码与登记不一致", "its name or credit code differs from the register"
    ),
    "enterprise_active": Text(
        "企业已注销、停业或者迁出", "the enterprise is closed, suspended or moved"
    ),
    "nothing_excludes": Text(
        "登记有不得公开的情形", "a reason that excludes publication is on record"
    ),
    "notice_of_intent_served": Text("拟公开告知书尚未送达", "the notice of intent is not served"),
    "right_of_reply_ended": Text("陈述申辩期未满", "the right of reply has not ended"),
    "statement_examined": Text("企业陈述尚未审核", "the statement is not examined"),
    "objection_decided": Text("异议尚未处理", "an objection is not decided"),
    "legal_check": Text("未经法律审核", "the legal check is missing"),
    "tripartite_opinion": Text("尚无三方意见", "the tripartite opinion is missing"),
    "first_approval": Text("第一审批人尚未同意", "the first approval is missing"),
    "two_approvers": Text("第二审批人尚未同意", "the second approval is missing"),
}
_GUARDS: Mapping[str, tuple[str, ...]] = {
    "offer_served": ("offer_served",),
    "reply_period_lapsed": ("reply_period_lapsed",),
    "feedback_served": (
        "feedback_served", "offer_escalated", "demand_over", "opinion_over", "interview_held",
    ),
    "no_reply_on_file": (
        "no_reply_on_file", "named_rightly", "enterprise_active", "nothing_excludes",
    ),
    "notice_of_intent_served": ("notice_of_intent_served",),
    "right_of_reply_ended": ("right_of_reply_ended",),
    "statement_examined": ("statement_examined",),
    "tripartite_opinion": ("tripartite_opinion",),
    "two_approvers": ("first_approval", "two_approvers"),
    "objection_decided": ("objection_decided",),
}  # fmt: skip


@dataclass(frozen=True)
class Gate:
    """One of the eight gates, and what is missing at it."""

    title: Text
    needs: tuple[str, ...]


GATES: Sequence[Gate] = (
    Gate(Text("要约书已有效送达", "The offer was served"), ("offer_served",)),
    Gate(
        Text("答复时限按最长期间已届满", "The longest period for a reply has ended"),
        ("reply_period_lapsed",),
    ),
    Gate(
        Text(
            "反馈、催告、监督意见和约谈已完成", "Feedback, demand, opinion and interview are done"
        ),
        ("feedback_served", "demand_over", "opinion_over", "interview_held", "offer_escalated"),
    ),
    Gate(
        Text(
            "拟公开告知书已送达，陈述期已满",
            "The notice of intent was served and the right of reply has ended",
        ),
        ("notice_of_intent_served", "right_of_reply_ended", "statement_examined"),
    ),
    Gate(
        Text("没有未结异议和不得公开的情形", "No open objection, nothing that excludes it"),
        ("objection_decided", "enterprise_active", "named_rightly", "nothing_excludes"),
    ),
    Gate(
        Text(
            "法律审核通过，审核人不是提出人；三方意见在卷",
            "Legal check by another than the proposer; the partners' opinion on file",
        ),
        ("legal_check", "tripartite_opinion"),
    ),
    Gate(
        Text("公布当时复核，确认仍未答复", "Rechecked as it is published: still no reply"),
        ("no_reply_on_file", "recheck_clean"),
    ),
    Gate(
        Text("两位不同的审批人都同意", "Two different approvers agree"),
        ("first_approval", "two_approvers"),
    ),
)


def facts_of(exposure: Exposure) -> dict[str, bool]:
    """What is known of an exposure, by the names of the machine's conditions."""
    missing = set(queries.unmet(exposure, today()))
    met = {name: not missing.intersection(needs) for name, needs in _GUARDS.items()}
    code = enterprise_of(get_offer(exposure.offer_id)).credit_code
    return {
        **met,
        **wording.findings(exposure.body, code),
        "statement_on_file": exposure.statement is not None,
        "objection_on_file": exposure.objection_at is not None,
        "recheck_clean": not missing,
    }


def broken(code: str) -> RuleBroken:
    """The refusal for the first thing missing, in the words of the machine or of the reason."""
    guard = machines()["exposure"].guards.get(code)
    why = reason(CODES[code]).say
    detail = WORDS[code]
    return RuleBroken(
        Text(f"{why.zh}（{detail.zh}）", f"{why.en} ({detail.en})"),
        guard.article if guard else None,
    )
