"""The forecast found: one line, the list with its filters, the months, the events on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true

from blueprints.contracts.forecast.models import BargainingTrigger, EntryState, ForecastEntry
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.reaching import in_charge
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from rules.forecast import Ground
from rules.reckoning import add_months
from tenants.db import db
from tenants.models import User
from tenants.roles import May, Scope

OF_CONTRACT = (Contract.tenant_id == ForecastEntry.tenant_id) & (
    Contract.id == ForecastEntry.contract_id
)
OF_OWNER = (User.tenant_id == ForecastEntry.tenant_id) & (User.id == ForecastEntry.owner_id)
OF_TRIGGER = (BargainingTrigger.tenant_id == ForecastEntry.tenant_id) & (
    BargainingTrigger.id == ForecastEntry.trigger_id
)
STATES = ("", *EntryState)
OWNERS = ("", "mine", "none")
_SORTS: Mapping[str, Key] = {
    "planned": Key(ForecastEntry.planned_on),
    "opens": Key(ForecastEntry.opens_on),
    "workers": Key(ForecastEntry.workers),
}


def within(viewer: Viewer) -> ColumnElement[bool]:
    """Lines about contracts or groups in which an enterprise of this person's is, or their own.

    And about contracts of which they are in charge.
    """
    if viewer.reach(May.FORECAST_READ) is Scope.ALL:
        return true()
    reach = within_reach(viewer, May.FORECAST_READ)
    theirs = select(Enterprise.id).where(reach)
    bound = exists().where(
        Membership.tenant_id == ForecastEntry.tenant_id,
        Membership.contract_id == ForecastEntry.contract_id,
        Membership.enterprise_id.in_(theirs),
    )
    own = select(Contract.id).where(
        or_(Contract.enterprise_id.in_(theirs), in_charge(viewer, May.FORECAST_READ))
    )
    group = exists().where(
        Enterprise.tenant_id == ForecastEntry.tenant_id,
        or_(ForecastEntry.area.is_(None), Enterprise.area == ForecastEntry.area),
        or_(ForecastEntry.industry.is_(None), Enterprise.industry == ForecastEntry.industry),
        reach,
    )
    return or_(
        ForecastEntry.owner_id == viewer.id,
        bound,
        ForecastEntry.contract_id.in_(own),
        and_(ForecastEntry.contract_id.is_(None), group),
    )


def seen(entry_id: int, viewer: Viewer, *, lock: bool = False) -> ForecastEntry:
    """A line within this person's reach, or 404. Lock it to change it."""
    query = select(ForecastEntry).where(ForecastEntry.id == entry_id, within(viewer))
    found = db.session.scalar(query.with_for_update() if lock else query)
    return found or abort(404)


def picked(ids: Sequence[int], viewer: Viewer) -> Sequence[ForecastEntry]:
    """The open lines among those picked, locked in a fixed order."""
    query = select(ForecastEntry).where(ForecastEntry.id.in_(ids), within(viewer))
    return db.session.scalars(query.order_by(ForecastEntry.id).with_for_update()).all()


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    ground: str = ""
    state: str = EntryState.OPEN
    owner: str = ""
    area: str = ""
    industry: str = ""
    month: str = ""  # 2026-04: planned in that month
    sort: str = "planned"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        asked = (self.q, self.ground, self.owner, self.area, self.industry, self.month)
        return any(asked) or self.state != EntryState.OPEN

    @property
    def first_of_month(self) -> date | None:
        try:
            return date.fromisoformat(f"{self.month}-01") if len(self.month) == 7 else None
        except ValueError:
            return None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        def one(name: str, known: Any, default: str = "") -> str:
            return args.get(name, default) if args.get(name, default) in set(known) else default

        sort = args.get("sort", "planned")
        return cls(
            q=args.get("q", "").strip()[:100],
            ground=one("ground", Ground),
            state=one("state", (*EntryState, "all"), EntryState.OPEN),
            owner=one("owner", OWNERS),
            area=args.get("area", ""),
            industry=args.get("industry", ""),
            month=args.get("month", ""),
            sort=sort if sort.removeprefix("-") in _SORTS else "planned",
            cursor=args.get("cursor"),
        )


def conditions(viewer: Viewer, asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.state != "all":
        found.append(ForecastEntry.state == asked.state)
    if asked.ground:
        found.append(ForecastEntry.ground == asked.ground)
    if asked.owner == "mine":
        found.append(ForecastEntry.owner_id == viewer.id)
    elif asked.owner == "none":
        found.append(ForecastEntry.owner_id.is_(None))
    if asked.area:
        found.append(ForecastEntry.area == asked.area)
    if asked.industry:
        found.append(ForecastEntry.industry == asked.industry)
    if (first := asked.first_of_month) is not None:
        found += [
            ForecastEntry.planned_on >= first,
            ForecastEntry.planned_on < add_months(first, 1),
        ]
    if asked.q:
        named = select(Contract.id).where(Contract.name.icontains(asked.q, autoescape=True))
        found.append(
            or_(
                ForecastEntry.contract_id.in_(named),
                ForecastEntry.note.icontains(asked.q, autoescape=True),
            )
        )
    return found


def listed(viewer: Viewer, asked: Asked) -> Select[*tuple[Any, ...]]:
    """The rows of the list: what, why, when, who."""
    return (
        select(
            ForecastEntry.id,
            ForecastEntry.ground,
            ForecastEntry.state,
            ForecastEntry.area,
            ForecastEntry.industry,
            ForecastEntry.enterprises,
            ForecastEntry.workers,
            ForecastEntry.opens_on,
            ForecastEntry.closes_on,
            ForecastEntry.planned_on,
            ForecastEntry.announced_at,
            ForecastEntry.contract_id,
            Contract.acting_mode,
            Contract.on_behalf_of,
            Contract.name.label("contract"),
            Contract.term_to,
            BargainingTrigger.kind.label("event"),
            BargainingTrigger.source,
            User.name.label("owner"),
        )
        .outerjoin(Contract, OF_CONTRACT)
        .outerjoin(BargainingTrigger, OF_TRIGGER)
        .outerjoin(User, OF_OWNER)
        .where(within(viewer), *conditions(viewer, asked))
    )


def order_of(sort: str) -> tuple[Key, ...]:
    return turned((_SORTS[sort.removeprefix("-")], Key(ForecastEntry.id)), sort)


def page_of(viewer: Viewer, asked: Asked) -> Page:
    return leaf(listed(viewer, asked), order_of(asked.sort), cursor=asked.cursor)


def totals(viewer: Viewer, asked: Asked) -> Any:
    """Lines, and how many of them have no owner or are already past their planned day."""
    query = select(
        func.count().label("lines"),
        func.count().filter(ForecastEntry.owner_id.is_(None)).label("ownerless"),
    ).where(within(viewer), *conditions(viewer, asked))
    return db.session.execute(query).one()


def by_ground(viewer: Viewer) -> dict[str, int]:
    """How many open lines there are of each ground."""
    query = (
        select(ForecastEntry.ground, func.count())
        .where(ForecastEntry.state == EntryState.OPEN, within(viewer))
        .group_by(ForecastEntry.ground)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def by_month(viewer: Viewer, asked: Asked, first: date, last: date) -> Sequence[Any]:
    """Open lines by planned month and ground: month, ground, n, enterprises, workers."""
    month = func.date_trunc("month", ForecastEntry.planned_on)
    early = case((ForecastEntry.planned_on < first, first), else_=func.date(month))
    query = (
        select(
            early.label("month"),
            ForecastEntry.ground,
            func.count().label("n"),
            func.sum(ForecastEntry.enterprises).label("enterprises"),
            func.sum(ForecastEntry.workers).label("workers"),
        )
        .where(within(viewer), ForecastEntry.planned_on <= last, *conditions(viewer, asked))
        .group_by(early, ForecastEntry.ground)
        .order_by(early, ForecastEntry.ground)
    )
    return db.session.execute(query).all()


def of_contract(contract_id: int) -> Sequence[ForecastEntry]:
    query = select(ForecastEntry).where(
        ForecastEntry.contract_id == contract_id, ForecastEntry.state != EntryState.OVER
    )
    return db.session.scalars(query.order_by(ForecastEntry.planned_on)).all()


def get_trigger(trigger_id: int, *, lock: bool = False) -> BargainingTrigger:
    query = select(BargainingTrigger).where(BargainingTrigger.id == trigger_id)
    return db.session.scalar(query.with_for_update() if lock else query) or abort(404)


def due_renewals(viewer: Viewer, today: date, limit: int) -> Sequence[Any]:
    """Lines whose window is open and whose planned day has come: for the workbench."""
    query = (
        select(
            ForecastEntry.id,
            ForecastEntry.ground,
            ForecastEntry.area,
            ForecastEntry.industry,
            ForecastEntry.planned_on,
            ForecastEntry.closes_on,
            Contract.name.label("contract"),
            func.count().over().label("n"),
        )
        .outerjoin(Contract, OF_CONTRACT)
        .where(
            within(viewer),
            ForecastEntry.state == EntryState.OPEN,
            ForecastEntry.opens_on <= today,
            ForecastEntry.ground.in_((Ground.RENEWAL, Ground.WAGE_ROUND)),
        )
        .order_by(ForecastEntry.planned_on, ForecastEntry.id)
        .limit(limit)
    )
    return db.session.execute(query).all()
