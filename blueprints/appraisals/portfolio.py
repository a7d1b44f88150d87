"""The slot of the portfolio: rooms above hand in shares by enterprise, added up here.

The room that asks the workers fills the indicator `workers` with one function, in a module that is
imported with its other parts (`room.py`):

    from blueprints.appraisals.indicators import Year
    from blueprints.appraisals.portfolio import Share, of_the_portfolio

    @of_the_portfolio(
        "workers",
        _l("Workers who know their contract"),
        _l("Of the valid answers to surveys in one's portfolio, those of workers who know of the "
           "contract and of a thing it says"),
    )
    def awareness(enterprise_ids: Collection[int], year: Year) -> Iterable[Share]:
        \"\"\"One share a survey and enterprise that closed between year.first and year.last.\"\"\"
        yield Share(
            enterprise_id, done=18, of=24, on=survey.closed_on, text=survey.title,
            door=("surveys.show", "survey_id", survey.id), note=_l("awareness"),
        )

`enterprise_ids` are those the supervisor served on some day of the year: at most a few hundred, so
one statement answers for all of them. `done` is the numerator and `of` the denominator, both as
counts. Who hands in decides what is too few to be shown and leaves that out. Here a share is kept
only if its day lies within the time of the assignment, so that nobody answers for the years of
another; the sums of what is left are the measure, and each share an item with a door to its page.

Until a function is handed in, the indicator cannot be given a weight and the page of the weights
says why (`AWAITED`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from blueprints.appraisals.indicators import Item, Measure, Year, counted, indicator
from blueprints.appraisals.models import INDICATORS
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.db import db


@dataclass(frozen=True)
class Awaited:
    """An indicator that a room above may fill: its name on the sheet, and why it is not there."""

    label: Any
    why_not: Any


AWAITED: Mapping[str, Awaited] = {
    "workers": Awaited(
        _l("Workers who know their contract"),
        _l(
            "Cannot be counted yet: the workers of the portfolio have not been asked here. It can "
            "be weighed as soon as answers to a survey are on record."
        ),
    ),
}


@dataclass(frozen=True)
class Share:
    """So many of so many at one enterprise, on a day. `door`: endpoint, name in it, id."""

    enterprise_id: int
    done: float
    of: float
    on: date
    text: Any
    door: tuple[str, str, int] | None = None
    note: Any = ""


SharesOf = Callable[[Collection[int], Year], Iterable[Share]]


def of_the_portfolio(name: str, label: Any, how: Any) -> Callable[[SharesOf], SharesOf]:
    """Hand in the shares of an indicator by enterprise."""

    def keep(shares: SharesOf) -> SharesOf:
        @indicator(name, label, how)
        def added(supervisor: Supervisor, year: Year) -> Measure:
            return added_up(shares, served_in(supervisor, year), year)

        return shares

    return keep


def uncounted() -> Mapping[str, Awaited]:
    """The indicators that nobody counts yet, with the reason."""
    return {name: AWAITED[name] for name in INDICATORS if name in AWAITED and name not in counted()}


Periods = Mapping[int, Collection[tuple[date, date | None]]]


def served_in(supervisor: Supervisor, year: Year) -> Periods:
    """The enterprises served on some day of the year, with the days: from, and up to (not with)."""
    query = select(Assignment.enterprise_id, Assignment.valid_from, Assignment.valid_to).where(
        Assignment.supervisor_id == supervisor.id,
        Assignment.valid_from <= year.last,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to > year.first),
    )
    found: dict[int, list[tuple[date, date | None]]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.enterprise_id, []).append((row.valid_from, row.valid_to))
    return found


def added_up(shares: SharesOf, periods: Periods, year: Year) -> Measure:
    """The sums of the shares that fall into the time of an assignment; each once."""
    if not periods:
        return Measure([], 0, 0)
    own = [
        share
        for share in shares(list(periods), year)
        if year.first <= share.on <= year.last and _within(share, periods)
    ]
    return Measure.adding([
        Item(share.text, share.on, share.done > 0, share.door, share.note, (share.done, share.of))
        for share in own
    ])  # fmt: skip


def _within(share: Share, periods: Periods) -> bool:
    return any(
        begin <= share.on and (end is None or share.on < end)
        for begin, end in periods.get(share.enterprise_id, ())
    )
