"""The list of contracts: what may be asked of it, and the rows that answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from blueprints.contracts.ground.models import (
    IN_FORCE,
    Contract,
    ContractKind,
    ContractState,
    Reach,
)
from blueprints.contracts.ground.queries import ACTED
from blueprints.contracts.ground.reaching import reached
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from tenants.db import db

GROUPS: Mapping[str, tuple[ContractState, ...]] = {
    "drafting": (ContractState.DRAFTED, ContractState.PASSED),
    "to_file": (ContractState.SIGNED,),
    "review": (ContractState.FILED,),
    "objected": (ContractState.OBJECTED,),
    "in_force": IN_FORCE,
    "to_publish": (ContractState.EFFECTIVE,),
    "ended": (ContractState.TERMINATED, ContractState.EXPIRED, ContractState.RENEWED),
}
SOON = timedelta(days=90)  # a habit of the list; the renewal window is the rulebook's
FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    group: str = ""
    kind: str = ""
    level: str = ""
    area: str = ""
    industry: str = ""
    acted: str = ""  # "yes": an upper union acted; "no": none did
    ends: str = ""  # "soon", or a year
    sort: str = "-number"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        asked = (self.q, self.group, self.kind, self.level, self.area, self.industry)
        return any((*asked, self.acted, self.ends))

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        def one(name: str, known: Any) -> str:
            return args.get(name, "") if args.get(name) in set(known) else ""

        ends = args.get("ends", "")
        return cls(
            q=args.get("q", "").strip()[:100],
            group=one("group", GROUPS),
            kind=one("kind", ContractKind),
            level=one("level", Reach),
            area=args.get("area", ""),
            industry=args.get("industry", ""),
            acted=one("acted", ("yes", "no")),
            ends=ends if ends == "soon" or (ends.isdecimal() and len(ends) == 4) else "",
            sort=args.get("sort", "-number"),
            cursor=args.get("cursor"),
        )


_ORDERS: Mapping[str, tuple[Key, ...]] = {
    "number": (Key(Contract.id),),
    "name": (Key(Contract.sort_key), Key(Contract.id)),
    "state": (Key(Contract.state), Key(Contract.id)),
    "effect": (Key(func.coalesce(Contract.effective_on, literal(FAR))), Key(Contract.id)),
    "ends": (Key(func.coalesce(Contract.term_to, literal(FAR))), Key(Contract.id)),
}


def order_of(sort: str) -> tuple[Key, ...]:
    """The keys of an order; "-ends" turns it round, and a word we do not know is "-number"."""
    name = sort.removeprefix("-")
    return turned(_ORDERS[name], sort) if name in _ORDERS else turned(_ORDERS["number"], "-")


def columns() -> Select[*tuple[Any, ...]]:
    return select(
        Contract.id,
        Contract.document_no,
        Contract.name,
        Contract.kind,
        Contract.topic,
        Contract.level,
        Contract.state,
        Contract.acting_mode,
        Contract.acting_name,
        Contract.on_behalf_of,
        Contract.worker_side,
        Contract.employer_side,
        Contract.area,
        Contract.industry,
        Contract.signed_on,
        Contract.effective_on,
        Contract.effective_basis,
        Contract.term_from,
        Contract.term_to,
        Contract.ended_on,
        Contract.file_due_on,
        Contract.publish_due_on,
    ).select_from(Contract)


def contracts(viewer: Viewer, asked: Asked, *, today: date) -> Select[*tuple[Any, ...]]:
    """The rows this person may see, filtered as asked."""
    return columns().where(reached(viewer), *conditions(asked, today))


def conditions(asked: Asked, today: date) -> Iterator[ColumnElement[bool]]:
    if asked.q:
        yield or_(
            Contract.name.icontains(asked.q, autoescape=True),
            Contract.document_no.contains(asked.q, autoescape=True),
            Contract.worker_side.icontains(asked.q, autoescape=True),
            Contract.employer_side.icontains(asked.q, autoescape=True),
        )
    if asked.group:
        yield Contract.state.in_(GROUPS[asked.group])
    for name in ("kind", "level", "area", "industry"):
        if value := getattr(asked, name):
            yield getattr(Contract, name) == value
    if asked.acted == "yes":
        yield Contract.acting_mode.in_(ACTED)
    elif asked.acted == "no":
        yield Contract.acting_mode.not_in(ACTED)
    if asked.ends == "soon":
        yield Contract.state.in_(IN_FORCE)
        yield Contract.term_to.between(today, today + SOON)
    elif asked.ends:
        year = int(asked.ends)
        yield Contract.term_to.between(date(max(year, 1), 1, 1), date(max(year, 1), 12, 31))


def page_of(viewer: Viewer, asked: Asked, *, today: date) -> Page:
    return leaf(contracts(viewer, asked, today=today), order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked, *, today: date) -> int:
    query = (
        select(func.count()).select_from(Contract).where(reached(viewer), *conditions(asked, today))
    )
    return int(db.session.scalar(query) or 0)
