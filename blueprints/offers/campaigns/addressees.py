"""Who gets an offer of a campaign and who signs it: chosen while drafting, fixed at submission."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from blueprints.offers.campaigns.scope import Scope, judged, moment_of
from blueprints.offers.ground import letters
from blueprints.offers.ground.campaign_models import Campaign, CampaignAddressee, IssuerMode
from blueprints.offers.ground.letters import Addressee, Variant, as_addressee, variant_of
from blueprints.offers.ground.models import ActingMode
from blueprints.registry.kinds import Level, Standing
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.queries import found_by
from tenants.clock import today
from tenants.db import db
from tenants.federation import this_federation
from tenants.scope import current_tenant_id

IN_ITS_PLACE = (Level.SECTOR, Level.TOWNSHIP, Level.PARK, Level.COUNTY)


@dataclass(frozen=True)
class Side:
    """How many offers carry the same second signature, or none."""

    variant: Variant
    union_id: int | None
    union_name: str | None
    count: int


def proposed(campaign: Campaign) -> Select[Any]:
    """The addressees as the scope and the register have them today.

    Columns: enterprise_id, name, email, headcount, sort_key, acting_mode, union_id, fields.
    """
    judgement = judged(campaign.id, Scope.from_json(campaign.scope), moment_of(campaign, today()))
    tenant = current_tenant_id()
    own = aliased(TradeUnion, name="own")
    columns = (
        Enterprise.id.label("enterprise_id"),
        Enterprise.name,
        Enterprise.email,
        Enterprise.headcount,
        Enterprise.sort_key,
    )
    among = (
        select(*columns)
        .join(judgement, judgement.c.id == Enterprise.id)
        .where(Enterprise.tenant_id == tenant, judgement.c.reason.is_(None))
    )
    if campaign.issuer_mode == IssuerMode.SINGLE:
        return among.add_columns(
            literal(ActingMode.OWN.value).label("acting_mode"),
            null().label("union_id"),
            func.jsonb_build_object(type_=JSONB).label("fields"),
        )
    stand_in = _stand_in(campaign, own)
    joint = judgement.c.standing == Standing.ABLE
    return (
        among.outerjoin(own, and_(own.tenant_id == tenant, own.id == Enterprise.union_id))
        .outerjoin(stand_in, and_(true(), ~joint))
        .add_columns(
            case(
                (joint, ActingMode.JOINT_DOUBLE_OFFER.value), else_=ActingMode.UPPER_ACTS.value
            ).label("acting_mode"),
            case((joint, own.id), else_=stand_in.c.id).label("union_id"),
            case(
                (joint, _joint_fields(own)), else_=_acting_fields(judgement.c.standing, stand_in)
            ).label("fields"),
        )
    )


def _joint_fields(own: Any) -> ColumnElement[Any]:
    """The enterprise's own union; its chair is chief of the workers' side."""
    return func.jsonb_build_object(
        "second_issuer_name",
        own.name,
        "worker_chief_name",
        func.coalesce(func.nullif(own.chair, ""), letters.PRINCIPAL.zh),
        "second_contact_name",
        func.coalesce(func.nullif(own.contact_name, ""), func.nullif(own.chair, ""), own.name),
        "second_contact_phone",
        func.coalesce(func.nullif(own.phone, ""), letters.THROUGH_UPPER.zh),
        type_=JSONB,
    )


def _acting_fields(standing: Any, stand_in: Any) -> ColumnElement[Any]:
    """A fact of the register as the ground for acting, and who stands in."""
    ground = case((standing == Standing.NONE, letters.NO_UNION.zh), else_=letters.WEAK_UNION.zh)
    return func.jsonb_strip_nulls(
        func.jsonb_build_object("acting_ground", ground, "co_issuer_name", stand_in.c.name),
        type_=JSONB,
    )


def _stand_in(campaign: Campaign, own: Any) -> Any:
    """The union in the place of one that is missing or weak, the closest by industry and area.

    A sector union of the same industry, first of the same area, then of the whole city; then the
    township's or park's own (it is the parent, or bears the locality in its name); then the
    county's. Only one that can bargain, and never the union that is the upper side already.
    """
    union = aliased(TradeUnion, name="other")
    city = this_federation().division
    here = union.area == Enterprise.area
    whole_city = or_(union.area.is_(None), union.area == city)
    same_trade = or_(
        union.industry == Enterprise.industry, union.industry == Enterprise.industries.any_()
    )
    nearby = or_(
        union.id == own.parent_id,
        and_(
            func.coalesce(Enterprise.locality, "") != "",
            func.strpos(union.name, Enterprise.locality) > 0,
        ),
    )
    rank = case(
        (and_(union.level == Level.SECTOR, same_trade, here), 0),
        (and_(union.level == Level.SECTOR, same_trade, whole_city), 1),
        (and_(union.level.in_((Level.TOWNSHIP, Level.PARK)), here, nearby), 2),
        (and_(union.level == Level.COUNTY, here), 3),
        else_=None,
    )
    return (
        select(union.id, union.name)
        .where(
            union.tenant_id == current_tenant_id(),
            union.level.in_(IN_ITS_PLACE),
            union.standing == Standing.ABLE,
            union.status == "active",
            union.id != (campaign.union_id or 0),
            rank.is_not(None),
        )
        .order_by(rank, union.id)
        .limit(1)
        .lateral("stand_in")
    )


def fixed(campaign: Campaign) -> Select[Any]:
    """The addressees as fixed at submission, in the same columns."""
    return (
        select(
            Enterprise.id.label("enterprise_id"),
            Enterprise.name,
            Enterprise.email,
            Enterprise.headcount,
            Enterprise.sort_key,
            CampaignAddressee.acting_mode,
            CampaignAddressee.union_id,
            CampaignAddressee.fields,
        )
        .join(CampaignAddressee, CampaignAddressee.enterprise_id == Enterprise.id)
        .where(CampaignAddressee.campaign_id == campaign.id, CampaignAddressee.left_out.is_(None))
    )


def addressees(campaign: Campaign) -> Select[Any]:
    """Whoever gets a letter: as fixed, or while drafting as proposed."""
    return proposed(campaign) if campaign.fixed is None else fixed(campaign)


def sides(campaign: Campaign) -> list[Side]:
    """How many sign with their own union, how many with another in its place, and by whom."""
    among = addressees(campaign).subquery()
    beside = case((among.c.acting_mode == ActingMode.UPPER_ACTS, among.c.union_id), else_=None)
    name = among.c.fields["co_issuer_name"].astext
    grouped = select(among.c.acting_mode, beside.label("beside"), name.label("name")).subquery()
    query: Select[Any] = select(*grouped.c, func.count()).group_by(*grouped.c)
    found = [
        Side(variant_of(mode, union_id), union_id, union_name, count)
        for mode, union_id, union_name, count in db.session.execute(query).all()
    ]
    order = list(Variant)
    return sorted(found, key=lambda side: (order.index(side.variant), -side.count))


def one_of_them(campaign: Campaign, n: int, q: str = "") -> tuple[int, Any | None]:
    """How many there are (matching `q`), and the one at place `n`, counted from 0."""
    query = addressees(campaign)
    if q:
        query = query.where(found_by(q))
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    at = min(max(n, 0), max(count - 1, 0))
    row = db.session.execute(
        query.order_by(Enterprise.sort_key, Enterprise.id).offset(at).limit(1)
    ).one_or_none()
    return count, row


def mailed(campaign: Campaign) -> int:
    """How many of them have an address for mail; the others get paper."""
    among = addressees(campaign).subquery()
    return int(db.session.scalar(select(func.count(func.nullif(among.c.email, "")))) or 0)


def as_letter_addressee(row: Any) -> Addressee:
    return as_addressee(row, row.name)


def fix(campaign: Campaign) -> int:
    """Write down exactly whom the campaign addresses; returns how many."""
    loosen(campaign)
    among = proposed(campaign).subquery()
    query = select(
        literal(current_tenant_id()),
        literal(campaign.id),
        among.c.enterprise_id,
        among.c.acting_mode,
        among.c.union_id,
        among.c.fields,
    )
    written = insert(CampaignAddressee).from_select(
        ["tenant_id", "campaign_id", "enterprise_id", "acting_mode", "union_id", "fields"],
        query,
        include_defaults=False,
    )
    db.session.execute(written)
    counted = select(func.count()).where(CampaignAddressee.campaign_id == campaign.id)
    return int(db.session.scalar(counted) or 0)


def loosen(campaign: Campaign) -> None:
    """Let go of what was fixed: the campaign goes back to its officer."""
    db.session.execute(
        delete(CampaignAddressee).where(CampaignAddressee.campaign_id == campaign.id)
    )
