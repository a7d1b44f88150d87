"""The list of offers: what may be asked of it, and the rows that answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.registry.queries import found_by
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from blueprints.supervisors.models import Assignment
from blueprints.supervisors.queries import in_force, served_by
from tenants.db import db
from tenants.roles import May

WAITING = (OfferState.SERVED, OfferState.REMINDED)
GROUPS: Mapping[str, tuple[OfferState, ...]] = {
    "unserved": (OfferState.SEALED, OfferState.DISPATCHED, OfferState.UNDELIVERABLE),
    "waiting": WAITING,
    "accepted": (OfferState.ANSWERED_YES, OfferState.ANSWERED_CONDITIONAL),
    "refused": (OfferState.ANSWERED_NO,),
    "silent": (OfferState.OVERDUE, OfferState.ESCALATED),
    "closed": (OfferState.CLOSED,),
}
ANSWERED = "answered"  # a wider group of the filter: any answer but «not us»
STATES: Mapping[str, tuple[OfferState, ...]] = {
    **GROUPS,
    ANSWERED: (*GROUPS["accepted"], *GROUPS["refused"]),
}
FAR = date(9999, 12, 31)
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    campaign: int | None = None
    group: str = ""
    area: str = ""
    due: str = ""  # "soon", "past", or a day
    supervisor: int | None = None  # whose portfolio; 0: of nobody
    sort: str = "due"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.campaign or self.group or self.area or self.due) or (
            self.supervisor is not None
        )

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        campaign, supervisor = args.get("campaign", ""), args.get("supervisor", "")
        return cls(
            q=args.get("q", "").strip()[:100],
            campaign=int(campaign) if campaign.isdecimal() else None,
            group=args.get("group", "") if args.get("group") in STATES else "",
            area=args.get("area", ""),
            due=args.get("due", ""),
            supervisor=int(supervisor) if supervisor.isdecimal() else None,
            sort=args.get("sort", "due"),
            cursor=args.get("cursor"),
        )


_DUE = func.coalesce(Offer.reply_due_on, literal(FAR))
_ORDERS: Mapping[str, tuple[Key, ...]] = {
    "due": (Key(_DUE), Key(Offer.id)),
    "number": (Key(Offer.year), Key(Offer.number), Key(Offer.id)),
    "name": (Key(Enterprise.sort_key), Key(Offer.id)),
    "state": (Key(Offer.state), Key(Offer.id)),
}


def order_of(sort: str) -> tuple[Key, ...]:
    """The keys of an order; "-due" turns it round, and a word we do not know is "due"."""
    keys = _ORDERS.get(sort.removeprefix("-"), _ORDERS["due"])
    return turned(keys, sort)


def columns() -> Select[*tuple[Any, ...]]:
    return select(
        Offer.id,
        Offer.enterprise_id,
        Offer.document_no,
        Offer.addressee_name,
        Offer.state,
        Offer.acting_mode,
        Offer.served_on,
        Offer.reply_due_on,
        Offer.replied_on,
        Enterprise.area,
        Enterprise.industry,
        Enterprise.headcount,
        Campaign.name.label("campaign"),
    ).select_from(Offer)


def offers(viewer: Viewer, asked: Asked, *, today: date) -> Select[*tuple[Any, ...]]:
    """The rows this person may see, filtered as asked."""
    return narrowed(columns(), viewer, asked, today=today)


def narrowed(
    query: Select[*tuple[Any, ...]], viewer: Viewer, asked: Asked, *, today: date
) -> Select[*tuple[Any, ...]]:
    query = query.join(
        Enterprise,
        (Enterprise.tenant_id == Offer.tenant_id) & (Enterprise.id == Offer.enterprise_id),
    ).join(Campaign, (Campaign.tenant_id == Offer.tenant_id) & (Campaign.id == Offer.campaign_id))
    return query.where(within_reach(viewer, May.OFFERS_READ), *conditions(asked, today))


def conditions(asked: Asked, today: date) -> Iterator[ColumnElement[bool]]:
    if asked.q:
        yield or_(
            found_by(asked.q),
            Offer.addressee_name.icontains(asked.q, autoescape=True),
            Offer.document_no.contains(plain_number(asked.q), autoescape=True),
        )
    if asked.campaign is not None:
        yield Offer.campaign_id == asked.campaign
    if asked.group:
        yield Offer.state.in_(STATES[asked.group])
    if asked.area:
        yield Enterprise.area == asked.area
    if asked.supervisor:
        yield Offer.enterprise_id.in_(served_by(asked.supervisor, today))
    elif asked.supervisor == 0:
        yield Offer.enterprise_id.not_in(select(Assignment.enterprise_id).where(*in_force(today)))
    if asked.due == "soon":
        yield Offer.state.in_(WAITING)
        yield Offer.reply_due_on.between(today, today + SOON)
    elif asked.due == "past":
        yield Offer.state == OfferState.OVERDUE
    elif (day := _day(asked.due)) is not None:
        yield Offer.state.in_(WAITING)
        yield Offer.reply_due_on == day


def page_of(viewer: Viewer, asked: Asked, *, today: date) -> Page:
    return leaf(offers(viewer, asked, today=today), order_of(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked, *, today: date) -> int:
    query = narrowed(select(func.count()).select_from(Offer), viewer, asked, today=today)
    return int(db.session.scalar(query) or 0)


def campaigns_with_offers() -> list[tuple[int, str]]:
    """The campaigns that can be chosen in the filter, the newest first."""
    query = (
        select(Campaign.id, Campaign.name)
        .where(Campaign.issued_at.is_not(None))
        .order_by(Campaign.issued_at.desc())
        .limit(100)
    )
    return [(ident, name) for ident, name in db.session.execute(query)]


def plain_number(typed: str) -> str:
    """A document number with the brackets of our own, however they were typed."""
    return typed.translate(_BRACKETS).replace(" ", "")


_BRACKETS = str.maketrans("[]()（）【】［］", "〔〕〔〕〔〕〔〕〔〕")


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
