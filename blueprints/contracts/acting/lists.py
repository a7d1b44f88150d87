"""The list of acting authorities, and what a proposal may choose from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask import abort
from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true
from wtforms import SelectChoice

from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.bargaining.ground.reach import cases_within, in_charge
from blueprints.contracts.acting.anew import known_for
from blueprints.contracts.ground.acting_models import (
    ActingAuthority,
    ActingMember,
    AuthorityState,
    Ground,
)
from blueprints.contracts.ground.models import Contract, Reach
from blueprints.registry.areas import city_of
from blueprints.registry.industries import divisions
from blueprints.registry.kinds import Standing, Status
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db
from tenants.federation import this_federation
from tenants.roles import May, Scope

GROUPS: Mapping[str, tuple[AuthorityState, ...]] = {
    "requested": (AuthorityState.REQUESTED,),
    "acting": (AuthorityState.ACTING,),
    "ended": (AuthorityState.REVOKED, AuthorityState.EXPIRED, AuthorityState.HANDED_BACK,
              AuthorityState.REFUSED),
}  # fmt: skip
MOST = 500  # a list one can still choose from; a longer one is narrowed by its standing
ABOVE = ("city", "county", "township", "sector", "park")


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    group: str = ""
    ground: str = ""
    level: str = ""
    alert: str = ""  # "strong": time to hand back; "objected": an answer is owed
    sort: str = "until"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.group or self.ground or self.level or self.alert)

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        def one(name: str, known: Any) -> str:
            return args.get(name, "") if args.get(name) in set(known) else ""

        return cls(
            q=args.get("q", "").strip()[:100],
            group=one("group", GROUPS),
            ground=one("ground", Ground),
            level=one("level", Reach),
            alert=one("alert", ("strong", "objected")),
            sort=args.get("sort", "until"),
            cursor=args.get("cursor"),
        )


ORDERS: Mapping[str, tuple[Key, ...]] = {
    "until": (Key(ActingAuthority.until_on), Key(ActingAuthority.id)),
    "number": (Key(ActingAuthority.id),),
    "scope": (Key(ActingAuthority.scope_name), Key(ActingAuthority.id)),
    "state": (Key(ActingAuthority.state), Key(ActingAuthority.id)),
}


def order_of(sort: str) -> tuple[Key, ...]:
    keys = ORDERS.get(sort.removeprefix("-"), ORDERS["until"])
    return tuple(Key(key.column, descending=sort.startswith("-")) for key in keys)


def authorities(viewer: Viewer, asked: Asked) -> Select[*tuple[Any, ...]]:
    one = ActingAuthority
    return select(
        one.id, one.document_no, one.scope_name, one.mode, one.level, one.state, one.ground,
        one.principal_name, one.acting_name, one.from_on, one.until_on, one.ended_on,
        one.handback_due_on, one.strength_at, one.objected_at, one.objection_answered_at,
    ).where(reached(viewer), *_conditions(asked))  # fmt: skip


def reached(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on ActingAuthority: all, or those for one's own union, enterprises and cases.

    Whoever sees a case sees by what right somebody acts in it.
    """
    if viewer.reach(May.CONTRACTS_READ) is Scope.ALL:
        return true()
    theirs = select(Enterprise.id).where(within_reach(viewer, May.CONTRACTS_READ))
    member = exists().where(
        ActingMember.tenant_id == ActingAuthority.tenant_id,
        ActingMember.authority_id == ActingAuthority.id,
        ActingMember.enterprise_id.in_(theirs),
    )
    takes_part = exists().where(
        CaseEnterprise.tenant_id == ActingAuthority.tenant_id,
        CaseEnterprise.case_id == ActingAuthority.case_id,
        CaseEnterprise.enterprise_id.in_(theirs),
    )
    charged = select(BargainingCase.id).where(in_charge(viewer, May.CONTRACTS_READ))
    own = ActingAuthority.principal_id == viewer.union_id if viewer.union_id else false()
    return or_(member, own, takes_part, ActingAuthority.case_id.in_(charged))


def seen(authority_id: int, viewer: Viewer) -> ActingAuthority:
    """The authority if this person's permission reaches it; else it does not exist."""
    query = select(ActingAuthority).where(ActingAuthority.id == authority_id, reached(viewer))
    return db.session.scalar(query) or abort(404)


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    one = ActingAuthority
    if asked.q:
        yield or_(
            one.scope_name.icontains(asked.q, autoescape=True),
            one.principal_name.icontains(asked.q, autoescape=True),
            one.document_no.icontains(asked.q, autoescape=True),
        )
    if asked.group:
        yield one.state.in_(GROUPS[asked.group])
    if asked.ground:
        yield one.ground == asked.ground
    if asked.level:
        yield one.level == asked.level
    if asked.alert == "strong":
        yield one.strength_at.is_not(None)
        yield one.state == AuthorityState.ACTING
    elif asked.alert == "objected":
        yield one.objected_at.is_not(None)
        yield one.objection_answered_at.is_(None)


def page_of(viewer: Viewer, asked: Asked) -> Page:
    return leaf(authorities(viewer, asked), order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked) -> int:
    query = (
        select(func.count())
        .select_from(ActingAuthority)
        .where(reached(viewer), *_conditions(asked))
    )
    return int(db.session.scalar(query) or 0)


def known_for_case(case_id: int, viewer: Viewer) -> dict[str, Any]:
    """What a proposal for a case of this person's begins with; 404 where they do not see it."""
    query = select(BargainingCase).where(BargainingCase.id == case_id, cases_within(viewer))
    case = db.session.scalar(query) or abort(404)
    return known_for(case, authority_before(case))


def authority_before(case: BargainingCase) -> ActingAuthority | None:
    """The decision behind the contract that a case is to follow on."""
    return db.session.scalar(
        select(ActingAuthority)
        .join(
            Contract,
            (Contract.tenant_id == ActingAuthority.tenant_id)
            & (Contract.acting_authority_id == ActingAuthority.id),
        )
        .where(Contract.id == case.supersedes_contract_id)
    )


def known() -> dict[str, list[Any]]:
    """What a proposal may choose from: enterprises without an able union first, unions, cases."""
    none = SelectChoice(0, "—")
    weak = (
        select(Enterprise.id, Enterprise.name)
        .outerjoin(
            TradeUnion,
            (TradeUnion.tenant_id == Enterprise.tenant_id) & (TradeUnion.id == Enterprise.union_id),
        )
        .where(
            Enterprise.status == Status.ACTIVE,
            or_(Enterprise.union_id.is_(None), TradeUnion.standing != Standing.ABLE),
        )
        .order_by(Enterprise.sort_key, Enterprise.id)
        .limit(MOST)
    )
    lower = (
        select(TradeUnion.id, TradeUnion.name)
        .where(TradeUnion.status == "active", TradeUnion.standing != Standing.ABLE)
        .order_by(TradeUnion.sort_key, TradeUnion.id)
        .limit(MOST)
    )
    upper = (
        select(TradeUnion.id, TradeUnion.name)
        .where(TradeUnion.status == "active", TradeUnion.level.in_(ABOVE))
        .order_by(TradeUnion.sort_key, TradeUnion.id)
        .limit(MOST)
    )
    cases = (
        select(BargainingCase.id, BargainingCase.name)
        .where(BargainingCase.closed_on.is_(None))
        .order_by(BargainingCase.id.desc())
        .limit(MOST)
    )
    here = this_federation()

    def rows(query: Any) -> list[Any]:
        return [none, *(SelectChoice(row[0], row[1]) for row in db.session.execute(query))]

    blank = SelectChoice("", "—")
    return {
        "enterprise_id": rows(weak),
        "principal_id": rows(lower),
        "acting_union_id": [SelectChoice(0, here.name), *rows(upper)[1:]],
        "case_id": rows(cases),
        "industry": [
            blank, *(SelectChoice(one.code, said(one.name)) for one in divisions().values())
        ],
        "area": [
            blank,
            *(SelectChoice(one.code, said(one.name)) for one in city_of(here.division).areas),
        ],
    }  # fmt: skip
