"""The questionnaire in its versions, questions a federation adds, and the targets it sets."""

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.evaluation import habits, instruments, queries
from blueprints.evaluation.forms import ConfirmForm, InstrumentForm, TargetsForm
from blueprints.evaluation.labels import INSTRUMENT_LOOKS, INSTRUMENT_STATES, KINDS
from blueprints.evaluation.views import act, bp
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.survey import RATE_NAMES, Question, RateKind, instrument
from tenants.db import db
from tenants.roles import May


@bp.get("/forms")
@requires(May.SURVEYS_READ)
def forms() -> ResponseReturnValue:
    """The standard form with its definitions, and every version of the federation's own."""
    rows = queries.instruments()
    people = {one for row in rows for one in (row.proposed_by_id, row.approved_by_id) if one}
    return render_template(
        "surveys/forms.html", standard=instrument(), rate_names=RATE_NAMES, kinds=KINDS,
        rows=[(row, [Question.from_json(one) for one in row.questions]) for row in rows],
        states=INSTRUMENT_STATES, looks=INSTRUMENT_LOOKS, people=names_of(people),
        targets=habits.targets(),
    )  # fmt: skip


@bp.route("/forms/new", methods=["GET", "POST"])
@requires(May.SURVEYS_PLAN)
def new_form() -> ResponseReturnValue:
    """A new version; questions are never changed inside one."""
    form = InstrumentForm()
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return make_response(render_template("surveys/new_form.html", form=form), status)
    instruments.propose(form["name"].data or "", form.questions(), by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".forms"))


@bp.route("/forms/<int:instrument_id>/approval", methods=["GET", "POST"])
@requires(May.SURVEYS_OPEN)
def approve_form(instrument_id: int) -> ResponseReturnValue:
    """Another person than whoever wrote the questions."""
    row = queries.get_instrument(instrument_id, lock=request.method == "POST")
    form = ConfirmForm()
    if request.method == "GET" or not form.validate():
        says = _("New surveys may ask by it. No word of it changes any more.")
        return act(
            _("Approve the form"), form, back=url_for(".forms"), about=row.version, says=says
        )
    instruments.approve(row, by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".forms"))


@bp.route("/forms/<int:instrument_id>/withdrawal", methods=["GET", "POST"])
@requires(May.SURVEYS_OPEN)
def withdraw_form(instrument_id: int) -> ResponseReturnValue:
    row = queries.get_instrument(instrument_id, lock=request.method == "POST")
    form = ConfirmForm()
    if request.method == "GET" or not form.validate():
        says = _("No new survey asks by it. Those that did keep it.")
        return act(
            _("Withdraw the form"), form, back=url_for(".forms"), about=row.version, says=says,
            grave=True,
        )  # fmt: skip
    instruments.withdraw(row)
    db.session.commit()
    return moved(url_for(".forms"))


@bp.route("/targets", methods=["GET", "POST"])
@requires(May.SURVEYS_OPEN)
def targets() -> ResponseReturnValue:
    """What the rates are held against, with the document that sets it."""
    kept = habits.targets()
    known = {kind.value: kept.percent.get(kind) for kind in RateKind}
    first = request.method == "GET"
    form = TargetsForm(
        **({"formdata": None, "data": {**known, "source": kept.source}} if first else {})
    )
    if first or not form.validate():
        return act(
            _("Targets"), form, back=url_for(".forms"), status=200 if first else 422,
            label=_("Save"),
            says=_("A rate is compared only with a target that a document of yours sets."),
        )  # fmt: skip
    habits.set_targets(form.percents(), form.source.data or "")
    db.session.commit()
    return moved(url_for(".forms"))
