"""The list of surveys: what may be asked of it, and the rows that answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, func, or_, select

from blueprints.evaluation.models import Survey, SurveyScope, SurveyState
from blueprints.evaluation.queries import reached
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from tenants.db import db


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    state: str = ""
    scope: str = ""
    sort: str = "-begun"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return any((self.q, self.state, self.scope))

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        def one(name: str, known: Any) -> str:
            return args.get(name, "") if args.get(name) in set(known) else ""

        return cls(
            q=args.get("q", "").replace("\x00", "").strip()[:100],
            state=one("state", SurveyState),
            scope=one("scope", SurveyScope),
            sort=args.get("sort", "-begun"),
            cursor=args.get("cursor"),
        )


_ORDERS: Mapping[str, tuple[Key, ...]] = {
    "begun": (Key(Survey.opens_on), Key(Survey.id)),
    "ends": (Key(Survey.closes_on), Key(Survey.id)),
    "name": (Key(Survey.name), Key(Survey.id)),
    "state": (Key(Survey.state), Key(Survey.id)),
}


def order_of(sort: str) -> tuple[Key, ...]:
    """The keys of an order; a word we do not know is "-begun"."""
    name = sort.removeprefix("-")
    return turned(_ORDERS[name], sort) if name in _ORDERS else turned(_ORDERS["begun"], "-")


def surveys(viewer: Viewer, asked: Asked) -> Select[*tuple[Any, ...]]:
    """The rows this person may see, filtered as asked; the figures are those of the workers."""
    return select(
        Survey.id,
        Survey.document_no,
        Survey.name,
        Survey.state,
        Survey.scope,
        Survey.opens_on,
        Survey.closes_on,
        Survey.instrument_version,
        Survey.sampling,
        Survey.smallest_cell,
        Survey.figures["workers"].label("workers"),
    ).where(reached(viewer), *conditions(asked))


def conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.q:
        yield or_(
            Survey.name.icontains(asked.q, autoescape=True),
            Survey.document_no.contains(asked.q, autoescape=True),
        )
    if asked.state:
        yield Survey.state == asked.state
    if asked.scope:
        yield Survey.scope == asked.scope


def page_of(viewer: Viewer, asked: Asked) -> Page:
    return leaf(surveys(viewer, asked), order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked) -> int:
    query = select(func.count()).select_from(Survey).where(reached(viewer), *conditions(asked))
    return int(db.session.scalar(query) or 0)
