"""Signing a mail for its domain (DKIM, RFC 6376), with the key read once a run.

Headers relaxed, body as it stands: what we send has no blanks that a relay would take away.
"""

import hashlib
import re
from base64 import b64encode
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

SIGNED = (b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type",
          b"content-transfer-encoding")  # fmt: skip
_FIELD = re.compile(rb"([!-9;-~]+):((?:[^\r]|\r\n[ \t])*)\r\n")
_BLANK = re.compile(rb"(?:[ \t]|\r\n(?=[ \t]))+")
_LINE = 72


class Signer:
    """Signs the mails of one run."""

    def __init__(self, domain: str, selector: str, private_pem: str, *, at: datetime) -> None:
        """Raises TypeError or ValueError for what is no RSA key."""
        key = load_pem_private_key(private_pem.encode(), password=None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("DKIM signs with an RSA key here.")
        self._key = key
        self.domain, self.selector = domain, selector
        self._head = (
            f"v=1; a=rsa-sha256; c=relaxed/simple; d={domain}; s={selector};\r\n"
            f" t={int(at.timestamp())}; h={':'.join(name.decode() for name in SIGNED)};\r\n bh="
        ).encode()

    def header(self, head: bytes, body: bytes) -> bytes:
        """The DKIM-Signature line of a mail, to be put in front of its head."""
        there = {name.lower(): _relaxed(value) for name, value in _FIELD.findall(head)}
        digest = hashlib.sha256(body.rstrip(b"\r\n") + b"\r\n").digest()
        value = b"%s%s; b=" % (self._head, b64encode(digest))
        lines = [b"%s:%s\r\n" % (name, there[name]) for name in SIGNED if name in there]
        said = b"%sdkim-signature:%s" % (b"".join(lines), _relaxed(value))
        signature = b64encode(self._key.sign(said, PKCS1v15(), SHA256()))
        pieces = (signature[at : at + _LINE] for at in range(0, len(signature), _LINE))
        return b"DKIM-Signature: %s\r\n %s\r\n" % (value, b"\r\n ".join(pieces))


def _relaxed(value: bytes) -> bytes:
    return _BLANK.sub(b" ", value).strip()
