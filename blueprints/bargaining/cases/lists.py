"""The list of cases: what may be asked of it, and the rows that answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, func, or_, select

from blueprints.bargaining.ground.labels import LEVELS
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, CaseState, Part
from blueprints.bargaining.ground.reach import cases_within
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.models import TradeUnion
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from blueprints.supervisors.models import Supervisor
from tenants.db import db

GROUPS: Mapping[str, tuple[CaseState, ...]] = {
    "preparing": (
        CaseState.FORECAST, CaseState.PREPARING, CaseState.TEAM_FORMING, CaseState.OFFERED,
        CaseState.REPLIED_NO, CaseState.NO_REPLY,
    ),
    "bargaining": (
        CaseState.REPLIED_YES, CaseState.INFO_EXCHANGE, CaseState.NEGOTIATING,
        CaseState.SUSPENDED, CaseState.DISPUTE_MAKING,
    ),
    "deciding": (CaseState.DRAFT_AGREED, CaseState.VOTING, CaseState.VOTE_LOST),
    "signed": (CaseState.SIGNED, CaseState.FILED, CaseState.OBJECTED),
    "in_force": (
        CaseState.EFFECTIVE, CaseState.PUBLISHED, CaseState.PERFORMING, CaseState.AMENDING,
        CaseState.TERMINATING,
    ),
    "ended": (CaseState.EXPIRED, CaseState.RENEWED, CaseState.LAPSED),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    group: str = ""
    level: str = ""
    area: str = ""
    industry: str = ""
    campaign: int | None = None
    supervisor: int | None = None  # who is in charge; 0: nobody
    sort: str = "-opened"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        words = (self.q, self.group, self.level, self.area, self.industry, self.campaign)
        return any(words) or self.supervisor is not None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        sort = args.get("sort", "-opened")
        return cls(
            q=args.get("q", "").strip().replace("\x00", "")[:100],
            group=args.get("group", "") if args.get("group") in GROUPS else "",
            level=args.get("level", "") if args.get("level") in LEVELS else "",
            area=args.get("area", "").replace("\x00", ""),
            industry=args.get("industry", "").replace("\x00", ""),
            campaign=_number(args.get("campaign", "")),
            supervisor=_number(args.get("supervisor", "")),
            sort=sort if sort.removeprefix("-") in _ORDERS else "-opened",
            cursor=args.get("cursor"),
        )


_ORDERS: Mapping[str, tuple[Key, ...]] = {
    "opened": (Key(BargainingCase.opened_on), Key(BargainingCase.id)),
    "number": (Key(BargainingCase.year), Key(BargainingCase.number), Key(BargainingCase.id)),
    "name": (Key(BargainingCase.name), Key(BargainingCase.id)),
    "state": (Key(BargainingCase.state), Key(BargainingCase.id)),
}


def order_of(sort: str) -> tuple[Key, ...]:
    return turned(_ORDERS[sort.removeprefix("-")], sort)


def cases(viewer: Viewer, asked: Asked) -> Select[*tuple[Any, ...]]:
    """The rows this person may see, filtered as asked."""
    one = BargainingCase
    query = (
        select(
            one.id, one.name, one.document_no, one.state, one.level, one.contract_kind,
            one.acting_mode, one.area, one.territory, one.industry, one.opened_on, one.counted_on,
            TradeUnion.name.label("union"), Supervisor.name.label("supervisor"),
            Campaign.name.label("campaign"),
        )
        .select_from(one)
        .outerjoin(
            TradeUnion, (TradeUnion.tenant_id == one.tenant_id) & (TradeUnion.id == one.union_id)
        )
        .outerjoin(
            Supervisor,
            (Supervisor.tenant_id == one.tenant_id) & (Supervisor.id == one.supervisor_id),
        )
        .outerjoin(
            Campaign, (Campaign.tenant_id == one.tenant_id) & (Campaign.id == one.campaign_id)
        )
    )  # fmt: skip
    return query.where(cases_within(viewer), *conditions(asked))


def conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    one = BargainingCase
    if asked.q:
        member = select(CaseEnterprise.case_id).where(
            CaseEnterprise.name.icontains(asked.q, autoescape=True)
        )
        yield or_(
            one.name.icontains(asked.q, autoescape=True),
            one.document_no.contains(asked.q.translate(_BRACKETS), autoescape=True),
            one.id.in_(member),
        )
    if asked.group:
        yield one.state.in_(GROUPS[asked.group])
    if asked.level:
        yield one.level == asked.level
    if asked.area:
        yield one.area == asked.area
    if asked.industry:
        yield one.industry == asked.industry
    if asked.campaign is not None:
        yield one.campaign_id == asked.campaign
    if asked.supervisor:
        yield one.supervisor_id == asked.supervisor
    elif asked.supervisor == 0:
        yield one.supervisor_id.is_(None)


def page_of(viewer: Viewer, asked: Asked) -> Page:
    return leaf(cases(viewer, asked), order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked) -> int:
    query = select(func.count()).select_from(BargainingCase)
    return db.session.scalar(query.where(cases_within(viewer), *conditions(asked))) or 0


def sizes(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many enterprises and workers take part in each of these cases, in one query."""
    query = (
        select(
            CaseEnterprise.case_id,
            func.count(),
            func.coalesce(func.sum(CaseEnterprise.headcount), 0).label("workers"),
        )
        .where(CaseEnterprise.case_id.in_(ids), CaseEnterprise.part != Part.LEFT)
        .group_by(CaseEnterprise.case_id)
    )
    return {ident: (many, heads or 0) for ident, many, heads in db.session.execute(query)}


_BRACKETS = str.maketrans("[]()（）【】［］", "〔〕〔〕〔〕〔〕〔〕")


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) < 19 else None
