"""What can happen to an offer that is out. Each verb asks the rules, then writes; views commit."""

from dataclasses import dataclass
from datetime import date, datetime

from blueprints.notices import news
from blueprints.offers.feedback import actions as feedback
from blueprints.offers.ground import accepted, deadlines
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.moves import move
from blueprints.offers.ground.queries import proven_service, standing_reply
from blueprints.offers.ground.service_models import (
    DeadlineStatus,
    Finding,
    Reply,
    ReplyChannel,
    ReplyKind,
    Service,
    ServiceMethod,
    ServiceState,
)
from blueprints.offers.ground.task_models import TaskOutcome
from blueprints.offers.service import tasks
from rules.broken import RuleBroken
from rules.days import local_day
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db


@dataclass(frozen=True)
class Receipt:
    """Who took an offer, how and when, and what proves it."""

    method: ServiceMethod
    served_on: date
    receiver_name: str | None = None
    receiver_title: str | None = None
    witness: str | None = None
    post_number: str | None = None
    evidence_id: int | None = None
    note: str | None = None
    recorded_by_id: int | None = None

    @property
    def proven(self) -> bool:
        desk = self.method in {ServiceMethod.REPLY_DESK, ServiceMethod.BY_REPLY}
        return desk or self.evidence_id is not None or bool(self.post_number)


@dataclass(frozen=True)
class Answer:
    """What an enterprise answers, in its own words."""

    kind: ReplyKind
    channel: ReplyChannel
    person_name: str
    person_title: str | None = None
    person_phone: str | None = None
    person_email: str | None = None
    meeting_on: date | None = None
    meeting_time: str | None = None
    meeting_place: str | None = None
    representatives: tuple[dict[str, str], ...] = ()
    reason_code: str | None = None
    reason: str | None = None
    scan_id: int | None = None
    recorded_by_id: int | None = None


def fault_in_service_day(served_on: date, *, sealed_on: date, today: date) -> Text | None:
    """Why this cannot be the day of service; None when it can."""
    if served_on < sealed_on:
        return Text(
            f"要约书{sealed_on}才用印发出，送达日期不能早于这一天。",
            f"The offer was only issued on {sealed_on}; it cannot have been served before.",
        )
    if served_on > today:
        return Text("送达日期晚于今天，请核对。", "The day of service has not come yet.")
    return None


def record_service(offer: Offer, receipt: Receipt) -> Service:
    """Record proven service and start the clock under the law of that day.

    Raises RuleBroken without proof, for a second service, and for an impossible day.
    """
    if proven_service(offer) is not None:
        raise RuleBroken(
            Text(
                "已有送达证明，再次送达不重新起算答复期限。",
                "Service is already proven; a second one does not restart the clock.",
            )
        )
    if not receipt.proven:
        raise RuleBroken(
            Text(
                "送达需要证明，请上传材料或者填写挂号信编号。",
                "Service needs proof: a document, or the number of the registered letter.",
            )
        )
    sealed_on = local_day(offer.sealed_at)
    if reason := fault_in_service_day(receipt.served_on, sealed_on=sealed_on, today=today()):
        raise RuleBroken(reason)
    service = Service(offer_id=offer.id, state=ServiceState.ACKNOWLEDGED, **_columns(receipt))
    db.session.add(service)
    offer.served_on = receipt.served_on
    clock = deadlines.start_reply_clock(offer, receipt.served_on)
    move(offer, "serve")
    tasks.close_for(offer, TaskOutcome.SERVED)
    if receipt.method is ServiceMethod.REPLY_DESK:
        news.acknowledge(offer, recipient=f"enterprise:{offer.enterprise_id}", kind="offer")
    trail.record(
        "offer.served",
        offer,
        method=receipt.method,
        served_on=receipt.served_on.isoformat(),
        reply_due_on=clock.due_on.isoformat(),
        rule=clock.rule_key,
        article=clock.article,
        evidence=receipt.evidence_id,
    )
    return service


def record_failed_service(offer: Offer, receipt: Receipt, failure: str) -> Service:
    """Record an attempt that did not reach the addressee. No clock starts."""
    service = Service(
        offer_id=offer.id, state=ServiceState.ATTEMPTED, failure=failure, **_columns(receipt)
    )
    db.session.add(service)
    if failure in feedback.CANNOT_REACH and offer.state in {
        OfferState.SEALED,
        OfferState.DISPATCHED,
    }:
        move(offer, "fail")
    trail.record(
        "offer.service_failed",
        offer,
        method=receipt.method,
        attempted_on=receipt.served_on.isoformat(),
        reason=failure,
    )
    return service


def acknowledge(offer: Offer, *, person_name: str, person_title: str | None) -> Service | None:
    """The addressee confirms receipt at the reply desk; a second time changes nothing."""
    if proven_service(offer) is not None:
        return None
    return record_service(
        offer,
        Receipt(
            ServiceMethod.REPLY_DESK,
            today(),
            receiver_name=person_name,
            receiver_title=person_title,
        ),
    )


def record_reply(offer: Offer, answer: Answer, *, received_at: datetime | None = None) -> Reply:
    """Record an answer as it was given, late or not, and tell everyone concerned.

    An answer proves receipt, so an offer without proven service is served by it, unless the
    answer is that the addressee is the wrong one. A second answer replaces the first, which is
    kept. An answer after the last day is taken like any other and marked late.
    """
    at = received_at or now()
    day = local_day(at)
    if answer.kind is not ReplyKind.NOT_US and proven_service(offer) is None:
        method = (
            ServiceMethod.REPLY_DESK
            if answer.channel is ReplyChannel.REPLY_DESK
            else ServiceMethod.BY_REPLY
        )
        record_service(
            offer,
            Receipt(
                method,
                day,
                receiver_name=answer.person_name,
                receiver_title=answer.person_title,
                evidence_id=answer.scan_id,
                recorded_by_id=answer.recorded_by_id,
            ),
        )
    if former := standing_reply(offer):
        former.replaced_at = at
        db.session.flush()
    reply = Reply(
        offer_id=offer.id,
        received_at=at,
        late=offer.reply_due_on is not None and day > offer.reply_due_on,
        **{**_columns(answer), "representatives": list(answer.representatives)},
    )
    db.session.add(reply)
    db.session.flush()
    offer.replied_on = offer.replied_on or day
    _stop_clock(offer, answer.kind, at)
    move(offer, EVENTS[answer.kind])
    if answer.kind is ReplyKind.NOT_US:
        _undo_service(offer)
        if answer.channel is ReplyChannel.REPLY_DESK and answer.reason_code == STRANGERS:
            news.disclaimed(offer, recipient=f"enterprise:{offer.enterprise_id}")
    trail.record(
        "offer.replied" if former is None else "offer.reply_corrected",
        offer,
        reply=reply.id,
        kind=answer.kind,
        channel=answer.channel,
        late=reply.late,
    )
    feedback.give_for_reply(offer, reply)
    accepted.tell_of(offer, reply)
    return reply


STRANGERS = "not_us"  # of labels.MISTAKES: whoever reads there is not the addressee at all
EVENTS = {
    ReplyKind.ACCEPT: "answer_yes",
    ReplyKind.ACCEPT_OTHER_DATE: "answer_conditional",
    ReplyKind.REFUSE: "answer_no",
    ReplyKind.NOT_US: "disclaim",
}


def _stop_clock(offer: Offer, kind: ReplyKind, at: datetime) -> None:
    clock = deadlines.reply_clock(offer)
    if clock is not None:
        met = DeadlineStatus.DROPPED if kind is ReplyKind.NOT_US else DeadlineStatus.MET
        deadlines.stop(clock, met, at)


def _undo_service(offer: Offer) -> None:
    """The wrong addressee was served: that service is disputed, and no period runs from it."""
    service = proven_service(offer)
    if service is not None:
        service.state = ServiceState.DISPUTED
        offer.served_on = offer.reply_due_on = None


def review_reason(reply: Reply, offer: Offer, finding: Finding, note: str, by_id: int) -> None:
    """The upper union's finding on a refusal (offer.may_refuse). The employer's words stay."""
    if reply.kind != ReplyKind.REFUSE or reply.replaced_at is not None:
        raise RuleBroken(
            Text(
                "只有现行的拒绝答复需要审核理由。",
                "Only a standing refusal has a reason to review.",
            )
        )
    reply.finding, reply.finding_note = finding, note
    reply.reviewed_by_id, reply.reviewed_at = by_id, now()
    trail.record("reply.reviewed", offer, reply=reply.id, finding=finding, note=note)
    feedback.give_for_finding(offer, reply)


def _columns(facts: Receipt | Answer) -> dict[str, object]:
    return {name: getattr(facts, name) for name in type(facts).__dataclass_fields__}
