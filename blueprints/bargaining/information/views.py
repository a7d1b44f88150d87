"""The exchange of information, on screen: requests, what came, who promised to keep it secret."""

from typing import cast

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import InfoRequest
from blueprints.bargaining.information import actions as info
from blueprints.bargaining.information.contributions import info_page
from blueprints.bargaining.information.forms import (
    AnswerlessForm,
    ItemForm,
    RequestForm,
)
from blueprints.bargaining.information.letters import request_letter
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language
from blueprints.shared.uploads import upload
from tenants.clock import today
from tenants.db import db
from tenants.files import PAPERS, open_document
from tenants.models import Document
from tenants.roles import May

FILES = {"pdf": "application/pdf", "docx": "application/octet-stream"}


@bp.get("/<int:case_id>/information")
@requires(May.CASES_READ)
def info_index(case_id: int) -> ResponseReturnValue:
    """Requests with their clocks, what was handed over, undertakings."""
    case = queries.seen(case_id, viewer())
    return render_template("bargaining/info.html", case=case, **info_page(case, viewer()))


@bp.get("/<int:case_id>/information/new")
@requires(May.CASES_EDIT)
def new_request(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    known = {"asked_on": today(), "by_side": "workers"}
    return request_page(case, RequestForm(formdata=None, case=case, data=known))


@bp.post("/<int:case_id>/information")
@requires(May.CASES_EDIT)
def create_request(case_id: int) -> ResponseReturnValue:
    """Put a request on record; its last day is counted back from the meeting."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = RequestForm(case=case)
    if not form.validate():
        return request_page(case, form), 422
    info.request_information(
        case, form.by_side.data, form.asked.data, asked_on=form.asked_on.data,
        meeting_on=form.meeting_on.data, by_id=viewer().id,
    )  # fmt: skip
    return done(case)


@bp.get("/<int:case_id>/information/<int:request_id>/items")
@requires(May.CASES_EDIT)
def new_item(case_id: int, request_id: int) -> ResponseReturnValue:
    case, asked = loaded(case_id, request_id, lock=False)
    return item_page(case, asked, ItemForm(formdata=None, asked=asked, data={"handed_on": today()}))


@bp.post("/<int:case_id>/information/<int:request_id>/items")
@requires(May.CASES_EDIT)
def create_item(case_id: int, request_id: int) -> ResponseReturnValue:
    """Record what was handed over; its file is for the two teams only."""
    case, asked = loaded(case_id, request_id)
    form = ItemForm(asked=asked)
    if not form.validate():
        return item_page(case, asked, form), 422
    file = upload(form.file, info.PURPOSE, case, allow=PAPERS, by_id=viewer().id)
    if not file.fine:
        return item_page(case, asked, form), 422
    info.hand_over(
        case, asked, form.what.data, handed_on=form.handed_on.data, handed_by=form.handed_by.data,
        confidential=form.confidential.data, document_id=file.document_id, by_id=viewer().id,
    )  # fmt: skip
    return done(case)


@bp.get("/<int:case_id>/information/<int:request_id>/answer")
@requires(May.CASES_EDIT)
def new_answer(case_id: int, request_id: int) -> ResponseReturnValue:
    case, asked = loaded(case_id, request_id, lock=False)
    return answer_page(case, asked, AnswerlessForm(formdata=None, data={"on": today()}))


@bp.post("/<int:case_id>/information/<int:request_id>/answer")
@requires(May.CASES_EDIT)
def create_answer(case_id: int, request_id: int) -> ResponseReturnValue:
    """What was said instead of handing something over."""
    case, asked = loaded(case_id, request_id)
    form = AnswerlessForm()
    if not form.validate():
        return answer_page(case, asked, form), 422
    info.answer_without(case, asked, form.words.data, form.on.data)
    return done(case)


@bp.get("/<int:case_id>/information/<int:request_id>/letter.<any(pdf, docx):form>")
@requires(May.CASES_READ)
def info_letter(case_id: int, request_id: int, form: str) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer())
    asked = info.get_request(case, request_id) or abort(404)
    data = cast("bytes", rendered(request_letter(case, asked, language()), form))
    return attachment(data, f"{asked.document_no}.{form}", FILES[form])


@bp.get("/<int:case_id>/information/items/<int:item_id>")
@requires(May.CASES_READ)
def info_file(case_id: int, item_id: int) -> ResponseReturnValue:
    """A file of the teams; to everybody else it does not exist."""
    case = queries.seen(case_id, viewer())
    item = info.get_item(case, item_id) or abort(404)
    if item.document_id is None or not info.may_open(case, viewer()):
        abort(404)
    document = db.session.get_one(Document, (case.tenant_id, item.document_id))
    return attachment(open_document(document), document.name, document.media_type)


def loaded(case_id: int, ident: int, *, lock: bool = True) -> tuple[BargainingCase, InfoRequest]:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=lock)
    return case, info.get_request(case, ident) or abort(404)


def done(case: BargainingCase) -> ResponseReturnValue:
    db.session.commit()
    return moved(url_for(".info_index", case_id=case.id))


def request_page(case: BargainingCase, form: Form) -> str:
    action = url_for(".create_request", case_id=case.id)
    note = _("Ask for totals and averages; no pay of a named person.")
    return page_of(case, form, _("Ask for information"), action, note)


def item_page(case: BargainingCase, asked: InfoRequest, form: Form) -> str:
    action = url_for(".create_item", case_id=case.id, request_id=asked.id)
    note = _("Only the two teams, their union and who runs the case can open the file.")
    return page_of(case, form, _("Handed over"), action, note)


def answer_page(case: BargainingCase, asked: InfoRequest, form: Form) -> str:
    action = url_for(".create_answer", case_id=case.id, request_id=asked.id)
    return page_of(case, form, _("Not handed over"), action, asked.asked)


def page_of(
    case: BargainingCase, form: Form, title: str, action: str, note: str = "", *, submit: str = ""
) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=title, action=action, note=note,
        submit=submit or _("Save"),
        back=url_for(".info_index", case_id=case.id),
    )  # fmt: skip
