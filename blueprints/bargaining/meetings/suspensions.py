"""Suspending the bargaining with both sides' consent, and taking it up again."""

from dataclasses import dataclass
from datetime import date

from blueprints.bargaining.ground import clocks as case_clocks
from blueprints.bargaining.ground.meeting_models import Suspension
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.moves import move
from blueprints.bargaining.meetings import queries as meetings
from blueprints.bargaining.meetings.rules import cap_of, faults_in_suspension
from rules.broken import RuleBroken
from rules.findings import Finding, require
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db


@dataclass(frozen=True)
class Pause:
    """What both sides agreed: from when to when, why, and who agreed for each side."""

    from_on: date
    until_on: date
    reason: str
    worker_consent: str
    employer_consent: str
    force_majeure: bool = False
    document_id: int | None = None


def suspend(case: BargainingCase, said: Pause) -> Suspension:
    """Refused beyond the cap of the place; the clocks of the case move by the days it lasts."""
    require(faults_in(case, said))
    move(case, "suspend", both_sides_agree=True, resumption_date_set=True)
    cap = cap_of(case, said.from_on)
    row = Suspension(
        case_id=case.id,
        from_on=said.from_on,
        until_on=said.until_on,
        reason=said.reason,
        force_majeure=said.force_majeure,
        worker_consent=said.worker_consent,
        employer_consent=said.employer_consent,
        document_id=said.document_id,
        cap={"last_day": cap.isoformat()} if cap else {},
    )
    db.session.add(row)
    trail.record(
        "case.suspended", case, from_on=said.from_on.isoformat(),
        until_on=said.until_on.isoformat(), reason=said.reason,
    )  # fmt: skip
    case_clocks.move_clocks(case)
    return row


def faults_in(case: BargainingCase, said: Pause) -> list[Finding]:
    earlier = sum(
        ((one.resumed_on or one.until_on) - one.from_on).days
        for one in meetings.suspensions_of(case.id)
    )
    return faults_in_suspension(
        case, said.from_on, said.until_on, earlier, force_majeure=said.force_majeure
    )


def resume(case: BargainingCase, on: date) -> None:
    """Bargaining goes on; a suspension that ends early gives its remaining days back."""
    row = meetings.open_suspension(case.id)
    if row is None:
        raise RuleBroken(Text("没有中止记录。", "Nothing is suspended."))
    if not row.from_on <= on <= today():
        raise RuleBroken(Text("恢复日期不对。", "The day of resumption cannot be right."))
    row.resumed_on = on
    move(case, "resume")
    trail.record("case.resumed", case, on=on.isoformat())
    case_clocks.move_clocks(case)
