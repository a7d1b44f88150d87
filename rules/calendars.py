"""Which days are worked in China: weekends, public holidays, and the make-up days worked for them.

The yearly notice of the State Council comes out of the `holidays` package; an administrator's
own table of changed days lies over it. A year counts as covered only when its make-up days are
known, because without them nobody can count working days in it.
"""

from __future__ import annotations

from bisect import bisect_right
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.broken import NoCalendar
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

SATURDAY = 5
FIRST, LAST = date(1949, 10, 1), date(2099, 12, 31)
NAMED_YEARS = range(2001, 2051)
WEEKEND = (Text(zh="星期六", en="Saturday"), Text(zh="星期日", en="Sunday"))


@dataclass(frozen=True, slots=True)
class Override:
    """One day that a notice changes: worked although a rest day, or the other way round."""

    on: date
    works: bool
    name: Text
    notice: str = ""


class Calendar:
    """The days of China from 1949 to 2099, indexed so that any count is a look-up.

    `version` names the published notices and every override in it: a deadline keeps the version
    it was counted with, and a different version is the sign to count open deadlines again.
    """

    def __init__(
        self,
        rest: Mapping[date, Text],
        make_up: Collection[date],
        years: Collection[int],
        version: str,
    ) -> None:
        self.rest = dict(rest)
        self.make_up = frozenset(make_up)
        self.years = frozenset(years)
        self.version = version
        self.strict = True
        self._worked = {True: self._index(make_up=True), False: self._index(make_up=False)}

    def _index(self, *, make_up: bool) -> list[int]:
        """The ordinals of all worked days, in order."""
        rest = {day.toordinal() for day in self.rest}
        extra = {day.toordinal() for day in self.make_up} if make_up else set()
        return [
            day
            for day in range(FIRST.toordinal(), LAST.toordinal() + 1)
            if (day in extra if day % 7 in (0, 6) else day not in rest)
        ]

    def as_far_as_known(self) -> Calendar:
        """The same, counting working days even of a year whose notice is missing.

        What it counts there is provisional: weekends and the holidays fixed by law are known,
        the days swapped for them are not. For clocks that somebody else has started.
        """
        lenient = copy(self)
        lenient.strict = False
        return lenient

    def must_cover(self, first: date, last: date) -> None:
        """Raises NoCalendar where a strict calendar lacks a year of the span."""
        if self.strict and not self.covers(first, last):
            raise no_calendar(first, last, self)

    def covers(self, first: date, last: date) -> bool:
        """True when the notices of every year from the first day to the last are known."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def works(self, day: date, *, make_up: bool = True) -> bool:
        """True when the day is worked, a make-up day on a weekend included."""
        if day.weekday() >= SATURDAY:
            return make_up and day in self.make_up
        return day not in self.rest

    def name(self, day: date) -> Text | None:
        """What the day is called when it is not worked as an ordinary weekday."""
        if day in self.rest:
            return self.rest[day]
        return WEEKEND[day.weekday() - SATURDAY] if day.weekday() >= SATURDAY else None

    def after(self, day: date, count: int, *, make_up: bool = True) -> date:
        """The nth worked day after `day`, which itself is not counted."""
        worked = self._worked[make_up]
        return self._day(worked, bisect_right(worked, day.toordinal()) + count - 1)

    def before(self, day: date, count: int, *, make_up: bool = True) -> date:
        """The nth worked day before `day`, which itself is not counted."""
        worked = self._worked[make_up]
        return self._day(worked, bisect_right(worked, day.toordinal() - 1) - count)

    def count(self, after: date, to: date, *, make_up: bool = True) -> int:
        """How many worked days lie after one day and up to another, which is included."""
        worked = self._worked[make_up]
        return bisect_right(worked, to.toordinal()) - bisect_right(worked, after.toordinal())

    def on_or_after(self, day: date, *, make_up: bool = True) -> date:
        """`day` itself when it is worked, otherwise the next day that is."""
        worked = self._worked[make_up]
        return self._day(worked, bisect_right(worked, day.toordinal() - 1))

    def _day(self, worked: list[int], place: int) -> date:
        if not 0 <= place < len(worked):
            raise NoCalendar(
                Text(
                    zh="日期超出日历范围（1949年至2099年）。",
                    en="The date lies outside the calendar (1949 to 2099).",
                )
            )
        return date.fromordinal(worked[place])


def no_calendar(first: date, last: date, calendar: Calendar) -> NoCalendar:
    """The refusal, naming the years whose notice is missing."""
    years = [y for y in range(first.year, last.year + 1) if y not in calendar.years]
    zh, en = "、".join(map(str, years)), ", ".join(map(str, years))
    return NoCalendar(
        Text(
            zh=f"{zh}年度的节假日和调休安排尚未录入，无法计算工作日，请先录入国务院办公厅的通知。",
            en=f"The holidays and make-up days of {en} are not known yet, so "
            "working days cannot be counted. Enter the State Council's notice first.",
        )
    )


def _china() -> Any:
    """China out of the `holidays` package, without the 250 other places its front door opens.

    A command that answers one question must not spend half a second on their import.
    """
    package: Any = find_spec("holidays")
    place = Path(package.origin).parent / "countries" / "china.py"
    spec: Any = spec_from_file_location("holidays_china", place)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.China


@lru_cache(maxsize=1)
def _published() -> tuple[dict[date, Text], frozenset[date], frozenset[int]]:
    """What the package knows: rest days by name, make-up days, and the years it covers fully."""
    china = _china()
    chinese = china(years=NAMED_YEARS, language="zh_CN")
    english = china(years=NAMED_YEARS, language="en_US")
    rest = {day: Text(zh=str(name), en=str(english[day])) for day, name in chinese.items()}
    make_up = frozenset(chinese.weekend_workdays)
    return rest, make_up, frozenset(day.year for day in make_up)


@lru_cache(maxsize=64)
def _calendar(overrides: tuple[Override, ...], covers: tuple[int, ...]) -> Calendar:
    rest, make_up, years = _published()
    rest, worked = dict(rest), set(make_up)
    for change in overrides:
        rest.pop(change.on, None)
        worked.discard(change.on)
        if change.works:
            worked.add(change.on)
        else:
            rest[change.on] = change.name
    edition = f"holidays-{version('holidays')}"
    if overrides or covers:
        edition += "+" + sha256(repr((overrides, covers)).encode()).hexdigest()[:12]
    return Calendar(rest, worked, years | set(covers), edition)


def prc_calendar(overrides: Iterable[Override] = (), covers: Iterable[int] = ()) -> Calendar:
    """The calendar of China with an administrator's changes laid over it.

    `covers` names years whose notice the administrator has entered in full. The order in which
    changes are given does not matter: the same changes give the same version.
    """
    ordered = tuple(sorted(overrides, key=lambda change: (change.on, change.notice)))
    return _calendar(ordered, tuple(sorted(set(covers))))
