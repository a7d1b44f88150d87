"""The list of a contract's members: what may be asked of it, and the rows that answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, func, select, true

from blueprints.contracts.ground.filing_models import Publication
from blueprints.contracts.ground.labels import MEMBER_BASES
from blueprints.contracts.ground.membership_models import Membership, MembershipState
from blueprints.contracts.ground.membership_words import REASONS, state_label
from blueprints.contracts.ground.reaching import is_in_charge
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.registry.queries import found_by
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf
from rules.binding import Basis
from tenants.db import db
from tenants.roles import May, Scope

ORDERS: Mapping[str, tuple[Key, ...]] = {
    "name": (Key(Enterprise.sort_key), Key(Membership.id)),
    "state": (Key(Membership.state), Key(Membership.id)),
    "headcount": (Key(func.coalesce(Enterprise.headcount, 0)), Key(Membership.id)),
}


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    state: str = ""
    basis: str = ""
    flagged: str = ""
    posted: str = ""  # "yes", or "no": bound, and its workers cannot read it yet
    sort: str = "name"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return any((self.q, self.state, self.basis, self.flagged, self.posted))

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        def one(name: str, known: Any) -> str:
            return args.get(name, "") if args.get(name) in set(known) else ""

        return cls(
            q=args.get("q", "").strip()[:100],
            state=one("state", MembershipState),
            basis=one("basis", Basis),
            flagged=one("flagged", ("yes",)),
            posted=one("posted", ("yes", "no")),
            sort=args.get("sort", "name"),
            cursor=args.get("cursor"),
        )


POSTING = (
    (Publication.tenant_id == Membership.tenant_id)
    & (Publication.contract_id == Membership.contract_id)
    & (Publication.enterprise_id == Membership.enterprise_id)
)
POSTED_ON = select(func.min(Publication.from_on)).where(POSTING).scalar_subquery()
POSTED_AT = (
    select(Publication.place)
    .where(POSTING)
    .order_by(Publication.from_on, Publication.id)
    .limit(1)
    .scalar_subquery()
)


def order_of(sort: str) -> tuple[Key, ...]:
    keys = ORDERS.get(sort.removeprefix("-"), ORDERS["name"])
    return tuple(Key(key.column, descending=sort.startswith("-")) for key in keys)


def members(contract_id: int, viewer: Viewer, asked: Asked) -> Select[*tuple[Any, ...]]:
    """The rows this person may see, filtered as asked."""
    query = select(
        Membership.id,
        Membership.state,
        Membership.basis,
        Membership.basis_on,
        Membership.basis_note,
        Membership.evidence_id,
        Membership.flagged,
        Membership.valid_from,
        Membership.valid_to,
        Membership.left_reason,
        POSTED_ON.label("posted_on"),
        POSTED_AT.label("posted_at"),
        Enterprise.id.label("enterprise_id"),
        Enterprise.name,
        Enterprise.credit_code,
        Enterprise.area,
        Enterprise.headcount,
    ).select_from(Membership)
    return narrowed(query, contract_id, viewer, asked)


def may_open(contract_id: int, viewer: Viewer) -> bool:
    """Whether each enterprise listed has a page this person may open on the register."""
    if viewer.reach(May.REGISTRY_READ) is Scope.ALL:
        return True
    return viewer.may(May.REGISTRY_READ) and not is_in_charge(contract_id, viewer)


def narrowed(
    query: Select[*tuple[Any, ...]], contract_id: int, viewer: Viewer, asked: Asked
) -> Select[*tuple[Any, ...]]:
    """The members that are asked for, and that this person may see one by one."""
    return query.join(
        Enterprise,
        (Enterprise.tenant_id == Membership.tenant_id)
        & (Enterprise.id == Membership.enterprise_id),
    ).where(
        Membership.contract_id == contract_id,
        each_seen(contract_id, viewer),
        *_conditions(asked),
    )


def each_seen(contract_id: int, viewer: Viewer) -> ColumnElement[bool]:
    """The condition on Enterprise: one's own of a contract; all, for whoever is in charge."""
    whole = is_in_charge(contract_id, viewer)
    return true() if whole else within_reach(viewer, May.CONTRACTS_READ)


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.q:
        yield found_by(asked.q)
    if asked.state:
        yield Membership.state == asked.state
    if asked.basis:
        yield Membership.basis == asked.basis
    if asked.flagged:
        yield Membership.flagged.is_(True)
    if asked.posted == "yes":
        yield exists().where(POSTING)
    elif asked.posted:
        yield Membership.state == MembershipState.ACTIVE
        yield ~exists().where(POSTING)


def page_of(contract_id: int, viewer: Viewer, asked: Asked) -> Page:
    return leaf(members(contract_id, viewer, asked), order_of(asked.sort), cursor=asked.cursor)


def how_many(contract_id: int, viewer: Viewer, asked: Asked) -> int:
    query = narrowed(select(func.count()).select_from(Membership), contract_id, viewer, asked)
    return int(db.session.scalar(query) or 0)


def heads() -> list[str]:
    return [
        _("Enterprise"), _("Credit code"), _("Area"), _("Headcount"), _("State"), _("Basis"),
        _("Basis since"), _("Bound from"), _("No longer bound from"), _("Reason"),
        _("Posted since"), _("Where it is posted"),
    ]  # fmt: skip


def sheet_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.name,
            row.credit_code,
            said(area_name(row.area)),
            row.headcount,
            said(state_label(row.state)),
            said(MEMBER_BASES[row.basis]) if row.basis else "",
            row.basis_on,
            row.valid_from,
            row.valid_to,
            said(REASONS[row.left_reason]) if row.left_reason else "",
            row.posted_on,
            row.posted_at or "",
        ]
