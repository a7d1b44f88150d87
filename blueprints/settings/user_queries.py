"""The people of the federation: found, listed, counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from blueprints.registry.models import TradeUnion
from blueprints.registry.union_queries import WantedUnions, union_listing
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.roles import Role

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
SORTS = {
    "name": (User.name,),
    "email": (func.lower(User.email),),
    "role": (User.role, User.name),
    "status": (User.status, User.name),
    "seen": (func.coalesce(User.last_seen_at, NEVER),),
}


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for."""

    q: str = ""
    role: str = ""
    area: str = ""
    status: str = ""
    sort: str = "name"

    @classmethod
    def from_args(cls, args: Any) -> "Wanted":
        asked = {field.name: str(args.get(field.name, "")).strip() for field in fields(cls)}
        if asked["sort"].removeprefix("-") not in SORTS:
            asked["sort"] = "name"
        return cls(**asked)

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.role or self.area or self.status)


def listing(wanted: Wanted, *, cursor: str | None = None) -> Page:
    down = wanted.sort.startswith("-")
    keys = [Key(column, down) for column in SORTS[wanted.sort.removeprefix("-")]]
    return leaf(_listed(wanted), [*keys, Key(User.id, down)], cursor=cursor)


def count(wanted: Wanted) -> int:
    query = select(func.count()).select_from(User).where(*_conditions(wanted))
    return db.session.scalars(query).one()


def for_export(wanted: Wanted) -> Iterator[Any]:
    yield from db.session.execute(_listed(wanted).order_by(User.name, User.id))


def _listed(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return (
        select(
            User.id,
            User.name,
            User.email,
            User.role,
            User.area,
            User.status,
            User.title,
            User.phone,
            User.last_seen_at,
            TradeUnion.name.label("union"),
        )
        .outerjoin(TradeUnion, TradeUnion.id == User.union_id)
        .where(*_conditions(wanted))
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.q:
        asked.append(
            or_(
                User.name.icontains(wanted.q, autoescape=True),
                User.email.icontains(wanted.q, autoescape=True),
                User.title.icontains(wanted.q, autoescape=True),
            )
        )
    if wanted.role:
        asked.append(User.role == wanted.role)
    if wanted.area:
        asked.append(User.area == wanted.area)
    if wanted.status:
        asked.append(User.status == wanted.status)
    return asked


def address_taken(email: str, but: int | None = None) -> bool:
    """Whether somebody else of the federation has this address."""
    query = select(User.id).where(func.lower(User.email) == email.strip().lower())
    return any(user_id != but for user_id in db.session.scalars(query))


def is_last_administrator(user: User) -> bool:
    """Whether nobody else could manage the users. Holds the others until the commit."""
    query = (
        select(User.id)
        .where(User.role == Role.ADMINISTRATOR, User.status == UserStatus.ACTIVE)
        .order_by(User.id)
        .with_for_update()
    )
    return list(db.session.scalars(query)) == [user.id]


def unions_called(name: str, viewer: Viewer) -> Sequence[Any]:
    """Unions of this very name; where there is none, those in whose name it occurs."""
    exact = db.session.execute(
        select(TradeUnion.id, TradeUnion.name).where(
            TradeUnion.name == name.strip(), TradeUnion.status == "active"
        )
    ).all()
    return exact or union_listing(WantedUnions(q=name), viewer).rows


def union_name(user: User) -> str:
    """The name of the union that the account speaks for."""
    if user.union_id is None:
        return ""
    query = select(TradeUnion.name).where(TradeUnion.id == user.union_id)
    return db.session.scalar(query) or ""


def never_came_in() -> Sequence[Any]:
    """Who was invited and has not chosen a password yet, the longest first."""
    query = (
        select(User.id, User.name, User.created_at)
        .where(User.status == UserStatus.INVITED)
        .order_by(User.created_at, User.id)
    )
    return db.session.execute(query).all()
