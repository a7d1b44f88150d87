"""Reading a mail that came back: whose machine sent it, for which address, and why.

The formats are flufl.bounce's business (RFC 3464, and the many that follow none); the status and
the server's own words are read here, where the mail has them.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from flufl.bounce import all_failures

from blueprints.notices import verp

ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
LARGEST = 5 * 1024 * 1024
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE = re.compile(r"\b([45]\d\d)[ -]")


@dataclass(frozen=True)
class ReturnedMail:
    """What a mail in the mailbox of returns says. `failed` is None for one that is no bounce."""

    tokens: tuple[str, ...]
    failed: bool | None  # True: for good; False: the server only says that it keeps trying
    address: str = ""
    code: int = 0
    answer: str = ""


def read(raw: bytes) -> ReturnedMail:
    """Read a mail, whatever is in it. One that cannot be read is no bounce."""
    mail = message_from_bytes(raw[:LARGEST])
    tokens = verp.tokens_in(" ".join(str(v) for name in ENVELOPE for v in mail.get_all(name, [])))
    try:
        late, lost = all_failures(mail)
    except Exception:  # noqa: BLE001 - a detector that stumbles over what a stranger wrote
        late, lost = frozenset(), frozenset()
    if not late and not lost:
        return ReturnedMail(tuple(tokens), None)
    code, answer = _why(mail, failed=bool(lost))
    address = min(lost or late).decode("ascii", "replace")
    return ReturnedMail(tuple(tokens), bool(lost), address[:254], code, answer)


def _why(mail: Message, *, failed: bool) -> tuple[int, str]:
    """A reply code and the words of the server, as they stand in the report or its text."""
    said = next((words for words in _diagnostics(mail)), "")
    words = said or _text(mail)
    status = _STATUS.search(words)
    code = _CODE.search(words)
    if code:
        number = int(code[1])
    elif status and status[1] in "45":
        number = int(status[1]) * 100 + 50
    else:
        number = 550 if failed else 450
    short = " ".join(said.split())[:300] if said else (status[0] if status else "")
    return number, short.removeprefix(f"{number} ")


def _diagnostics(mail: Message) -> list[str]:
    """Status and diagnostic of each recipient block of the report."""
    found = []
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for block in part.get_payload():
                if not isinstance(block, Message) or "Final-Recipient" not in block:
                    continue
                words = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
                status = str(block.get("Status", ""))
                found.append(words if status and status in words else f"{status} {words}".strip())
    return [words for words in found if words]


def _text(mail: Message) -> str:
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload[:20_000].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return ""
