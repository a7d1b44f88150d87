"""Unions found; which one acts beside or in place of an enterprise's own."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, any_, case, func, or_, select
from sqlalchemy.orm import aliased

from blueprints.registry.kinds import Level, Standing, Status
from blueprints.registry.models import EmployerAssociation, Enterprise, TradeUnion
from blueprints.registry.names import needles
from blueprints.registry.policy import subtree
from blueprints.registry.queries import patterns
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db
from tenants.roles import May, Scope
from tenants.scope import current_tenant_id

UPPER = (Level.SECTOR, Level.PARK, Level.TOWNSHIP, Level.COUNTY, Level.CITY)
Parent = aliased(TradeUnion, name="parent")


@dataclass(frozen=True)
class WantedUnions:
    q: str = ""
    level: str = ""
    area: str = ""
    standing: str = ""

    @classmethod
    def from_args(cls, args: Any) -> "WantedUnions":
        return cls(**{field.name: args.get(field.name, "").strip() for field in fields(cls)})


def unions_in_reach(viewer: Viewer) -> ColumnElement[bool]:
    """A union's own account sees its subtree; everyone else who reads the register sees all."""
    if viewer.reach(May.REGISTRY_READ) is not Scope.SUBTREE:
        return TradeUnion.id.is_not(None)
    return TradeUnion.id.in_(select(subtree(viewer.union_id or 0).c.id))


def get_union(union_id: int, viewer: Viewer, *, lock: bool = False) -> TradeUnion:
    query = select(TradeUnion).where(TradeUnion.id == union_id, unions_in_reach(viewer))
    found: TradeUnion = db.one_or_404(query.with_for_update() if lock else query)
    return found


def union_listing(wanted: WantedUnions, viewer: Viewer, *, cursor: str | None = None) -> Page:
    covered = (
        select(func.count())
        .where(Enterprise.union_id == TradeUnion.id, Enterprise.status == Status.ACTIVE)
        .correlate(TradeUnion)
        .scalar_subquery()
    )
    query = (
        select(
            TradeUnion.id,
            TradeUnion.name,
            TradeUnion.level,
            TradeUnion.area,
            TradeUnion.industry,
            TradeUnion.standing,
            TradeUnion.chair,
            Parent.name.label("parent"),
            covered.label("enterprises"),
        )
        .outerjoin(Parent, Parent.id == TradeUnion.parent_id)
        .where(unions_in_reach(viewer), *_conditions(wanted))
    )
    rank = case({level: n for n, level in enumerate(Level)}, value=TradeUnion.level, else_=9)
    return leaf(query, (Key(rank), Key(TradeUnion.sort_key), Key(TradeUnion.id)), cursor=cursor)


def union_count(wanted: WantedUnions, viewer: Viewer) -> int:
    query = select(func.count()).select_from(TradeUnion)
    return db.session.execute(
        query.where(unions_in_reach(viewer), *_conditions(wanted))
    ).scalar_one()


def _conditions(wanted: WantedUnions) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [TradeUnion.status == "active"]
    if needles(wanted.q):
        found = func.find_unions(current_tenant_id(), patterns(wanted.q)).column_valued("found")
        asked.append(TradeUnion.id.in_(select(found)))
    if wanted.level == "upper":
        asked.append(TradeUnion.level.in_(UPPER))
    elif wanted.level:
        asked.append(TradeUnion.level == wanted.level)
    if wanted.area:
        asked.append(TradeUnion.area == wanted.area)
    if wanted.standing:
        asked.append(TradeUnion.standing == wanted.standing)
    return asked


def upper_unions(*levels: str) -> Sequence[TradeUnion]:
    """Unions above the enterprise that still exist, from the sector up to the city."""
    rank = case({level: n for n, level in enumerate(UPPER)}, value=TradeUnion.level, else_=9)
    query = select(TradeUnion).where(
        TradeUnion.level.in_(levels or UPPER), TradeUnion.status == "active"
    )
    return db.session.scalars(query.order_by(rank, TradeUnion.sort_key, TradeUnion.id)).all()


def city_union() -> TradeUnion | None:
    """The federation itself, as a union."""
    query = select(TradeUnion).where(TradeUnion.level == Level.CITY).order_by(TradeUnion.id)
    return db.session.scalars(query.limit(1)).first()


def acting_union() -> ScalarSelect[int | None]:
    """For each Enterprise of the query around: the union to act beside or in place of its own.

    The nearest that is able: of its trade in its area, of its trade in the city, of its county;
    last the federation itself.
    """
    nearest = aliased(TradeUnion, name="acting")
    rank = case(
        ((nearest.level == Level.SECTOR) & (nearest.area == Enterprise.area), 0),
        (nearest.level == Level.SECTOR, 1),
        (nearest.level == Level.COUNTY, 2),
        else_=3,
    )
    return (
        select(nearest.id)
        .where(
            nearest.level.in_((Level.SECTOR, Level.COUNTY, Level.CITY)),
            nearest.status == "active",
            nearest.standing == Standing.ABLE,
            or_(
                nearest.area.is_(None), nearest.area == Enterprise.area, nearest.level == Level.CITY
            ),
            or_(nearest.industry.is_(None), nearest.industry == any_(Enterprise.industries)),
        )
        .order_by(rank, nearest.id)
        .limit(1)
        .correlate(Enterprise)
        .scalar_subquery()
    )


def enterprises_of(union: TradeUnion) -> Select[Enterprise]:
    """Enterprises whose workers this union stands for."""
    return (
        select(Enterprise)
        .where(Enterprise.union_id == union.id, Enterprise.status != Status.MERGED)
        .order_by(Enterprise.sort_key, Enterprise.id)
    )


def below(union: TradeUnion) -> Sequence[TradeUnion]:
    query = select(TradeUnion).where(
        TradeUnion.parent_id == union.id,
        TradeUnion.status == "active",
        TradeUnion.level != Level.ENTERPRISE,
    )
    return db.session.scalars(query.order_by(TradeUnion.sort_key, TradeUnion.id).limit(200)).all()


def associations() -> Sequence[EmployerAssociation]:
    query = select(EmployerAssociation).where(EmployerAssociation.status == "active")
    return db.session.scalars(
        query.order_by(EmployerAssociation.sort_key, EmployerAssociation.id)
    ).all()


def get_association(association_id: int, *, lock: bool = False) -> EmployerAssociation:
    query = select(EmployerAssociation).where(EmployerAssociation.id == association_id)
    found: EmployerAssociation = db.one_or_404(query.with_for_update() if lock else query)
    return found
