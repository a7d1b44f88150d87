"""A supervisor's calendar as iCalendar (RFC 5545), behind an address nobody can guess."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from blueprints.supervisors.models import Supervisor
from blueprints.visits.ahead import Entry
from blueprints.visits.models import CalendarFeed
from rules.words import Text
from tenants import trail
from tenants.clock import ZONE, now
from tenants.db import db
from tenants.federation import this_federation
from tenants.scope import current_tenant_id

WIDTH = 75  # octets of a line (RFC 5545, 3.1)
TITLE = Text("集体协商日程", "Bargaining")


def open_feed(supervisor: Supervisor, lang: str) -> str:
    """Make a new secret address and end the former one; answers with the secret, once."""
    close_feed(supervisor)
    token = secrets.token_urlsafe(32)
    db.session.add(
        CalendarFeed(supervisor_id=supervisor.id, token_sha256=_fingerprint(token), lang=lang)
    )
    trail.record("calendar_feed.opened", supervisor)
    return token


def close_feed(supervisor: Supervisor) -> bool:
    """End the address; False when there was none."""
    standing = feed_of(supervisor)
    if standing is None:
        return False
    standing.revoked_at = now()
    db.session.flush()
    trail.record("calendar_feed.closed", supervisor)
    return True


def feed_of(supervisor: Supervisor) -> CalendarFeed | None:
    return db.session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.supervisor_id == supervisor.id, CalendarFeed.revoked_at.is_(None)
        )
    )


def feed_by(token: str) -> CalendarFeed | None:
    """The feed behind a secret, unless it was revoked or its supervisor has left."""
    query = (
        select(CalendarFeed)
        .join(Supervisor, Supervisor.id == CalendarFeed.supervisor_id)
        .where(
            CalendarFeed.token_sha256 == _fingerprint(token),
            CalendarFeed.revoked_at.is_(None),
            Supervisor.left_on.is_(None),
        )
    )
    return db.session.scalar(query)


def _fingerprint(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def calendar_of(entries: Iterable[Entry], lang: str) -> bytes:
    """The entries of several weeks as one calendar. Lines end in CRLF and are folded."""
    stamp = now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Yaoyue//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(TITLE.zh if lang == 'zh' else TITLE.en)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    host = f"{this_federation().slug}.yaoyue"
    for entry in entries:
        lines.extend(_event(entry, stamp, host))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(entry: Entry, stamp: str, host: str) -> Iterator[str]:
    """One entry, named as an invitation to the same thing names it (RFC 5545, 3.8.4.7).

    A time is given in UTC, so that no time zone has to be described.
    """
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.kind}-{current_tenant_id()}-{entry.ident}@{host}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{stamp}"
    if entry.at is None:
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    else:
        begin = datetime.combine(entry.on, entry.at, ZONE).astimezone(UTC)
        yield f"DTSTART:{begin:%Y%m%dT%H%M%SZ}"
        yield f"DTEND:{begin + timedelta(minutes=entry.minutes):%Y%m%dT%H%M%SZ}"
    yield f"STATUS:{'CANCELLED' if entry.called_off else 'CONFIRMED'}"
    yield f"SUMMARY:{escaped(str(entry.title))}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.note:
        yield f"DESCRIPTION:{escaped(entry.note)}"
    yield "END:VEVENT"


def escaped(words: str) -> str:
    """Text as a value (RFC 5545, 3.3.11)."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """A long line in pieces of at most 75 octets, none of which splits a character."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > WIDTH:
            pieces.append(piece)
            piece, size = "", 1  # the space before a piece counts
        piece, size = piece + char, size + width
    return "\r\n ".join([*pieces, piece])
