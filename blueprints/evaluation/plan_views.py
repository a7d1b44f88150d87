"""Planning a survey, changing the plan, opening and ending it."""

from typing import Any

from flask import Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.evaluation import choices, deeds, planning, queries
from blueprints.evaluation.forms import ConfirmForm, NewForm, PlanForm, ReasonForm
from blueprints.evaluation.labels import SCOPES
from blueprints.evaluation.models import InstrumentState, Survey, SurveyScope
from blueprints.evaluation.views import act, bp
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.survey import sample_for
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/new")
@requires(May.SURVEYS_PLAN)
def new() -> ResponseReturnValue:
    """First whose workers; then, with `scope` and `ident`, the plan."""
    scope, ident = request.args.get("scope", ""), request.args.get("ident", "")
    if not ident or scope not in set(SurveyScope):
        return render_template("surveys/scope.html", choices=choices.of_scopes(), scopes=SCOPES)
    about = choices.known(scope, ident) or abort(404)
    pool = queries.pool(scope, about.ident, today())
    form = NewForm(
        formdata=None, pool=pool, approved=queries.instruments(InstrumentState.APPROVED),
        data=choices.first_plan(about, pool),
    )  # fmt: skip
    return plan_page(form, about, pool)


@bp.post("/new")
@requires(May.SURVEYS_PLAN)
def create() -> ResponseReturnValue:
    scope, ident = request.args.get("scope", ""), request.args.get("ident", "")
    about = choices.known(scope, ident) or abort(404)
    pool = queries.pool(scope, about.ident, today())
    form = NewForm(pool=pool, approved=queries.instruments(InstrumentState.APPROVED))
    if not form.validate():
        return plan_page(form, about, pool, status=422)
    survey = planning.plan(
        scope, about.ident, form.plan(), by_id=viewer().id, units=form.units.data
    )
    db.session.commit()
    return moved(url_for(".show", survey_id=survey.id))


@bp.route("/<int:survey_id>/plan", methods=["GET", "POST"])
@requires(May.SURVEYS_PLAN)
def edit(survey_id: int) -> ResponseReturnValue:
    """Everything but whose workers are asked, until it is opened."""
    survey = writable(survey_id, May.SURVEYS_PLAN)
    approved = queries.instruments(InstrumentState.APPROVED)
    first = request.method == "GET"
    form = PlanForm(
        **({"formdata": None, "data": kept(survey)} if first else {}), approved=approved
    )
    if first or not form.validate():
        return act(
            _("Change the plan"), form, back=back_to(survey), about=survey.name,
            label=_("Save the survey plan"),
            status=200 if first else 422,
        )  # fmt: skip
    planning.change(survey, form.plan(), version=int(form.version.data or 0))
    db.session.commit()
    return moved(back_to(survey))


@bp.post("/<int:survey_id>/units/<int:enterprise_id>/removal")
@requires(May.SURVEYS_PLAN)
def remove_unit(survey_id: int, enterprise_id: int) -> ResponseReturnValue:
    survey = writable(survey_id, May.SURVEYS_PLAN)
    if enterprise_id not in {row.enterprise_id for row in queries.places(survey.id)}:
        abort(404)
    planning.remove_unit(survey, enterprise_id)
    db.session.commit()
    return moved(back_to(survey))


@bp.route("/<int:survey_id>/opening", methods=["GET", "POST"])
@requires(May.SURVEYS_OPEN)
def open_it(survey_id: int) -> ResponseReturnValue:
    """A leader who did not plan it opens it."""
    survey = writable(survey_id, May.SURVEYS_OPEN)
    form = ConfirmForm()
    if request.method == "GET" or not form.validate():
        says = _(
            "From %(first)s to %(last)s the workers of %(units)s units can answer. Questions, "
            "boxes and units cannot be changed any more.",
            first=survey.opens_on, last=survey.closes_on, units=deeds.units_asked(survey),
        )  # fmt: skip
        return act(_("Open the survey"), form, back=back_to(survey), about=survey.name, says=says)
    deeds.open_survey(survey, by_id=viewer().id)
    db.session.commit()
    return moved(back_to(survey))


@bp.route("/<int:survey_id>/dropping", methods=["GET", "POST"])
@requires(May.SURVEYS_PLAN)
def drop(survey_id: int) -> ResponseReturnValue:
    survey = writable(survey_id, May.SURVEYS_PLAN)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        says = _("The plan stays on file and is not carried out.")
        return with_reason(_("Drop it"), form, survey, says)
    deeds.drop(survey, form.reason.data or "", by_id=viewer().id)
    db.session.commit()
    return moved(back_to(survey))


@bp.route("/<int:survey_id>/closing", methods=["GET", "POST"])
@requires(May.SURVEYS_PLAN)
def close(survey_id: int) -> ResponseReturnValue:
    """Before its last day, by hand; on its last day it ends by itself."""
    survey = writable(survey_id, May.SURVEYS_PLAN)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        says = _("No more answers are taken. The figures are counted once and then stand.")
        return with_reason(_("Close it early"), form, survey, says)
    deeds.close(survey, form.reason.data or "", by_id=viewer().id)
    db.session.commit()
    return moved(back_to(survey))


def writable(survey_id: int, permission: May) -> Survey:
    return queries.seen(survey_id, viewer(), permission, lock=request.method == "POST")


def with_reason(title: str, form: ReasonForm, survey: Survey, says: str) -> Response:
    return act(
        title, form, back=back_to(survey), about=survey.name, says=says, grave=True,
        status=200 if request.method == "GET" else 422,
    )  # fmt: skip


def back_to(survey: Survey) -> str:
    return url_for("surveys.show", survey_id=survey.id)


def kept(survey: Survey) -> dict[str, Any]:
    """The plan as it stands, for the form."""
    names = ("name", "respondents", "opens_on", "closes_on", "sampling", "sample_wanted", "version")
    known = {name: getattr(survey, name) for name in names}
    return {**known, "instrument": str(survey.instrument_id or "")}


def plan_page(form: NewForm, about: choices.About, pool: Any, *, status: int = 200) -> Response:
    people = sum(row.headcount or 0 for row in pool)
    page = render_template(
        "surveys/plan.html", form=form, about=about, pool=pool, scopes=SCOPES, people=people,
        suggested=sample_for(people),
    )  # fmt: skip
    return make_response(page, status)
