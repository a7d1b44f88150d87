"""Clocks of a case: counted by the place's rule, standing still while bargaining is suspended.

A period nobody knows for this place starts no clock. A suspension moves every running clock of its
case that counts forward; the days it stood still stand in the derivation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from blueprints.bargaining.ground.law import book_on
from blueprints.bargaining.ground.meeting_models import Suspension
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
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


def latest(
    case: BargainingCase, key: str, anchor: date, extension: Extension | None = None
) -> date | None:
    """Until when nothing that hurts may be done: unconfirmed, the latest any known rule gives."""
    return max(_known(case, key, anchor, extension), default=None)


def earliest(case: BargainingCase, key: str, anchor: date) -> date | None:
    """When to be reminded: unconfirmed, the earliest that any known rule gives."""
    return min(_known(case, key, anchor), default=None)


def _known(
    case: BargainingCase, key: str, anchor: date, extension: Extension | None = None
) -> Iterator[date]:
    """The last day by the place's rule, and where it is not confirmed by every known one."""
    rule = rule_for(case, key, anchor)
    stops = tollings(case.id) if rule.direction is Direction.AFTER else []
    for one in (rule.period, *(() if rule.confirmed else rule.known)):
        if one is not None:
            counted_as = replace(rule, value=one.length, unit=one.unit.value)
            yield due(
                counted_as, anchor, rulebook.calendar(), stops, extension, rulebook.conventions()
            ).on


def start(case: BargainingCase, key: str, anchor: date) -> Deadline | None:
    """Start the clock and keep its count. One that runs already goes on as it is."""
    if running(case, key) is not None:
        return None
    if (last := counted(case, key, anchor)) is None:
        return None
    rule = rule_for(case, key, anchor)
    calendar = rulebook.calendar()
    _first, latest = spread(rule, anchor, calendar, tollings(case.id), rulebook.conventions())
    clock = Deadline(
        subject_kind=BargainingCase.__tablename__,
        subject_id=case.id,
        rule_key=key,
        rule_version=last.rule_version,
        rule_status=last.status,
        article=last.citation.zh,
        anchor_on=anchor,
        due_on=last.on,
        longest_on=None if rule.confirmed else latest.on,
        calendar_version=last.calendar_version,
        provisional=last.provisional or latest.provisional,
        derivation=last.to_json(),
    )
    db.session.add(clock)
    trail.record("case.clock_started", case, rule=key, due_on=last.on.isoformat())
    return clock


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
        last = counted(case, clock.rule_key, clock.anchor_on)
        if last is None or last.on == clock.due_on:
            continue
        before, clock.due_on, clock.derivation = clock.due_on, last.on, last.to_json()
        trail.record(
            "case.clock_moved", case, rule=clock.rule_key,
            changed={"due_on": [before.isoformat(), last.on.isoformat()]},
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
