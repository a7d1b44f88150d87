"""Watching the clocks of disputes: both sides reminded of the last day, the clock ended after it.

By state, as all sweeps. The case is ended by an officer, never by the calendar: what the authority
brought about in its last days may still be on its way.
"""

from sqlalchemy import ColumnElement, func, select

from blueprints.bargaining.disputes.notices import News, tell
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.dispute_models import Dispute, DisputeState
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from jobs.context import job_scope
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

LAST_DAY = func.greatest(Deadline.due_on, func.coalesce(Deadline.longest_on, Deadline.due_on))


def sweep(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Remind of what is about to end, end what is over. Hourly, safe to run twice."""
    with job_scope(tenant_id, at):
        over = _disputes(today() > LAST_DAY, Deadline.provisional.is_(False))
        lapsed = sum(_lapse(ident) for ident in over)
        near = _disputes(
            Deadline.warn_on <= today(), Deadline.due_on >= today(), Deadline.warned_at.is_(None)
        )
        return {"lapsed": lapsed, "reminded": sum(_remind(ident) for ident in near)}


def _disputes(*due: ColumnElement[bool]) -> list[int]:
    query = select(Deadline.subject_id).where(
        Deadline.subject_kind == Dispute.__tablename__,
        Deadline.status == DeadlineStatus.RUNNING,
        *due,
    )
    return list(db.session.scalars(query.order_by(Deadline.due_on, Deadline.id)))


def _lapse(dispute_id: int) -> bool:
    """End a clock whose last day is over. Commits."""
    dispute, clock = _held(dispute_id)
    if clock is not None and clock.status == DeadlineStatus.RUNNING:
        clock.status, clock.ended_at = DeadlineStatus.LAPSED, now()
        case = queries.get_case(dispute.case_id)
        trail.record("dispute.period_over", case, due_on=clock.due_on.isoformat())
    db.session.commit()
    return clock is not None


def _remind(dispute_id: int) -> bool:
    """Tell both sides that the last day is near, each clock once. Commits."""
    dispute, clock = _held(dispute_id)
    told = clock is not None and clock.warned_at is None and dispute.state == DisputeState.ACCEPTED
    if clock is not None and told:
        clock.warned_at = now()
        tell(queries.get_case(dispute.case_id), dispute, News.ENDING, today())
    db.session.commit()
    return told


def _held(dispute_id: int) -> tuple[Dispute, Deadline | None]:
    """A dispute under the lock of its case, as everybody takes it, and its clock read after."""
    dispute = db.session.scalars(select(Dispute).where(Dispute.id == dispute_id)).one()
    queries.get_case(dispute.case_id, lock=True)
    db.session.refresh(dispute)
    query = select(Deadline).where(
        Deadline.subject_kind == Dispute.__tablename__,
        Deadline.subject_id == dispute_id,
        Deadline.status == DeadlineStatus.RUNNING,
    )
    return dispute, db.session.scalar(query, execution_options={"populate_existing": True})
