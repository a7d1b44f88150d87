"""What the surveys put on the workbench: what waits to be opened, and what ends soon."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from blueprints.evaluation.models import Survey, SurveyState
from blueprints.evaluation.queries import reached
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Due, Row, Stuck, card
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 6
SOON = timedelta(days=7)


@card(60, May.SURVEYS_OPEN)
def to_open(viewer: Viewer) -> Card | None:
    """Plans that wait for a leader who did not draw them up."""
    query = (
        select(Survey.id, Survey.name, Survey.opens_on, func.count().over().label("n"))
        .where(
            Survey.state == SurveyState.PLANNED,
            Survey.planned_by_id != viewer.id,
            Survey.closes_on >= today(),
        )
        .order_by(Survey.opens_on, Survey.id)
        .limit(SHOWN)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Stuck(
        _("Surveys to open"),
        figure=rows[0].n,
        link=url_for("surveys.index", state="planned"),
        rows=[
            Row(
                row.name,
                url=url_for("surveys.show", survey_id=row.id),
                reason=_("planned to begin on %(day)s", day=row.opens_on),
                waits_for=_("a leader"),
                act=_("Look at the plan"),
                mine=True,
            )
            for row in rows
        ],
    )


@card(61, May.SURVEYS_PLAN)
def ending(viewer: Viewer) -> Card | None:
    """Open surveys in their last week: the last chance to remind a unit."""
    query = (
        select(Survey.id, Survey.name, Survey.closes_on, func.count().over().label("n"))
        .where(
            Survey.state == SurveyState.OPEN,
            Survey.closes_on <= today() + SOON,
            reached(viewer),
        )
        .order_by(Survey.closes_on, Survey.id)
        .limit(SHOWN)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Due(
        _("Surveys that end soon"),
        figure=rows[0].n,
        link=url_for("surveys.index", state="open"),
        rows=[
            Row(
                row.name,
                what=_("Survey ends"),
                url=url_for("surveys.show", survey_id=row.id),
                date=row.closes_on,
                act=_("See who is missing"),
            )
            for row in rows
        ],
    )
