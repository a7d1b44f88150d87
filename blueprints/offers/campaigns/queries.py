"""Campaigns found, and what the pages about one of them show."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Row, false, func, select, true

from blueprints.offers.ground.campaign_models import (
    Campaign,
    CampaignPick,
    CampaignState,
    CampaignTopic,
)
from blueprints.registry.models import TradeUnion
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from tenants.clock import ZONE
from tenants.db import db
from tenants.models import Document, User
from tenants.roles import May, Scope
from tenants.scope import area_scope

ATTACHMENT = "campaign.attachment"
ATTACHED = "attachments"
SORTS: dict[str, tuple[Key, ...]] = {
    "made": (Key(Campaign.created_at), Key(Campaign.id)),
    "name": (Key(Campaign.name), Key(Campaign.id)),
    "addressed": (Key(func.coalesce(Campaign.addressed, -1)), Key(Campaign.id)),
}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    q: str = ""
    state: str = ""
    year: str = ""
    sort: str = "-made"

    @classmethod
    def from_args(cls, args: Any) -> "Wanted":
        """Out of an address. What is not a choice is taken for none."""
        asked = {field.name: args.get(field.name, "").strip() for field in fields(cls)}
        if asked["sort"].removeprefix("-") not in SORTS:
            asked["sort"] = cls.sort
        if asked["state"] not in set(CampaignState):
            asked["state"] = ""
        if not (asked["year"].isascii() and asked["year"].isdigit() and len(asked["year"]) == 4):
            asked["year"] = ""
        return cls(**asked)

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.state or self.year)


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """A partner sees what the federation shares with its partners; all other readers see all."""
    scope = viewer.reach(May.CAMPAIGNS_READ)
    if scope is Scope.ALL:
        return true()
    return Campaign.shared_at.is_not(None) if scope is Scope.SHARED else false()


def get_campaign(campaign_id: int, viewer: Viewer, *, lock: bool = False) -> Campaign:
    """A campaign this person may see, or 404. Lock it to change it."""
    query = select(Campaign).where(Campaign.id == campaign_id, visible(viewer))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query) or abort(404)


def listing(wanted: Wanted, viewer: Viewer, *, cursor: str | None = None) -> Page:
    return leaf(_listed(wanted, viewer), _order(wanted), cursor=cursor)


def for_export(wanted: Wanted, viewer: Viewer) -> Sequence[Row[Any]]:
    """All that the list holds, in its order."""
    keys = (k.ordered for k in _order(wanted))
    return db.session.execute(_listed(wanted, viewer).order_by(*keys)).all()


def how_many(wanted: Wanted, viewer: Viewer) -> int:
    query = select(func.count()).select_from(Campaign)
    return db.session.execute(query.where(visible(viewer), *_conditions(wanted))).scalar_one()


def years(viewer: Viewer) -> list[int]:
    """The years in which there are campaigns, the latest first."""
    query = select(func.min(Campaign.created_at), func.max(Campaign.created_at))
    row: Any = db.session.execute(query.where(visible(viewer))).one()
    first, last = row
    if first is None:
        return []
    return list(range(last.astimezone(ZONE).year, first.astimezone(ZONE).year - 1, -1))


def _listed(wanted: Wanted, viewer: Viewer) -> Any:
    return (
        select(
            Campaign.id,
            Campaign.name,
            Campaign.subject,
            Campaign.state,
            Campaign.issuer_mode,
            Campaign.contract_kind,
            Campaign.addressed,
            Campaign.created_at,
            Campaign.issued_at,
            Campaign.shared_at,
            TradeUnion.name.label("union_name"),
            User.name.label("proposer"),
        )
        .join(User, User.id == Campaign.proposed_by_id)
        .outerjoin(TradeUnion, TradeUnion.id == Campaign.union_id)
        .where(visible(viewer), *_conditions(wanted))
    )


def _order(wanted: Wanted) -> tuple[Key, ...]:
    return turned(SORTS[wanted.sort.removeprefix("-")], wanted.sort)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.q:
        asked.append(func.strpos(func.lower(Campaign.name), wanted.q.lower()) > 0)
    if wanted.state:
        asked.append(Campaign.state == wanted.state)
    if wanted.year:
        asked.append(Campaign.created_at >= _new_year(int(wanted.year)))
        asked.append(Campaign.created_at < _new_year(int(wanted.year) + 1))
    return asked


def _new_year(year: int) -> datetime:
    return datetime.combine(date(max(min(year, 9998), 1), 1, 1), datetime.min.time(), ZONE)


def name_taken(name: str) -> bool:
    """Whether the federation has a campaign of this name, in whatever area."""
    with area_scope(None):
        return db.session.scalar(select(Campaign.id).where(Campaign.name == name)) is not None


def topics(campaign: Campaign) -> Sequence[CampaignTopic]:
    query = select(CampaignTopic).where(CampaignTopic.campaign_id == campaign.id)
    return db.session.scalars(query.order_by(CampaignTopic.position_no)).all()


def pick_of(campaign: Campaign, enterprise_id: int) -> CampaignPick | None:
    return db.session.scalar(
        select(CampaignPick).where(
            CampaignPick.campaign_id == campaign.id, CampaignPick.enterprise_id == enterprise_id
        )
    )


def attachments(campaign: Campaign) -> Sequence[Document]:
    """The files that go with every letter. One taken out stays in the records."""
    ids = campaign.letter.get(ATTACHED, [])
    query = select(Document).where(Document.id.in_(ids), *_belongs_to(campaign))
    return db.session.scalars(query.order_by(Document.id)).all()


def attachment(campaign: Campaign, document_id: int) -> Document:
    query = select(Document).where(Document.id == document_id, *_belongs_to(campaign))
    return db.session.scalar(query) or abort(404)


def _belongs_to(campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    return (
        Document.subject_kind == Campaign.__tablename__,
        Document.subject_id == campaign.id,
        Document.purpose == ATTACHMENT,
    )


def union_of(campaign: Campaign) -> TradeUnion | None:
    if campaign.union_id is None:
        return None
    return db.session.scalar(select(TradeUnion).where(TradeUnion.id == campaign.union_id))


def people(campaign: Campaign) -> dict[int, str]:
    """Who proposed it and who approved it, by id."""
    ids = {campaign.proposed_by_id, campaign.approved_by_id} - {None}
    query = select(User.id, User.name).where(User.id.in_(ids))
    return dict(db.session.execute(query).all())
