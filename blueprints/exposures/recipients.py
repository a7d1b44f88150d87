"""Who is told of a step or an announcement: unions, partners, media, and all who heard before."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from blueprints.exposures import measure
from blueprints.exposures.models import Exposure
from blueprints.notices.models import Notice, NoticeState
from blueprints.offers.feedback.actions import Recipient, enterprise_of, issuing_unions
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from blueprints.registry.models import Enterprise, TradeUnion
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.roles import Role

ANNOUNCED = ("exposure", "exposure_circular", "exposure_media")


def unions_of(offer: Offer) -> Iterator[Recipient]:
    """The enterprise's own union and the unions that issued the offer, each once."""
    own = db.session.execute(
        select(TradeUnion.id, TradeUnion.name, TradeUnion.email)
        .join(Enterprise, Enterprise.union_id == TradeUnion.id)
        .where(Enterprise.id == offer.enterprise_id)
    ).first()
    known = {f"union:{own.id}": Recipient(f"union:{own.id}", own.name, own.email)} if own else {}
    for union in issuing_unions(offer):
        known.setdefault(union.key, union)
    yield from known.values()


def partners() -> Iterator[Recipient]:
    """Who of the tripartite mechanism hears of announcements: all, unless the measure says no."""
    if measure.kept().tell_partners:
        yield from three_sides()


def three_sides() -> Iterator[Recipient]:
    """The bodies of the tripartite mechanism that have an account."""
    query = select(User).where(User.role == Role.PARTNER, User.status == UserStatus.ACTIVE)
    for user in db.session.scalars(query.order_by(User.id)):
        yield Recipient(f"user:{user.id}", user.name, user.email, user.locale)


def media() -> Iterator[Recipient]:
    """The outlets of the federation's own list, in its order."""
    for outlet in measure.kept().media:
        yield Recipient(f"media:{outlet.address}", outlet.name, outlet.address)


def all_who_heard(exposure: Exposure) -> Iterable[Recipient]:
    """Everybody an announcement went to, at the address it went to.

    Whoever heard of it hears that it came down, also where the lists have changed since.
    """
    offer = get_offer(exposure.offer_id)
    known = {who.key: who for who in (enterprise_of(offer), *unions_of(offer), *partners())}
    query = (
        select(Notice.recipient, Notice.recipient_name, Notice.address)
        .where(
            Notice.subject_kind == Exposure.__tablename__,
            Notice.subject_id == exposure.id,
            Notice.kind.in_(ANNOUNCED),
            Notice.state != NoticeState.CANCELLED,  # it never left
        )
        .order_by(Notice.id)
    )
    for key, name, address in db.session.execute(query):
        known.setdefault(key, Recipient(key, name, address))
    return known.values()
