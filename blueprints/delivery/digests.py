"""The digest (工作提要): what is open within one reader's reach, and no further.

A reader sees in it just what the pages would show them: the same condition bounds both. A union
that has an address and no account is read for as its account would be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Text as SqlText
from sqlalchemy import and_, cast, func, or_, select

from blueprints.delivery.models import MailChoice, Pace
from blueprints.notices.actions import post
from blueprints.notices.models import ContactRepair
from blueprints.offers.ground.campaign_models import Campaign, CampaignState
from blueprints.offers.ground.deadlines import REPLY
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus, Reply
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.policy import ABOVE_ENTERPRISES, within_reach
from blueprints.shared.guards import Viewer
from rules.words import Text
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User, UserStatus
from tenants.roles import May, Role

TEXT = "28a-mail-weekly-digest"
KIND = "digest"
LISTED = 20
WEEK = timedelta(days=7)
WHAT = Text("要约答复期满", "reply to the offer due")
DEFAULT = {Role.UNION: Pace.WEEKLY}  # who hears from us without having chosen; others do not


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a digest, and what they may see."""

    recipient: str
    name: str
    address: str
    locale: str
    pace: str
    viewer: Viewer
    chose: bool  # gets one even when nothing is open


@dataclass(frozen=True)
class Open:
    """What is open within a reader's reach."""

    due: list[Any]
    due_count: int
    overdue: int
    new_replies: int
    repairs: int
    approvals: int

    @property
    def anything(self) -> bool:
        return any((self.due_count, self.overdue, self.new_replies, self.repairs, self.approvals))


def readers() -> Iterator[Reader]:
    """Accounts by their own choice, then unions that have an address and no account."""
    federation = this_federation()
    query = (
        select(User, MailChoice.digest)
        .outerjoin(
            MailChoice, and_(MailChoice.tenant_id == User.tenant_id, MailChoice.user_id == User.id)
        )
        .where(User.status == UserStatus.ACTIVE)
        .order_by(User.id)
    )
    spoken_for = set()
    for user, chosen in db.session.execute(query):
        spoken_for.add(user.union_id)
        pace = chosen or DEFAULT.get(Role(user.role), Pace.NEVER)
        if pace in {Pace.NEVER, Pace.IMMEDIATE}:  # the latter hears as things happen
            continue
        viewer = Viewer(
            user.id, federation.id, 0, user.role, user.name, user.email, user.locale, user.union_id
        )
        if viewer.may(May.OFFERS_READ):
            yield Reader(
                f"user:{user.id}", user.name, user.email, user.locale, pace, viewer, bool(chosen)
            )
    for union in db.session.scalars(_unions()):
        if union.id not in spoken_for:
            viewer = Viewer(
                0, federation.id, 0, Role.UNION, union.name, union.email or "", "zh_CN", union.id
            )
            yield Reader(
                f"union:{union.id}", union.name, union.email or "", "zh_CN", Pace.WEEKLY, viewer,
                chose=False,
            )  # fmt: skip


def what_is_open(viewer: Viewer, day: date, since: timedelta) -> Open:
    """Counted and listed under the very condition that the pages put to this person."""
    mine = within_reach(viewer, May.OFFERS_READ)
    offers = (
        select(Offer)
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Offer.tenant_id, Enterprise.id == Offer.enterprise_id),
        )
        .where(mine)
    )
    due = (
        offers.join(
            Deadline, and_(Deadline.tenant_id == Offer.tenant_id, Deadline.subject_id == Offer.id)
        )
        .where(
            Deadline.subject_kind == Offer.__tablename__,
            Deadline.rule_key == REPLY,
            Deadline.status == DeadlineStatus.RUNNING,
            Deadline.due_on.between(day, day + WEEK - timedelta(days=1)),
        )
        .with_only_columns(Offer.id, Offer.addressee_name, Deadline.due_on)
    )
    replies = offers.join(
        Reply, and_(Reply.tenant_id == Offer.tenant_id, Reply.offer_id == Offer.id)
    ).where(Reply.received_at > now() - since)
    repairs = select(ContactRepair.id).join(
        Enterprise,
        and_(
            Enterprise.tenant_id == ContactRepair.tenant_id,
            ContactRepair.recipient == "enterprise:" + cast(Enterprise.id, SqlText),
        ),
    )
    return Open(
        due=list(db.session.execute(due.order_by(Deadline.due_on, Offer.id).limit(LISTED))),
        due_count=_count(due),
        overdue=_count(offers.where(Offer.state == OfferState.OVERDUE).with_only_columns(Offer.id)),
        new_replies=_count(replies.with_only_columns(Reply.id)),
        repairs=_count(repairs.where(mine, ContactRepair.closed_at.is_(None))),
        approvals=_approvals(viewer),
    )


def send_to(reader: Reader, day: date) -> bool:
    """Owe one digest for this day or week, once; False when there is nothing to say."""
    daily = reader.pace == Pace.DAILY
    found = what_is_open(reader.viewer, day, timedelta(days=1) if daily else WEEK)
    if not found.anything and not reader.chose:
        return False
    federation = this_federation()
    base = f"{current_app.config['BASE_URL']}/{federation.slug}"
    english = reader.locale == "en"
    year, week, _day = day.isocalendar()
    post(
        KIND,
        subject=_subject(reader),
        recipient=reader.recipient,
        name=reader.name,
        address=reader.address,
        text_id=TEXT,
        locale=reader.locale,
        sequence=day.toordinal() if daily else year * 100 + week,
        values={
            "tenant_short_name": federation.name_en if english else federation.name,
            "tenant_name": federation.name_en if english else federation.name,
            "week_label": Text(f"第{week}周", f"week {week}"),
            "recipient_name": reader.name,
            "nothing_due": not found.due_count,
            "due_this_week_count": found.due_count,
            "due_items": [
                {
                    "due_item_on": row.due_on,
                    "due_item_unit": row.addressee_name,
                    "due_item_title": WHAT,
                    "due_item_url": f"{base}/offers/{row.id}",
                }
                for row in found.due
            ],
            "overdue_count": found.overdue,
            "new_reply_count": found.new_replies,
            "contact_repair_count": found.repairs,
            "approvals_waiting_count": found.approvals,
            "workbench_url": f"{base}/",
            "preferences_url": f"{base}/delivery/digest",
        },
    )
    return True


def pace_of(viewer: Viewer) -> str:
    """What this person chose, or gets without a choice."""
    query = select(MailChoice.digest).where(MailChoice.user_id == viewer.id)
    return db.session.scalar(query) or DEFAULT.get(viewer.role_name, Pace.NEVER)


def _subject(reader: Reader) -> tuple[str, int]:
    kind, _colon, ident = reader.recipient.partition(":")
    return ("trade_union" if kind == "union" else "user", int(ident))


def _approvals(viewer: Viewer) -> int:
    if not viewer.may(May.CAMPAIGNS_APPROVE):
        return 0
    query = select(Campaign.id).where(
        Campaign.state == CampaignState.SUBMITTED, Campaign.proposed_by_id != viewer.id
    )
    return _count(query)


def _count(query: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(query.subquery())) or 0)


def _unions() -> Any:
    """Unions above enterprises, and those of enterprises that were ever addressed."""
    addressed = (
        select(Enterprise.union_id)
        .join(
            Offer,
            and_(Offer.tenant_id == Enterprise.tenant_id, Offer.enterprise_id == Enterprise.id),
        )
        .where(Enterprise.union_id.is_not(None))
    )
    return (
        select(TradeUnion)
        .where(
            TradeUnion.status == "active",
            func.trim(func.coalesce(TradeUnion.email, "")) != "",
            or_(TradeUnion.level.in_(ABOVE_ENTERPRISES), TradeUnion.id.in_(addressed)),
        )
        .order_by(TradeUnion.id)
    )
