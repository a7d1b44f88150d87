"""A supervisor's own appraisals: see how it is counted, state a view, object, accept."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.appraisals import actions, pages, queries
from blueprints.appraisals.forms import WordsForm
from blueprints.appraisals.labels import GRADE_LOOKS, GRADE_WORDS, STATE_LOOKS
from blueprints.appraisals.models import Appraisal
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.procedure import label
from tenants.db import db
from tenants.roles import May

bp = Blueprint("my_appraisals", __name__, url_prefix="/<tenant>/my-appraisals")


@bp.get("")
@requires(May.SUPERVISORS_OWN)
def index() -> ResponseReturnValue:
    return render_template(
        "appraisals/own.html",
        rows=queries.own_appraisals(viewer().id),
        state_label=lambda state: label(actions.MACHINE, state),
        looks=STATE_LOOKS,
        grades=GRADE_WORDS,
        grade_looks=GRADE_LOOKS,
    )


@bp.get("/<int:appraisal_id>")
@requires(May.SUPERVISORS_OWN)
def show(appraisal_id: int) -> ResponseReturnValue:
    return shown(mine(appraisal_id))


@bp.get("/<int:appraisal_id>/items/<indicator>")
@requires(May.SUPERVISORS_OWN)
def items(appraisal_id: int, indicator: str) -> ResponseReturnValue:
    known = pages.items_page(mine(appraisal_id), indicator) or abort(404)
    return render_template("appraisals/items.html", own=True, **known)


@bp.get("/<int:appraisal_id>/sheet.<any(pdf, docx):form>")
@requires(May.SUPERVISORS_OWN)
def letter(appraisal_id: int, form: str) -> ResponseReturnValue:
    appraisal = mine(appraisal_id)
    kind = "application/pdf" if form == "pdf" else "application/octet-stream"
    return attachment(pages.sheet_on_paper(appraisal, form), f"{appraisal.year}.{form}", kind)


@bp.post("/<int:appraisal_id>/statement")
@requires(May.SUPERVISORS_OWN)
def state_view(appraisal_id: int) -> ResponseReturnValue:
    appraisal, form = mine(appraisal_id, lock=True), WordsForm()
    if not form.validate():
        return shown(appraisal, words_form=form), 422
    actions.state_view(appraisal, form.words.data, by_id=viewer().id)
    return done(appraisal, _("Your view is on file."))


@bp.post("/<int:appraisal_id>/objection")
@requires(May.SUPERVISORS_OWN)
def object_to(appraisal_id: int) -> ResponseReturnValue:
    appraisal, form = mine(appraisal_id, lock=True), WordsForm()
    if not form.validate():
        return shown(appraisal, words_form=form), 422
    actions.object_to(appraisal, form.words.data, by_id=viewer().id)
    return done(appraisal, _("Your objection is on file; somebody who did not mark answers it."))


@bp.post("/<int:appraisal_id>/acceptance")
@requires(May.SUPERVISORS_OWN)
def accept(appraisal_id: int) -> ResponseReturnValue:
    appraisal = mine(appraisal_id, lock=True)
    actions.close(appraisal, by_id=viewer().id)
    return done(appraisal, _("You have accepted the result."))


def mine(appraisal_id: int, *, lock: bool = False) -> Appraisal:
    return queries.get_appraisal(appraisal_id, user_id=viewer().id, lock=lock)


def done(appraisal: Appraisal, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "ok")
    return moved(url_for(".show", appraisal_id=appraisal.id))


def shown(appraisal: Appraisal, **forms: Any) -> str:
    known = pages.appraisal_page(appraisal, viewer(), own=True, **forms)
    return render_template("appraisals/show.html", **known)
