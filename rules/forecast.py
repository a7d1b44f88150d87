"""What is coming up for bargaining, and how many days of supervisors it takes (协商预报).

A forecast is not an offer, starts no clock, and is never counted as a contract. The renewal window
is the time in which renewal may be proposed, not a day by which anything must be signed.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from rules.reckoning import ONE, add_months
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rules.calendars import Calendar


class Ground(StrEnum):
    """Why something is forecast."""

    RENEWAL = "renewal"
    WAGE_ROUND = "wage_round"
    EXPIRED = "expired"
    NEVER_BARGAINED = "never_bargained"
    NEW_ENTERPRISE = "new_enterprise"
    TRIGGER = "trigger"


GROUND_NAMES: Mapping[Ground, Text] = {
    Ground.RENEWAL: Text("合同即将期满", "Contract up for renewal"),
    Ground.WAGE_ROUND: Text("年度工资协商", "Yearly wage round"),
    Ground.EXPIRED: Text("合同已期满未续", "Contract ended, none in its place"),
    Ground.NEVER_BARGAINED: Text("已建会从未协商", "Unionised, never bargained"),
    Ground.NEW_ENTERPRISE: Text("新增企业", "New enterprises"),
    Ground.TRIGGER: Text("情况变化", "Something has changed"),
}
OF_A_CONTRACT = (Ground.RENEWAL, Ground.WAGE_ROUND, Ground.EXPIRED)


def next_round(first: date, last: date, on: date) -> date | None:
    """The next yearly turn of a wage contract that runs on beyond it; None where none comes.

    Order 9, article 24: wages are bargained anew every year, however long the contract runs.
    """
    for year in range(1, last.year - first.year + 2):
        turn = add_months(first, 12 * year)
        if turn >= on:
            return turn if turn <= last else None
    return None


@dataclass(frozen=True, slots=True)
class Need:
    """Work that falls into a month of an area."""

    area: str
    on: date
    ground: Ground
    enterprises: int


def days_needed(need: Need, norms: Mapping[str, Fraction]) -> Fraction:
    """Supervisor days: a share for the matter itself and one for every enterprise in it.

    `norms` are the federation's own: `matter.<ground>` and `enterprise.<ground>`, in days.
    """
    matter = norms.get(f"matter.{need.ground}", Fraction(0))
    return matter + need.enterprises * norms.get(f"enterprise.{need.ground}", Fraction(0))


def load(needs: Iterable[Need], norms: Mapping[str, Fraction]) -> dict[tuple[str, date], Fraction]:
    """Days needed by area and first day of the month."""
    total: dict[tuple[str, date], Fraction] = {}
    for need in needs:
        place = need.area, need.on.replace(day=1)
        total[place] = total.get(place, Fraction(0)) + days_needed(need, norms)
    return total


def working_days(month: date, calendar: Calendar) -> int:
    """How many days of the month are worked, by what the calendar expects where none is published.

    Capacity is a plan, no deadline: an estimate is better than nothing, and never decides anything.
    """
    days = (month.replace(day=n) for n in range(1, monthrange(month.year, month.month)[1] + 1))
    return sum(calendar.works(day) for day in days)


def whole_days(days: Fraction) -> int:
    """Rounded up: half a day of somebody is a day of somebody."""
    return ceil(days)


def months_from(on: date, count: int) -> list[date]:
    """The first days of so many months, this one first."""
    return [add_months(on.replace(day=1), n) for n in range(count)]


def last_of(month: date) -> date:
    return add_months(month, 1) - ONE
