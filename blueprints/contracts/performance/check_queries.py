"""Checks found: one, those of a contract, the list with its filters, and what was found in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from blueprints.contracts.ground.check_models import CheckState, ClauseFact, PerformanceCheck
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.reaching import reached_at
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from blueprints.shared.workbench_cards import due_by
from rules.performance import Tally
from tenants.clock import today
from tenants.db import db
from tenants.models import User
from tenants.roles import May

OF_CONTRACT = (Contract.tenant_id == PerformanceCheck.tenant_id) & (
    Contract.id == PerformanceCheck.contract_id
)
Place = aliased(Enterprise)  # where; whom a viewer reaches is asked of another
GROUPS = ("", "late", "coming", "held", "cancelled")
_SORTS: Mapping[str, Key] = {
    "planned": Key(PerformanceCheck.planned_on),
    "contract": Key(Contract.sort_key),
}


def within(viewer: Viewer, permission: May) -> ColumnElement[bool]:
    """Checks of contracts this person reaches; of those at one enterprise, only at their own."""
    return reached_at(PerformanceCheck.enterprise_id, viewer, permission)


def seen(
    check_id: int, viewer: Viewer, permission: May = May.CONTRACTS_READ, *, lock: bool = False
) -> PerformanceCheck:
    """A check within this person's reach, or 404. Lock it to change it."""
    query = (
        select(PerformanceCheck)
        .join(Contract, OF_CONTRACT)
        .where(PerformanceCheck.id == check_id, within(viewer, permission))
    )
    found = db.session.scalar(query.with_for_update(of=PerformanceCheck) if lock else query)
    return found or abort(404)


def of_contract(contract_id: int) -> Sequence[PerformanceCheck]:
    """Every check of a contract in the order of its days."""
    query = select(PerformanceCheck).where(PerformanceCheck.contract_id == contract_id)
    ordered = query.order_by(PerformanceCheck.planned_on, PerformanceCheck.id)
    return db.session.scalars(ordered).all()


def last_held(contract_id: int) -> PerformanceCheck | None:
    query = select(PerformanceCheck).where(
        PerformanceCheck.contract_id == contract_id, PerformanceCheck.state == CheckState.HELD
    )
    return db.session.scalar(query.order_by(PerformanceCheck.period_until.desc()).limit(1))


def facts_of(check_id: int) -> Sequence[ClauseFact]:
    query = select(ClauseFact).where(ClauseFact.check_id == check_id)
    return db.session.scalars(query.order_by(ClauseFact.clause_id)).all()


def fact_of(check_id: int, clause_id: int) -> ClauseFact | None:
    return db.session.scalar(
        select(ClauseFact).where(ClauseFact.check_id == check_id, ClauseFact.clause_id == clause_id)
    )


def facts_under(contract_id: int, first: date, last: date) -> Sequence[Any]:
    """Facts of checks held within a period: check, clause, result, in_time, beneficiaries."""
    query = (
        select(ClauseFact, PerformanceCheck.held_on)
        .join(
            PerformanceCheck,
            (PerformanceCheck.tenant_id == ClauseFact.tenant_id)
            & (PerformanceCheck.id == ClauseFact.check_id),
        )
        .where(
            PerformanceCheck.contract_id == contract_id,
            PerformanceCheck.state == CheckState.HELD,
            PerformanceCheck.period_until.between(first, last),
        )
        .order_by(PerformanceCheck.held_on, ClauseFact.id)
    )
    return db.session.execute(query).all()


def tallies(check_ids: Sequence[int]) -> dict[int, Tally]:
    """How the clauses of each check of a page were found, in one query."""
    query = (
        select(ClauseFact.check_id, ClauseFact.result, func.count())
        .where(ClauseFact.check_id.in_(check_ids))
        .group_by(ClauseFact.check_id, ClauseFact.result)
    )
    found: dict[int, dict[str, int]] = {}
    for check_id, result, count in db.session.execute(query):
        found.setdefault(check_id, {})[result] = count
    return {check_id: Tally(**counts) for check_id, counts in found.items()}


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    group: str = ""
    owner: str = ""  # "mine", or nobody's: "none"
    sort: str = "planned"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return any((self.q, self.group, self.owner))

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        sort = args.get("sort", "planned")
        return cls(
            q=args.get("q", "").strip()[:100],
            group=args.get("group", "") if args.get("group") in GROUPS else "",
            owner=args.get("owner", "") if args.get("owner") in {"mine", "none"} else "",
            sort=sort if sort.removeprefix("-") in _SORTS else "planned",
            cursor=args.get("cursor"),
        )


def listed(viewer: Viewer, asked: Asked, *, today: date) -> Select[*tuple[Any, ...]]:
    """The rows of the list: check, contract, where, who."""
    return (
        select(
            PerformanceCheck.id,
            PerformanceCheck.state,
            PerformanceCheck.joint,
            PerformanceCheck.planned_on,
            PerformanceCheck.held_on,
            PerformanceCheck.document_no,
            PerformanceCheck.contract_id,
            Contract.acting_mode,
            Contract.on_behalf_of,
            Contract.name.label("contract"),
            Contract.document_no.label("contract_no"),
            Place.name.label("enterprise"),
            User.name.label("owner"),
        )
        .join(Contract, OF_CONTRACT)
        .outerjoin(
            Place,
            (Place.tenant_id == PerformanceCheck.tenant_id)
            & (Place.id == PerformanceCheck.enterprise_id),
        )
        .outerjoin(
            User,
            (User.tenant_id == PerformanceCheck.tenant_id) & (User.id == PerformanceCheck.owner_id),
        )
        .where(within(viewer, May.CONTRACTS_READ), *conditions(viewer, asked, today))
    )


def conditions(viewer: Viewer, asked: Asked, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    planned = PerformanceCheck.state == CheckState.PLANNED
    if asked.q:
        found.append(
            or_(
                Contract.name.icontains(asked.q, autoescape=True),
                Contract.document_no.contains(asked.q, autoescape=True),
            )
        )
    if asked.group == "late":
        found.append(and_(planned, PerformanceCheck.planned_on < today))
    elif asked.group == "coming":
        found.append(and_(planned, PerformanceCheck.planned_on >= today))
    elif asked.group:
        found.append(PerformanceCheck.state == asked.group)
    if asked.owner == "mine":
        found.append(PerformanceCheck.owner_id == viewer.id)
    elif asked.owner == "none":
        found.append(PerformanceCheck.owner_id.is_(None))
    return found


def order_of(sort: str) -> tuple[Key, ...]:
    return turned((_SORTS[sort.removeprefix("-")], Key(PerformanceCheck.id)), sort)


def page_of(viewer: Viewer, asked: Asked, *, today: date) -> Page:
    query = listed(viewer, asked, today=today)
    return leaf(query, order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked, *, today: date) -> int:
    query = (
        select(func.count())
        .select_from(PerformanceCheck)
        .join(Contract, OF_CONTRACT)
        .where(within(viewer, May.CONTRACTS_READ), *conditions(viewer, asked, today))
    )
    return int(db.session.scalar(query) or 0)


def due_soon(viewer: Viewer, until: date, limit: int) -> Sequence[Any]:
    """Checks planned until a day, the oldest first: id, contract, planned_on; n are due by now."""
    query = (
        select(
            PerformanceCheck.id,
            PerformanceCheck.planned_on,
            Contract.name.label("contract"),
            due_by(PerformanceCheck.planned_on, today()).label("n"),
        )
        .join(Contract, OF_CONTRACT)
        .where(
            within(viewer, May.PERFORMANCE_CHECK),
            PerformanceCheck.state == CheckState.PLANNED,
            PerformanceCheck.planned_on <= until,
        )
        .order_by(PerformanceCheck.planned_on, PerformanceCheck.id)
        .limit(limit)
    )
    return db.session.execute(query).all()
