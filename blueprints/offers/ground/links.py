"""Links to the reply desk: found by an unguessable token or the code on paper, and revocable."""

import secrets

from sqlalchemy import select

from blueprints.offers.ground.models import Offer, OfferState, ReplyLink
from tenants import trail
from tenants.clock import now
from tenants.db import db

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that paper confuses: no 0 O 1 I L U
CODE_LENGTH = 10


def new_token() -> str:
    return secrets.token_hex(20)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown(code: str) -> str:
    """The code as it is printed: in two groups."""
    return f"{code[:5]}-{code[5:]}"


def offer_behind(token: str, *, lock: bool = False) -> Offer | None:
    """The offer of a link that still works. Opening it for the first time is noted."""
    link = db.session.scalar(
        select(ReplyLink).where(ReplyLink.token == token, ReplyLink.revoked_at.is_(None))
    )
    if link is None:
        return None
    query = select(Offer).where(Offer.id == link.offer_id, Offer.state != OfferState.CLOSED)
    offer = db.session.scalar(query.with_for_update() if lock else query)
    if offer is not None and link.opened_at is None:
        link.opened_at = now()
        db.session.flush()
        if not lock:
            db.session.commit()
    return offer


def token_for_code(typed: str) -> str | None:
    """The token of the code on a letter, however it was typed."""
    code = typed.upper().replace("-", "").replace(" ", "").replace("－", "")
    return db.session.scalar(
        select(ReplyLink.token).where(ReplyLink.code == code, ReplyLink.revoked_at.is_(None))
    )


def renew(offer: Offer) -> ReplyLink:
    """Revoke the link that works, and make another: the old one answers nobody from now on."""
    for link in db.session.scalars(
        select(ReplyLink).where(ReplyLink.offer_id == offer.id, ReplyLink.revoked_at.is_(None))
    ):
        link.revoked_at = now()
    fresh = ReplyLink(offer_id=offer.id, token=new_token(), code=new_code())
    db.session.add(fresh)
    trail.record("offer.link_renewed", offer)
    return fresh
