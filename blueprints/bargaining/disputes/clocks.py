"""The clock of a dispute: from acceptance, extended once, swept and counted anew like any other."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from blueprints.bargaining.ground import clocks as case_clocks
from blueprints.bargaining.ground.dispute_models import Dispute
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.shared.read_once import read_once
from rules.broken import RuleBroken
from rules.deadlines import Extension
from rules.words import Text
from tenants.clock import now
from tenants.db import db

MAKING = "dispute.making"


def start(case: BargainingCase, dispute: Dispute, on: date) -> Deadline | None:
    """Run from the day it was taken up; none where nobody knows a period for this place."""
    clock = case_clocks.clock_of(case, MAKING, on, Dispute.__tablename__, dispute.id)
    if clock is not None:
        db.session.add(clock)
        db.session.flush()
    return clock


def extend(case: BargainingCase, dispute: Dispute, days: int, reason: str) -> Deadline:
    """Count it again with more time; refused beyond what the rule of the place allows.

    One that had run out by then runs again: the authority gave the time, late or not.
    """
    clock = clock_of(dispute.id)
    if clock is None or not case_clocks.count(case, clock, Extension(days, Text(reason, reason))):
        rule = case_clocks.rule_for(case, MAKING)
        raise RuleBroken(
            Text("当地期限未知，不能延长。", "No period is known here."), rule.citation
        )
    clock.status, clock.ended_at, clock.warned_at = DeadlineStatus.RUNNING, None, None
    return clock


def stop(dispute: Dispute, status: DeadlineStatus) -> None:
    """What it ran for is there, or no longer matters. One that ran out stays so."""
    clock = clock_of(dispute.id)
    if clock is not None and clock.status == DeadlineStatus.RUNNING:
        clock.status, clock.ended_at = status, now()


def clock_of(dispute_id: int) -> Deadline | None:
    """The one clock a dispute has; None before it is taken up, or where no period is known."""
    return next((one for one in clocks_of([dispute_id]).values()), None)


def clocks_of(dispute_ids: Sequence[int]) -> dict[int, Deadline]:
    """The clocks of many disputes, by dispute."""
    return {one.subject_id: one for one in _clocks(tuple(dispute_ids))}


@read_once
def _clocks(dispute_ids: tuple[int, ...]) -> Sequence[Deadline]:
    if not dispute_ids:
        return ()
    query = select(Deadline).where(
        Deadline.subject_kind == Dispute.__tablename__, Deadline.subject_id.in_(dispute_ids)
    )
    return db.session.scalars(query).all()


def last_day(clock: Deadline) -> date:
    """The day by which the case may be ended: unconfirmed, by the longest of any known rule."""
    return max(clock.due_on, clock.longest_on or clock.due_on)
