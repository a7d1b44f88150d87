"""Results taken away as a sheet, and the trend over surveys."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.evaluation import habits, pages, queries, results
from blueprints.evaluation.exports import group_heads, group_rows
from blueprints.evaluation.labels import BY
from blueprints.evaluation.models import SurveyState
from blueprints.evaluation.views import bp, everything
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.languages import said
from rules.survey import RATE_NAMES
from tenants.roles import May


@bp.get("/<int:survey_id>/results.<any(xlsx, csv):kind>")
@requires(May.SURVEYS_EXPORT)
def results_export(survey_id: int, kind: str) -> ResponseReturnValue:
    """What the page shows, with the same protection."""
    survey = queries.seen(survey_id, viewer(), May.SURVEYS_EXPORT)
    if survey.state != SurveyState.CLOSED:
        abort(404)
    by = request.args.get("by", "")
    by = by if by in results.BY else "enterprise"
    found = results.groups(survey, by)
    whole = results.whole(survey)
    name = f"{survey.name}-{said(BY[by])}"
    return sheet(kind, name, group_heads(), group_rows(survey, whole, found))


@bp.get("/trend")
@requires(May.SURVEYS_READ)
def trend() -> ResponseReturnValue:
    """The three rates over the closed surveys, each a line of its own."""
    points = pages.trend(viewer()) if everything() else []
    return render_template(
        "surveys/trend.html", points=points, lines=pages.lines_of(points),
        rate_names=RATE_NAMES, targets=habits.targets(), everything=everything(),
        title=_("Trend of the three rates"),
    )  # fmt: skip
