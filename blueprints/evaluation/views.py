"""The surveys of a federation: the list, one survey with its units and, once closed, its rates."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.evaluation import lists, pages, queries
from blueprints.evaluation.exports import survey_heads, survey_rows
from blueprints.evaluation.labels import LOOKS, SCOPES, state_label
from blueprints.evaluation.models import SurveyState
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from tenants.db import db
from tenants.roles import May, Scope

bp = Blueprint("surveys", __name__, url_prefix="/<tenant>/surveys")


@bp.get("")
@requires(May.SURVEYS_READ)
def index() -> ResponseReturnValue:
    """All surveys this person may see, the newest first, with the three rates of the closed."""
    asked = lists.Asked.of(request.args)
    return page(
        "surveys/index.html",
        fragment="surveys/_list.html",
        asked=asked,
        page=lists.page_of(viewer(), asked),
        total=lists.how_many(viewer(), asked),
        states=[(str(one), said(state_label(one))) for one in SurveyState],
        scopes=[(key, said(words)) for key, words in SCOPES.items()],
        looks=LOOKS,
        rates_of=pages.rates() if everything() else pages.no_rates,
        exports=export_links(),
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.SURVEYS_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, with numerators, denominators and versions."""
    asked = lists.Asked.of(request.args)
    order = (k.ordered for k in lists.order_of(asked.sort))
    rows = db.session.execute(lists.surveys(viewer(), asked).order_by(*order)).all()
    return sheet(kind, _("Surveys"), survey_heads(), survey_rows(rows))


@bp.get("/<int:survey_id>")
@requires(May.SURVEYS_READ)
def show(survey_id: int) -> ResponseReturnValue:
    """One survey: what is asked and of whom; nothing of the answers before it is closed."""
    survey = queries.seen(survey_id, viewer())
    context = pages.survey_page(survey, viewer(), request.args.get("by", ""))
    return render_template("surveys/show.html", **context)


def everything() -> bool:
    """Whether this person sees the whole federation, and so the sums of whole surveys."""
    return viewer().reach(May.SURVEYS_READ) is Scope.ALL


def export_links() -> list[tuple[str, str]]:
    """The sheets of this very list, for those who may take it away."""
    if not viewer().may(May.SURVEYS_EXPORT):
        return []
    return [
        (kind.upper(), same_questions(url_for(".export", kind=kind))) for kind in ("xlsx", "csv")
    ]


def act(title: str, form: Any, *, back: str, status: int = 200, **context: Any) -> Response:
    """One act as a page: what will happen, what has to be typed, the button."""
    made = render_template("surveys/act.html", title=title, form=form, back=back, **context)
    return make_response(made, status)
