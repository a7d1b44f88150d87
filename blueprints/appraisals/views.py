"""The appraisals of a year: weights, list, one sheet with its items, mark, decision, awards."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from blueprints.appraisals import actions, pages, queries, scoring
from blueprints.appraisals.forms import (
    ComplaintForm,
    DecisionForm,
    FindingOfComplaintForm,
    MarkForm,
    SchemeForm,
    WordsForm,
)
from blueprints.appraisals.indicators import counted
from blueprints.appraisals.labels import GRADE_LOOKS, GRADE_WORDS, STATE_LOOKS
from blueprints.appraisals.models import STATES, Appraisal
from blueprints.appraisals.portfolio import uncounted
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.supervisors.queries import still_here
from blueprints.visits.exports import sheets
from rules.broken import RuleBroken
from rules.procedure import label
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("appraisals", __name__, url_prefix="/<tenant>/appraisals")
FORMS = {"pdf": "application/pdf", "docx": "application/octet-stream"}
USUAL = {"training_hours": 40, "record_days": 3, "objection_days": 10}  # a proposal, to be changed


@bp.get("")
@requires(May.APPRAISALS_READ)
def index() -> ResponseReturnValue:
    """Everybody's appraisal of a year; ?award=yes is the list of awards."""
    asked = queries.Asked.from_args(request.args)
    return page(
        "appraisals/index.html",
        fragment="appraisals/_list.html",
        asked=asked,
        page=queries.page_of(asked, request.args.get("cursor")),
        total=queries.how_many(asked),
        scheme=queries.scheme_of(asked.year),
        years=[today().year + 1 - n for n in range(5)],
        states=[(state, said(label(actions.MACHINE, state))) for state in STATES],
        grades=GRADE_WORDS,
        grade_looks=GRADE_LOOKS,
        looks=STATE_LOOKS,
        exports=sheets(".export"),
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.APPRAISALS_READ)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet: the list of awards too."""
    asked = queries.Asked.from_args(request.args)
    heads = [_("Supervisor"), _("State"), _("Score"), _("Grade"), _("Award"), _("Decided on")]
    order = (key.ordered for key in queries.order_of(asked.sort))
    rows = (
        (
            row.name, said(label(actions.MACHINE, row.state)), row.score,
            str(GRADE_WORDS[row.grade]) if row.grade else "", _("yes") if row.award else "",
            row.decided_on,
        )
        for row in db.session.execute(queries.appraisals(asked).order_by(*order))
    )  # fmt: skip
    return sheet(kind, _("Appraisals of %(year)s", year=asked.year), heads, rows)


@bp.get("/weights")
@requires(May.APPRAISALS_READ)
def weights() -> ResponseReturnValue:
    """The weights of a year, as they stand or to be set."""
    year = queries.Asked.from_args(request.args).year
    scheme = queries.scheme_of(year)
    form = SchemeForm(formdata=None, obj=scheme, data=None if scheme else USUAL)
    return weights_page(year, form, scoring.weights_of(scheme))


@bp.post("/weights")
@requires(May.APPRAISALS_MARK)
def set_weights() -> ResponseReturnValue:
    year, form = queries.Asked.from_args(request.args).year, SchemeForm()
    typed = form.weights(request.form)
    if not form.validate():
        return weights_page(year, form, typed), 422
    try:
        actions.set_weights(year, typed, by_id=viewer().id, **form.settings())
    except RuleBroken as broken:
        form.form_errors.append(said(broken.text))
        return weights_page(year, form, typed), 422
    db.session.commit()
    flash(_("The weights of %(year)s are set.", year=year), "ok")
    return moved(url_for(".index", year=year))


@bp.post("/begin")
@requires(May.APPRAISALS_MARK)
def begin() -> ResponseReturnValue:
    """Open the appraisal of everybody on the roster who has none for the year."""
    year = queries.Asked.from_args(request.args).year
    count = actions.begin(year, still_here(today()))
    db.session.commit()
    words = _n("%(num)s appraisal is open.", "%(num)s appraisals are open.", count)
    flash(words, "ok" if count else "warning")
    return moved(url_for(".index", year=year))


@bp.get("/<int:appraisal_id>")
@requires(May.APPRAISALS_READ)
def show(appraisal_id: int) -> ResponseReturnValue:
    """One sheet: each indicator with its points, its way to the items, and what can be done."""
    return shown(queries.get_appraisal(appraisal_id))


@bp.get("/<int:appraisal_id>/items/<indicator>")
@requires(May.APPRAISALS_READ)
def items(appraisal_id: int, indicator: str) -> ResponseReturnValue:
    """The rows of the record behind one indicator."""
    known = pages.items_page(queries.get_appraisal(appraisal_id), indicator) or abort(404)
    return render_template("appraisals/items.html", own=False, **known)


@bp.get("/<int:appraisal_id>/sheet.<any(pdf, docx):form>")
@requires(May.APPRAISALS_READ)
def letter(appraisal_id: int, form: str) -> ResponseReturnValue:
    appraisal = queries.get_appraisal(appraisal_id)
    name = f"{pages.supervisor_of(appraisal).name}-{appraisal.year}.{form}"
    return attachment(pages.sheet_on_paper(appraisal, form), name, FORMS[form])


@bp.post("/<int:appraisal_id>/mark")
@requires(May.APPRAISALS_MARK)
def mark(appraisal_id: int) -> ResponseReturnValue:
    appraisal, form = queries.get_appraisal(appraisal_id, lock=True), MarkForm()
    if not form.validate():
        return shown(appraisal, mark_form=form), 422
    actions.mark(
        appraisal, note=form.note.data, pay_check=form.pay_check.data or None, by_id=viewer().id
    )
    return done(appraisal, _("It is marked; the leader decides."))


@bp.post("/<int:appraisal_id>/decision")
@requires(May.APPRAISALS_DECIDE)
def decide(appraisal_id: int) -> ResponseReturnValue:
    """Decide, or answer the objection; both give the grade its reason."""
    appraisal, form = queries.get_appraisal(appraisal_id, lock=True), DecisionForm()
    if not form.validate():
        return shown(appraisal, decision_form=form), 422
    known = {"grade": form.grade.data, "award": form.award.data, "by_id": viewer().id}
    if appraisal.state == "objected":
        actions.settle(appraisal, answer=form.reason.data, **known)
    else:
        actions.decide(appraisal, note=form.reason.data, **known)
    return done(appraisal, _("The decision is recorded."))


@bp.post("/<int:appraisal_id>/return")
@requires(May.APPRAISALS_DECIDE)
def send_back(appraisal_id: int) -> ResponseReturnValue:
    appraisal, form = queries.get_appraisal(appraisal_id, lock=True), WordsForm()
    if not form.validate():
        return shown(appraisal, words_form=form), 422
    actions.send_back(appraisal, note=form.words.data, by_id=viewer().id)
    return done(appraisal, _("It goes back to be marked again."))


@bp.post("/<int:appraisal_id>/closing")
@requires(May.APPRAISALS_MARK)
def close(appraisal_id: int) -> ResponseReturnValue:
    appraisal = queries.get_appraisal(appraisal_id, lock=True)
    actions.close(appraisal, by_id=viewer().id)
    return done(appraisal, _("The result is on file."))


@bp.post("/<int:appraisal_id>/complaints")
@requires(May.APPRAISALS_MARK)
def complain(appraisal_id: int) -> ResponseReturnValue:
    """Record a complaint about the supervisor; it counts only once it is proven."""
    appraisal, form = queries.get_appraisal(appraisal_id), ComplaintForm()
    if not form.validate():
        return shown(appraisal, complaint_form=form), 422
    actions.complain(
        pages.supervisor_of(appraisal), by_id=viewer().id,
        received_on=form.received_on.data, matter=form.matter.data,
    )  # fmt: skip
    return done(appraisal, _("The complaint is recorded."))


@bp.post("/<int:appraisal_id>/complaints/<int:complaint_id>/finding")
@requires(May.APPRAISALS_DECIDE)
def find(appraisal_id: int, complaint_id: int) -> ResponseReturnValue:
    appraisal, form = queries.get_appraisal(appraisal_id), FindingOfComplaintForm()
    complaint = queries.get_complaint(complaint_id)
    if complaint.supervisor_id != appraisal.supervisor_id:
        abort(404)
    if not form.validate():
        flash(_("Choose the finding and state its reason."), "warning")
        return moved(url_for(".show", appraisal_id=appraisal.id, _anchor="complaints"))
    actions.find(complaint, finding=form.finding.data, note=form.why.data, by_id=viewer().id)
    return done(appraisal, _("The finding is recorded."))


def done(appraisal: Appraisal, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "ok")
    return moved(url_for(".show", appraisal_id=appraisal.id))


def shown(appraisal: Appraisal, **forms: Any) -> str:
    known = pages.appraisal_page(appraisal, viewer(), **forms)
    return render_template("appraisals/show.html", **known)


def weights_page(year: int, form: SchemeForm, typed: dict[str, int]) -> str:
    return render_template(
        "appraisals/weights.html",
        year=year,
        form=form,
        typed=typed,
        indicators=counted(),
        uncounted=uncounted(),
        years=[today().year + 1 - n for n in range(5)],
    )
