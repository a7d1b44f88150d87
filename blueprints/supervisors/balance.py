"""Why one has 140 enterprises and another 60: load, limits, wishes, conflicts, history."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from blueprints.supervisors import people
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.roster_models import SupervisorTie
from rules.assigning.weighing import Person, Policy
from tenants.db import db

YEAR = timedelta(days=365)


@dataclass
class Standing:
    """One supervisor's load, and everything that explains it. Weights in ordinary cases."""

    supervisor: Supervisor
    person: Person
    cases: int = 0
    load: float = 0.0
    parts: Counter[str] = field(default_factory=Counter)  # tenths, by what makes the weight
    unmet: Counter[str] = field(default_factory=Counter)  # enterprises, by wish
    heavy: int = 0  # enterprises heavier than an ordinary case
    ties: int = 0
    gained: int = 0  # within a year
    lost: int = 0

    @property
    def share(self) -> float:
        return self.load / self.person.capacity

    @property
    def average(self) -> float:
        """The weight of an enterprise of theirs."""
        return self.load / self.cases if self.cases else 0.0

    @property
    def room(self) -> float:
        return self.person.capacity - self.load


@dataclass(frozen=True)
class Balance:
    """Everybody, the fullest first, and what the federation comes to."""

    rows: Sequence[Standing]
    policy: Policy

    @property
    def average_share(self) -> float:
        capacity = sum(row.person.capacity for row in self.rows if not row.person.barred)
        return sum(row.load for row in self.rows) / capacity if capacity else 0.0

    @property
    def average_cases(self) -> float:
        able = [row for row in self.rows if not row.person.barred]
        return sum(row.cases for row in self.rows) / len(able) if able else 0.0


def balance(on: date) -> Balance:
    """The whole roster in a handful of queries, whatever its length."""
    weigh = people.policy()
    roster = {one.id: one for one in db.session.scalars(select(Supervisor))}
    rows = {person.id: Standing(roster[person.id], person) for person in people.people(on, weigh)}
    for one in people.served(on, weigh):
        row = rows.get(one.supervisor_id)
        if row is not None:
            row.cases += 1
            row.load += one.weight / 10
            row.heavy += one.weight > weigh.weight_large
            row.parts.update(weigh.weight_parts(one.case))
            row.unmet.update(weigh.unmet(one.case.area, one.case.industry, row.person).keys())
    for ident, count in _ties(on).items():
        if ident in rows:
            rows[ident].ties = count
    for ident, (gained, lost) in _changes(on).items():
        if ident in rows:
            rows[ident].gained, rows[ident].lost = gained, lost
    ordered = sorted(rows.values(), key=lambda row: (-row.share, row.supervisor.name))
    return Balance(ordered, weigh)


def _ties(on: date) -> dict[int, int]:
    query = (
        select(SupervisorTie.supervisor_id, func.count())
        .where(or_(SupervisorTie.until_on.is_(None), SupervisorTie.until_on >= on))
        .group_by(SupervisorTie.supervisor_id)
    )
    return dict(db.session.execute(query).all())


def _changes(on: date) -> dict[int, tuple[int, int]]:
    """How many enterprises each gained and lost within a year."""
    since = on - YEAR
    gained = func.count().filter(Assignment.valid_from > since, Assignment.valid_from <= on)
    lost = func.count().filter(Assignment.valid_to > since, Assignment.valid_to <= on)
    query = select(Assignment.supervisor_id, gained, lost).group_by(Assignment.supervisor_id)
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query)}


def reasons(row: Standing, whole: Balance) -> list[tuple[str, dict[str, Any]]]:
    """Why this load and no other, as keys and figures, the weightiest first.

    Each stands for a sentence of the page: capacity, elsewhere, barred, lighter, heavier, ties,
    gained, over, room.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    person, one = row.person, row.supervisor
    if person.barred:
        found.append(("barred", {"bar": person.barred}))
    if row.share > 1:
        found.append(("over", {"by": round(-row.room, 1)}))
    usual = _median([other.person.capacity for other in whole.rows])
    if person.capacity != usual:
        found.append(("capacity", {"capacity": person.capacity, "usual": usual}))
    if one.elsewhere_percent:
        found.append(("elsewhere", {"percent": one.elsewhere_percent}))
    cases = sum(other.cases for other in whole.rows)
    mean = sum(other.load for other in whole.rows) / cases if cases else 0.0
    if row.cases and abs(row.average - mean) > 0.05:
        key = "heavier" if row.average > mean else "lighter"
        found.append((key, {"average": round(row.average, 2), "mean": round(mean, 2)}))
    if row.ties:
        found.append(("ties", {"count": row.ties}))
    if row.gained or row.lost:
        found.append(("history", {"gained": row.gained, "lost": row.lost}))
    if not person.barred and row.room >= 1 and row.share < whole.average_share - 0.1:
        found.append(("room", {"room": round(row.room, 1)}))
    return found


def _median(values: Sequence[int]) -> int:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0
