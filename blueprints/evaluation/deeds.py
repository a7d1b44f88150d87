"""The verbs that open a survey and end it; its figures are counted at the end, once."""

from sqlalchemy import select

from blueprints.evaluation import codes, counting, planning, queries
from blueprints.evaluation.models import Invitation, Survey, SurveyState
from rules.procedure import advance
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.numbering import document_number, take

MACHINE = "survey"


def facts_of(survey: Survey, *, by_id: int, reason: str = "") -> dict[str, bool]:
    """What the procedure asks before it lets a survey go on."""
    invited = select(Invitation.id).where(Invitation.survey_id == survey.id).limit(1)
    return {
        "has_places": db.session.scalar(invited) is not None,
        "contents_chosen": planning.has_true_items(survey),
        "another_opens": survey.planned_by_id != by_id,
        "not_over": survey.closes_on >= today(),
        "period_over": survey.closes_on < today(),
        "reason_recorded": bool(reason.strip()),
    }


def open_survey(survey: Survey, *, by_id: int) -> None:
    """From its first day on workers can answer. Never opened by whoever planned it."""
    state = advance(MACHINE, survey.state, "open", facts_of(survey, by_id=by_id))
    year = today().year
    number = document_number("survey", year, take("survey", year)[0])
    survey.state, survey.document_no = state, number
    survey.opened_by_id, survey.opened_at = by_id, now()
    db.session.flush()
    trail.record("survey.opened", survey, number=survey.document_no, until=str(survey.closes_on))


def drop(survey: Survey, reason: str, *, by_id: int) -> None:
    """Given up before it began."""
    facts = facts_of(survey, by_id=by_id, reason=reason)
    survey.state = advance(MACHINE, survey.state, "drop", facts)
    survey.ended_reason = reason
    trail.record("survey.dropped", survey, reason=reason)


def close(survey: Survey, reason: str, *, by_id: int) -> None:
    """Closed by hand before its last day."""
    facts = facts_of(survey, by_id=by_id, reason=reason)
    _close(survey, "close", facts, reason)


def end(survey: Survey) -> bool:
    """Closed because its last day has passed. False where there is nothing to do."""
    if survey.state != SurveyState.OPEN or survey.closes_on >= today():
        return False
    _close(survey, "end", {"period_over": True}, None)
    return True


def _close(survey: Survey, event: str, facts: dict[str, bool], reason: str | None) -> None:
    """The row is locked: answers under way are in before they are counted."""
    state = advance(MACHINE, survey.state, event, facts)
    codes.forget(survey)
    survey.figures = counting.figures_of(survey)
    survey.state, survey.closed_at, survey.ended_reason = state, now(), reason
    db.session.flush()
    workers = counting.whole_of(survey)
    trail.record(
        "survey.closed", survey, reason=reason,
        valid=workers.valid if workers else None,
    )  # fmt: skip


def count_handed_out(survey: Survey, invitation: Invitation, how_many: int) -> None:
    """How many forms and links were given out at a unit; the return rate goes by it."""
    invitation.handed_out = how_many
    trail.record("survey.handed_out", survey, unit=invitation.enterprise_id, forms=how_many)


def overdue() -> list[int]:
    """Open surveys whose last day has passed."""
    query = select(Survey.id).where(Survey.state == SurveyState.OPEN, Survey.closes_on < today())
    return list(db.session.scalars(query.order_by(Survey.id)))


def units_asked(survey: Survey) -> int:
    return len({row.enterprise_id for row in queries.places(survey.id)})
