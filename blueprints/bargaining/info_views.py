"""The exchange of information, on screen: requests, what came, who promised to keep it secret."""

from typing import cast

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining import info_actions as info
from blueprints.bargaining import queries
from blueprints.bargaining.info import info_page
from blueprints.bargaining.info_forms import (
    AnswerlessForm,
    ItemForm,
    RequestForm,
    UndertakingForm,
)
from blueprints.bargaining.info_letters import request_letter, undertaking_letter
from blueprints.bargaining.models import BargainingCase
from blueprints.bargaining.paper_models import InfoRequest
from blueprints.bargaining.team_actions import get_representative
from blueprints.bargaining.views import bp
from blueprints.offers.letters import rendered
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


@bp.get("/<int:case_id>/undertakings/new")
@requires(May.CASES_EDIT)
def new_undertaking(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return undertaking_page(
        case, undertaking_form(case, formdata=None, data={"signed_on": today()})
    )


@bp.post("/<int:case_id>/undertakings")
@requires(May.CASES_EDIT)
def create_undertaking(case_id: int) -> ResponseReturnValue:
    """Record that somebody promised to keep what is secret."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = undertaking_form(case)
    if not form.validate() or not (scan := upload(form.scan, "undertaking", case)).fine:
        return undertaking_page(case, form), 422
    one = get_representative(case, int(form.representative_id.data)) or abort(404)
    info.undertake(
        case, one, signed_on=form.signed_on.data, until_on=form.until_on.data,
        covers=form.covers.data, scan_id=scan.document_id,
    )  # fmt: skip
    return done(case)


@bp.get("/<int:case_id>/undertakings/form.<any(pdf, docx):form>")
@requires(May.CASES_READ)
def undertaking_paper(case_id: int, form: str) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer())
    data = cast("bytes", rendered(undertaking_letter(case, language()), form))
    return attachment(data, f"{case.document_no}-{_('Undertaking')}.{form}", FILES[form])


def loaded(case_id: int, ident: int, *, lock: bool = True) -> tuple[BargainingCase, InfoRequest]:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=lock)
    return case, info.get_request(case, ident) or abort(404)


def done(case: BargainingCase) -> ResponseReturnValue:
    db.session.commit()
    return moved(url_for(".info_index", case_id=case.id))


def undertaking_form(case: BargainingCase, **known: object) -> UndertakingForm:
    return UndertakingForm(people=queries.representatives_of(case.id), **known)


def request_page(case: BargainingCase, form: Form) -> str:
    return _page(case, form, _("Ask for information"), url_for(".create_request", case_id=case.id),
                 _("Ask for totals and averages; no pay of a named person."))  # fmt: skip


def item_page(case: BargainingCase, asked: InfoRequest, form: Form) -> str:
    action = url_for(".create_item", case_id=case.id, request_id=asked.id)
    note = _("Only the two teams, their union and who runs the case can open the file.")
    return _page(case, form, _("Handed over"), action, note)


def answer_page(case: BargainingCase, asked: InfoRequest, form: Form) -> str:
    action = url_for(".create_answer", case_id=case.id, request_id=asked.id)
    return _page(case, form, _("Not handed over"), action, asked.asked)


def undertaking_page(case: BargainingCase, form: Form) -> str:
    action = url_for(".create_undertaking", case_id=case.id)
    return _page(case, form, _("Undertaking of secrecy"), action)


def _page(case: BargainingCase, form: Form, title: str, action: str, note: str = "") -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=title, action=action, note=note,
        back=url_for(".info_index", case_id=case.id),
    )  # fmt: skip
