"""What stands in a supervisor's plan over the weeks around today, for the calendar of a phone.

A room above hands in what it has when its `day_contributions` are read, beside its part of the day:

    @in_the_calendar
    def meetings(supervisor: Supervisor, span: Span) -> Iterable[Entry]: ...

It answers in one statement, for enterprises the supervisor serves today and no others. An entry is
the thing itself: named by its row, so that it moves when its day moves, and stays with `called_off`
when it will not be. Phones that fetch the calendar then take the old day out by themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import func, select

from blueprints.offers.ground.lists import GROUPS, WAITING
from blueprints.offers.ground.models import Offer
from blueprints.supervisors.models import Supervisor
from blueprints.visits.agenda import Where
from blueprints.visits.duties import of_portfolio
from blueprints.visits.labels import PURPOSES
from blueprints.visits.models import Purpose, Visit, VisitState
from tenants.db import db
from tenants.models import Event

MOST = 500
UNTIMED = 45  # minutes that a visit is taken to last
OPEN_CLOCK = (*WAITING, *GROUPS["silent"])


@dataclass(frozen=True)
class Span:
    """The days a calendar shows; `on` is the day on which the portfolio is looked at."""

    first: date
    last: date
    on: date


@dataclass(frozen=True)
class Entry:
    """One thing in the calendar. `sequence` grows whenever the thing is changed."""

    kind: str
    ident: int
    on: date
    title: Any
    at: time | None = None
    minutes: int = UNTIMED
    place: str = ""
    note: str = ""
    sequence: int = 0
    called_off: bool = False


EntriesOf = Callable[[Supervisor, Span], Iterable[Entry]]
_entries: dict[str, EntriesOf] = {}


def in_the_calendar(make: EntriesOf) -> EntriesOf:
    """Hand in entries of the calendar."""
    _entries[f"{make.__module__}.{make.__qualname__}"] = make
    return make


def ahead(supervisor: Supervisor, span: Span) -> list[Entry]:
    """Everything in the span, by day."""
    found = [entry for make in _entries.values() for entry in make(supervisor, span)]
    return sorted(found, key=lambda one: (one.on, one.at or time.min, one.kind, one.ident))


def changes_of(model: Any) -> Any:
    """How many lines the trail has of a row: a number that only grows."""
    return (
        select(func.count())
        .select_from(Event)
        .where(
            Event.tenant_id == model.tenant_id,
            Event.subject_kind == model.__tablename__,
            Event.subject_id == model.id,
        )
        .correlate(model)
        .scalar_subquery()
        .label("changes")
    )


def place_of(where: Where) -> str:
    return " ".join(filter(None, (where.locality, where.address)))


@in_the_calendar
def planned_visits(supervisor: Supervisor, span: Span) -> Iterable[Entry]:
    """Visits planned, those made of them, and those dropped."""
    rows = db.session.execute(
        of_portfolio(
            supervisor, span.on, Visit, Visit.id, Visit.state, Visit.planned_on, Visit.planned_at,
            Visit.purpose, Visit.plan_note, changes_of(Visit),
        )
        .where(
            Visit.supervisor_id == supervisor.id,
            Visit.planned_on.between(span.first, span.last),
        )
        .order_by(Visit.planned_on, Visit.id)
        .limit(MOST)
    )  # fmt: skip
    for row in rows:
        where = Where.of(row)
        yield Entry(
            "visit", row.id, row.planned_on, f"{where.name} {PURPOSES[row.purpose]}",
            at=row.planned_at, place=place_of(where), note=row.plan_note or "",
            sequence=row.changes, called_off=row.state == VisitState.DROPPED,
        )  # fmt: skip


@in_the_calendar
def last_days_to_reply(supervisor: Supervisor, span: Span) -> Iterable[Entry]:
    """The last days of reply periods; one that was answered is called off."""
    rows = db.session.execute(
        of_portfolio(
            supervisor, span.on, Offer, Offer.id, Offer.state, Offer.document_no,
            Offer.reply_due_on, changes_of(Offer),
        )
        .where(Offer.reply_due_on.between(span.first, span.last))
        .order_by(Offer.reply_due_on, Offer.id)
        .limit(MOST)
    )  # fmt: skip
    for row in rows:
        where = Where.of(row)
        yield Entry(
            "clock", row.id, row.reply_due_on, f"{where.name} {PURPOSES[Purpose.REPLY]}",
            place=place_of(where), note=row.document_no, sequence=row.changes,
            called_off=row.state not in OPEN_CLOCK,
        )  # fmt: skip
