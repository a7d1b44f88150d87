"""Which offers may be bargained together, and what they say about the case that joins them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import exists, select

from blueprints.bargaining.cases.opening import ACCEPTED, accepted
from blueprints.bargaining.ground.models import (
    BargainingCase,
    CaseEnterprise,
    CaseLevel,
    CaseState,
    Part,
)
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.moves import state_label, state_look
from blueprints.registry.kinds import Level, Status
from blueprints.registry.models import Enterprise, TradeUnion
from tenants.db import db

MOST = 500
__all__ = ["Asked", "offers_free", "state_label", "state_look", "suggested"]


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar."""

    campaign: int | None = None
    area: str = ""
    answer: str = "accepted"  # or "all": those that refused or are silent are kept as candidates

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        campaign = args.get("campaign", "")
        return cls(
            int(campaign) if campaign.isdecimal() and len(campaign) < 19 else None,
            args.get("area", "").replace("\x00", ""),
            "all" if args.get("answer") == "all" else "accepted",
        )


def offers_free(asked: Asked) -> Sequence[Any]:
    """Offers that no case is bargaining, those that were accepted first."""
    in_a_case = exists(
        select(CaseEnterprise.id)
        .join(
            BargainingCase,
            (BargainingCase.tenant_id == CaseEnterprise.tenant_id)
            & (BargainingCase.id == CaseEnterprise.case_id),
        )
        .where(
            CaseEnterprise.tenant_id == Offer.tenant_id,
            CaseEnterprise.offer_id == Offer.id,
            CaseEnterprise.part != Part.LEFT,
            BargainingCase.state != CaseState.LAPSED,
        )
    )
    query = (
        select(
            Offer.id, Offer.document_no, Offer.addressee_name, Offer.state, Offer.replied_on,
            Enterprise.area, Enterprise.industry, Enterprise.headcount,
        )
        .join(
            Enterprise,
            (Enterprise.tenant_id == Offer.tenant_id) & (Enterprise.id == Offer.enterprise_id),
        )
        .where(~in_a_case, Offer.state != OfferState.CLOSED)
    )  # fmt: skip
    if asked.campaign is not None:
        query = query.where(Offer.campaign_id == asked.campaign)
    if asked.area:
        query = query.where(Enterprise.area == asked.area)
    if asked.answer == "accepted":
        query = query.where(Offer.state.in_(ACCEPTED))
    order = Offer.state.in_(ACCEPTED).desc(), Enterprise.sort_key, Offer.id
    return db.session.execute(query.order_by(*order).limit(MOST)).all()


def suggested(offers: Sequence[Offer], today: date) -> dict[str, Any]:
    """What a form may start with: the officer corrects it."""
    known: dict[str, Any] = {"opened_on": today, "counted_on": today}
    if not offers:
        return {**known, "level": CaseLevel.ENTERPRISE}
    query = select(Enterprise).where(Enterprise.id.in_([offer.enterprise_id for offer in offers]))
    firms = db.session.scalars(query).all()
    campaign = db.session.get(Campaign, (offers[0].tenant_id, offers[0].campaign_id))
    one = next((offer for offer in offers if accepted(offer)), offers[0])
    trades = {firm.industry for firm in firms}
    areas = {firm.area for firm in firms}
    industry = next(iter(trades)) if len(trades) == 1 else None
    area = next(iter(areas)) if len(areas) == 1 else None
    return {
        **known,
        "level": _level(offers, industry),
        "contract_kind": one.contract_kind,
        "acting_mode": one.acting_mode,
        "subject": campaign.subject if campaign else "",
        "industry": industry or "",
        "area": area or "",
        "name": one.addressee_name if len(offers) == 1 else "",
        "union_id": str(_union(firms, industry, area) or ""),
        "upper_union_id": str(campaign.union_id or "") if campaign else "",
        "opened_on": max([today, *(offer.replied_on or date.min for offer in offers)]),
    }


def firms_of(ids: Sequence[int]) -> Sequence[Enterprise]:
    """Enterprises picked on the register."""
    query = select(Enterprise).where(Enterprise.id.in_(ids), Enterprise.status == Status.ACTIVE)
    return db.session.scalars(query.order_by(Enterprise.sort_key, Enterprise.id)).all()


def suggested_by(firms: Sequence[Enterprise]) -> dict[str, Any]:
    """What a form may start with where a case is opened by hand for these."""
    if not firms:
        return {}
    trades, areas = {firm.industry for firm in firms}, {firm.area for firm in firms}
    industry = next(iter(trades)) if len(trades) == 1 else None
    area = next(iter(areas)) if len(areas) == 1 else None
    level = CaseLevel.INDUSTRY if industry else CaseLevel.REGIONAL
    return {
        "level": level if len(firms) > 1 else CaseLevel.ENTERPRISE,
        "industry": industry or "",
        "area": area or "",
        "name": firms[0].name if len(firms) == 1 else "",
        "union_id": str(_union(firms, industry, area) or ""),
    }


def _level(offers: Sequence[Offer], industry: str | None) -> CaseLevel:
    if len(offers) == 1:
        return CaseLevel.ENTERPRISE
    return CaseLevel.INDUSTRY if industry else CaseLevel.REGIONAL


def _union(firms: Sequence[Enterprise], industry: str | None, area: str | None) -> int | None:
    """The union of the one firm, or the sector union of the trade in that area."""
    if len(firms) == 1:
        return firms[0].union_id
    if industry is None:
        return None
    of_trade = select(TradeUnion.id).where(
        TradeUnion.level == Level.SECTOR, TradeUnion.industry == industry,
        TradeUnion.status == "active",
    )  # fmt: skip
    near = TradeUnion.area == (area or "")
    return db.session.scalar(of_trade.order_by(near.desc().nulls_last(), TradeUnion.id).limit(1))


def unions_for(case_union: int | None, firms: Sequence[int]) -> Sequence[TradeUnion]:
    """Unions that can stand for the workers: those above the enterprise, and the firms' own."""
    own = select(Enterprise.union_id).where(
        Enterprise.id.in_(firms), Enterprise.union_id.is_not(None)
    )
    above = TradeUnion.level.not_in((Level.ENTERPRISE, Level.JOINT)) & (
        TradeUnion.status == "active"
    )
    query = select(TradeUnion).where(
        above | TradeUnion.id.in_(own) | (TradeUnion.id == (case_union or 0))
    )
    return db.session.scalars(query.order_by(TradeUnion.sort_key, TradeUnion.id)).all()
