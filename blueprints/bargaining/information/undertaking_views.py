"""Undertakings of secrecy on screen: asking everybody, recording one on paper, the form."""

from typing import cast

from flask import abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.information import undertakings
from blueprints.bargaining.information.forms import AskingForm, UndertakingForm
from blueprints.bargaining.information.letters import undertaking_letter
from blueprints.bargaining.information.views import FILES, done, page_of
from blueprints.bargaining.teams.actions import get_representative
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language
from blueprints.shared.uploads import upload
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/<int:case_id>/undertakings/asking")
@requires(May.CASES_EDIT)
def new_asking(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return asking_page(case, AskingForm(formdata=None))


@bp.post("/<int:case_id>/undertakings/asking")
@requires(May.CASES_EDIT)
def create_asking(case_id: int) -> ResponseReturnValue:
    """Put the text before everybody at the table who has not promised yet."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = AskingForm()
    if not form.validate():
        return asking_page(case, form), 422
    asked = undertakings.ask(
        case, queries.representatives_of(case.id), until_on=form.until_on.data,
        covers=form.covers.data, back_within=form.back_within.data,
    )  # fmt: skip
    db.session.commit()
    flash(ngettext("%(num)s person is asked; choose whom to send the link by mail.",
                   "%(num)s people are asked; choose whom to send the links by mail.",
                   asked), "ok")  # fmt: skip
    return moved(url_for(".mail_room_links", case_id=case.id))


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
    if not form.validate():
        return undertaking_page(case, form), 422
    scan = upload(form.scan, "undertaking", case, by_id=viewer().id)
    if scan.document_id is None:
        return undertaking_page(case, form), 422
    one = get_representative(case, int(form.representative_id.data)) or abort(404)
    undertakings.undertake(
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


def undertaking_form(case: BargainingCase, **known: object) -> UndertakingForm:
    return UndertakingForm(people=queries.representatives_of(case.id), **known)


def undertaking_page(case: BargainingCase, form: Form) -> str:
    action = url_for(".create_undertaking", case_id=case.id)
    note = _("For one signed on paper. It takes the place of one asked for on line.")
    return page_of(case, form, _("Undertaking of secrecy"), action, note)


def asking_page(case: BargainingCase, form: Form) -> str:
    note = _(
        "Everybody at the table without an undertaking in force finds this text at their private "
        "link and confirms it there. Until then no secret file is shown to them."
    )
    action = url_for(".create_asking", case_id=case.id)
    title = _("Ask for undertakings of secrecy")
    return page_of(case, form, title, action, note, submit=_("Ask for undertakings"))
