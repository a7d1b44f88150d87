"""Recording a commitment to bargain, printing it, and how it ended."""

from typing import cast

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.pages import named
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import Commitment
from blueprints.bargaining.information import commitments
from blueprints.bargaining.information.forms import CommitmentEndForm, CommitmentForm
from blueprints.bargaining.information.letters import commitment_letter
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language
from blueprints.shared.uploads import upload
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

FILES = {"pdf": "application/pdf", "docx": "application/octet-stream"}


@bp.get("/<int:case_id>/commitments/new")
@requires(May.CASES_EDIT)
def new_commitment(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    parties = named(case)
    known = {
        "signed_on": today(), "matters": case.subject,
        "workers_name": parties["union"] or "",
        "employer_name": parties["association"] or "",
    }  # fmt: skip
    return commitment_page(case, CommitmentForm(formdata=None, data=known))


@bp.post("/<int:case_id>/commitments")
@requires(May.CASES_EDIT)
def create_commitment(case_id: int) -> ResponseReturnValue:
    """Put it on record with its own number and its own end."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = CommitmentForm()
    if not form.validate() or not (scan := upload(form.scan, "commitment", case)).fine:
        return commitment_page(case, form), 422
    commitments.commit(case, form.facts(), scan_id=scan.document_id, by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


@bp.get("/<int:case_id>/commitments/<int:commitment_id>/end")
@requires(May.CASES_EDIT)
def new_commitment_end(case_id: int, commitment_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    one = commitments.get_commitment(case, commitment_id) or abort(404)
    form = CommitmentEndForm(formdata=None, commitment=one, data={"ended_on": today()})
    return end_page(case, one, form)


@bp.post("/<int:case_id>/commitments/<int:commitment_id>/end")
@requires(May.CASES_EDIT)
def end_commitment(case_id: int, commitment_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    one = commitments.get_commitment(case, commitment_id) or abort(404)
    form = CommitmentEndForm(commitment=one)
    if not form.validate():
        return end_page(case, one, form), 422
    commitments.end(case, one, form.ended.data, form.ended_on.data, form.ended_note.data)
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


@bp.get("/<int:case_id>/commitments/<int:commitment_id>.<any(pdf, docx):form>")
@requires(May.CASES_READ)
def commitment_file(case_id: int, commitment_id: int, form: str) -> ResponseReturnValue:
    """The paper, as agreed."""
    case = queries.seen(case_id, viewer())
    one = commitments.get_commitment(case, commitment_id) or abort(404)
    data = cast("bytes", rendered(commitment_letter(case, one, language()), form))
    return attachment(data, f"{one.document_no}.{form}", FILES[form])


def commitment_page(case: BargainingCase, form: CommitmentForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Commitment to bargain"),
        action=url_for(".create_commitment", case_id=case.id),
        note=_("It sets no standards and is never counted as a contract."),
    )  # fmt: skip


def end_page(case: BargainingCase, one: Commitment, form: CommitmentEndForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("End of the commitment"),
        facts=[one.document_no],
        action=url_for(".end_commitment", case_id=case.id, commitment_id=one.id),
    )  # fmt: skip
