"""A year of days as the page shows it: twelve months, each day worked, free or worked instead."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from blueprints.rulebook import queries
from blueprints.rulebook.calendar_actions import Entry, entries
from blueprints.rulebook.calendar_forms import FIRST_YEAR, LAST_YEAR
from blueprints.rulebook.models import CalendarYear
from blueprints.shared.languages import said
from rules.calendars import Calendar, prc_calendar
from tenants.db import db
from tenants.models import Event


@dataclass(frozen=True)
class Day:
    """One cell; `kind` is rest, holiday, make_up or nothing, `own` says that we entered it."""

    on: date
    kind: str
    name: str
    own: bool


@dataclass(frozen=True)
class Run:
    """Days off in a row under one name, with the days worked for them nearby."""

    name: str
    first: date
    last: date
    own: bool

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def year_page(year: int) -> dict[str, Any]:
    calendar, own = queries.calendar(), entries()
    ours = {day for entry in own for day in (*entry.off, *entry.worked)}
    marked = db.session.scalar(select(CalendarYear).where(CalendarYear.year == year))
    months = [_month(year, number, calendar, ours) for number in range(1, 13)]
    days = [day for weeks in months for week in weeks for day in week if day]
    return {
        "year": year,
        "years": _years(year, own),
        "months": [(date(year, number, 1), weeks) for number, weeks in enumerate(months, 1)],
        "runs": list(_runs(days)),
        "make_up": [day for day in days if day.kind == "make_up"],
        "worked": sum(day.kind in {"", "make_up"} for day in days),
        "entries": [entry for entry in own if year in _years_of(entry)],
        "known": calendar.covers(date(year, 1, 1), date(year, 12, 31)),
        "shipped": year in prc_calendar().years,
        "marked": marked,
        "conventions": queries.conventions(),
        "version": calendar.version,
        "events": events(),
    }


def events() -> list[Event]:
    """What was done to the days and to how they are counted, the newest first."""
    query = (
        select(Event)
        .where(
            or_(
                Event.subject_kind.in_(("calendar_day", "calendar_year")),
                Event.verb == "calendar.conventions_changed",
            )
        )
        .order_by(Event.seq.desc())
        .limit(30)
    )
    return list(db.session.scalars(query))


def taken(but: Entry | None = None) -> dict[date, str]:
    """Days that entries have already, with their names; those of `but` are free for it."""
    return {
        day: entry.name
        for entry in entries()
        if but is None or entry.id != but.id
        for day in (*entry.off, *entry.worked)
    }


def sheet_rows(year: int) -> Iterator[list[object]]:
    """Every day of the year that is not an ordinary working day."""
    words = {"rest": _("Weekend"), "holiday": _("Holiday"), "make_up": _("Worked instead")}
    told = year_page(year)
    shipped = told["shipped"]
    published = _("published calendar") if shipped else _("statutory days, before the notice")
    for _first, weeks in told["months"]:
        for week in weeks:
            for day in week:
                if day and day.kind:
                    source = _("own entry") if day.own else published
                    yield [day.on, words[day.kind], day.name, source]


def _month(year: int, month: int, calendar: Calendar, ours: set[date]) -> list[list[Day | None]]:
    weeks = Weeks(firstweekday=0).monthdatescalendar(year, month)
    return [
        [_day(on, calendar, ours) if on.month == month else None for on in week] for week in weeks
    ]


def _day(on: date, calendar: Calendar, ours: set[date]) -> Day:
    if on in calendar.make_up:
        return Day(on, "make_up", _("worked instead"), on in ours)
    if on in calendar.rest:
        return Day(on, "holiday", said(calendar.rest[on]), on in ours)
    rest = not calendar.works(on)
    return Day(on, "rest" if rest else "", said(calendar.name(on) or ""), on in ours)


def _runs(days: list[Day]) -> Iterator[Run]:
    held: list[Day] = []
    for day in days:
        if day.kind != "holiday":
            continue
        if held and (day.name != held[-1].name or day.on != held[-1].on + timedelta(days=1)):
            yield _run(held)
            held = []
        held.append(day)
    if held:
        yield _run(held)


def _run(held: list[Day]) -> Run:
    return Run(held[0].name, held[0].on, held[-1].on, any(day.own for day in held))


def _years_of(entry: Entry) -> set[int]:
    return {day.year for day in (*entry.off, *entry.worked)}


def _years(year: int, own: list[Entry]) -> list[int]:
    known = {year - 1, year, year + 1} | {one for entry in own for one in _years_of(entry)}
    return sorted(one for one in known if FIRST_YEAR <= one <= LAST_YEAR)
