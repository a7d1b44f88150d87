"""The indicators of an appraisal: each is a list of items of the record, and what counts of them.

Rooms above hand in what only they can count (cases to signature, filing in time, quality of the
content, the workers' view, contracts):

    @indicator("content", _l("Quality of the content"), _l("Mean share of points …"))
    def content(supervisor: Supervisor, year: Year) -> Measure: ...

What comes as a share of each enterprise is handed in to `portfolio.of_the_portfolio` instead.

An indicator nobody counts yet cannot be given a weight; one without any item in a year carries
none in that year, so that nobody is marked for what there was not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for

from blueprints.appraisals.models import INDICATORS, AppraisalScheme
from blueprints.supervisors.models import Supervisor


@dataclass(frozen=True)
class Item:
    """One row of the record: what it is, and whether it counts for the supervisor."""

    text: Any
    on: date | None = None
    counts: bool = True
    door: tuple[str, str, int] | None = None  # endpoint, name in its address, id of the row
    note: Any = ""
    parts: tuple[float, float] | None = None  # its own so many of so many, where it is a share

    @property
    def url(self) -> str:
        """The page of the row; made only where a page is shown, since jobs count too."""
        if self.door is None:
            return ""
        endpoint, name, ident = self.door
        values: dict[str, Any] = {name: ident}
        return url_for(endpoint, **values)


@dataclass(frozen=True)
class Measure:
    """`done` of `of`; with nothing to measure there is no share."""

    items: Sequence[Item]
    done: float
    of: float

    @classmethod
    def counting(cls, items: Sequence[Item]) -> "Measure":
        return cls(items, sum(1 for item in items if item.counts), len(items))

    @classmethod
    def adding(cls, items: Sequence[Item]) -> "Measure":
        """The sums of what each item is a share of."""
        parts = [item.parts for item in items if item.parts]
        return cls(items, sum(done for done, _ in parts), sum(of for _, of in parts))

    @property
    def share(self) -> float | None:
        return min(1.0, self.done / self.of) if self.of else None


@dataclass(frozen=True)
class Year:
    """The days an appraisal looks at, and the settings it is counted by."""

    year: int
    first: date
    last: date
    scheme: AppraisalScheme


MeasureOf = Callable[[Supervisor, Year], Measure]


@dataclass(frozen=True)
class Indicator:
    """What is counted, in words, and how."""

    name: str
    label: Any
    how: Any
    measure: MeasureOf = field(compare=False)


_indicators: dict[str, Indicator] = {}


def indicator(name: str, label: Any, how: Any) -> Callable[[MeasureOf], MeasureOf]:
    """Hand in how an indicator is counted."""

    def keep(measure: MeasureOf) -> MeasureOf:
        if name not in INDICATORS:
            raise LookupError(name)
        _indicators[name] = Indicator(name, label, how, measure)
        return measure

    return keep


def counted() -> Mapping[str, Indicator]:
    """The indicators that somebody counts, in the order of the sheet."""
    return {name: _indicators[name] for name in INDICATORS if name in _indicators}
