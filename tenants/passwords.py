"""Passwords: argon2id, and an answer that takes as long for nobody as for somebody."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
_hasher = PasswordHasher()


@cache
def _nobodys() -> str:
    """A hash to compare with where there is none, so that both answers take as long."""
    return _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def password_matches(stored: str | None, password: str) -> bool:
    """Whether it is the password. Does the same work when there is none to compare with."""
    try:
        return _hasher.verify(stored or _nobodys(), password) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False
