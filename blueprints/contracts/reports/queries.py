"""Reports and wage facts found: of a contract, the list of what is due, one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, select

from blueprints.contracts.ground.models import IN_FORCE, Contract
from blueprints.contracts.ground.reaching import reached
from blueprints.contracts.reports.models import PerformanceReport, ReportState, WageFact
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from blueprints.shared.workbench_cards import due_by
from tenants.clock import today
from tenants.db import db

OF_CONTRACT = (Contract.tenant_id == PerformanceReport.tenant_id) & (
    Contract.id == PerformanceReport.contract_id
)
GROUPS = ("", "late", "due", "written", "presented")
_SORTS: Mapping[str, Key] = {
    "due": Key(PerformanceReport.due_on),
    "contract": Key(Contract.sort_key),
    "period": Key(PerformanceReport.period_from),
}


def seen(report_id: int, viewer: Viewer, *, lock: bool = False) -> PerformanceReport:
    query = (
        select(PerformanceReport)
        .join(Contract, OF_CONTRACT)
        .where(PerformanceReport.id == report_id, reached(viewer))
    )
    found = db.session.scalar(query.with_for_update(of=PerformanceReport) if lock else query)
    return found or abort(404)


def wages_seen(fact_id: int, viewer: Viewer, *, lock: bool = False) -> WageFact:
    query = (
        select(WageFact)
        .join(
            Contract,
            (Contract.tenant_id == WageFact.tenant_id) & (Contract.id == WageFact.contract_id),
        )
        .where(WageFact.id == fact_id, reached(viewer))
    )
    found = db.session.scalar(query.with_for_update(of=WageFact) if lock else query)
    return found or abort(404)


def of_contract(contract_id: int) -> Sequence[PerformanceReport]:
    query = select(PerformanceReport).where(PerformanceReport.contract_id == contract_id)
    return db.session.scalars(query.order_by(PerformanceReport.period_from)).all()


def wages_of(contract_id: int) -> Sequence[WageFact]:
    query = select(WageFact).where(WageFact.contract_id == contract_id)
    return db.session.scalars(query.order_by(WageFact.half_from)).all()


@dataclass(frozen=True)
class Asked:
    q: str = ""
    group: str = ""
    sort: str = "due"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.group)

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        group, sort = args.get("group", ""), args.get("sort", "due")
        return cls(
            q=args.get("q", "").strip()[:100],
            group=group if group in GROUPS else "",
            sort=sort if sort.removeprefix("-") in _SORTS else "due",
            cursor=args.get("cursor"),
        )


def conditions(asked: Asked, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    unheard = PerformanceReport.state != ReportState.PRESENTED
    if asked.q:
        found.append(Contract.name.icontains(asked.q, autoescape=True))
    if asked.group == "late":
        found.append(and_(unheard, PerformanceReport.due_on < today))
    elif asked.group:
        found.append(PerformanceReport.state == asked.group)
    return found


def listed(viewer: Viewer, asked: Asked, *, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PerformanceReport.id,
            PerformanceReport.state,
            PerformanceReport.period_from,
            PerformanceReport.period_until,
            PerformanceReport.due_on,
            PerformanceReport.presented_on,
            PerformanceReport.congress,
            PerformanceReport.contract_id,
            Contract.acting_mode,
            Contract.on_behalf_of,
            Contract.name.label("contract"),
            Contract.document_no.label("contract_no"),
        )
        .join(Contract, OF_CONTRACT)
        .where(reached(viewer), *conditions(asked, today))
    )


def order_of(sort: str) -> tuple[Key, ...]:
    return turned((_SORTS[sort.removeprefix("-")], Key(PerformanceReport.id)), sort)


def page_of(viewer: Viewer, asked: Asked, *, today: date) -> Page:
    query = listed(viewer, asked, today=today)
    return leaf(query, order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked, *, today: date) -> int:
    query = (
        select(func.count())
        .select_from(PerformanceReport)
        .join(Contract, OF_CONTRACT)
        .where(reached(viewer), *conditions(asked, today))
    )
    return int(db.session.scalar(query) or 0)


def wages_due(viewer: Viewer, until: date, limit: int) -> Sequence[Any]:
    """Half-years of contracts in force whose wages are to be published by a day and were not."""
    query = (
        select(
            WageFact.id,
            WageFact.due_on,
            WageFact.half_until,
            Contract.name.label("contract"),
            func.count().over().label("n"),
        )
        .join(
            Contract,
            (Contract.tenant_id == WageFact.tenant_id) & (Contract.id == WageFact.contract_id),
        )
        .where(
            reached(viewer),
            Contract.state.in_(IN_FORCE),
            WageFact.published_on.is_(None),
            WageFact.due_on <= until,
        )
        .order_by(WageFact.due_on, WageFact.id)
        .limit(limit)
    )
    return db.session.execute(query).all()


def due_soon(viewer: Viewer, until: date, limit: int) -> Sequence[Any]:
    """Reports of contracts in force that are due by a day and not heard yet."""
    query = (
        select(
            PerformanceReport.id,
            PerformanceReport.due_on,
            Contract.name.label("contract"),
            due_by(PerformanceReport.due_on, today()).label("n"),
        )
        .join(Contract, OF_CONTRACT)
        .where(
            reached(viewer),
            Contract.state.in_(IN_FORCE),
            PerformanceReport.state != ReportState.PRESENTED,
            PerformanceReport.due_on <= until,
        )
        .order_by(PerformanceReport.due_on, PerformanceReport.id)
        .limit(limit)
    )
    return db.session.execute(query).all()
