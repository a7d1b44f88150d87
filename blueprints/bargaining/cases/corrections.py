"""Correcting what a case says of itself, its survey, and ending it without a contract."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.moves import move
from tenants import trail


def correct(case: BargainingCase, facts: dict[str, Any]) -> None:
    """Write what was corrected; the trail keeps from what to what."""
    changed = {key: (getattr(case, key), value) for key, value in facts.items()
               if getattr(case, key) != value}  # fmt: skip
    for key, (_before, value) in changed.items():
        setattr(case, key, value)
    if changed:
        trail.record("case.corrected", case, changed=changed)


def record_survey(
    case: BargainingCase, on: date, note: str, *, document_id: int | None = None
) -> None:
    """The baseline survey (基本情况调查) is done: when, and what it found."""
    case.surveyed_on, case.survey_note = on, note
    case.survey_document_id = document_id or case.survey_document_id
    trail.record("case.surveyed", case, on=on.isoformat())


def withdraw(case: BargainingCase, on: date, reason: str) -> None:
    """A case opened in vain is withdrawn before it is bargained; its offers are free again."""
    move(case, "withdraw", reason_recorded=True)
    case.closed_on, case.closed_reason = on, reason
    trail.record("case.withdrawn", case, reason=reason)


def close(case: BargainingCase, on: date, reason: str) -> None:
    """The time to bargain is over without a contract, and nobody has applied for coordination."""
    move(case, "close")
    case.closed_on, case.closed_reason = on, reason
    trail.record("case.closed", case, on=on.isoformat(), reason=reason)


def stale(form: Any, updated_at: datetime) -> bool:
    """Whether somebody else has changed the row since the form was shown; says so on the form.

    What was typed stays, and the next attempt goes through: the person has been told.
    """
    now = updated_at.isoformat()
    if form.seen.data == now:
        return False
    form.form_errors.append(
        _("Somebody else has changed this meanwhile. Compare, and save once more.")
    )
    form.seen.data = now
    return True
