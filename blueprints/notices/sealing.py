"""Passwords and keys, kept so that a copy of the database does not give them away."""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

MAIL = b"yaoyue mail account"
CERTIFICATE = b"yaoyue signing certificate"


class Unreadable(ValueError):
    """Sealed under another SECRET_KEY: it has to be typed in again."""


def seal(secret: str, *, purpose: bytes = MAIL) -> str:
    return _box(purpose).encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str, *, purpose: bytes = MAIL) -> str:
    """Raises Unreadable."""
    try:
        return _box(purpose).decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise Unreadable from None


def _box(purpose: bytes) -> Fernet:
    """A key of its own, so that what signs sessions or mails never opens anything else."""
    secret = str(current_app.extensions["settings"].secret_key).encode()
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, purpose, "sha256")))
