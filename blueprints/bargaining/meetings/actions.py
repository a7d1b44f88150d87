"""The verbs of meetings. The caller has locked the case, and commits.

What the other side did is recorded as it was; refused is only what we may not do: a meeting on a
day that is over, minutes of a meeting nobody held, a change to minutes that are signed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from blueprints.bargaining.ground import clocks as case_clocks
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.meeting_models import (
    Attendance,
    Meeting,
    MeetingState,
    MinutesSignature,
    Position,
    SigningMethod,
)
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.moves import move
from blueprints.bargaining.ground.team_models import Seat, Side
from blueprints.bargaining.meetings import queries as meetings
from blueprints.bargaining.meetings.rules import chair_of, signers_of
from rules.broken import RuleBroken
from rules.clauses import fingerprint
from rules.days import local_day
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

ART_34 = Text("《集体合同规定》第34条", "Order 22, art. 34")
READY = (CaseState.REPLIED_YES, CaseState.INFO_EXCHANGE)
AT_TABLE = (*READY, CaseState.NEGOTIATING)


@dataclass(frozen=True)
class Call:
    """What is said when a meeting is called. The rule of the place says who presides."""

    opens_at: datetime
    place: str
    agenda: tuple[str, ...]
    recorder_name: str = ""
    observers: str = ""
    minutes_long: int = 120


@dataclass(frozen=True)
class Said:
    """One turn on a topic."""

    topic: str
    side: str
    kind: str
    body: str
    amount: Decimal | None = None
    unit: str | None = None
    clause_key: str | None = None


def call_meeting(case: BargainingCase, said: Call, *, by_id: int | None) -> Meeting:
    """Call the next meeting: number and chair follow from those before it."""
    if case.state not in AT_TABLE:
        raise RuleBroken(
            Text("协商项目现在不在协商阶段，不能召集会议。",
                 "The case is not at the table now, so no meeting can be called."), ART_34
        )  # fmt: skip
    earlier = meetings.meetings_of(case.id)
    number = len(earlier) + 1
    side = chair_of(case, number)
    meeting = Meeting(
        case_id=case.id,
        number=number,
        opens_at=said.opens_at,
        minutes_long=said.minutes_long,
        place=said.place,
        agenda=[{"title": title} for title in said.agenda],
        chair_side=side,
        chair_name=_chiefs(case, side),
        recorder_name=said.recorder_name,
        observers=said.observers,
        called_by_id=by_id,
    )
    db.session.add(meeting)
    db.session.flush()
    _call_everybody(case, meeting)
    case_clocks.start_duration(case, None)
    trail.record("meeting.called", case, number=number, at=said.opens_at.isoformat())
    return meeting


def _chiefs(case: BargainingCase, side: str) -> str:
    sides = (Side.WORKERS, Side.EMPLOYER) if side == "both" else (Side(side),)
    chiefs = (queries.chief_of(case.id, one) for one in sides)
    return "、".join(chief.name for chief in chiefs if chief) or "—"


def _call_everybody(case: BargainingCase, meeting: Meeting) -> None:
    """Every representative of both teams as they stand now."""
    for side in (Side.WORKERS, Side.EMPLOYER):
        for one in queries.representatives_of(case.id, side):
            if one.seat == Seat.MEMBER:
                db.session.add(
                    Attendance(
                        meeting_id=meeting.id, representative_id=one.id, side=side,
                        name=one.name, chief=one.chief,
                    )
                )  # fmt: skip
    db.session.flush()


def change_meeting(case: BargainingCase, meeting: Meeting, said: Call) -> None:
    """Another time, place or agenda: the calendar entries of all are replaced by number."""
    _still_to_come(meeting)
    before = [meeting.opens_at.isoformat(), said.opens_at.isoformat()]
    meeting.opens_at, meeting.place, meeting.minutes_long = (
        said.opens_at, said.place, said.minutes_long,
    )  # fmt: skip
    meeting.agenda = [{"title": title} for title in said.agenda]
    meeting.recorder_name, meeting.observers = said.recorder_name, said.observers
    meeting.sequence += 1
    meeting.revision += 1
    trail.record("meeting.changed", case, number=meeting.number, changed={"at": before})


def cancel_meeting(case: BargainingCase, meeting: Meeting, reason: str) -> None:
    _still_to_come(meeting)
    meeting.state, meeting.cancelled_reason = MeetingState.CANCELLED, reason
    meeting.sequence += 1
    trail.record("meeting.cancelled", case, number=meeting.number, reason=reason)


def _still_to_come(meeting: Meeting) -> None:
    if meeting.state != MeetingState.CALLED:
        raise RuleBroken(Text("会议已经召开或者取消。", "It was held or cancelled already."))


def open_meeting(case: BargainingCase, meeting: Meeting, present: Collection[int]) -> None:
    """Who came. With both chiefs there, bargaining has begun."""
    _still_to_come(meeting)
    day = local_day(meeting.opens_at)
    if day > today():
        raise RuleBroken(Text("会议日期还没有到。", "The day of the meeting has not come yet."))
    rows = meetings.attendance_of(meeting.id)
    for one in rows:
        one.present = one.id in present
    meeting.state, meeting.held_on = MeetingState.HELD, day
    db.session.flush()
    trail.record(
        "meeting.held", case, number=meeting.number, held_on=day.isoformat(),
        present=sum(bool(one.present) for one in rows), called=len(rows),
    )  # fmt: skip
    case_clocks.start_duration(case, day)
    if case.state in READY and chiefs_present(rows):
        move(case, "meet", both_chiefs_present=True)


def chiefs_present(rows: Collection[Attendance]) -> bool:
    """Whether the chiefs of both sides came."""
    return {one.side for one in rows if one.chief and one.present} == {"workers", "employer"}


def take_turn(case: BargainingCase, meeting: Meeting, said: Said, *, by_id: int | None) -> Position:
    """Write down what a side said on a topic, in answer to the last turn on it."""
    if meeting.state != MeetingState.HELD:
        raise RuleBroken(
            Text("请先登记到会情况。", "Record who came before what was said."), ART_34
        )
    if meeting.minutes_sha256 is not None:
        raise RuleBroken(
            Text("纪要已经定稿，发言请记入下一次会议。",
                 "The minutes are fixed; what is said now belongs to the next meeting."), ART_34
        )  # fmt: skip
    last = meetings.last_on(case.id, said.topic)
    position = Position(
        case_id=case.id,
        meeting_id=meeting.id,
        topic=said.topic,
        clause_key=said.clause_key or (last.clause_key if last else None),
        turn=last.turn + 1 if last else 1,
        answers_id=last.id if last else None,
        side=said.side,
        kind=said.kind,
        body=said.body,
        amount=said.amount,
        unit=said.unit if said.amount is not None else None,
        recorded_by_id=by_id,
        recorded_at=now(),
    )
    db.session.add(position)
    trail.record(
        "meeting.turn_taken", case, topic=said.topic, turn=position.turn, side=said.side,
        kind=said.kind,
    )  # fmt: skip
    return position


def note_results(case: BargainingCase, meeting: Meeting, said: Mapping[str, Any]) -> None:
    """What came of it: results, what is still to be supplied, the next day."""
    if meeting.minutes_sha256 is not None:
        raise RuleBroken(Text("纪要已经定稿。", "The minutes are fixed already."), ART_34)
    if meeting.state != MeetingState.HELD:
        raise RuleBroken(Text("会议尚未召开。", "The meeting was not held yet."), ART_34)
    meeting.results, meeting.open_points = said["results"], said["open_points"]
    meeting.next_on = said["next_on"]
    meeting.revision += 1
    trail.record("meeting.results_noted", case, number=meeting.number)


def fix_minutes(case: BargainingCase, meeting: Meeting, text: str) -> None:
    """The minutes as they are read out. Signed, not a word of them changes any more."""
    if meeting.state != MeetingState.HELD:
        raise RuleBroken(Text("会议尚未召开。", "The meeting was not held yet."), ART_34)
    if meetings.signatures_under(meeting.id):
        raise RuleBroken(Text("纪要已有人签字。", "Somebody has signed the minutes."), ART_34)
    meeting.minutes_text, meeting.minutes_sha256 = text, fingerprint(text)
    meeting.minutes_fixed_at = now()
    trail.record("meeting.minutes_fixed", case, number=meeting.number, sha256=fingerprint(text))


def sign_minutes(
    case: BargainingCase,
    meeting: Meeting,
    representative_id: int,
    method: SigningMethod,
    *,
    document_id: int | None = None,
) -> MinutesSignature:
    """Somebody who was there puts their name under the minutes: each once, under this very text."""
    if meeting.minutes_sha256 is None:
        raise RuleBroken(Text("请先将纪要定稿。", "Fix the text of the minutes first."), ART_34)
    here = {one.representative_id: one for one in meetings.attendance_of(meeting.id)}
    who = here.get(representative_id)
    if who is None or not who.present:
        raise RuleBroken(Text("此人没有参加会议。", "This person was not at the meeting."), ART_34)
    if representative_id in meetings.signatures_under(meeting.id):
        raise RuleBroken(Text("已经签过字。", "It is signed already."), ART_34)
    signature = MinutesSignature(
        meeting_id=meeting.id,
        minutes_sha256=meeting.minutes_sha256,
        representative_id=representative_id,
        method=method,
        signed_at=now(),
        document_id=document_id,
    )
    db.session.add(signature)
    trail.record("meeting.minutes_signed", case, number=meeting.number, name=who.name)
    return signature


def minutes_complete(case: BargainingCase, meeting: Meeting) -> bool:
    """Whether all whom the place's rule names have signed."""
    if meeting.minutes_sha256 is None:
        return False
    wanted = signers_of(case, meetings.attendance_of(meeting.id))
    signed = meetings.signatures_under(meeting.id)
    return bool(wanted) and all(one.representative_id in signed for one in wanted)
