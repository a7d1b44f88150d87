"""The minutes of a meeting, written out of what is recorded: text and file from one source."""

from itertools import groupby
from typing import Any

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.meeting_models import Meeting
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import POSITION_KINDS
from blueprints.bargaining.meetings import queries as reads
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import (
    Annexes,
    Break,
    Letter,
    Para,
    Signature,
    Table,
    plain,
)
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from rules.clauses import plain as figure
from tenants.db import db

TEXT_ID = "16b-meeting-minutes"


def minutes_letter(case: BargainingCase, meeting: Meeting, lang: Lang = "zh") -> Letter:
    """The minutes as the federation's own wording has them."""
    return compose(text_in_force(TEXT_ID), values_of(case, meeting), lang, blanks=True)


def minutes_of(case: BargainingCase, meeting: Meeting) -> str:
    """The Chinese text whose hash is fixed and signed."""
    return flat(minutes_letter(case, meeting))


def values_of(case: BargainingCase, meeting: Meeting) -> dict[str, Any]:
    """What fills the minutes in; what is not recorded stays blank."""
    db.session.flush()
    rows = reads.attendance_of(meeting.id)
    sides: dict[str, int] = {}
    for prefix, side in (("worker", "workers"), ("employer", "employer")):
        called = [one for one in rows if one.side == side]
        sides[f"{prefix}_due_count"] = len(called)
        sides[f"{prefix}_present_count"] = sum(bool(one.present) for one in called)
    rule = rule_for(case, "minutes.sign", meeting.held_on)
    return {
        **sides,
        **{f"{prefix}_chief_name": _chief(case, side)
           for prefix, side in (("worker", "workers"), ("employer", "employer"))},
        "meeting_no": meeting.number,
        "minutes_no": f"{case.document_no}-{meeting.number}",
        "bargaining_subject": case.subject or case.name,
        "case_no": case.document_no,
        "meeting_at": meeting.opens_at,
        "meeting_place": meeting.place,
        "chair_name": meeting.chair_name,
        "recorder_name": meeting.recorder_name or None,
        "observer_names": meeting.observers or "—",
        "previous_actions_text": _before(meeting),
        "positions": _topics(meeting),
        "missing_info_text": meeting.open_points or "—",
        "tasks": [
            _task(number, line, meeting)
            for number, line in enumerate(meeting.results.splitlines(), start=1)
        ],
        "next_meeting_text": meeting.next_on.isoformat() if meeting.next_on else "—",
        "minutes_rule_article": rule.citation,
        "minutes_rule_text": rule.text,
    }  # fmt: skip


def _chief(case: BargainingCase, side: str) -> str | None:
    chief = queries.chief_of(case.id, side)
    return chief.name if chief else None


def _task(number: int, line: str, meeting: Meeting) -> dict[str, Any]:
    """A line of the results, as what both sides have to do until they meet again."""
    due = {"task_due_on": meeting.next_on}
    return {"task_no": number, "task_text": line, "task_owner": "双方", **due}


def _before(meeting: Meeting) -> str:
    """What the meeting before this one had come to."""
    earlier = [one for one in reads.held(meeting.case_id) if one.number < meeting.number]
    return earlier[-1].results.replace("\n", "；") if earlier and earlier[-1].results else "—"


def _topics(meeting: Meeting) -> list[dict[str, Any]]:
    """Both sides' words on each topic, in equal length, and how it ended."""
    rows = sorted(reads.positions_at(meeting.id), key=lambda one: (one.topic, one.turn))
    found = []
    for topic, turns in groupby(rows, key=lambda one: one.topic):
        chain = list(turns)
        last = chain[-1]
        said = {
            side: "；".join(_turn(one) for one in chain if one.side == side) or "—"
            for side in ("workers", "employer")
        }
        agreed = last.kind == "agrees"
        found.append(
            {
                "topic_title": topic,
                "worker_position": said["workers"],
                "employer_position": said["employer"],
                "position_result": "一致" if agreed else "保留",
                "agreed_text": last.body if agreed else "—",
            }
        )
    return found


def _turn(one: Any) -> str:
    amount = f"（{figure(one.amount)}{one.unit}）" if one.amount is not None else ""
    return f"{POSITION_KINDS[one.kind].zh}：{one.body}{amount}"


def flat(letter: Letter) -> str:
    """A letter as lines of text."""
    lines = [letter.name, ""]
    for block in letter.blocks:
        match block:
            case Para():
                lines.append(plain(block.runs))
            case Table():
                lines.append(" | ".join(plain(cell) for cell in block.head))
                lines += [" | ".join(plain(cell) for cell in row) for row in block.rows]
            case Signature():
                lines += [plain(one) for one in block.parties]
                lines += ["　".join(plain(cell) for cell in row) for row in block.lines]
            case Annexes():
                lines += [plain(one) for one in block.items]
            case Break():
                lines.append("")
    return "\n".join(lines).strip() + "\n"
