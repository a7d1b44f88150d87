"""The trail, read: who did what to what, the newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from blueprints.shared.paging import Key, Page, leaf
from tenants.clock import ZONE
from tenants.db import db
from tenants.models import Event

MOST = 200_000  # lines of one export; an office program opens no more than a million


@dataclass(frozen=True)
class Wanted:
    """What the trail is asked for. Days are local days, both included."""

    actor: str = ""
    verb: str = ""
    kind: str = ""
    id: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def from_args(cls, args: Any) -> "Wanted":
        return cls(**{field.name: args.get(field.name, "").strip() for field in fields(cls)})

    @property
    def filtered(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def listing(wanted: Wanted, *, cursor: str | None = None) -> Page:
    return leaf(_listed(wanted), [Key(Event.seq, descending=True)], cursor=cursor)


def latest(most: int, *, but: str) -> Sequence[Any]:
    """The newest lines, without one verb that would crowd out the others."""
    query = _listed(Wanted()).where(Event.verb != but).order_by(Event.seq.desc()).limit(most)
    return db.session.execute(query).all()


def for_export(wanted: Wanted) -> Iterator[Any]:
    query = _listed(wanted).order_by(Event.seq.desc()).limit(MOST)
    yield from db.session.execute(query.execution_options(yield_per=2000))


def _listed(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return select(
        Event.seq,
        Event.at,
        Event.actor,
        Event.verb,
        Event.subject_kind,
        Event.subject_id,
        Event.payload,
        Event.hash,
    ).where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.actor:
        asked.append(Event.actor.icontains(wanted.actor, autoescape=True))
    if wanted.verb:
        asked.append(Event.verb == wanted.verb)
    if wanted.kind:
        asked.append(Event.subject_kind == wanted.kind)
    if wanted.id.isdecimal():
        asked.append(Event.subject_id == min(int(wanted.id), 2**62))
    if since := day(wanted.since):
        asked.append(Event.at >= midnight(since))
    if until := day(wanted.until):
        asked.append(Event.at < midnight(until + timedelta(days=1)))
    return asked


def day(typed: str) -> date | None:
    """A day as a date field sends it; None for what is none."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 1900 < found.year < 9000 else None


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), ZONE)
