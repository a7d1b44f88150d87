"""Planning a visit, recording it with the service made there, correcting and dropping it."""

from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import select

from blueprints.offers.ground.models import Offer
from blueprints.offers.service.actions import Receipt, record_failed_service, record_service
from blueprints.rulebook.queries import calendar
from blueprints.supervisors.models import Supervisor
from blueprints.visits.models import NextStep, Purpose, Visit, VisitState
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.numbering import document_number, take

AGAIN = {  # the next visit, and what it is for
    NextStep.VISIT_AGAIN: Purpose.OTHER,
    NextStep.HELP_REPLY: Purpose.REPLY,
    NextStep.PREPARE_TALKS: Purpose.PREPARE,
    NextStep.CHECK_AGAIN: Purpose.FOLLOW_UP,
}


@dataclass(frozen=True)
class Made:
    """What a visit record holds (27c)."""

    visited_on: date
    visited_at: time | None
    minutes: int
    way: str
    place: str | None
    purpose: str
    met: str
    met_post: str | None
    topics: tuple[str, ...]
    said: str | None
    help_given: str | None
    outcome: str
    refusal_code: str | None
    next_step: str
    next_on: date | None


@dataclass(frozen=True)
class Attempt:
    """An offer handed over at a visit, or an attempt that failed for a reason."""

    offer: Offer
    receipt: Receipt
    failure: str | None = None


def works(day: date) -> bool:
    """Whether people work on a day; a year without a calendar yet still has its weekends."""
    days = calendar()
    return days.works(day) if days.covers(day, day) else day.weekday() < 5


def fault_in_plan(on: date, *, today: date) -> Text | None:
    """Why no visit can be planned for a day; None when it can."""
    if on < today:
        return Text("这一天已经过去。", "This day is over.")
    if not works(on):
        return Text(
            f"请选一个工作日，{on.month}月{on.day}日休息。",
            f"Choose a working day; {on.isoformat()} is a day of rest.",
        )
    return None


def fault_in_next(on: date, *, visited_on: date, today: date) -> Text | None:
    """Why the next visit cannot be on a day; None when it can."""
    if on <= max(visited_on, today):
        return Text("请选一个今天以后的工作日。", "Choose a working day after today.")
    return fault_in_plan(on, today=today)


def plan(
    supervisor: Supervisor,
    enterprise_id: int,
    on: date,
    *,
    purpose: str,
    at: time | None = None,
    note: str | None = None,
    offer_id: int | None = None,
    after: Visit | None = None,
) -> Visit:
    """Put a visit into the plan of a supervisor. The same enterprise stands there once a day."""
    if reason := fault_in_plan(on, today=today()):
        raise RuleBroken(reason)
    double = select(Visit.id).where(
        Visit.supervisor_id == supervisor.id,
        Visit.enterprise_id == enterprise_id,
        Visit.state == VisitState.PLANNED,
        Visit.planned_on == on,
    )
    if db.session.scalar(double):
        raise RuleBroken(
            Text("这家企业这一天已经有走访安排。", "A visit to it is planned for that day already.")
        )
    visit = Visit(
        supervisor_id=supervisor.id,
        enterprise_id=enterprise_id,
        offer_id=offer_id,
        purpose=purpose,
        planned_on=on,
        planned_at=at,
        plan_note=note,
        planned_by_id=after.id if after else None,
    )
    db.session.add(visit)
    trail.record("visit.planned", visit, on=on.isoformat(), purpose=purpose)
    return visit


def replan(visit: Visit, *, on: date, at: time | None, purpose: str, note: str | None) -> None:
    """Move a planned visit, or change what it is for."""
    _still_planned(visit)
    if on != visit.planned_on and (reason := fault_in_plan(on, today=today())):
        raise RuleBroken(reason)
    former = visit.planned_on.isoformat() if visit.planned_on else None
    visit.planned_on, visit.planned_at = on, at
    visit.purpose, visit.plan_note = purpose, note
    trail.record("visit.replanned", visit, changed={"date": [former, on.isoformat()]})


def drop(visit: Visit, why: str) -> None:
    """Take a planned visit out of the plan, with the reason."""
    _still_planned(visit)
    visit.state, visit.dropped_why = VisitState.DROPPED, why
    trail.record("visit.dropped", visit, reason=why)


def record(visit: Visit, made: Made, *, by_id: int, attempt: Attempt | None = None) -> Visit:
    """Write a visit down, serve the offer that was handed over, and plan the next visit.

    All of it is one act: a service refused by the rules leaves no visit behind either.
    """
    if visit.state == VisitState.DONE:
        raise RuleBroken(Text("这次走访已经登记。", "This visit is recorded already."))
    if reason := fault_in_day(made.visited_on, today=today()):
        raise RuleBroken(reason)
    year = made.visited_on.year
    (number,) = take("visit", year)
    for name, value in _columns(made).items():
        setattr(visit, name, value)
    visit.state, visit.visit_no = VisitState.DONE, document_number("visit", year, number)
    visit.recorded_by_id, visit.recorded_at = by_id, now()
    db.session.add(visit)
    db.session.flush()
    if attempt is not None:
        _serve(visit, attempt)
    trail.record(
        "visit.made", visit, number=visit.visit_no, on=made.visited_on.isoformat(),
        outcome=made.outcome,
    )  # fmt: skip
    if made.next_on and made.next_step in AGAIN:
        supervisor = db.session.get_one(Supervisor, (visit.tenant_id, visit.supervisor_id))
        plan(
            supervisor, visit.enterprise_id, made.next_on, purpose=AGAIN[NextStep(made.next_step)],
            offer_id=visit.offer_id, after=visit,
        )  # fmt: skip
    return visit


def fault_in_day(on: date, *, today: date) -> Text | None:
    """Why a visit cannot have been on a day; None when it can."""
    if on > today:
        return Text("走访日期晚于今天，请核对。", "The day of the visit has not come yet.")
    return None


def correct(visit: Visit, made: Made) -> bool:
    """Change what differs, and keep in the trail what stood there; False when nothing does."""
    if reason := fault_in_day(made.visited_on, today=today()):
        raise RuleBroken(reason)
    fresh = _columns(made)
    changed = {
        name: [_plain(getattr(visit, name)), _plain(value)]
        for name, value in fresh.items()
        if getattr(visit, name) != value
    }
    for name in changed:
        setattr(visit, name, fresh[name])
    if changed:
        trail.record("visit.corrected", visit, changed=changed)
    return bool(changed)


def _serve(visit: Visit, attempt: Attempt) -> None:
    if attempt.failure is None:
        service = record_service(attempt.offer, attempt.receipt)
    else:
        service = record_failed_service(attempt.offer, attempt.receipt, attempt.failure)
    db.session.flush()
    visit.offer_id, visit.service_id = attempt.offer.id, service.id


def _still_planned(visit: Visit) -> None:
    if visit.state != VisitState.PLANNED:
        raise RuleBroken(Text("这次走访不在计划中。", "This visit is not in the plan."))


def _columns(made: Made) -> dict[str, Any]:
    return {**asdict(made), "topics": list(made.topics)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value
