"""Clocks of a case: counted by the place's rule, standing still while bargaining is suspended.

A period nobody knows for this place starts no clock. A suspension moves every running clock of its
case that counts forward; the days it stood still stand in the derivation.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from blueprints.bargaining.ground.law import book_on
from blueprints.bargaining.ground.meeting_models import Suspension
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.offers.ground.deadlines import warning
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.rulebook import queries as rulebook
from blueprints.shared.read_once import read_once
from rules.broken import NoLaw
from rules.days import local_day
from rules.deadlines import Due, Extension, due, spread
from rules.law import Direction, Rule
from rules.reckoning import Tolling
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

ONE_DAY = timedelta(days=1)
DURATION = "bargaining.max_duration"
SUSPENDED = Text("协商中止", "bargaining suspended")


def rule_for(case: BargainingCase, key: str, on: date | None = None) -> Rule:
    """The rule of the federation's place for this kind of contract on a day."""
    return book_on(on or today()).rule(key, case.contract_kind)


def tollings(case_id: int) -> list[Tolling]:
    """The days on which the clocks of a case stand still."""
    query = select(Suspension).where(Suspension.case_id == case_id).order_by(Suspension.from_on)
    return [
        Tolling(one.from_on, (one.resumed_on or one.until_on) - ONE_DAY, SUSPENDED)
        for one in db.session.scalars(query)
        if (one.resumed_on or one.until_on) > one.from_on
    ]


def counted(
    case: BargainingCase, key: str, anchor: date, extension: Extension | None = None
) -> Due | None:
    """The last day of a period that began on `anchor`; None where nobody knows its length."""
    rule = rule_for(case, key, anchor)
    if rule.period is None:
        return None
    stops = tollings(case.id) if rule.direction is Direction.AFTER else []
    try:
        calendar = rulebook.calendar()
        return due(rule, anchor, calendar, stops, extension, rulebook.conventions())
    except NoLaw:
        return None


def earliest(case: BargainingCase, key: str, anchor: date) -> date | None:
    """When to be reminded: unconfirmed, the earliest that any known rule gives."""
    rule = rule_for(case, key, anchor)
    stops = tollings(case.id) if rule.direction is Direction.AFTER else []
    days = [
        due(
            replace(rule, value=one.length, unit=one.unit.value), anchor, rulebook.calendar(),
            stops, conventions=rulebook.conventions(),
        ).on
        for one in (rule.period, *(() if rule.confirmed else rule.known))
        if one is not None
    ]  # fmt: skip
    return min(days, default=None)


def start(case: BargainingCase, key: str, anchor: date) -> Deadline | None:
    """Start the clock and keep its count. One that runs already goes on as it is."""
    if running(case, key) is not None:
        return None
    if (clock := clock_of(case, key, anchor, BargainingCase.__tablename__, case.id)) is None:
        return None
    db.session.add(clock)
    trail.record("case.clock_started", case, rule=key, due_on=clock.due_on.isoformat())
    return clock


def clock_of(
    case: BargainingCase, key: str, anchor: date, subject_kind: str, subject_id: int
) -> Deadline | None:
    """A clock by the rule of the case's place, not yet kept; None where nobody knows a period."""
    clock = Deadline(
        subject_kind=subject_kind, subject_id=subject_id, rule_key=key, anchor_on=anchor
    )
    return clock if count(case, clock) else None


def count(case: BargainingCase, clock: Deadline, extension: Extension | None = None) -> bool:
    """Write into a clock what its period comes to; False, and nothing written, where unknown."""
    last = counted(case, clock.rule_key, clock.anchor_on, extension)
    if last is None:
        return False
    rule = rule_for(case, clock.rule_key, clock.anchor_on)
    first, until = spread(
        rule, clock.anchor_on, rulebook.calendar(), last.tolling, rulebook.conventions(),
        extension=extension,
    )  # fmt: skip
    clock.rule_version, clock.rule_status = last.rule_version, last.status
    clock.article, clock.calendar_version = last.citation.zh, last.calendar_version
    clock.due_on, clock.longest_on = last.on, None if rule.confirmed else until.on
    clock.warn_on = warning(first.on, clock.anchor_on)
    clock.provisional = last.provisional or until.provisional
    clock.derivation = last.to_json()
    return True


def running(case: BargainingCase, key: str) -> Deadline | None:
    return next((one for one in clocks_of(case) if one.rule_key == key
                 and one.status == DeadlineStatus.RUNNING), None)  # fmt: skip


@read_once
def clocks_of(case: BargainingCase) -> Sequence[Deadline]:
    """Every clock this case has had, the latest first."""
    return db.session.scalars(_clocks(case).order_by(Deadline.id.desc())).all()


def _clocks(case: BargainingCase) -> Select[Deadline]:
    return select(Deadline).where(
        Deadline.subject_kind == BargainingCase.__tablename__, Deadline.subject_id == case.id
    )


def stop(case: BargainingCase, key: str, status: DeadlineStatus = DeadlineStatus.MET) -> None:
    """What was due is done, or no longer matters."""
    if (clock := running(case, key)) is not None:
        clock.status, clock.ended_at = status, now()


def move_clocks(case: BargainingCase) -> None:
    """Count every running clock again over the days of suspension."""
    db.session.flush()
    for clock in db.session.scalars(_clocks(case).where(Deadline.status == DeadlineStatus.RUNNING)):
        before = clock.due_on
        if count(case, clock) and clock.due_on != before:
            trail.record(
                "case.clock_moved", case, rule=clock.rule_key,
                changed={"due_on": [before.isoformat(), clock.due_on.isoformat()]},
            )  # fmt: skip


def start_duration(case: BargainingCase, first_meeting: date | None) -> Deadline | None:
    """How long bargaining may take: counted from whichever event the place's rule names."""
    anchor = {
        "replied": _earliest(case, Offer.replied_on),
        "offer_issued": _earliest_issue(case),
        "offer_received": _earliest(case, Offer.served_on),
    }.get(rule_for(case, DURATION).anchor or "", first_meeting)
    return start(case, DURATION, anchor) if anchor else None


def _earliest(case: BargainingCase, column: Any) -> date | None:
    """The first of the days that the offers of a case have."""
    found: date | None = db.session.scalar(_of_offers(case, func.min(column)))
    return found


def _earliest_issue(case: BargainingCase) -> date | None:
    at = db.session.scalar(_of_offers(case, func.min(Offer.sealed_at)))
    return local_day(at) if at else None


def _of_offers(case: BargainingCase, wanted: Any) -> Select[Any]:
    of_case = (CaseEnterprise.tenant_id == Offer.tenant_id) & (CaseEnterprise.offer_id == Offer.id)
    return (
        select(wanted)
        .select_from(Offer)
        .join(CaseEnterprise, of_case)
        .where(CaseEnterprise.case_id == case.id)
    )
