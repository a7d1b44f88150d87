"""Invitations to a meeting: a notice to each representative, and an entry for their calendar."""

from datetime import UTC, timedelta
from typing import Any

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.labels import subject_of
from blueprints.bargaining.ground.meeting_models import Meeting, MeetingState
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import LinkPurpose
from blueprints.bargaining.meetings import queries as reads
from blueprints.bargaining.table.links import address, link_for
from blueprints.notices.actions import post
from rules.days import local_day
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation

TEXT_ID = "16a-meeting-notice"
ICS = "text/calendar; charset=utf-8"
BY_AGREEMENT = Text("双方商定", "by agreement")


def invite(case: BargainingCase, meeting: Meeting) -> int:
    """Owe each representative a notice of the meeting as it now stands; returns how many."""
    people = {one.id: one for one in queries.representatives_of(case.id)}
    shared = values_of(case, meeting)
    rows = reads.attendance_of(meeting.id)
    for one in rows:
        link = link_for(
            case, LinkPurpose.MEETING, meeting_id=meeting.id,
            representative_id=one.representative_id,
        )  # fmt: skip
        person = people.get(one.representative_id)
        post(
            "meeting",
            subject=meeting,
            recipient=f"representative:{one.representative_id}",
            name=one.name,
            address=person.email if person else None,
            text_id=TEXT_ID,
            values={**shared, "meeting_url": address(link)},
            sequence=meeting.sequence + 1,
        )
        one.invited_at = now()
    trail.record("meeting.invited", case, number=meeting.number, people=len(rows))
    return len(rows)


def values_of(case: BargainingCase, meeting: Meeting) -> dict[str, Any]:
    contact = this_federation().settings.get("contact", {})
    chair, info = rule_for(case, "meeting.chair"), rule_for(case, "info.disclosure_before_meeting")
    day = local_day(meeting.opens_at)
    return {
        "bargaining_subject": subject_of(case),
        "meeting_no": meeting.number,
        "meeting_at": meeting.opens_at,
        "meeting_length_text": f"{meeting.minutes_long}分钟",
        "meeting_place": meeting.place,
        "chair_name": meeting.chair_name,
        "chair_rule_article": chair.citation,
        "chair_rule_text": chair.text,
        "recorder_name": meeting.recorder_name or "—",
        "agenda_items": [
            {"agenda_no": number, "agenda_title": one["title"],
             "agenda_side": one.get("side") or BY_AGREEMENT, "agenda_papers": "—"}
            for number, one in enumerate(meeting.agenda, start=1)
        ],
        "info_due_on": day - timedelta(days=1),
        "info_rule_article": info.citation,
        "protection_rule_article": rule_for(case, "reps.protection").citation,
        "answer_due_on": day - timedelta(days=1),
        "contact_name": contact.get("name") or this_federation().name,
        "contact_phone": contact.get("phone") or "—",
        "worker_chief_name": _chief(case, "workers"),
        "employer_chief_name": _chief(case, "employer"),
        "issued_on": local_day(now()),
    }  # fmt: skip


def _chief(case: BargainingCase, side: str) -> str:
    chief = queries.chief_of(case.id, side)
    return chief.name if chief else "—"


def calendar_entry(case: BargainingCase, meeting: Meeting) -> bytes:
    """The meeting for a calendar (RFC 5545). A later version replaces this one by its number."""
    db.session.flush()
    begins = meeting.opens_at.astimezone(UTC)
    ends = begins + timedelta(minutes=meeting.minutes_long)
    cancelled = meeting.state == MeetingState.CANCELLED
    agenda = "\n".join(f"{n}. {one['title']}" for n, one in enumerate(meeting.agenda, start=1))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Yaoyue//Bargaining//ZH",
        f"METHOD:{'CANCEL' if cancelled else 'REQUEST'}",
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.tenant_id}-{meeting.id}@{this_federation().slug}.yaoyue",
        f"SEQUENCE:{meeting.sequence}",
        f"DTSTAMP:{now().astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{begins:%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_text(f'{case.name}：第{meeting.number}次协商会议')}",
        f"LOCATION:{_text(meeting.place)}",
        f"DESCRIPTION:{_text(agenda)}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    """A value as the format wants it: its own marks escaped."""
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line of at most 75 bytes, cut between characters, CRLF at its end."""
    out, room = b"", 75
    for char in line:
        piece = char.encode()
        if len(piece) > room:
            out, room = out + b"\r\n ", 74
        out, room = out + piece, room - len(piece)
    return out + b"\r\n"
