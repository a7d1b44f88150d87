"""Who is covered on a day: distinct enterprises and workers, never a sum of contracts.

An enterprise under its own, an industry and a regional contract counts once. Only bonds that hold
on the day under contracts in force on that day count: no forecast, no commitment (协商约定书), no
contract that has ended, no candidate. Those for whom an upper union acted are shown apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, select, true, tuple_
from sqlalchemy import cast as as_type
from sqlalchemy.types import Integer

from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract, ContractKind, Reach
from blueprints.contracts.ground.queries import ACTED, binding, in_force, workers_on
from blueprints.contracts.ground.reaching import enterprises_reached, reached
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from blueprints.registry.queries import found_by
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db
from tenants.roles import May

NO_PLACE: Any = literal_column("''")


@dataclass(frozen=True)
class Asked:
    """A day and what narrows the count, as they stand in the address."""

    on: date
    kind: str = ""
    level: str = ""
    area: str = ""
    industry: str = ""
    acted: str = ""  # "yes": only those acted for; "no": only those that bargained themselves
    q: str = ""  # of the list of enterprises only: figures are not searched
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return any((self.kind, self.level, self.area, self.industry, self.acted, self.q))

    @classmethod
    def of(cls, args: Mapping[str, str], today: date) -> Self:
        def one(name: str, known: Any) -> str:
            return args.get(name, "") if args.get(name) in set(known) else ""

        try:
            on = date.fromisoformat(args.get("on", ""))
        except ValueError:
            on = today
        return cls(
            on=on,
            kind=one("kind", ContractKind),
            level=one("level", Reach),
            area=args.get("area", "")[:20],
            industry=args.get("industry", "")[:20],
            acted=one("acted", ("yes", "no")),
            q=args.get("q", "").strip()[:100],
            cursor=args.get("cursor"),
        )


@dataclass(frozen=True)
class Line:
    """What is covered of one place or trade, or of all; each enterprise once in every figure."""

    place: str
    enterprises: int
    workers: int
    unknown: int  # enterprises whose number of workers nobody has recorded
    wage: int  # enterprises under a wage contract
    comprehensive: int
    special: int
    acted: int  # enterprises only covered because an upper union acted
    acted_workers: int
    base: int = 0  # active enterprises on the register
    base_workers: int = 0


@dataclass(frozen=True)
class Coverage:
    whole: Line
    areas: Sequence[Line]
    industries: Sequence[Line]
    contracts: Sequence[Any]  # kind, level, acted, n


def of_contract(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [in_force(asked.on)]
    if asked.kind:
        found.append(Contract.kind == asked.kind)
    if asked.level:
        found.append(Contract.level == asked.level)
    if asked.acted:
        acted = Contract.acting_mode.in_(ACTED)
        found.append(acted if asked.acted == "yes" else ~acted)
    return found


def of_enterprise(asked: Asked, viewer: Viewer) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [enterprises_reached(viewer, May.CONTRACTS_READ)]
    if asked.area:
        found.append(Enterprise.area == asked.area)
    if asked.industry:
        found.append(Enterprise.industry == asked.industry)
    return found


def heads_on(day: date) -> Any:
    """The headcount as of a day; the latest one is kept at hand by the register itself."""
    return case((Enterprise.counted_on <= day, Enterprise.headcount), else_=workers_on(day))


def firms(asked: Asked) -> Any:
    """One row for each enterprise bound on the day, with the kinds it is bound by."""
    acted = Contract.acting_mode.in_(ACTED)
    return (
        select(
            Membership.enterprise_id,
            func.bool_or(Contract.kind == ContractKind.WAGE).label("wage"),
            func.bool_or(Contract.kind == ContractKind.COMPREHENSIVE).label("comprehensive"),
            func.bool_or(Contract.kind == ContractKind.SPECIAL).label("special"),
            func.bool_and(acted).label("acted"),
            func.count().label("contracts"),
        )
        .join(
            Contract,
            (Contract.tenant_id == Membership.tenant_id) & (Contract.id == Membership.contract_id),
        )
        .where(*binding(asked.on), *of_contract(asked))
        .group_by(Membership.enterprise_id)
        .subquery("firm")
    )


def coverage(asked: Asked, viewer: Viewer) -> Coverage:
    """Everything the page shows, in three statements whatever there is."""
    firm = firms(asked)
    heads = heads_on(asked.on)
    each = (
        select(
            func.coalesce(Enterprise.area, NO_PLACE).label("area"),
            func.coalesce(Enterprise.industry, NO_PLACE).label("industry"),
            heads.label("heads"),
            firm.c.wage,
            firm.c.comprehensive,
            firm.c.special,
            firm.c.acted,
        )
        .join(firm, firm.c.enterprise_id == Enterprise.id)
        .where(*of_enterprise(asked, viewer))
        .subquery("each")
    )
    c = each.c
    counted = select(
        c.area,
        c.industry,
        func.grouping(c.area).label("no_area"),
        func.grouping(c.industry).label("no_industry"),
        func.count().label("enterprises"),
        func.coalesce(func.sum(c.heads), 0).label("workers"),
        (func.count() - func.count(c.heads)).label("unknown"),
        func.sum(as_type(c.wage, Integer)).label("wage"),
        func.sum(as_type(c.comprehensive, Integer)).label("comprehensive"),
        func.sum(as_type(c.special, Integer)).label("special"),
        func.sum(as_type(c.acted, Integer)).label("acted"),
        func.coalesce(func.sum(c.heads).filter(c.acted), 0).label("acted_workers"),
    ).group_by(_sets(c))
    base = _base(asked, viewer)
    areas: list[Line] = []
    industries: list[Line] = []
    whole = Line("", 0, 0, 0, 0, 0, 0, 0, 0, *base.get((1, 1, ""), (0, 0)))
    for row in db.session.execute(counted):
        place = row.area if not row.no_area else row.industry if not row.no_industry else ""
        line = Line(
            place, row.enterprises, int(row.workers), row.unknown, row.wage or 0,
            row.comprehensive or 0, row.special or 0, row.acted or 0, int(row.acted_workers),
            *base.get((row.no_area, row.no_industry, place), (0, 0)),
        )  # fmt: skip
        if row.no_area and row.no_industry:
            whole = line
        else:
            (areas if not row.no_area else industries).append(line)
    industries.sort(key=lambda one: (-one.workers, one.place))
    areas.sort(key=lambda one: one.place)
    return Coverage(whole, areas, industries, _contracts(asked, viewer))


def _sets(columns: Any) -> Any:
    return func.grouping_sets(columns.area, columns.industry, tuple_())


def _base(asked: Asked, viewer: Viewer) -> dict[tuple[int, int, str], tuple[int, int]]:
    """Active enterprises and workers on the register, by area, by industry and in all."""
    each = (
        select(
            func.coalesce(Enterprise.area, NO_PLACE).label("area"),
            func.coalesce(Enterprise.industry, NO_PLACE).label("industry"),
            Enterprise.headcount.label("heads"),
        )
        .where(Enterprise.status == Status.ACTIVE, *of_enterprise(asked, viewer))
        .subquery("each")
    )
    c = each.c
    query = select(
        c.area,
        c.industry,
        func.grouping(c.area),
        func.grouping(c.industry),
        func.count(),
        func.coalesce(func.sum(c.heads), 0),
    ).group_by(_sets(c))
    found = {}
    for area, industry, no_area, no_industry, count, heads in db.session.execute(query):
        place = area if not no_area else industry if not no_industry else ""
        found[no_area, no_industry, place] = (count, int(heads))
    return found


def _contracts(asked: Asked, viewer: Viewer) -> Sequence[Any]:
    """How many contracts are in force, by kind and level, those acted for apart."""
    acted = Contract.acting_mode.in_(ACTED).label("acted")
    query = (
        select(Contract.kind, Contract.level, acted, func.count().label("n"))
        .where(reached(viewer), *of_contract(asked))
        .group_by(Contract.kind, Contract.level, acted)
        .order_by(Contract.kind, Contract.level, acted)
    )
    return db.session.execute(query).all()


def listed(asked: Asked, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """The enterprises that are covered, one row each."""
    firm = firms(asked)
    return (
        select(
            Enterprise.id,
            Enterprise.name,
            Enterprise.credit_code,
            Enterprise.area,
            Enterprise.industry,
            heads_on(asked.on).label("workers"),
            firm.c.contracts,
            firm.c.wage,
            firm.c.comprehensive,
            firm.c.special,
            firm.c.acted,
        )
        .join(firm, firm.c.enterprise_id == Enterprise.id)
        .where(and_(*of_enterprise(asked, viewer)), found_by(asked.q) if asked.q else true())
    )


def page_of(asked: Asked, viewer: Viewer) -> Page:
    order = (Key(Enterprise.sort_key), Key(Enterprise.id))
    return leaf(listed(asked, viewer), order, cursor=asked.cursor)


def for_export(asked: Asked, viewer: Viewer) -> Iterator[Any]:
    query = listed(asked, viewer).order_by(Enterprise.sort_key, Enterprise.id)
    yield from db.session.execute(query.execution_options(yield_per=500))
