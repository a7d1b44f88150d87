"""The law of this federation's place, with what it has confirmed and the days it was told of."""

from datetime import date

from sqlalchemy import Integer, literal, null, select

from blueprints.rulebook.models import CalendarDay, CalendarYear, ConfirmedRule
from blueprints.shared.read_once import read_once
from rules.books import Book, Confirmed, book_for
from rules.calendars import Calendar, Override, prc_calendar
from rules.reckoning import Conventions
from rules.shelf import value_of
from rules.words import Text, same
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User


def book(on: date) -> Book:
    """The rules in force at the federation's place on a day, its own confirmed ones on top."""
    return book_for(this_federation().division, on, overlay())


@read_once
def overlay() -> list[Confirmed]:
    """What the federation has confirmed and not withdrawn, oldest first."""
    query = (
        select(ConfirmedRule)
        .where(ConfirmedRule.withdrawn_at.is_(None))
        .order_by(ConfirmedRule.valid_from, ConfirmedRule.id)
    )
    return [as_confirmed(row) for row in db.session.scalars(query)]


def as_confirmed(row: ConfirmedRule) -> Confirmed:
    return Confirmed(
        key=row.key,
        kind=row.kind,
        value=value_of(row.value, row.unit),
        unit=row.unit,
        operator=row.operator,
        article=row.article,
        text=Text(row.text_zh, row.text_en),
        verified_by=row.verified_by,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        title=same(row.source_title),
        anchor=row.anchor,
        direction=row.direction,
    )


def calendar() -> Calendar:
    """The calendar of this federation, as far as it is known.

    What has happened is recorded also in a year whose holidays nobody has entered yet; the days
    counted from it are provisional then. Where we would harm somebody, ask `sure_calendar`.
    """
    return sure_calendar().as_far_as_known()


@read_once
def sure_calendar() -> Calendar:
    """The calendar of China with the federation's own entries laid over it.

    Working days of a year that it does not cover are refused with NoCalendar.
    """
    day = CalendarDay
    days = select(day.day, day.works, day.name, day.notice, literal(None, Integer).label("year"))
    years = select(null(), null(), null(), null(), CalendarYear.year)
    rows = db.session.execute(days.union_all(years)).all()
    overrides = [
        Override(row.day, row.works, same(row.name), row.notice) for row in rows if row.day
    ]
    return prc_calendar(overrides, [row.year for row in rows if row.year])


def conventions() -> Conventions:
    """How this federation counts days."""
    kept = this_federation().settings.get("conventions", {})
    return Conventions(
        roll_off_rest_days=kept.get("roll_off_rest_days", True),
        make_up_days_count=kept.get("make_up_days_count", True),
    )


def records_of(key: str) -> list[ConfirmedRule]:
    """Everything the federation ever confirmed for a question, the newest first."""
    query = select(ConfirmedRule).where(ConfirmedRule.key == key).order_by(ConfirmedRule.id.desc())
    return list(db.session.scalars(query))


def get_record(record_id: int) -> ConfirmedRule:
    """A record to be changed, or 404: another federation's does not exist."""
    query = select(ConfirmedRule).where(ConfirmedRule.id == record_id).with_for_update()
    record: ConfirmedRule = db.one_or_404(query)
    return record


def name_of(user_id: int | None) -> str | None:
    """Who this user is; None for nobody."""
    return names_of({user_id}).get(user_id) if user_id else None


def names_of(ids: set[int]) -> dict[int, str]:
    """Who these users are."""
    query = select(User.id, User.name).where(User.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}
