"""The signed return address of each mail (VERP): what comes back to it names the notice.

`returns+<token>@city.example`: federation, notice, round and day, and a signature over them. Mail
servers may write the part before the @ in other letters, so the token has small letters and
digits only. Whoever holds no key can make no token, and one is good for `GOOD_FOR`.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app

PURPOSE = b"yaoyue return address"
GOOD_FOR = timedelta(days=30)  # servers try for five days; some readers' machines for weeks
_SIGNED = 10  # bytes of the signature: sixteen characters, and 2⁸⁰ guesses
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(
    r"([0-9a-z]{1,13})-([0-9a-z]{1,13})-([0-9a-z]{1,6})-([0-9a-z]{1,6})-([a-z2-7]{16})"
)
_ADDRESS = re.compile(r"([^\s<>@,;+]{1,40})\+([0-9A-Za-z-]{20,64})@([A-Za-z0-9.-]{1,190})")


@dataclass(frozen=True)
class Returned:
    """What a genuine token says."""

    tenant_id: int
    notice_id: int
    round: int
    sent_on: date

    def expired(self, today: date) -> bool:
        return today > self.sent_on + GOOD_FOR


class Signer:
    """Makes return addresses for a federation; keeps the key ready for a whole run."""

    def __init__(self, base: str, tenant_id: int, today: date) -> None:
        self._local, _, self._domain = base.rpartition("@")
        self._tenant, self._day = _written(tenant_id), _written(today.toordinal())
        self._key = _key()

    def address(self, notice_id: int, round_: int) -> str:
        said = f"{self._tenant}-{_written(notice_id)}-{_written(round_)}-{self._day}"
        return f"{self._local}+{said}-{_signature(self._key, said)}@{self._domain}"


def tokens_in(words: str) -> list[str]:
    """What looks like a token in the recipients of a mail, whoever made it up."""
    return list(dict.fromkeys(found[1].lower() for found in _ADDRESS.findall(words)))


def read(token: str) -> Returned | None:
    """What the token says; None where we did not make it."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    *said, signature = found.groups()
    if not hmac.compare_digest(_signature(_key(), "-".join(said)), signature):
        return None
    tenant_id, notice_id, round_, day = (int(part, 36) for part in said)
    return Returned(tenant_id, notice_id, round_, date.fromordinal(day))


def _signature(key: bytes, said: str) -> str:
    return base64.b32encode(hmac.digest(key, said.encode(), "sha256")[:_SIGNED]).decode().lower()


def _key() -> bytes:
    """A key of its own: what signs sessions never signs an address."""
    secret = str(current_app.extensions["settings"].secret_key).encode()
    return hmac.digest(secret, PURPOSE, "sha256")


def _written(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
