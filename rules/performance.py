"""How far a contract is kept: its rate over the clauses, and by when it must be reported.

Local texts ask for a report to the congress at least once a year (Zhejiang 37, Shandong 31, Beijing
41, Chongqing 30); Chongqing has wage items published every half-year as well. The place's rule
comes in as data, and says so in a word: `yearly`, `yearly_wages_half_yearly`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from rules.deadlines import DEFAULT, Due, due
from rules.law import Direction, Unit
from rules.reckoning import ONE, add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from rules.calendars import Calendar
    from rules.law import Rule
    from rules.reckoning import Conventions

YEAR, HALF = 12, 6  # months
WORDS_FOR_YEAR = "yearly"
WORDS_FOR_WAGES = "wages_half_yearly"


class Result(StrEnum):
    """What a check found of one clause."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"
    NOT_DUE = "not_due"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses were found how."""

    kept: int = 0
    partly: int = 0
    not_kept: int = 0
    not_due: int = 0
    disputed: int = 0

    @classmethod
    def of(cls, results: Iterable[str]) -> Tally:
        found = [Result(one) for one in results]
        return cls(**{one.value: found.count(one) for one in Result})

    @property
    def checked(self) -> int:
        return self.kept + self.partly + self.not_kept + self.not_due + self.disputed

    @property
    def due(self) -> int:
        """The clauses whose time had come, those in dispute among them."""
        return self.checked - self.not_due

    @property
    def settled(self) -> int:
        """The clauses about which both sides agree."""
        return self.due - self.disputed

    def rate(self, weight: Fraction) -> Fraction | None:
        """The share kept of what was due, a partly kept clause counting `weight` of a whole one.

        A clause in dispute counts as not kept here, as the checklist prints it. None: nothing due.
        """
        return Fraction(self.kept + self.partly * weight, self.due) if self.due else None

    def settled_rate(self, weight: Fraction) -> Fraction | None:
        """The same over the settled clauses only: an assessment waits with what is disputed."""
        kept = self.kept + self.partly * weight
        return Fraction(kept, self.settled) if self.settled else None


@dataclass(frozen=True, slots=True)
class Reporting:
    """How often a place wants to hear, in months. None: it is not known to want that at all."""

    report: int | None
    wages: int | None
    confirmed: bool


def reporting(rule: Rule) -> Reporting:
    """What the place's `performance.report` asks for."""
    if rule.period is not None and rule.unit == Unit.MONTH:
        return Reporting(rule.period.length, None, rule.confirmed)
    said = rule.value if isinstance(rule.value, str) else ""
    return Reporting(
        YEAR if WORDS_FOR_YEAR in said else None,
        HALF if WORDS_FOR_WAGES in said else None,
        rule.confirmed,
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the term: its first and its last day."""

    first: date
    last: date


def stretches(first: date, last: date, months: int) -> Iterator[Stretch]:
    """The term in pieces of so many months, counted from its first day; the last may be shorter."""
    number, begin = 0, first
    while begin <= last:
        number += 1
        following = add_months(first, number * months)
        yield Stretch(begin, min(following - ONE, last))
        begin = following


def reported_by(
    rule: Rule,
    stretch: Stretch,
    months: int,
    calendar: Calendar,
    conventions: Conventions = DEFAULT,
) -> Due:
    """The last day on which the report on a stretch is in time, so many months after it began.

    Where no rule of the place is known, it is the federation's own habit, and its label says so.
    """
    counted = replace(
        rule,
        value=months,
        unit=Unit.MONTH.value,
        anchor="effective",
        direction=Direction.AFTER,
        lower=None,
    )
    return due(counted, stretch.first, calendar, conventions=conventions)
