"""Why one has 140 enterprises and another 60: load, limits, wishes, conflicts, history."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import func, or_, select

from blueprints.supervisors import people
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import in_force
from blueprints.supervisors.roster_models import SupervisorTie
from rules.assigning.weighing import Person, Policy
from tenants.db import db
from tenants.scope import area_scope, current_area

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
    here: int = 0  # enterprises in the area that whoever asks is bound to

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
    """Those whom one sees, the fullest first; and the whole roster, to hold them against."""

    rows: Sequence[Standing]
    policy: Policy
    roster: Sequence[Standing]

    @cached_property
    def able(self) -> Sequence[Standing]:
        return [row for row in self.roster if not row.person.barred]

    @cached_property
    def average_share(self) -> float:
        capacity = sum(row.person.capacity for row in self.able)
        return sum(row.load for row in self.roster) / capacity if capacity else 0.0

    @cached_property
    def average_cases(self) -> float:
        return sum(row.cases for row in self.roster) / len(self.able) if self.able else 0.0

    @cached_property
    def average_weight(self) -> float:
        """The weight of an enterprise, over everybody's."""
        cases = sum(row.cases for row in self.roster)
        return sum(row.load for row in self.roster) / cases if cases else 0.0

    @cached_property
    def usual_capacity(self) -> int:
        """The median."""
        ordered = sorted(row.person.capacity for row in self.roster)
        return ordered[len(ordered) // 2] if ordered else 0


def balance(on: date) -> Balance:
    """The whole roster in a handful of queries, whatever its length.

    Loads, and what they are held against, are those of the whole federation also for somebody
    bound to an area; they are shown the people who serve theirs, and `here` says how far.
    """
    weigh = people.policy()
    with area_scope(None):
        rows = _standings(on, weigh)
    if current_area() is None:
        return Balance(_ordered(rows.values()), weigh, [*rows.values()])
    for ident, count in _here(on).items():
        if ident in rows:
            rows[ident].here = count
    shown = [rows[one] for one in db.session.scalars(select(Supervisor.id)) if one in rows]
    return Balance(_ordered(shown), weigh, [*rows.values()])


def _standings(on: date, weigh: Policy) -> dict[int, Standing]:
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
    return rows


def _ordered(rows: Iterable[Standing]) -> list[Standing]:
    return sorted(rows, key=lambda row: (-row.share, row.supervisor.name))


def _here(on: date) -> dict[int, int]:
    """How many enterprises each serves in the area of whoever asks."""
    query = select(Assignment.supervisor_id, func.count()).where(*in_force(on))
    return dict(db.session.execute(query.group_by(Assignment.supervisor_id)).all())


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
    if person.capacity != whole.usual_capacity:
        usual = whole.usual_capacity
        found.append(("capacity", {"capacity": person.capacity, "usual": usual}))
    if one.elsewhere_percent:
        found.append(("elsewhere", {"percent": one.elsewhere_percent}))
    mean = whole.average_weight
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
