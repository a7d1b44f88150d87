"""Links that let one person in once: signed, dated, void as soon as the account moves on.

Nothing is stored: the link carries a fingerprint of the account as it stood, so whatever it is
used for (a password is set) or whatever happens meanwhile (disabled, another address) ends it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select

from tenants.clock import now
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.scope import current_tenant_id


class Purpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


LASTS = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=2)}
STATUS = {Purpose.INVITATION: UserStatus.INVITED, Purpose.RESET: UserStatus.ACTIVE}


@dataclass(frozen=True)
class Link:
    """What goes into the address, and until when it works."""

    token: str
    expires_at: datetime


def write(purpose: Purpose, user: User) -> Link:
    expires_at = now() + LASTS[purpose]
    token = _signer(purpose).dumps([user.id, _fingerprint(user), int(expires_at.timestamp())])
    return Link(str(token), expires_at)


def read(purpose: Purpose, token: str, *, lock: bool = False) -> User | None:
    """Whom the link lets in; None for one that is forged, late, used or void.

    Lock the row to use the link up: of two at once, the second then finds it used.
    """
    try:
        user_id, fingerprint, expires = _signer(purpose).loads(token)
    except (BadData, ValueError, TypeError):
        return None
    if now().timestamp() > expires:
        return None
    query = select(User).where(User.id == user_id, User.status == STATUS[purpose])
    user = db.session.scalar(query.with_for_update() if lock else query)
    return user if user is not None and _fingerprint(user) == fingerprint else None


def _signer(purpose: Purpose) -> URLSafeSerializer:
    """A signature holds for one purpose in one federation."""
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"],
        salt=f"accounts.{purpose}.{current_tenant_id()}",
        signer_kwargs={"digest_method": sha256},
    )


def _fingerprint(user: User) -> str:
    state = f"{user.id}|{user.email}|{user.status}|{user.password_hash}"
    return sha256(state.encode()).hexdigest()[:20]
