"""Supervisor days that the forecast takes, by area and month, beside those that are there."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from blueprints.contracts.forecast.groups import concerned
from blueprints.contracts.forecast.models import EntryState, ForecastEntry
from blueprints.contracts.ground.check_models import CheckState, PerformanceCheck
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.habits import values as habits
from blueprints.registry.models import Enterprise
from blueprints.rulebook import queries as rulebook
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import in_force
from rules.forecast import (
    OF_A_CONTRACT,
    Ground,
    Need,
    last_of,
    load,
    months_from,
    whole_days,
    working_days,
)
from tenants.db import db

MONTHS = 6
NOWHERE = ""  # work or people that no area is recorded for


@dataclass(frozen=True)
class Cell:
    """One area in one month: days needed, days there, both rounded to whole days."""

    needed: int
    there: int

    @property
    def short(self) -> int:
        return max(0, self.needed - self.there)


@dataclass(frozen=True)
class Load:
    months: list[date]
    areas: dict[str, list[Cell]]

    def total(self, number: int) -> Cell:
        cells = [row[number] for row in self.areas.values()]
        return Cell(sum(cell.needed for cell in cells), sum(cell.there for cell in cells))


def load_of(on: date, count: int = MONTHS) -> Load:
    """The table: areas down, months across. What is overdue falls into this month."""
    months = months_from(on, count)
    needed = _needed(months)
    there = _there(on, months)
    areas = sorted({area for area, _ in needed} | {area for area, _ in there})
    table = {
        area: [
            Cell(
                whole_days(needed.get((area, month), Fraction(0))),
                int(there.get((area, month), Fraction(0))),
            )
            for month in months
        ]
        for area in areas
    }
    return Load(months, table)


def _needed(months: list[date]) -> dict[tuple[str, date], Fraction]:
    first, last = months[0], last_of(months[-1])
    query = select(
        func.coalesce(ForecastEntry.area, NOWHERE),
        func.greatest(ForecastEntry.planned_on, first),
        ForecastEntry.ground,
        ForecastEntry.enterprises,
        ForecastEntry.industry,
    ).where(ForecastEntry.state == EntryState.OPEN, ForecastEntry.planned_on <= last)
    rows = db.session.execute(query).all()
    norms = habits.norms()
    found = load((_need(row) for row in rows if not _of_the_city(row)), norms)
    for industry, group in groupby(
        sorted(filter(_of_the_city, rows), key=lambda row: row.industry or ""),
        key=lambda row: row.industry,
    ):
        _share_out(found, load(map(_need, group), norms), _places(industry))
    for area, month, checks in _checks(first, last):
        key = area, month
        found[key] = found.get(key, Fraction(0)) + checks * habits.check_days()
    return found


def _need(row: Any) -> Need:
    return Need(row[0], row[1], Ground(row.ground), row.enterprises)


def _of_the_city(row: Any) -> bool:
    """About the enterprises of every district; the work is where they are."""
    return row[0] == NOWHERE and Ground(row.ground) not in OF_A_CONTRACT


def _places(industry: str | None) -> dict[str, int]:
    """How many enterprises of a trade, or of all, there are in each area."""
    area = func.coalesce(Enterprise.area, NOWHERE)
    query = select(area, func.count()).where(concerned(None, industry)).group_by(area)
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def _share_out(
    found: dict[tuple[str, date], Fraction],
    days: dict[tuple[str, date], Fraction],
    places: dict[str, int],
) -> None:
    """Add days of the whole city to the areas, in proportion to their enterprises."""
    places = places or {NOWHERE: 1}
    whole = sum(places.values())
    for (_nowhere, month), needed in days.items():
        for area, count in places.items():
            key = area, month
            found[key] = found.get(key, Fraction(0)) + needed * count / whole


def _checks(first: date, last: date) -> list[tuple[str, date, int]]:
    """Planned checks by area and month; those that are late fall into the first one."""
    month = func.date(func.date_trunc("month", func.greatest(PerformanceCheck.planned_on, first)))
    area = func.coalesce(Contract.area, Enterprise.area, NOWHERE)
    query = (
        select(area, month, func.count())
        .select_from(PerformanceCheck)
        .join(
            Contract,
            (Contract.tenant_id == PerformanceCheck.tenant_id)
            & (Contract.id == PerformanceCheck.contract_id),
        )
        .outerjoin(
            Enterprise,
            (Enterprise.tenant_id == Contract.tenant_id)
            & (Enterprise.id == Contract.enterprise_id),
        )
        .where(PerformanceCheck.state == CheckState.PLANNED, PerformanceCheck.planned_on <= last)
        .group_by(area, month)
    )
    return [(row[0], row[1], int(row[2])) for row in db.session.execute(query)]


def _there(on: date, months: list[date]) -> dict[tuple[str, date], Fraction]:
    """Each supervisor's days, shared out among the areas whose enterprises they serve."""
    calendar = rulebook.calendar()
    served: dict[int, dict[str, int]] = {}
    query = (
        select(Assignment.supervisor_id, func.coalesce(Enterprise.area, NOWHERE), func.count())
        .join(
            Enterprise,
            (Enterprise.tenant_id == Assignment.tenant_id)
            & (Enterprise.id == Assignment.enterprise_id),
        )
        .where(*in_force(on))
        .group_by(Assignment.supervisor_id, Enterprise.area)
    )
    for supervisor_id, area, count in db.session.execute(query):
        served.setdefault(supervisor_id, {})[area] = count
    found: dict[tuple[str, date], Fraction] = {}
    worked = {month: working_days(month, calendar) for month in months}
    people = select(Supervisor.id, Supervisor.area_code, Supervisor.engagement, Supervisor.left_on)
    rows = db.session.execute(people).all()
    part = {kind: habits.share_for_bargaining(kind) for kind in {row.engagement for row in rows}}
    for row in rows:
        shares = served.get(row.id) or {row.area_code or NOWHERE: 1}
        whole = sum(shares.values())
        for month in months:
            if row.left_on is not None and row.left_on <= month:
                continue
            days = worked[month] * part[row.engagement]
            for area, count in shares.items():
                found[area, month] = found.get((area, month), Fraction(0)) + days * count / whole
    return found
