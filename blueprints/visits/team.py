"""A month of every supervisor as a table: few enough people to stand on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import still_here
from blueprints.visits import hours
from blueprints.visits.hours import Month
from blueprints.visits.work_models import MonthPlan
from blueprints.visits.work_queries import plans_of

SORTS = ("name", "-done", "-share", "-waiting")


@dataclass(frozen=True)
class Line:
    """One supervisor's month."""

    supervisor: Supervisor
    plan: MonthPlan | None
    figures: Month
    training_hours: float  # of the year so far

    @property
    def cells(self) -> tuple[Any, ...]:
        month = self.figures
        return (
            self.supervisor.name,
            self.plan.visits if self.plan else None,
            month.visits,
            round(month.bargaining / 60, 1),
            round(month.other / 60, 1),
            round(month.share, 3) if month.share is not None else None,
            self.supervisor.elsewhere_percent,
            self.training_hours,
            month.accepted / 100,
            month.claimed / 100,
        )


def heads() -> list[str]:
    return [
        _("Supervisor"), _("Visits planned"), _("Visits made"), _("Hours of bargaining work"),
        _("Hours of other work"), _("Share for bargaining"), _("Used elsewhere, per cent"),
        _("Hours of training this year"), _("Expenses accepted, yuan"),
        _("Expenses waiting, yuan"),
    ]  # fmt: skip


def sort_asked(words: str | None) -> str:
    return words if words in SORTS else "name"


def rows(month: date, sort: str | None) -> Sequence[Line]:
    """Everybody on the roster in that month, in the order asked for."""
    first, last = hours.span(month)
    people = still_here(first)
    ids = [one.id for one in people]
    figures, plans = hours.figures(ids, first, last), plans_of(first, ids)
    taught = hours.training_minutes(ids, first.replace(month=1), last)
    lines = [
        Line(one, plans.get(one.id), figures[one.id], round(taught.get(one.id, 0) / 60, 1))
        for one in people
    ]
    orders = {
        "-done": lambda line: -line.figures.visits,
        "-share": lambda line: -(line.figures.share or 0),
        "-waiting": lambda line: -line.figures.claimed,
    }
    return sorted(lines, key=orders[sort]) if sort in orders else lines
