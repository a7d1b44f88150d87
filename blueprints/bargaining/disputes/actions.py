"""Disputes about making a contract: applied for, taken up, settled or ended by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort
from sqlalchemy import select

from blueprints.bargaining.disputes import clocks as dispute_clocks
from blueprints.bargaining.disputes import notices as dispute_notices
from blueprints.bargaining.disputes.notices import News
from blueprints.bargaining.ground.dispute_models import OPEN, Dispute, DisputeState
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.moves import move
from blueprints.bargaining.ground.queries import FRESH, seen
from blueprints.offers.ground.service_models import DeadlineStatus
from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import read_once
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@dataclass(frozen=True)
class Application:
    """Who applies to whom, about what."""

    applicant: str
    authority: str
    matter: str
    applied_on: date
    application_id: int | None = None


def get_dispute(
    dispute_id: int, viewer: Viewer, permission: May = May.CASES_READ, *, lock: bool = False
) -> Dispute:
    found = db.session.scalar(select(Dispute).where(Dispute.id == dispute_id)) or abort(404)
    seen(found.case_id, viewer, permission, lock=lock)
    query = select(Dispute).where(Dispute.id == dispute_id)
    return db.session.scalars(query, execution_options=FRESH if lock else {}).one()


@read_once
def disputes_of(case_id: int) -> Sequence[Dispute]:
    query = select(Dispute).where(Dispute.case_id == case_id).order_by(Dispute.id.desc())
    return db.session.scalars(query).all()


def open_dispute(case_id: int) -> Dispute | None:
    return next((one for one in disputes_of(case_id) if one.state in OPEN), None)


def apply(case: BargainingCase, said: Application) -> Dispute:
    """Apply for coordination (Labour Law, article 84): the case waits for its outcome."""
    if said.applied_on > today():
        raise RuleBroken(Text("申请日期还没有到。", "The day of application has not come yet."))
    dispute = Dispute(
        case_id=case.id,
        applicant=said.applicant,
        authority=said.authority,
        matter=said.matter,
        applied_on=said.applied_on,
        application_id=said.application_id,
    )
    db.session.add(dispute)
    db.session.flush()
    trail.record("dispute.applied", case, authority=said.authority, matter=said.matter)
    move(case, "apply_for_settlement", coordination_applied=True)
    dispute_notices.tell_applied(case, dispute)
    return dispute


def file_paper(case: BargainingCase, dispute: Dispute, document_id: int | None) -> None:
    """The application as it was handed in, sealed; it takes the place of one filed before."""
    if document_id is None:
        raise RuleBroken(Text("请上传申请书。", "Attach the application."))
    dispute.application_id = document_id
    trail.record("dispute.paper_filed", case, document=document_id)


def accept(case: BargainingCase, dispute: Dispute, on: date) -> None:
    """The authority takes it up: its clock runs from that day, by the rule of the place."""
    _in(dispute, DisputeState.APPLIED)
    if not dispute.applied_on <= on <= today():
        raise RuleBroken(Text("受理日期不对。", "The day of acceptance cannot be right."))
    dispute.accepted_on, dispute.state = on, DisputeState.ACCEPTED
    clock = dispute_clocks.start(case, dispute, on)
    due_on = clock.due_on.isoformat() if clock else ""
    trail.record("dispute.accepted", case, on=on.isoformat(), due_on=due_on)
    dispute_notices.tell(case, dispute, News.ACCEPTED, on)


def extend(case: BargainingCase, dispute: Dispute, days: int, reason: str) -> None:
    """More time, once, within what the rule of the place allows."""
    _in(dispute, DisputeState.ACCEPTED)
    if dispute.extended_days is not None or dispute.accepted_on is None:
        raise RuleBroken(Text("已经延长过一次。", "It was extended once already."))
    clock = dispute_clocks.extend(case, dispute, days, reason)
    dispute.extended_days, dispute.extension_reason = days, reason
    trail.record(
        "dispute.extended", case, days=days, reason=reason, due_on=clock.due_on.isoformat()
    )
    dispute_notices.tell(case, dispute, News.EXTENDED, today(), reason)


def settle(
    case: BargainingCase, dispute: Dispute, on: date, outcome: str, settlement_id: int | None
) -> None:
    """A settlement (协调处理协议书) is on file: bargaining goes on with it."""
    _in(dispute, DisputeState.ACCEPTED)
    if settlement_id is None:
        raise RuleBroken(Text("请上传协调处理协议书。", "The settlement must be on file."))
    dispute.settlement_id = settlement_id
    _end(dispute, DisputeState.SETTLED, on, outcome)
    trail.record("dispute.settled", case, on=on.isoformat())
    move(case, "settle", settlement_on_file=True)
    dispute_notices.tell(case, dispute, News.SETTLED, on, outcome)


def end(case: BargainingCase, dispute: Dispute, on: date, outcome: str) -> None:
    """The period has run out without a settlement: the case ends."""
    _in(dispute, DisputeState.ACCEPTED)
    move(case, "close", settlement_period_ended=period_over(dispute, on))
    case.closed_on, case.closed_reason = on, outcome
    _end(dispute, DisputeState.ENDED, on, outcome)
    trail.record("dispute.ended", case, on=on.isoformat(), outcome=outcome)
    dispute_notices.tell(case, dispute, News.ENDED, on, outcome)


def put_aside(
    case: BargainingCase, dispute: Dispute, on: date, outcome: str, *, refused: bool
) -> None:
    """Not taken up, or withdrawn: the parties are at the table again."""
    if dispute.state not in OPEN:
        raise RuleBroken(Text("本申请已经办结。", "This application is over already."))
    state = DisputeState.REFUSED if refused else DisputeState.WITHDRAWN
    _end(dispute, state, on, outcome)
    trail.record("dispute.put_aside", case, on=on.isoformat(), outcome=outcome)
    if case.state == CaseState.DISPUTE_MAKING:
        move(case, "take_back", application_put_aside=True)
    dispute_notices.tell(case, dispute, News(state), on, outcome)


def not_before(dispute: Dispute) -> date | None:
    """The last day of the period by which the case may be ended; None where no clock runs.

    Where the place's rule is not confirmed, the longest of any confirmed rule is waited for.
    """
    clock = dispute_clocks.clock_of(dispute.id)
    return dispute_clocks.last_day(clock) if clock else None


def period_over(dispute: Dispute, on: date) -> bool:
    """Whether the period has ended by a day; one whose calendar is not known has not."""
    clock = dispute_clocks.clock_of(dispute.id)
    return clock is not None and not clock.provisional and dispute_clocks.last_day(clock) < on


_STOPPED = {
    DisputeState.SETTLED: DeadlineStatus.MET,
    DisputeState.ENDED: DeadlineStatus.LAPSED,
}


def _end(dispute: Dispute, state: DisputeState, on: date, outcome: str) -> None:
    if not dispute.applied_on <= on <= today():
        raise RuleBroken(Text("办结日期不对。", "The day it ended cannot be right."))
    dispute.state, dispute.ended_on, dispute.outcome = state, on, outcome
    dispute_clocks.stop(dispute, _STOPPED.get(state, DeadlineStatus.DROPPED))


def _in(dispute: Dispute, state: DisputeState) -> None:
    if dispute.state != state:
        raise RuleBroken(
            Text("本申请现在不能这样办理。", "This cannot be done where it stands now.")
        )
