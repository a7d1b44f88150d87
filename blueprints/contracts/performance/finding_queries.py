"""Findings found: one, those of a check or a contract, the list, and what was handed over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from blueprints.contracts.ground.models import Contract, ContractClause
from blueprints.contracts.ground.reaching import reached_at
from blueprints.contracts.performance.finding_models import (
    OPEN,
    Finding,
    FindingState,
    OpinionRequest,
    OpinionState,
)
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from tenants.db import db
from tenants.roles import May

OF_CONTRACT = (Contract.tenant_id == Finding.tenant_id) & (Contract.id == Finding.contract_id)
OF_CLAUSE = (ContractClause.tenant_id == Finding.tenant_id) & (
    ContractClause.id == Finding.clause_id
)
Place = aliased(Enterprise)  # where; whom a viewer reaches is asked of another
GROUPS = ("", "open", "late", *FindingState)
_SORTS: Mapping[str, Key] = {"due": Key(Finding.due_on), "contract": Key(Contract.sort_key)}


def within(viewer: Viewer) -> ColumnElement[bool]:
    return reached_at(Finding.enterprise_id, viewer, May.CONTRACTS_READ)


def seen(finding_id: int, viewer: Viewer, *, lock: bool = False) -> Finding:
    """A finding within this person's reach, or 404. Lock it to change it."""
    query = (
        select(Finding).join(Contract, OF_CONTRACT).where(Finding.id == finding_id, within(viewer))
    )
    found = db.session.scalar(query.with_for_update(of=Finding) if lock else query)
    return found or abort(404)


def of_check(check_id: int) -> Sequence[Finding]:
    query = select(Finding).where(Finding.check_id == check_id)
    return db.session.scalars(query.order_by(Finding.clause_id)).all()


def of_contract(contract_id: int) -> Sequence[Any]:
    """Findings of a contract with their clauses, the newest first."""
    query = (
        select(Finding, ContractClause.number, ContractClause.title)
        .join(ContractClause, OF_CLAUSE)
        .where(Finding.contract_id == contract_id)
        .order_by(Finding.id.desc())
    )
    return db.session.execute(query).all()


def noted(check_id: int, *, lock: bool = False) -> Sequence[Finding]:
    """What the check found and nobody has put in writing yet."""
    query = select(Finding).where(Finding.check_id == check_id, Finding.state == FindingState.NOTED)
    ordered = query.order_by(Finding.clause_id)
    return db.session.scalars(ordered.with_for_update() if lock else ordered).all()


def opinion_of(finding_id: int, *, lock: bool = False) -> OpinionRequest | None:
    """The hand-over that stands, or the latest that was declined."""
    query = select(OpinionRequest).where(OpinionRequest.finding_id == finding_id)
    ordered = query.order_by(OpinionRequest.id.desc()).limit(1)
    return db.session.scalar(ordered.with_for_update() if lock else ordered)


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    group: str = "open"
    sort: str = "due"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q) or self.group != "open"

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        sort, group = args.get("sort", "due"), args.get("group", "open")
        return cls(
            q=args.get("q", "").strip()[:100],
            group=group if group in GROUPS else "open",
            sort=sort if sort.removeprefix("-") in _SORTS else "due",
            cursor=args.get("cursor"),
        )


def conditions(asked: Asked, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.q:
        found.append(
            or_(
                Contract.name.icontains(asked.q, autoescape=True),
                Finding.fact.icontains(asked.q, autoescape=True),
            )
        )
    if asked.group == "open":
        found.append(Finding.state.in_(OPEN))
    elif asked.group == "late":
        found.append(and_(Finding.state.in_(OPEN), Finding.due_on < today))
    elif asked.group:
        found.append(Finding.state == asked.group)
    return found


def listed(viewer: Viewer, asked: Asked, *, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Finding.id,
            Finding.state,
            Finding.fact,
            Finding.due_on,
            Finding.document_no,
            Finding.contract_id,
            Contract.acting_mode,
            Contract.on_behalf_of,
            Contract.name.label("contract"),
            ContractClause.number.label("clause"),
            ContractClause.title.label("promise"),
            Place.name.label("enterprise"),
        )
        .join(Contract, OF_CONTRACT)
        .join(ContractClause, OF_CLAUSE)
        .outerjoin(
            Place,
            (Place.tenant_id == Finding.tenant_id) & (Place.id == Finding.enterprise_id),
        )
        .where(within(viewer), *conditions(asked, today))
    )


def order_of(sort: str) -> tuple[Key, ...]:
    return turned((_SORTS[sort.removeprefix("-")], Key(Finding.id)), sort)


def page_of(viewer: Viewer, asked: Asked, *, today: date) -> Page:
    query = listed(viewer, asked, today=today)
    return leaf(query, order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked, *, today: date) -> int:
    query = (
        select(func.count())
        .select_from(Finding)
        .join(Contract, OF_CONTRACT)
        .where(within(viewer), *conditions(asked, today))
    )
    return int(db.session.scalar(query) or 0)


def late(viewer: Viewer, today: date, limit: int) -> Sequence[Any]:
    """Open findings whose day has passed: id, contract, due_on, state, n in all."""
    query = (
        select(
            Finding.id,
            Finding.due_on,
            Finding.state,
            Finding.fact,
            Contract.name.label("contract"),
            func.count().over().label("n"),
        )
        .join(Contract, OF_CONTRACT)
        .where(within(viewer), Finding.state.in_(OPEN), Finding.due_on < today)
        .order_by(Finding.due_on, Finding.id)
        .limit(limit)
    )
    return db.session.execute(query).all()


def to_decide(viewer: Viewer, limit: int) -> Sequence[Any]:
    """Hand-overs that wait for somebody else than whoever asked."""
    query = (
        select(
            OpinionRequest.finding_id,
            OpinionRequest.reason,
            Contract.name.label("contract"),
            func.count().over().label("n"),
        )
        .join(
            Finding,
            (Finding.tenant_id == OpinionRequest.tenant_id)
            & (Finding.id == OpinionRequest.finding_id),
        )
        .join(Contract, OF_CONTRACT)
        .where(OpinionRequest.state == OpinionState.ASKED, OpinionRequest.asked_by_id != viewer.id)
        .order_by(OpinionRequest.id)
        .limit(limit)
    )
    return db.session.execute(query).all()
