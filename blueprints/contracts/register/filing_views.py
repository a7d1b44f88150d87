"""The filing set of a contract: papers added, letters printed, the whole set as one file."""

from typing import cast

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.filing import actions as filing
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.filing_models import Filing, FilingPaper
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.papers import letters, packing
from blueprints.contracts.register.paper_forms import PaperForm
from blueprints.contracts.register.views import bp
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.languages import language
from blueprints.shared.uploads import upload
from tenants.db import db
from tenants.files import PAPERS, open_document
from tenants.models import Document
from tenants.roles import May

TYPES = {"pdf": "application/pdf", "docx": "application/octet-stream"}
FORM = "<any(pdf, docx):form>"


@bp.post("/<int:contract_id>/papers/<int:paper_id>")
@requires(May.CONTRACTS_EDIT)
def add_paper(contract_id: int, paper_id: int) -> ResponseReturnValue:
    """Put a scan to a paper of the set."""
    contract = queries.seen(contract_id, viewer(), May.CONTRACTS_EDIT, lock=True)
    paper = paper_of(contract, paper_id)
    form = PaperForm()
    back = url_for(".show", contract_id=contract.id, _anchor="filing")
    if not form.validate():
        flash(_("Choose a file first."), "late")
        return redirect(back, 303)
    file = upload(form.file, "contract.paper", contract, allow=PAPERS, by_id=viewer().id)
    if not file.fine or file.document_id is None:
        flash(" ".join(str(error) for error in form.file.errors), "late")
        return redirect(back, 303)
    filing.put_paper(paper, contract, file.document_id, form.note.data or "")
    db.session.commit()
    return redirect(back, 303)


@bp.get("/<int:contract_id>/filings/<int:filing_id>.zip")
@requires(May.CONTRACTS_READ)
def package(contract_id: int, filing_id: int) -> ResponseReturnValue:
    """Everything to hand in, in the order of the list."""
    contract = queries.seen(contract_id, viewer())
    found = filing_of(contract, filing_id)
    name = f"{contract.document_no}-{found.round}.zip"
    return attachment(packing.package(found, contract), name, "application/zip")


@bp.get(f"/<int:contract_id>/filings/<int:filing_id>/letter.{FORM}")
@requires(May.CONTRACTS_READ)
def filing_letter(contract_id: int, filing_id: int, form: str) -> ResponseReturnValue:
    contract = queries.seen(contract_id, viewer())
    letter = letters.filing_letter(filing_of(contract, filing_id), contract, language())
    data = cast("bytes", rendered(letter, form))
    return attachment(data, f"{contract.document_no} {_('letter of filing')}.{form}", TYPES[form])


@bp.get(f"/<int:contract_id>/filings/<int:filing_id>/checklist.{FORM}")
@requires(May.CONTRACTS_READ)
def checklist(contract_id: int, filing_id: int, form: str) -> ResponseReturnValue:
    contract = queries.seen(contract_id, viewer())
    letter = letters.checklist(filing_of(contract, filing_id), contract, language())
    data = cast("bytes", rendered(letter, form))
    return attachment(data, f"{contract.document_no} {_('checklist')}.{form}", TYPES[form])


@bp.get(f"/<int:contract_id>/notice.{FORM}")
@requires(May.CONTRACTS_READ)
def notice(contract_id: int, form: str) -> ResponseReturnValue:
    """The notice for the board."""
    contract = queries.seen(contract_id, viewer())
    data = cast("bytes", rendered(letters.notice(contract, language()), form))
    return attachment(data, f"{contract.document_no} {_('notice')}.{form}", TYPES[form])


@bp.get(f"/<int:contract_id>/summary-<any(zh, en):lang>.{FORM}")
@requires(May.CONTRACTS_READ)
def summary(contract_id: int, lang: str, form: str) -> ResponseReturnValue:
    """The one page for workers, in the language asked for."""
    contract = queries.seen(contract_id, viewer())
    letter = letters.summary_letter(contract, "en" if lang == "en" else "zh")
    data = cast("bytes", rendered(letter, form))
    return attachment(data, f"{contract.document_no} {_('summary')}-{lang}.{form}", TYPES[form])


@bp.get("/<int:contract_id>/documents/<int:document_id>")
@requires(May.CONTRACTS_READ)
def document(contract_id: int, document_id: int) -> ResponseReturnValue:
    """A scan or a photo that belongs to this contract, to keep."""
    contract = queries.seen(contract_id, viewer())
    found = db.session.get(Document, (contract.tenant_id, document_id))
    if found is None or (found.subject_kind, found.subject_id) != ("contract", contract.id):
        abort(404)
    return attachment(open_document(found), found.name, found.media_type)


def filing_of(contract: Contract, filing_id: int) -> Filing:
    found = queries.get_filing(filing_id)
    return found if found.contract_id == contract.id else abort(404)


def paper_of(contract: Contract, paper_id: int) -> FilingPaper:
    found = db.session.get(FilingPaper, (contract.tenant_id, paper_id)) or abort(404)
    filing_of(contract, found.filing_id)
    return found
