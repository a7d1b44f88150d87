"""Passwords of other machines, kept so that a copy of the database does not give them away."""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

PURPOSE = b"yaoyue mail account"


class Unreadable(ValueError):
    """Sealed under another SECRET_KEY: it has to be typed in again."""


def seal(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _box().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken:
        raise Unreadable from None


def _box() -> Fernet:
    """A key of its own, so that what signs sessions never opens a password."""
    secret = str(current_app.extensions["settings"].secret_key).encode()
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, PURPOSE, "sha256")))
