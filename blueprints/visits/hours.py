"""A supervisor's month in figures: visits planned and made, hours, the share for bargaining."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from blueprints.supervisors.models import Supervisor
from blueprints.visits.models import Visit, VisitState
from blueprints.visits.work_models import Expense, Training, Work, WorkEntry
from tenants.db import db


@dataclass(frozen=True)
class Month:
    """What was done in a month; times in minutes, money in cents."""

    first: date
    visits: int
    visit_minutes: int
    training_minutes: int
    work: Mapping[str, int]
    claimed: int
    accepted: int

    @property
    def bargaining(self) -> int:
        listed = sum(minutes for kind, minutes in self.work.items() if kind != Work.OTHER)
        return self.visit_minutes + self.training_minutes + listed

    @property
    def other(self) -> int:
        return self.work.get(Work.OTHER, 0)

    @property
    def whole(self) -> int:
        return self.bargaining + self.other

    @property
    def share(self) -> float | None:
        """The part of all hours that went to bargaining; None where none are recorded."""
        return self.bargaining / self.whole if self.whole else None


def span(day: date) -> tuple[date, date]:
    """The first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def month_of(supervisor: Supervisor, day: date) -> Month:
    first, last = span(day)
    return figures([supervisor.id], first, last).get(supervisor.id) or Month(
        first, 0, 0, 0, {}, 0, 0
    )


def figures(ids: Sequence[int], first: date, last: date) -> dict[int, Month]:
    """The figures of several supervisors over a span of days, in four statements."""
    made: dict[int, tuple[int, int]] = {
        row[0]: (row[1], int(row[2] or 0))
        for row in db.session.execute(
            select(Visit.supervisor_id, func.count(), func.sum(Visit.minutes))
            .where(
                Visit.supervisor_id.in_(ids),
                Visit.state == VisitState.DONE,
                Visit.visited_on.between(first, last),
            )
            .group_by(Visit.supervisor_id)
        )
    }
    work: dict[int, dict[str, int]] = {}
    for row in db.session.execute(
        select(WorkEntry.supervisor_id, WorkEntry.kind, func.sum(WorkEntry.minutes))
        .where(WorkEntry.supervisor_id.in_(ids), WorkEntry.worked_on.between(first, last))
        .group_by(WorkEntry.supervisor_id, WorkEntry.kind)
    ):
        work.setdefault(row[0], {})[row[1]] = int(row[2] or 0)
    taught = training_minutes(ids, first, last)
    spent: dict[int, dict[str, int]] = {}
    for row in db.session.execute(
        select(Expense.supervisor_id, Expense.state, func.sum(Expense.cents))
        .where(Expense.supervisor_id.in_(ids), Expense.spent_on.between(first, last))
        .group_by(Expense.supervisor_id, Expense.state)
    ):
        spent.setdefault(row[0], {})[row[1]] = int(row[2] or 0)
    return {
        ident: Month(
            first,
            *made.get(ident, (0, 0)),
            taught.get(ident, 0),
            work.get(ident, {}),
            spent.get(ident, {}).get("claimed", 0),
            spent.get(ident, {}).get("accepted", 0),
        )
        for ident in ids
    }


def training_minutes(ids: Sequence[int], first: date, last: date) -> dict[int, int]:
    query = (
        select(Training.supervisor_id, func.sum(Training.minutes))
        .where(Training.supervisor_id.in_(ids), Training.held_on.between(first, last))
        .group_by(Training.supervisor_id)
    )
    return {ident: int(total) for ident, total in db.session.execute(query)}
