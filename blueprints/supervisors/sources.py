"""Whom a plan of assignment can be for; and which enterprises are harder than they look.

The supervisors' room knows the register only. A room above hands in its own targets:

    targets(Source("campaign", lazy_gettext("Campaign"), choices, enterprises))
    raises_weight(lambda: select(Offer.enterprise_id).where(...))
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, exists, select

from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment
from blueprints.supervisors.queries import in_force, not_over
from tenants.db import db

Choices = Callable[[], Sequence[tuple[int, str]]]


@dataclass(frozen=True)
class Source:
    """A kind of targets: its choices (id, words), and the enterprises of one of them as ids."""

    name: str
    label: Any
    choices: Choices
    enterprises: Callable[[int], Select[int]]


_sources: dict[str, Source] = {}
_heavier: dict[str, Callable[[], Select[int]]] = {}
SERVED, UNSERVED, ALL = "served", "unserved", "all"
OWN = {
    UNSERVED: _l("Enterprises that nobody serves"),
    SERVED: _l("Enterprises that somebody serves"),
    ALL: _l("All enterprises of the register"),
}


def targets(source: Source) -> None:
    """Hand in a kind of targets."""
    _sources[source.name] = source


def raises_weight(disputed: Callable[[], Select[int]]) -> None:
    """Hand in enterprises, as ids, where a dispute makes the case heavier."""
    _heavier[f"{disputed.__module__}.{disputed.__qualname__}"] = disputed


def choices() -> Iterator[tuple[str, str]]:
    """What can be chosen, as (value, words)."""
    yield from ((name, str(words)) for name, words in OWN.items())
    for source in _sources.values():
        for ident, words in source.choices():
            yield f"{source.name}:{ident}", f"{source.label} · {words}"


def name_of(value: str) -> str:
    """What a choice is called; one that is gone is called by its kind."""
    kind, _, ident = value.partition(":")
    if kind in OWN:
        return str(OWN[kind])
    source = _sources.get(kind)
    found = dict(source.choices()).get(int(ident or 0), "") if source else ""
    if source is None:
        return kind
    return f"{source.label} · {found}" if found else str(source.label)


def enterprises_of(value: str, on: date) -> Select[int]:
    """The enterprises of a choice, as ids. KeyError when there is no such kind."""
    active = select(Enterprise.id).where(Enterprise.status == Status.ACTIVE)
    kind, _, ident = value.partition(":")
    mine = exists().where(
        Assignment.tenant_id == Enterprise.tenant_id, Assignment.enterprise_id == Enterprise.id
    )
    if kind == ALL:
        return active
    if kind == SERVED:
        return active.where(mine.where(*in_force(on)).correlate(Enterprise))
    if kind == UNSERVED:
        return active.where(~mine.where(not_over(on)).correlate(Enterprise))
    return active.where(Enterprise.id.in_(_sources[kind].enterprises(int(ident))))


def disputed() -> set[int]:
    """The enterprises where a dispute is under way, as the rooms above say."""
    return {ident for select_of in _heavier.values() for ident in db.session.scalars(select_of())}


def narrowed(query: Select[int], conditions: dict[str, Any]) -> Select[int]:
    """Fewer of them: of an area, of an industry, of a size."""
    if conditions.get("area"):
        query = query.where(Enterprise.area == conditions["area"])
    if conditions.get("industry"):
        query = query.where(Enterprise.industry == conditions["industry"])
    if conditions.get("least"):
        query = query.where(Enterprise.headcount >= conditions["least"])
    return query
