"""The verbs of an exposure up to the decision. Each takes the offer's lock before it asks.

The caller has locked the exposure (`queries.get_exposure(lock=True)`), and commits.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.exposures import feedback, measure, periods, queries, telling, wording
from blueprints.exposures.conditions import broken, facts_of
from blueprints.exposures.facts import (
    GROUND,
    announcement_values,
    channel_words,
    found_by_authority,
    frozen_values,
    procedure_facts,
)
from blueprints.exposures.hearing import take_up_statement
from blueprints.exposures.ladder import Served
from blueprints.exposures.letters import ON_THE_WAY, enterprise_of
from blueprints.exposures.links import make_link, statement_address
from blueprints.exposures.models import Channel, Exposure, ExposureState
from blueprints.exposures.moves import MACHINE, OWN, by_another, step
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from rules.broken import RuleBroken
from rules.days import local_day
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.numbering import document_number, take
from tenants.roles import Role

BEFORE_PROPOSAL = {
    "offer_served", "reply_period_lapsed", "feedback_served", "offer_escalated", "demand_over",
    "opinion_over", "interview_held", "no_reply_on_file", "enterprise_active", "nothing_excludes",
}  # fmt: skip
NO_SUCH_CHANNEL = Text(
    "本会办法没有规定这一公布范围，或者尚未列出媒体。",
    "The federation's measure does not allow this channel, or names no media.",
)


def propose(
    offer: Offer,
    *,
    by_id: int,
    body: str,
    channels: Sequence[str] = (Channel.CIRCULAR,),
    duration_days: int | None = None,
) -> Exposure:
    """Propose to publish. The facts are generated from the record; only their wording is typed."""
    if queries.open_exposure(offer.id) is not None:
        raise RuleBroken(Text("已有办理中的公开件。", "There is an open proposal already."))
    order = list(Channel)
    chosen = order[: max(order.index(Channel(name)) for name in channels) + 1]
    if chosen[-1] not in measure.allowed_channels():
        raise RuleBroken(NO_SUCH_CHANNEL, OWN)
    wording.demand_clean(body, credit_code=enterprise_of(offer).credit_code)
    exposure = Exposure(
        offer_id=offer.id,
        facts=procedure_facts(offer),
        body=body.strip(),
        letter={**frozen_values(offer), **found_by_authority(offer)},
        channels=[str(channel) for channel in chosen],
        duration_days=min(duration_days or periods.longest_shown(), periods.longest_shown()),
        proposed_by_id=by_id,
        proposed_at=now(),
        state=ExposureState.PROPOSED,
    )
    db.session.add(exposure)
    missing = [code for code in queries.unmet(exposure, today()) if code in BEFORE_PROPOSAL]
    if missing:
        raise broken(missing[0])
    trail.record("exposure.proposed", exposure, offer=offer.id, channels=exposure.channels)
    return exposure


def send_to_check(exposure: Exposure) -> None:
    step(exposure, "check")
    trail.record("exposure.sent_to_check", exposure)


def pass_check(exposure: Exposure, note: str, *, by_id: int) -> None:
    """The legal check: facts and wording stand; from here on the text cannot change."""
    if exposure.state != ExposureState.LEGAL_CHECK or exposure.reviewed_at is not None:
        raise RuleBroken(Text("当前不在法律审核。", "It is not at the legal check."))
    by_another(exposure, by_id)
    offer = get_offer(exposure.offer_id)
    wording.demand_clean(exposure.body, credit_code=enterprise_of(offer).credit_code)
    exposure.reviewed_by_id, exposure.reviewed_at, exposure.review_note = by_id, now(), note
    year = today().year
    exposure.intent_no = document_number("intent", year, take("intent", year)[0])
    trail.record("exposure.checked", exposure, note=note, intent=exposure.intent_no)
    make_link(exposure)
    telling.intent_issued(exposure, intent_values(exposure))


def intent_values(exposure: Exposure) -> dict[str, Any]:
    """The notice of intent: the facts, where and how long, and the right to be heard."""
    until = periods.count(periods.RIGHT_OF_REPLY, _intent_day(exposure) + ON_THE_WAY).on
    period = periods.term(periods.RIGHT_OF_REPLY, _intent_day(exposure))
    address, code = statement_address(exposure)
    return {
        **announcement_values(exposure),
        "reply_url": address,
        "reply_code": code,
        "doc_no": exposure.intent_no or "—",
        "exposure_ground_text": GROUND,
        "exposure_channels": channel_words(exposure),
        "exposure_earliest_on": until + periods.ONE_DAY,
        "right_of_reply_period": period.period.words,
        "right_of_reply_due_on": until,
        "right_of_reply_rule_article": period.basis,
        "issued_on": _intent_day(exposure),
    }


def _intent_day(exposure: Exposure) -> date:
    return local_day(exposure.reviewed_at) if exposure.reviewed_at else today()


def record_intent_service(exposure: Exposure, receipt: Served) -> None:
    """Proven service of the notice of intent: the right of reply runs from that day."""
    if exposure.reviewed_at is None:
        raise broken("legal_check")
    if receipt.evidence_id is None and not receipt.post_number:
        raise RuleBroken(Text("送达需要证明。", "Service needs proof."))
    if not _intent_day(exposure) <= receipt.served_on <= today():
        raise RuleBroken(Text("送达日期不对。", "The day of service cannot be right."))
    counted = periods.count(periods.RIGHT_OF_REPLY, receipt.served_on)
    written = periods.count(periods.RIGHT_OF_REPLY, _intent_day(exposure) + ON_THE_WAY).on
    exposure.intent_served_on = receipt.served_on
    exposure.intent_receiver = receipt.receiver_name
    exposure.intent_post_number = receipt.post_number
    exposure.intent_evidence_id = receipt.evidence_id
    exposure.window_ends_on = max(counted.on, written)
    exposure.clocks = {"right_of_reply": periods.kept(counted, periods.RIGHT_OF_REPLY)}
    step(exposure, "notify", another_person=True)
    trail.record(
        "exposure.intent_served",
        exposure,
        served_on=receipt.served_on.isoformat(),
        window_ends_on=exposure.window_ends_on.isoformat(),
    )
    if exposure.statement is not None:
        take_up_statement(exposure)
    feedback.give(exposure, feedback.INTENT_SERVED, exposure.window_ends_on.isoformat())


def record_opinion(exposure: Exposure, words: str, *, on: date) -> None:
    """The opinion of the tripartite partners, before anybody decides."""
    if not words.strip() or on > today():
        raise RuleBroken(Text("请写明三方意见和日期。", "State the opinion and its day."))
    if exposure.first_approver_id is not None:
        raise RuleBroken(Text("已经进入审批。", "Approval has begun already."))
    exposure.tripartite_opinion, exposure.tripartite_on = words, on
    trail.record("exposure.opinion_recorded", exposure, on=on.isoformat())


def approve(exposure: Exposure, note: str, *, by_id: int) -> None:
    """The first approval, or the second by somebody else; the second decides.

    Both are leaders on the day of the decision: whoever left office since the first approval is
    replaced by the next who approves.
    """
    if by_id == exposure.proposed_by_id:
        raise RuleBroken(
            Text("由您提出的事项，须由他人审批。", "You proposed this; another must approve it."),
            OWN,
        )
    if by_id == exposure.reviewed_by_id:
        raise RuleBroken(
            Text("法律审核人不参与审批。", "The legal reviewer does not approve."), OWN
        )
    periods.lengthen_window(exposure)
    facts = {**facts_of(exposure), "two_approvers": True}
    advance(MACHINE, exposure.state, "decide_publish", facts)
    if exposure.first_approver_id is None or not _in_office(exposure.first_approver_id):
        exposure.first_approver_id, exposure.first_note = by_id, note
        exposure.first_approved_at = now()
        trail.record("exposure.approved_first", exposure, note=note)
        return
    if exposure.first_approver_id == by_id:
        raise RuleBroken(
            Text("须由两名不同的审批人同意。", "Two different people must approve."), OWN
        )
    exposure.second_approver_id, exposure.second_note = by_id, note
    exposure.second_approved_at = now()
    step(exposure, "decide_publish")
    trail.record("exposure.decided", exposure, note=note)
    feedback.give(exposure, feedback.DECIDED)


def _in_office(user_id: int) -> bool:
    query = select(User.id).where(
        User.id == user_id, User.role == Role.APPROVER, User.status == UserStatus.ACTIVE
    )
    return db.session.scalar(query) is not None
