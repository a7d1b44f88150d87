"""What the offer pages read. The session adds the federation; nobody here does."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import select

from blueprints.offers.ground.models import Offer, OfferIssuer, ReplyLink
from blueprints.offers.ground.service_models import (
    Feedback,
    Finding,
    Reply,
    ReplyKind,
    Service,
    ServiceState,
)
from tenants.db import db


def get_offer(offer_id: int, *, lock: bool = False) -> Offer:
    """An offer, or 404: another federation's offer does not exist. Lock it to change it."""
    query = select(Offer).where(Offer.id == offer_id)
    offer = db.session.scalar(query.with_for_update() if lock else query)
    return offer or abort(404)


def proven_service(offer: Offer) -> Service | None:
    """The service that started the clock."""
    return db.session.scalar(
        select(Service).where(
            Service.offer_id == offer.id, Service.state == ServiceState.ACKNOWLEDGED
        )
    )


def services(offer: Offer) -> Sequence[Service]:
    """Every attempt to serve it, newest first."""
    query = select(Service).where(Service.offer_id == offer.id).order_by(Service.id.desc())
    return db.session.scalars(query).all()


def standing_reply(offer: Offer) -> Reply | None:
    """The answer that stands; earlier ones were replaced by it."""
    return db.session.scalar(
        select(Reply).where(Reply.offer_id == offer.id, Reply.replaced_at.is_(None))
    )


def replies(offer: Offer) -> Sequence[Reply]:
    """Every answer given, the standing one first."""
    query = select(Reply).where(Reply.offer_id == offer.id).order_by(Reply.id.desc())
    return db.session.scalars(query).all()


def issuers(offer: Offer) -> Sequence[OfferIssuer]:
    """The unions that issued it, in the order of the letterhead."""
    query = select(OfferIssuer).where(OfferIssuer.offer_id == offer.id).order_by(OfferIssuer.id)
    return db.session.scalars(query).all()


def feedbacks(offer: Offer) -> Sequence[Feedback]:
    query = select(Feedback).where(Feedback.offer_id == offer.id).order_by(Feedback.id.desc())
    return db.session.scalars(query).all()


def open_link(offer: Offer) -> ReplyLink | None:
    """The link to the reply desk that works today."""
    return db.session.scalar(
        select(ReplyLink).where(ReplyLink.offer_id == offer.id, ReplyLink.revoked_at.is_(None))
    )


def unreviewed(reply: Reply | None) -> bool:
    """Whether the upper union still owes a finding on this answer."""
    return (
        reply is not None and reply.kind == ReplyKind.REFUSE and reply.finding not in set(Finding)
    )
