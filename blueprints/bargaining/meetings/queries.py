"""What the pages of meetings read."""

from collections.abc import Sequence
from itertools import groupby

from flask import abort
from sqlalchemy import select

from blueprints.bargaining.ground.meeting_models import (
    Attendance,
    Meeting,
    MeetingState,
    MinutesSignature,
    Position,
    Suspension,
)
from blueprints.bargaining.ground.queries import FRESH, seen
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from tenants.db import db
from tenants.roles import May


def get_meeting(
    meeting_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> Meeting:
    """A meeting of a case this person reaches, or 404. To change it, its case is locked first."""
    found = db.session.scalar(select(Meeting).where(Meeting.id == meeting_id)) or abort(404)
    seen(found.case_id, viewer, permission, lock=lock)
    if not lock:
        return found
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    return db.session.scalars(query, execution_options=FRESH).one()


@read_once
def meetings_of(case_id: int) -> Sequence[Meeting]:
    query = select(Meeting).where(Meeting.case_id == case_id).order_by(Meeting.number)
    return db.session.scalars(query).all()


def held(case_id: int) -> Sequence[Meeting]:
    """Those that took place, in their order."""
    return [one for one in meetings_of(case_id) if one.state == MeetingState.HELD]


@read_once
def attendance_of(meeting_id: int) -> Sequence[Attendance]:
    """Those called: workers' side first, in each the chief first."""
    query = select(Attendance).where(Attendance.meeting_id == meeting_id)
    order = (Attendance.side.desc(), Attendance.chief.desc(), Attendance.id)
    return db.session.scalars(query.order_by(*order)).all()


@read_once
def positions_of(case_id: int) -> dict[str, list[Position]]:
    """What was said on each topic, turn by turn, topics in the order they first came up."""
    rows = db.session.scalars(
        select(Position).where(Position.case_id == case_id).order_by(Position.topic, Position.turn)
    ).all()
    chains = [list(chain) for _, chain in groupby(rows, key=lambda one: one.topic)]
    return {chain[0].topic: chain for chain in sorted(chains, key=lambda chain: chain[0].id)}


def positions_at(meeting_id: int) -> Sequence[Position]:
    query = select(Position).where(Position.meeting_id == meeting_id).order_by(Position.id)
    return db.session.scalars(query).all()


def last_on(case_id: int, topic: str) -> Position | None:
    """The last turn on a topic."""
    query = select(Position).where(Position.case_id == case_id, Position.topic == topic)
    return db.session.scalar(query.order_by(Position.turn.desc()).limit(1))


def signatures_under(meeting_id: int) -> dict[int, MinutesSignature]:
    """Who signed the minutes, by representative."""
    query = select(MinutesSignature).where(MinutesSignature.meeting_id == meeting_id)
    return {one.representative_id: one for one in db.session.scalars(query)}


@read_once
def suspensions_of(case_id: int) -> Sequence[Suspension]:
    query = select(Suspension).where(Suspension.case_id == case_id).order_by(Suspension.id)
    return db.session.scalars(query).all()


def open_suspension(case_id: int) -> Suspension | None:
    return next((one for one in suspensions_of(case_id) if one.resumed_on is None), None)
