"""The page of a draft, its comparison, its clauses under two hands, and the text as a file."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.drafts import actions as drafts
from blueprints.bargaining.drafts import queries as reads
from blueprints.bargaining.drafts.acts import CLAUSE, DRAFT
from blueprints.bargaining.drafts.forms import ClauseForm
from blueprints.bargaining.drafts.pages import draft_page
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.draft_models import Clause, ClauseAmount, Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.table.acts import bp, in_words
from blueprints.bargaining.table.text_files import text_pdf
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from tenants.db import db
from tenants.roles import May


@bp.get("/drafts/<int:draft_id>")
@requires(May.CASES_READ)
def draft(draft_id: int) -> ResponseReturnValue:
    """One version: clauses, figures, what lies below a floor, and what differs from what."""
    row = reads.get_draft(draft_id, viewer())
    case = queries.get_case(row.case_id)
    against = request.args.get("against", "")
    return render_template("bargaining/draft.html", **draft_page(case, row, viewer(), against))


@bp.get("/drafts/<int:draft_id>/text.pdf")
@requires(May.CASES_READ)
def draft_text(draft_id: int) -> ResponseReturnValue:
    """The text to read out, with its fingerprint once it is fixed."""
    row = reads.get_draft(draft_id, viewer())
    case = queries.get_case(row.case_id)
    data = text_pdf(case, row)
    return attachment(data, f"{row.title}-{row.version}.pdf", "application/pdf")


@bp.get("/clauses/<int:clause_id>")
@requires(May.CASES_EDIT)
def clause(clause_id: int) -> ResponseReturnValue:
    row, of = reads.get_clause(clause_id, viewer(), May.CASES_EDIT)
    form = ClauseForm(formdata=None, obj=row)
    return clause_page(queries.get_case(of.case_id), of, row, form)


@bp.post("/clauses/<int:clause_id>")
@requires(May.CASES_EDIT)
def change_clause(clause_id: int) -> ResponseReturnValue:
    """Save it. Where somebody else has been quicker, both texts are shown, and nothing is lost."""
    row, of = reads.get_clause(clause_id, viewer(), May.CASES_EDIT, lock=True)
    case = queries.get_case(of.case_id)
    form = ClauseForm()
    if not form.validate():
        return clause_page(case, of, row, form), 422
    try:
        drafts.change_clause(case, of, row, form.words(), revision=form.seen, by_id=viewer().id)
    except drafts.EditedMeanwhile as meanwhile:
        form.form_errors.append(in_words(meanwhile))
        form.revision.data = row.revision
        return clause_page(case, of, row, form, both=True), 409
    db.session.commit()
    flash(_("The clause is saved."), "ok")
    return moved(url_for(".draft", draft_id=of.id, _anchor=f"clause-{row.key}"))


@bp.post("/figures/<int:figure_id>/removal")
@requires(May.CASES_EDIT)
def remove_figure(figure_id: int) -> ResponseReturnValue:
    figure = db.session.get(ClauseAmount, (viewer().tenant_id, figure_id)) or abort(404)
    row, of = reads.get_clause(figure.clause_id, viewer(), May.CASES_EDIT, lock=True)
    drafts.remove_figure(queries.get_case(of.case_id), of, row, figure)
    db.session.commit()
    return moved(url_for(".draft", draft_id=of.id, _anchor=f"clause-{row.key}"))


def clause_page(
    case: BargainingCase, of: Draft, row: Clause, form: Any, *, both: bool = False
) -> str:
    """The form of a clause; with `both`, the text that stands now is shown beside it."""
    return render_template(
        "bargaining/clause.html", case=case, draft=of, clause=row, form=form, both=both,
        figures=reads.amounts_of([row.id]).get(row.id, []),
    )  # fmt: skip


DESKS = (DRAFT, CLAUSE)
