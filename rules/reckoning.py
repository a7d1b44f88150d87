"""The bare arithmetic of a period: from an event, over the days that do not count, to its last day.

The day of the event is not counted (Civil Code, article 201); months end on the day with the same
number, or on the last of a shorter month (202); a last day of rest moves on (203).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from rules.broken import RuleBroken
from rules.law import Direction, Period, Unit
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.calendars import Calendar

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a federation counts; both are settings, and every derivation names them."""

    roll_off_rest_days: bool = True
    make_up_days_count: bool = True


DEFAULT = Conventions()


@dataclass(frozen=True, slots=True)
class Tolling:
    """Days on which the clock stands still, both ends included; `to=None`: until further notice."""

    from_: date
    to: date | None
    reason: Text
    article: Text | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "from": self.from_.isoformat(),
            "to": self.to and self.to.isoformat(),
            "reason": self.reason.to_json(),
            "article": self.article and self.article.to_json(),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Tolling:
        article = stored.get("article")
        return cls(
            date.fromisoformat(stored["from"]),
            date.fromisoformat(stored["to"]) if stored["to"] else None,
            Text.from_json(stored["reason"]),
            Text.from_json(article) if article else None,
        )


class Reckoning(NamedTuple):
    """Where the count ended, the day after moving off a day of rest, and how sure that is."""

    counted_to: date
    on: date
    provisional: bool


def add_months(day: date, months: int) -> date:
    """The day with the same number so many months on (or back), or the last of a shorter month."""
    try:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        raise _too_far() from None


def _too_far() -> RuleBroken:
    return RuleBroken(
        Text(
            zh="期限计算结果超出日历范围，请核对起算日。",
            en="The period ends beyond the calendar; please check the day it starts.",
        )
    )


def merged(tolling: Iterable[Tolling]) -> list[tuple[date, date | None]]:
    """Suspensions in order, those that touch or overlap as one."""
    out: list[tuple[date, date | None]] = []
    for stop in sorted(tolling, key=lambda stop: stop.from_):
        if stop.to is not None and stop.to < stop.from_:
            raise RuleBroken(
                Text(zh="中止的结束日早于开始日。", en="A suspension ends before it begins.")
            )
        if out and ((last := out[-1][1]) is None or stop.from_ <= last + ONE):
            to = None if last is None or stop.to is None else max(last, stop.to)
            out[-1] = (out[-1][0], to)
        else:
            out.append((stop.from_, stop.to))
    return out


def stands_still(since: date) -> RuleBroken:
    return RuleBroken(
        Text(
            zh=f"期限自{since}起中止，恢复日期尚未确定，到期日无法计算。",
            en=f"The clock has stood still since {since} with no end set; no last day is known.",
        )
    )


def reckon(
    period: Period,
    anchor: date,
    calendar: Calendar,
    *,
    direction: Direction = Direction.AFTER,
    tolling: Sequence[Tolling] = (),
    conventions: Conventions = DEFAULT,
    window: bool = False,
) -> Reckoning:
    """The last day of a period after an event, or the day so long before one.

    A day counted backwards is not moved off a day of rest: later would be too late. The first
    day of a window is not moved either, because on it nothing is due yet.
    """
    make_up = conventions.make_up_days_count
    try:
        if direction is Direction.BEFORE:
            return _before(period, anchor, calendar, make_up=make_up)
        if tolling:
            counted_to = _over_suspensions(period, anchor, calendar, tolling, make_up=make_up)
        else:
            counted_to = _straight(period, anchor, calendar, make_up=make_up)
        if period.unit is Unit.WORKING_DAY or window or not conventions.roll_off_rest_days:
            on = counted_to
        else:
            on = calendar.on_or_after(counted_to, make_up=make_up)
            while tolling and (stop := _stop_over(on, merged(tolling))):
                on = calendar.on_or_after(stop + ONE, make_up=make_up)
    except OverflowError:
        raise _too_far() from None
    counted_from = anchor + ONE if period.unit is Unit.WORKING_DAY else counted_to
    covered = calendar.covers(min(counted_from, on), on)
    return Reckoning(counted_to, on, not covered)


def _before(period: Period, anchor: date, calendar: Calendar, *, make_up: bool) -> Reckoning:
    if period.unit is Unit.WORKING_DAY:
        on = calendar.before(anchor, period.length, make_up=make_up)
        calendar.must_cover(on, anchor - ONE)
        return Reckoning(on, on, not calendar.covers(on, anchor - ONE))
    if period.unit is Unit.MONTH:
        on = add_months(anchor, -period.length)
    else:
        on = anchor - timedelta(days=period.length)
    return Reckoning(on, on, not calendar.covers(on, on))


def _straight(period: Period, anchor: date, calendar: Calendar, *, make_up: bool) -> date:
    if period.unit is Unit.DAY:
        return anchor + timedelta(days=period.length)
    if period.unit is Unit.MONTH:
        return add_months(anchor, period.length)
    on = calendar.after(anchor, period.length, make_up=make_up)
    calendar.must_cover(anchor + ONE, on)
    return on


def _over_suspensions(
    period: Period,
    anchor: date,
    calendar: Calendar,
    tolling: Sequence[Tolling],
    *,
    make_up: bool,
) -> date:
    """Run from stop to stop, using up the period in the days between them."""
    if period.unit is Unit.MONTH:
        days = (add_months(anchor, period.length) - anchor).days
        period = Period(days, Unit.DAY)
    cursor, left = anchor, period.length
    for first, last in merged(tolling):
        if last is not None and last <= cursor:
            continue
        end = _straight(Period(left, period.unit), cursor, calendar, make_up=make_up)
        if end < first:
            return end
        if last is None:
            raise stands_still(first)
        left -= _used(period.unit, cursor, first - ONE, calendar, make_up=make_up)
        cursor = last
    return _straight(Period(left, period.unit), cursor, calendar, make_up=make_up)


def _used(unit: Unit, after: date, to: date, calendar: Calendar, *, make_up: bool) -> int:
    """How many days of the period pass after one day and up to another."""
    if to <= after:
        return 0
    if unit is Unit.DAY:
        return (to - after).days
    return calendar.count(after, to, make_up=make_up)


def _stop_over(day: date, stops: list[tuple[date, date | None]]) -> date | None:
    """The last day of the suspension the day falls in; None when the clock runs that day."""
    for first, last in stops:
        if first <= day and (last is None or day <= last):
            if last is None:
                raise stands_still(first)
            return last
    return None
