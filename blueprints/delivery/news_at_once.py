"""News at once (即时提要): what has just happened within one reader's reach, told the minute after.

The trail is the list of what happened: its numbers are given in the order of commits, so each
reader's mark is a number of it, and nothing is told twice or passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import Select, and_, cast, func, or_, select
from sqlalchemy import Text as SqlText

from blueprints.delivery.models import MailChoice, Pace
from blueprints.notices.actions import post
from blueprints.notices.models import ContactRepair
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from rules.days import local_day
from rules.words import Text
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import Event, User, UserStatus
from tenants.roles import May

TEXT = "28j-mail-news-at-once"
KIND = "news"
LISTED = 20
TITLES = {
    "offer.replied": Text("收到答复", "a reply has come in"),
    "offer.reply_corrected": Text("答复已更正", "the reply was corrected"),
    "offer.lapsed": Text("答复期满，没有收到答复", "the period has lapsed without a reply"),
    "contact.failed": Text("联系方式需要更正", "the contact is to be repaired"),
    "campaign.submitted": Text("等您审批", "waits for your approval"),
}
ABOUT_OFFERS = ("offer.replied", "offer.reply_corrected", "offer.lapsed")


@dataclass(frozen=True)
class Item:
    """One thing that happened."""

    seq: int
    on: date
    unit: str
    title: Text
    path: str


def mark() -> int:
    """The number of the last thing that happened in this federation."""
    return int(db.session.scalar(select(func.max(Event.seq))) or 0)


def readers() -> list[tuple[MailChoice, User]]:
    """Who wants to hear at once, each row locked: two runs at a time take turns."""
    query = (
        select(MailChoice, User)
        .join(User, and_(User.tenant_id == MailChoice.tenant_id, User.id == MailChoice.user_id))
        .where(MailChoice.digest == Pace.IMMEDIATE, User.status == UserStatus.ACTIVE)
        .order_by(MailChoice.id)
        .with_for_update(of=MailChoice)
        .execution_options(populate_existing=True)
    )
    return [(choice, user) for choice, user in db.session.execute(query)]


def tell(choice: MailChoice, user: User, upto: int) -> bool:
    """Owe one mail with what is new up to a number, and move the mark; False without news."""
    after = choice.told_seq if choice.told_seq is not None else upto
    viewer = Viewer(
        user.id, user.tenant_id, 0, user.role, user.name, user.email, user.locale, user.union_id
    )
    items = list(news_for(viewer, after, upto))
    choice.told_seq = upto
    if not items:
        return False
    federation = this_federation()
    base = f"{current_app.config['BASE_URL']}/{federation.slug}"
    name = federation.name_en if user.locale == "en" else federation.name
    post(
        KIND,
        subject=("user", user.id),
        recipient=f"user:{user.id}",
        name=user.name,
        address=user.email,
        text_id=TEXT,
        locale=user.locale,
        sequence=upto,
        values={
            "tenant_short_name": name,
            "tenant_name": name,
            "recipient_name": user.name,
            "news_count": len(items),
            "news_items": [
                {
                    "news_item_on": item.on,
                    "news_item_unit": item.unit,
                    "news_item_title": item.title,
                    "news_item_url": base + item.path,
                }
                for item in items[:LISTED]
            ],
            "workbench_url": f"{base}/",
            "preferences_url": f"{base}/delivery/digest",
        },
    )
    return True


def news_for(viewer: Viewer, after: int, upto: int) -> Iterator[Item]:
    """What happened within the reach of this person and by another hand, in its order."""
    if not viewer.may(May.OFFERS_READ):
        return
    found: list[Item] = []
    for query, path in _asked(viewer):
        fresh = query.where(
            Event.seq > after, Event.seq <= upto, Event.actor_id.is_distinct_from(viewer.id)
        )
        found += [
            Item(row.seq, local_day(row.at), row.unit, TITLES[row.verb], f"{path}/{row.ident}")
            for row in db.session.execute(fresh)
        ]
    yield from sorted(found, key=lambda item: item.seq)


def _asked(viewer: Viewer) -> Iterator[tuple[Select[*tuple[Any, ...]], str]]:
    """The events of each kind that this person may hear of, and where its page is."""
    mine = within_reach(viewer, May.OFFERS_READ)
    event = (Event.seq, Event.at, Event.verb, Event.subject_id.label("ident"))
    yield (
        select(*event, Offer.addressee_name.label("unit"))
        .join(Offer, and_(Offer.tenant_id == Event.tenant_id, Offer.id == Event.subject_id))
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Offer.tenant_id, Enterprise.id == Offer.enterprise_id),
        )
        .where(Event.subject_kind == "offer", Event.verb.in_(ABOUT_OFFERS), mine),
        "/offers",
    )
    if viewer.may(May.CONTACTS_REPAIR):
        yield (
            select(*event, ContactRepair.recipient_name.label("unit"))
            .join(
                ContactRepair,
                and_(
                    ContactRepair.tenant_id == Event.tenant_id,
                    ContactRepair.id == Event.subject_id,
                ),
            )
            .outerjoin(
                Enterprise,
                and_(
                    Enterprise.tenant_id == ContactRepair.tenant_id,
                    ContactRepair.recipient == "enterprise:" + cast(Enterprise.id, SqlText),
                ),
            )
            .where(
                Event.subject_kind == "contact_repair",
                Event.verb == "contact.failed",
                or_(Enterprise.id.is_(None), mine),
            ),
            "/contacts",
        )
    if viewer.may(May.CAMPAIGNS_APPROVE):
        yield (
            select(*event, Campaign.name.label("unit"))
            .join(
                Campaign,
                and_(Campaign.tenant_id == Event.tenant_id, Campaign.id == Event.subject_id),
            )
            .where(Event.subject_kind == "campaign", Event.verb == "campaign.submitted"),
            "/campaigns",
        )
