"""From a message and a notice to the bytes that go over the wire.

Building an EmailMessage costs as much as sending it, so it is built once per message; for each
recipient the lines that differ are put in front of it and the open slots of the text are filled.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Any

from blueprints.notices.letters.values import one_line
from blueprints.notices.mail.line import Account
from blueprints.notices.mail.signatures import Signer
from blueprints.notices.messages import Pattern
from blueprints.notices.models import Message

_ADDRESS = re.compile(r"[!-;=?A-~]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
_TOKEN = re.compile(r"[A-Za-z0-9 .'-]*")
_WORD = 42  # bytes in one encoded word: 68 characters with its marks, 77 behind "Subject: "
_LINE = 57  # bytes in one line of base64


class BadAddress(Exception):
    """Nothing of this kind can be written to."""


class Envelope:
    """A message made ready for many recipients."""

    def __init__(
        self,
        message: Message,
        account: Account,
        *,
        tenant_id: int,
        at: datetime,
        signer: Signer | None = None,
    ) -> None:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = formataddr((account.name, account.sender), "utf-8")
        mail["Date"] = format_datetime(at)
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = message.locale.replace("_", "-")
        mail["MIME-Version"] = "1.0"
        mail["Content-Type"] = 'text/plain; charset="utf-8"'
        mail["Content-Transfer-Encoding"] = "base64"
        self._head = mail.as_bytes().rstrip(b"\r\n")
        self._subject = Pattern.of(message.subject)
        self._shared = header("Subject", one_line(message.subject)) if self._subject.whole else ""
        self._body = Pattern.of(message.body.replace("\r\n", "\n").replace("\n", "\r\n"))
        self._tenant_id, self._signer = tenant_id, signer
        self._domain = account.sender.rpartition("@")[2]

    def ident(self, notice_id: int, round_: int) -> str:
        """The Message-ID: final before anything is sent, and the same whenever it is sent again."""
        return f"<notice-{self._tenant_id}-{notice_id}-{round_}@{self._domain}>"

    def bytes_for(
        self, notice_id: int, round_: int, name: str, address: str, fields: Mapping[str, Any]
    ) -> bytes:
        """The whole mail, CRLF throughout, seven bits wide. Raises MissingValue."""
        subject = self._shared or header("Subject", one_line(self._subject.fill(fields)))
        to = header("To", one_line(name), f"<{address}>")
        own = f"{to}{subject}Message-ID: {self.ident(notice_id, round_)}\r\n"
        head = b"%s%s\r\n" % (own.encode("ascii"), self._head)
        body = base64_lines(self._body.fill(fields).encode())
        signed = self._signer.header(head, body) if self._signer else b""
        return b"%s%s\r\n%s" % (signed, head, body)


def wire_address(address: str) -> str:
    """The address as a mail server reads it. Raises BadAddress."""
    local, _, domain = address.rpartition("@")
    try:
        written = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        raise BadAddress(address) from None
    if not _ADDRESS.fullmatch(written):
        raise BadAddress(address)
    return written


def header(name: str, text: str, tail: str = "") -> str:
    """A header line, folded; what is not plain ASCII as encoded words (RFC 2047)."""
    if len(text) < 60 and _TOKEN.fullmatch(text):
        quoted = f'"{text}"' if tail and text else text
        return f"{name}: {quoted}{' ' if tail and text else ''}{tail}\r\n"
    words = "\r\n ".join(f"=?utf-8?b?{b64encode(part).decode()}?=" for part in _pieces(text))
    return f"{name}: {words}{chr(13) + chr(10) + ' ' + tail if tail else ''}\r\n"


def _pieces(text: str) -> list[bytes]:
    """UTF-8 in pieces of at most 42 bytes that split no character."""
    data, pieces, at = text.encode(), [], 0
    while len(data) - at > _WORD:
        end = at + _WORD
        while data[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        pieces.append(data[at:end])
        at = end
    return [*pieces, data[at:]]


def base64_lines(data: bytes) -> bytes:
    """Base64 in lines of 76, CRLF between them."""
    encoded = b64encode(data)
    width = _LINE // 3 * 4
    return b"\r\n".join(encoded[at : at + width] for at in range(0, len(encoded), width)) + b"\r\n"
