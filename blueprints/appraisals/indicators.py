"""The indicators of an appraisal: each is a list of items of the record, and what counts of them.

Rooms above hand in what only they can count (cases to signature, filing in time, quality of the
content, the workers' view, contracts):

    @indicator("content", _l("Quality of the content"), _l("Mean share of points …"))
    def content(supervisor: Supervisor, year: Year) -> Measure: ...

An indicator nobody counts yet cannot be given a weight; one without any item in a year carries
none in that year, so that nobody is marked for what there was not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blueprints.appraisals.models import INDICATORS, AppraisalScheme
from blueprints.supervisors.models import Supervisor


@dataclass(frozen=True)
class Item:
    """One row of the record: what it is, and whether it counts for the supervisor."""

    text: Any
    on: date | None = None
    counts: bool = True
    url: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Measure:
    """`done` of `of`; with nothing to measure there is no share."""

    items: Sequence[Item]
    done: float
    of: float

    @classmethod
    def counting(cls, items: Sequence[Item]) -> "Measure":
        return cls(items, sum(1 for item in items if item.counts), len(items))

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
