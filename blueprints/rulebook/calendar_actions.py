"""Entering the State Council's notice: days, complete years, and how days are counted.

Nothing here touches a deadline. What runs already is shown and moved by a recount.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from blueprints.rulebook.actions import hold_the_book
from blueprints.rulebook.models import CalendarDay, CalendarYear
from rules.reckoning import Conventions
from tenants import trail
from tenants.db import db
from tenants.federation import this_federation


@dataclass(frozen=True)
class Entry:
    """One holiday of a notice: its days off and the days worked for it."""

    id: int
    name: str
    notice: str
    off: tuple[date, ...]
    worked: tuple[date, ...]

    @property
    def first(self) -> date:
        return min(*self.off, *self.worked, date.max)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "notice": self.notice,
            "off": [day.isoformat() for day in self.off],
            "worked": [day.isoformat() for day in self.worked],
        }


def entries() -> list[Entry]:
    """What the federation has entered, a holiday of a notice at a time, in order."""
    groups: dict[tuple[str, str], list[CalendarDay]] = {}
    for row in db.session.scalars(select(CalendarDay).order_by(CalendarDay.day)):
        groups.setdefault((row.name, row.notice), []).append(row)
    made = [
        Entry(
            min(row.id for row in rows),
            name,
            notice,
            tuple(row.day for row in rows if not row.works),
            tuple(row.day for row in rows if row.works),
        )
        for (name, notice), rows in groups.items()
    ]
    return sorted(made, key=lambda entry: entry.first)


def get_entry(entry_id: int) -> Entry | None:
    return next((entry for entry in entries() if entry.id == entry_id), None)


def enter(name: str, notice: str, off: Iterable[date], worked: Iterable[date]) -> None:
    """Lay a holiday over the shipped calendar."""
    hold_the_book()
    rows = _add(name, notice, off, worked)
    trail.record("calendar.entered", rows[0], **_told(name, notice, rows))


def change(
    entry: Entry, name: str, notice: str, off: Iterable[date], worked: Iterable[date]
) -> None:
    hold_the_book()
    _drop(entry)
    rows = _add(name, notice, off, worked)
    trail.record("calendar.changed", rows[0], **_told(name, notice, rows), before=entry.to_json())


def remove(entry: Entry, reason: str) -> None:
    hold_the_book()
    _drop(entry)
    trail.record("calendar.removed", ("calendar_day", entry.id), **entry.to_json(), reason=reason)


def complete(year: int, notice: str) -> None:
    """Say that a year's notice is entered in full: its working days can be counted."""
    hold_the_book()
    if db.session.scalar(select(CalendarYear).where(CalendarYear.year == year)):
        return
    row = CalendarYear(year=year, notice=notice)
    db.session.add(row)
    trail.record("calendar.year_completed", row, year=year, notice=notice)


def reopen(year: int, reason: str) -> None:
    """Take it back: working days of the year can no longer be counted."""
    hold_the_book()
    row = db.session.scalar(select(CalendarYear).where(CalendarYear.year == year))
    if row is None:
        return
    trail.record("calendar.year_reopened", row, year=year, notice=row.notice, reason=reason)
    db.session.delete(row)


def set_conventions(wanted: Conventions, before: Conventions) -> bool:
    """How days are counted from now on; False when nothing differs."""
    hold_the_book()
    if wanted == before:
        return False
    names = ("roll_off_rest_days", "make_up_days_count")
    federation = this_federation()
    federation.settings = {
        **federation.settings,
        "conventions": {name: getattr(wanted, name) for name in names},
    }
    changed = {
        name: [getattr(before, name), getattr(wanted, name)]
        for name in names
        if getattr(before, name) != getattr(wanted, name)
    }
    trail.record("calendar.conventions_changed", ("tenant", federation.id), changed=changed)
    return True


def _add(name: str, notice: str, off: Iterable[date], worked: Iterable[date]) -> list[CalendarDay]:
    days = [*((day, False) for day in off), *((day, True) for day in worked)]
    rows = [CalendarDay(day=day, works=works, name=name, notice=notice) for day, works in days]
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _drop(entry: Entry) -> None:
    days = delete(CalendarDay).where(CalendarDay.day.in_([*entry.off, *entry.worked]))
    db.session.execute(days, execution_options={"synchronize_session": "fetch"})


def _told(name: str, notice: str, rows: list[CalendarDay]) -> dict[str, Any]:
    off = tuple(row.day for row in rows if not row.works)
    worked = tuple(row.day for row in rows if row.works)
    return Entry(rows[0].id, name, notice, off, worked).to_json()
