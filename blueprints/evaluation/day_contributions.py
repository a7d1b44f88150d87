"""What the surveys hand in for a supervisor's day: posters to hang at units of the portfolio."""

from collections.abc import Iterable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.evaluation.models import Invitation, Respondent, Survey, SurveyState
from blueprints.supervisors.models import Supervisor
from blueprints.visits.agenda import SHOWN, Item, Where, on_the_agenda
from blueprints.visits.duties import of_portfolio
from tenants.db import db


@on_the_agenda(38)
def surveys_to_hand_out(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """Open surveys at units of the portfolio where nobody has counted what was handed out."""
    rows = db.session.execute(
        of_portfolio(
            supervisor, on, Invitation,
            Invitation.id, Invitation.survey_id, Survey.name.label("survey"), Survey.closes_on,
        )
        .join(
            Survey,
            (Survey.tenant_id == Invitation.tenant_id) & (Survey.id == Invitation.survey_id),
        )
        .where(
            Survey.state == SurveyState.OPEN,
            Survey.opens_on <= on,
            Survey.closes_on >= on,
            Invitation.respondent == Respondent.WORKERS,
            Invitation.handed_out.is_(None),
        )
        .order_by(Survey.closes_on, Invitation.id)
        .limit(SHOWN)
    )  # fmt: skip
    for row in rows:
        yield Item(
            "survey",
            Where.of(row),
            _l("Hand out a survey"),
            url_for("surveys.poster", survey_id=row.survey_id, invitation_id=row.id),
            _l("Open the poster"),
            note=_("%(name)s, until %(day)s", name=row.survey, day=row.closes_on),
            due=row.closes_on,
        )
