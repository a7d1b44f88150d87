"""Information before the table: asked for, handed over, kept within the two teams."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from blueprints.bargaining.ground.law import count
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import InfoItem, InfoRequest
from blueprints.bargaining.ground.reach import runs_it
from blueprints.bargaining.ground.team_models import Representative, Side, Team
from blueprints.bargaining.teams.actions import OF_TEAM
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from tenants import trail
from tenants.db import db
from tenants.numbering import document_number, take

CLOCK = "info.disclosure_before_meeting"
PURPOSE = "information"  # documents of this purpose are for the two teams only


def request_information(
    case: BargainingCase,
    side: Side | str,
    asked: str,
    *,
    asked_on: date,
    meeting_on: date | None,
    by_id: int,
) -> InfoRequest:
    """One side asks; the last day is counted back from the meeting, under the place's rule.

    Where the place's rule is not known, the earliest day that any confirmed rule gives is kept to.
    """
    (number,) = take("info", asked_on.year)
    counted = count(case, CLOCK, meeting_on) if meeting_on else None
    request = InfoRequest(
        case_id=case.id,
        document_no=document_number("info", asked_on.year, number),
        by_side=side,
        asked=asked,
        asked_on=asked_on,
        meeting_on=meeting_on,
        due_on=(counted.safe or counted.on) if counted else None,
        clock={"derivation": counted.derivation, "article": counted.words.to_json()}
        if counted
        else {},
        recorded_by_id=by_id,
    )
    db.session.add(request)
    db.session.flush()
    trail.record(
        "information.requested", case, number=request.document_no, side=str(side),
        due_on=request.due_on.isoformat() if request.due_on else None,
    )  # fmt: skip
    return request


def hand_over(
    case: BargainingCase,
    request: InfoRequest,
    what: str,
    *,
    handed_on: date,
    handed_by: str,
    confidential: bool,
    document_id: int | None,
    by_id: int,
) -> InfoItem:
    """Something was handed over, on paper or as a file."""
    item = InfoItem(
        request_id=request.id, what=what, handed_on=handed_on, handed_by=handed_by,
        confidential=confidential, document_id=document_id, recorded_by_id=by_id,
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    trail.record("information.handed_over", case, number=request.document_no)
    return item


def answer_without(case: BargainingCase, request: InfoRequest, words: str, on: date) -> None:
    """What the other side said instead of handing something over, word for word."""
    request.answer, request.answered_on = words, on
    trail.record("information.answered", case, number=request.document_no)


@read_once
def requests_of(case_id: int) -> Sequence[InfoRequest]:
    query = (
        select(InfoRequest).where(InfoRequest.case_id == case_id).order_by(InfoRequest.id.desc())
    )
    return db.session.scalars(query).all()


@read_once
def items_of(case_id: int) -> Sequence[InfoItem]:
    query = (
        select(InfoItem)
        .join(InfoRequest, OF_REQUEST)
        .where(InfoRequest.case_id == case_id)
        .order_by(InfoItem.id)
    )
    return db.session.scalars(query).all()


def get_request(case: BargainingCase, ident: int) -> InfoRequest | None:
    return db.session.scalar(
        select(InfoRequest).where(InfoRequest.case_id == case.id, InfoRequest.id == ident)
    )


def get_item(case: BargainingCase, ident: int) -> InfoItem | None:
    query = select(InfoItem).join(InfoRequest, OF_REQUEST)
    return db.session.scalar(query.where(InfoRequest.case_id == case.id, InfoItem.id == ident))


def may_open(case: BargainingCase, person: Viewer) -> bool:
    """Files are for the two teams: of the accounts, those of who bargains or runs the case.

    Reading the case is not enough: another officer, a leader and an auditor see that something
    was handed over and when, and not what is in it.
    """
    return runs_it(case, person)


def behind_room(token: str) -> tuple[BargainingCase, Representative] | None:
    """Whose private way to the papers of the teams this is; nobody's once they have left."""
    query = (
        select(BargainingCase, Representative)
        .join(Team, OF_CASE)
        .join(Representative, OF_TEAM)
        .where(Representative.room_token == token, Representative.left_on.is_(None))
    )  # fmt: skip
    row = db.session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


OF_CASE = (Team.tenant_id == BargainingCase.tenant_id) & (Team.case_id == BargainingCase.id)
OF_REQUEST = (InfoRequest.tenant_id == InfoItem.tenant_id) & (InfoRequest.id == InfoItem.request_id)
