"""Feedback (反馈): what came back for an offer, numbered once and told to everyone concerned."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from blueprints.notices.actions import post
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.labels import REPLY_KINDS, reply_summary
from blueprints.offers.ground.models import Offer, OfferIssuer
from blueprints.offers.ground.service_models import Deadline, Feedback, Reply
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.supervisors.queries import supervisor_of
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User
from tenants.numbering import document_number, take

CANNOT_REACH = {
    "service.address_wrong",
    "service.moved",
    "service.returned_post",
    "service.wrong_unit",
}
SHOWN_AT_MOST = 500  # characters of somebody's words in a mail; the page has them all


@dataclass(frozen=True)
class Recipient:
    """Whom to tell: who they are in the federation, and where mail reaches them, if anywhere."""

    key: str
    name: str
    address: str | None
    locale: str = "zh_CN"


def give_for_reply(offer: Offer, reply: Reply) -> Feedback:
    """Number the feedback on an answer; tell the unions, the officer, and the enterprise."""
    given = _number(offer, cause="reply", reply_id=reply.id)
    values = {
        **_common(offer, given),
        "reply_received_at": reply.received_at,
        "reply_result": REPLY_KINDS[reply.kind].zh,
        "reply_summary": reply_summary(reply)[:SHOWN_AT_MOST] or "—",
    }
    for union in issuing_unions(offer):
        _tell(given, union, "feedback", "28f-mail-reply-feedback", values)
    _tell(given, officer_of(offer), "feedback", "28f-mail-reply-feedback", values)
    _tell(
        given,
        enterprise_of(offer, address=reply.person_email),
        "receipt",
        "28e-mail-reply-receipt",
        {**values, "reply_url": reply_address(offer)},
    )
    return given


def give_for_lapse(offer: Offer, clock: Deadline) -> Feedback:
    """Number the feedback on a lapsed clock; tell the unions and the officer.

    The enterprise is not told here: a demand letter is a step of its own, with an approver.
    """
    given = _number(offer, cause="lapse", deadline_id=clock.id)
    values = {
        **_common(offer, given),
        "served_on": offer.served_on,
        "reply_due_on": clock.due_on,
        "reply_rule_article": clock.article,
    }
    for union in issuing_unions(offer):
        _tell(given, union, "feedback", "28g-mail-lapse-feedback", values)
    _tell(given, officer_of(offer), "feedback", "28g-mail-lapse-feedback", values)
    return given


def give_for_finding(offer: Offer, reply: Reply) -> Feedback:
    """Number the feedback on a judged reason; tell all parties, the enterprise included."""
    given = _number(offer, cause="finding", reply_id=reply.id)
    values = {
        **_common(offer, given),
        "reply_summary": reply_summary(reply)[:SHOWN_AT_MOST] or "—",
        "reviewer_opinion": reply.finding_note,
    }
    for union in issuing_unions(offer):
        _tell(given, union, "feedback", "28h-mail-finding-feedback", values)
    enterprise = enterprise_of(offer, address=reply.person_email)
    _tell(given, enterprise, "feedback", "28h-mail-finding-feedback", values)
    return given


def issuing_unions(offer: Offer) -> Iterator[Recipient]:
    """The unions on the letterhead, in its order."""
    query = (
        select(TradeUnion.id, OfferIssuer.name, TradeUnion.email)
        .join(OfferIssuer, OfferIssuer.union_id == TradeUnion.id)
        .where(OfferIssuer.offer_id == offer.id)
        .order_by(OfferIssuer.id)
    )
    for union_id, name, email in db.session.execute(query):
        yield Recipient(f"union:{union_id}", name, email)


def officer_of(offer: Offer) -> Recipient:
    """The supervisor who serves the enterprise, else the officer whose campaign it is."""
    supervisor = supervisor_of(offer.enterprise_id, today())
    user_id = (
        supervisor.user_id
        if supervisor is not None
        else select(Campaign.proposed_by_id)
        .where(Campaign.id == offer.campaign_id)
        .scalar_subquery()
    )
    user = db.session.scalars(select(User).where(User.id == user_id)).one()
    return Recipient(f"user:{user.id}", user.name, user.email, user.locale)


def enterprise_of(offer: Offer, *, address: str | None = None) -> Recipient:
    """The addressee, at the address its answer came with or the one on the register."""
    email = db.session.scalar(select(Enterprise.email).where(Enterprise.id == offer.enterprise_id))
    return Recipient(f"enterprise:{offer.enterprise_id}", offer.addressee_name, address or email)


def reply_address(offer: Offer) -> str:
    """Where the reply desk of this offer is; the office's own address when its link is revoked."""
    from blueprints.offers.ground.queries import open_link

    base, slug = current_app.config["BASE_URL"], this_federation().slug
    link = open_link(offer)
    return f"{base}/{slug}/reply/{link.token}" if link else f"{base}/{slug}/reply"


def _number(offer: Offer, *, cause: str, **source: int) -> Feedback:
    year = today().year
    number = take("feedback", year)[0]
    given = Feedback(
        offer_id=offer.id,
        cause=cause,
        document_no=document_number("feedback", year, number),
        given_on=today(),
        **source,
    )
    db.session.add(given)
    db.session.flush()
    trail.record("offer.feedback_given", offer, cause=cause, number=given.document_no)
    return given


def _common(offer: Offer, given: Feedback) -> dict[str, Any]:
    tenant = this_federation()
    campaign = db.session.get(Campaign, (offer.tenant_id, offer.campaign_id))
    contact = tenant.settings.get("contact", {})
    return {
        "enterprise_name": offer.addressee_name,
        "addressee_name": offer.addressee_name,
        "letter_no": offer.document_no,
        "doc_no": given.document_no,
        "campaign_name": campaign.name if campaign else "",
        "offer_url": f"{current_app.config['BASE_URL']}/{tenant.slug}/offers/{offer.id}",
        "tenant_name": tenant.name,
        "contact_name": contact.get("name") or tenant.name,
        "contact_phone": contact.get("phone") or "—",
    }


def _tell(given: Feedback, who: Recipient, kind: str, text_id: str, values: dict[str, Any]) -> None:
    post(
        kind,
        subject=(Feedback.__tablename__, given.id),
        recipient=who.key,
        name=who.name,
        address=who.address,
        text_id=text_id,
        values={**values, "recipient_name": who.name},
        locale=who.locale,
        due_at=now(),
    )
