"""Wages by half-year across contracts: what may be asked of the list, and the rows that answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from blueprints.contracts.ground.labels import on_behalf
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.reaching import reached
from blueprints.contracts.reports.models import WageFact
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf, turned
from rules.words import Text
from tenants.db import db

OF_CONTRACT = (Contract.tenant_id == WageFact.tenant_id) & (Contract.id == WageFact.contract_id)
GROUPS: Mapping[str, Text] = {
    "late": Text("逾期未公布", "Past its day"),
    "coming": Text("待公布", "To be published"),
    "published": Text("已公布", "Published"),
    "unpaid": Text("未按约定日期支付", "Not paid on the agreed day"),
}
_SORTS: Mapping[str, Key] = {
    "due": Key(WageFact.due_on),
    "contract": Key(Contract.sort_key),
    "half": Key(WageFact.half_from),
}


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

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


def standing(row: Any, today: date) -> tuple[str, Text]:
    """How a half-year stands, as a shape and a word."""
    if row.published_on is not None:
        return "ok", GROUPS["published"]
    return ("late", GROUPS["late"]) if row.due_on < today else ("run", GROUPS["coming"])


def conditions(asked: Asked, today: date) -> Iterator[ColumnElement[bool]]:
    unpublished = WageFact.published_on.is_(None)
    if asked.q:
        yield or_(
            Contract.name.icontains(asked.q, autoescape=True),
            Contract.document_no.contains(asked.q, autoescape=True),
        )
    if asked.group == "late":
        yield and_(unpublished, WageFact.due_on < today)
    elif asked.group == "coming":
        yield and_(unpublished, WageFact.due_on >= today)
    elif asked.group == "published":
        yield ~unpublished
    elif asked.group == "unpaid":
        yield WageFact.paid_in_time.is_(False)


def wages(viewer: Viewer, asked: Asked, *, today: date) -> Select[*tuple[Any, ...]]:
    """The half-years of the contracts this person may see, filtered as asked."""
    one = WageFact
    return (
        select(
            one.id, one.contract_id, one.half_from, one.half_until, one.due_on, one.average_pay,
            one.lowest_pay, one.raise_percent, one.paid_in_time, one.published_on, one.place,
            one.evidence_id, Contract.acting_mode, Contract.on_behalf_of,
            Contract.name.label("contract"), Contract.document_no.label("contract_no"),
        )
        .join(Contract, OF_CONTRACT)
        .where(reached(viewer), *conditions(asked, today))
    )  # fmt: skip


def order_of(sort: str) -> tuple[Key, ...]:
    return turned((_SORTS[sort.removeprefix("-")], Key(WageFact.id)), sort)


def page_of(viewer: Viewer, asked: Asked, *, today: date) -> Page:
    return leaf(wages(viewer, asked, today=today), order_of(asked.sort), cursor=asked.cursor)


def for_export(viewer: Viewer, asked: Asked, *, today: date) -> Iterable[Any]:
    order = (k.ordered for k in order_of(asked.sort))
    return db.session.execute(wages(viewer, asked, today=today).order_by(*order))


def how_many(viewer: Viewer, asked: Asked, *, today: date) -> int:
    query = (
        select(func.count())
        .select_from(WageFact)
        .join(Contract, OF_CONTRACT)
        .where(reached(viewer), *conditions(asked, today))
    )
    return int(db.session.scalar(query) or 0)


def heads() -> list[str]:
    return [
        _("Contract number"), _("Contract"), _("On behalf of"), _("From"), _("Until"), _("State"),
        _("Last day"), _("Average pay, yuan a month"), _("Lowest pay, yuan a month"),
        _("Raise on the half-year before, %"), _("Paid on the agreed day?"), _("Published on"),
        _("Where it is posted"),
    ]  # fmt: skip


def sheet_rows(rows: Iterable[Any], today: date) -> Iterator[list[Any]]:
    paid = {True: _("Yes"), False: _("No"), None: ""}
    for row in rows:
        yield [
            row.contract_no, row.contract, on_behalf(row), row.half_from, row.half_until,
            said(standing(row, today)[1]), row.due_on, row.average_pay, row.lowest_pay,
            row.raise_percent, paid[row.paid_in_time], row.published_on, row.place or "",
        ]  # fmt: skip
