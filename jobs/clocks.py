"""Watching the reply clocks: reminders before the last day, and lapses after it.

Both go by state and never by a window of time, so a sweep that comes three days late finds
what a punctual one would have found, and a second one finds nothing.
"""

from collections import Counter
from datetime import date

from sqlalchemy import ColumnElement, and_, select, text

from blueprints.offers.feedback import actions as feedback
from blueprints.offers.feedback.reminders import remind
from blueprints.offers.ground.deadlines import REPLY
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.moves import move
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from jobs.context import job_scope
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

BATCH = 200
WAITING = {OfferState.SERVED, OfferState.REMINDED}


def sweep_clocks(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Lapse what is past its last day, remind where that day is near. Safe to run at any time."""
    with job_scope(tenant_id, at):
        lapsed = reminded = 0
        while count := lapse_some(today()):
            lapsed += count
        while count := remind_some(today()):
            reminded += count
        return {"lapsed": lapsed, "reminded": reminded}


def follow_notices(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Bring offers to where their letters are: sent by mail, or found undeliverable."""
    with job_scope(tenant_id, at):
        sent = db.session.execute(_SENT, {"tenant": tenant_id}).all()
        lost = db.session.execute(_LOST, {"tenant": tenant_id}).all()
        for verb, rows in (("campaign.dispatched", sent), ("campaign.undeliverable", lost)):
            counts = Counter(row.campaign_id for row in rows)
            trail.record_many(
                verb, [(("campaign", ident), {"offers": n}) for ident, n in counts.items()]
            )
        db.session.commit()
        return {"dispatched": len(sent), "undeliverable": len(lost)}


# Only the two steps of the machine that a mail server decides: dispatch and fail.
_SENT = text("""
UPDATE offer SET state = 'dispatched', dispatched_at = notice.sent_at FROM notice
WHERE offer.tenant_id = :tenant AND offer.state = 'sealed'
    AND notice.tenant_id = :tenant AND notice.kind = 'offer' AND notice.subject_kind = 'offer'
    AND notice.subject_id = offer.id AND notice.state IN ('sent', 'delivered')
RETURNING offer.campaign_id
""")
_LOST = text("""
UPDATE offer SET state = 'undeliverable' FROM notice
WHERE offer.tenant_id = :tenant AND offer.state IN ('sealed', 'dispatched')
    AND notice.tenant_id = :tenant AND notice.kind = 'offer' AND notice.subject_kind = 'offer'
    AND notice.subject_id = offer.id AND notice.state IN ('suppressed', 'failed', 'bounced')
    AND (notice.bounce IS DISTINCT FROM 'soft' OR notice.repair_id IS NOT NULL)
RETURNING offer.campaign_id
""")


def lapse_some(day: date) -> int:
    """End up to BATCH clocks whose last day is over; one feedback each. Commits.

    A provisional day ends nothing: it is counted again when the calendar of its year is entered.
    """
    held = _held(Deadline.due_on < day, Deadline.provisional.is_(False))
    for clock, offer in held:
        clock.status, clock.ended_at = DeadlineStatus.LAPSED, now()
        if offer.state in WAITING:
            move(offer, "lapse")
            trail.record("offer.lapsed", offer, due_on=clock.due_on.isoformat())
            feedback.give_for_lapse(offer, clock)
    db.session.commit()
    return len(held)


def remind_some(day: date) -> int:
    """Remind up to BATCH enterprises whose last day is near, each clock once. Commits."""
    held = _held(Deadline.warn_on <= day, Deadline.due_on >= day, Deadline.warned_at.is_(None))
    for clock, offer in held:
        clock.warned_at = now()
        remind(offer, clock)
    db.session.commit()
    return len(held)


def _held(*due: ColumnElement[bool]) -> list[tuple[Deadline, Offer]]:
    """Running clocks that are due, each with its offer locked.

    The offer is locked first, as everybody does who touches one: a reply that is just coming
    in is passed over now and found again by the next sweep. The clock is read after the lock.
    """
    running = (
        Deadline.subject_kind == Offer.__tablename__,
        Deadline.status == DeadlineStatus.RUNNING,
        Deadline.rule_key == REPLY,
        *due,
    )
    offers = db.session.scalars(
        select(Offer)
        .join(
            Deadline,
            and_(Deadline.tenant_id == Offer.tenant_id, Deadline.subject_id == Offer.id),
        )
        .where(*running)
        .order_by(Deadline.due_on, Deadline.id)
        .limit(BATCH)
        .with_for_update(of=Offer, skip_locked=True),
        execution_options={"populate_existing": True},
    ).all()
    by_id = {offer.id: offer for offer in offers}
    clocks = db.session.scalars(
        select(Deadline).where(*running, Deadline.subject_id.in_(by_id)).order_by(Deadline.id),
        execution_options={"populate_existing": True},
    )
    return [(clock, by_id[clock.subject_id]) for clock in clocks]
