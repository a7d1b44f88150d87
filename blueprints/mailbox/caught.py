"""Mail that the house's own server has caught in a folder, read from there and never changed."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from html.parser import HTMLParser
from pathlib import Path

NAME = re.compile(r"[\w.-]+\.eml")
HEAD = 8192  # bytes in which the headers lie
SHOWN = ("From", "To", "Subject", "Date", "Message-ID", "X-Envelope-From", "X-Envelope-To")
_SILENT = {"script", "style", "head", "title"}
_BREAKS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "article", "hr"}


@dataclass(frozen=True)
class Entry:
    """One mail as the list shows it."""

    name: str
    at: datetime
    to: str
    subject: str


@dataclass(frozen=True)
class Caught:
    """One mail as its page shows it."""

    name: str
    headers: list[tuple[str, str]]
    subject: str
    text: str
    from_html: bool
    attachments: list[tuple[str, str, int]]  # name, media type, bytes


def names(folder: Path) -> list[str]:
    """All mails, the newest first: their names begin with the moment they came in."""
    if not folder.is_dir():
        return []
    return sorted((path.name for path in folder.glob("*.eml")), reverse=True)


def matching(folder: Path, recipient: str) -> Iterator[str]:
    """The mails whose head names this recipient."""
    wanted = recipient.strip().lower()
    for name in names(folder):
        if not wanted or wanted in addressed(head_of(folder / name)).lower():
            yield name


def entry(folder: Path, name: str) -> Entry:
    path = folder / name
    head = head_of(path)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Entry(name, at, addressed(head), decoded(head, "Subject"))


def head_of(path: Path) -> Message:
    with path.open("rb") as file:
        return email.message_from_bytes(file.read(HEAD).partition(b"\r\n\r\n")[0] + b"\r\n\r\n")


def addressed(head: Message) -> str:
    """Name and address; where the envelope went elsewhere, that too."""
    to = decoded(head, "To")
    envelope = head.get("X-Envelope-To", head.get("X-RcptTo", ""))
    return to if str(envelope) in to else f"{to} ({envelope})"


def decoded(mail: Message, header: str) -> str:
    raw = str(mail.get(header, ""))
    try:
        return str(make_header(decode_header(raw))).replace("\r\n", "")
    except (LookupError, UnicodeError, ValueError):
        return raw


def read(folder: Path, name: str) -> Caught | None:
    """One mail; None where the folder holds none of this name."""
    path = folder / name
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    mail = email.message_from_bytes(path.read_bytes())
    text, from_html = words_of(mail)
    return Caught(
        name,
        [(header, decoded(mail, header)) for header in SHOWN if header in mail],
        decoded(mail, "Subject"),
        text,
        from_html,
        list(attachments(mail)),
    )


def words_of(mail: Message) -> tuple[str, bool]:
    """The text; where there is only HTML, its words and none of its markup."""
    parts = [part for part in mail.walk() if not part.is_multipart() and not part.get_filename()]
    for part in parts:
        if part.get_content_type() == "text/plain":
            return payload(part), False
    for part in parts:
        if part.get_content_type() == "text/html":
            return plain(payload(part)), True
    return "", False


def payload(part: Message) -> str:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    try:
        text = raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")


def attachments(mail: Message) -> Iterator[tuple[str, str, int]]:
    for part in mail.walk():
        if part.get_filename():
            data = part.get_payload(decode=True)
            size = len(data) if isinstance(data, bytes) else 0
            yield str(part.get_filename()), part.get_content_type(), size


class _Words(HTMLParser):
    """Keeps the words, drops the markup and what is not meant to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _BREAKS:
            self.found.append("\n")
        if tag == "a" and (target := dict(attrs).get("href")):
            self.found.append(f" <{target}> ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        if tag in _BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    return re.sub(r"\n\s*\n\s*", "\n\n", "".join(reader.found)).strip()
