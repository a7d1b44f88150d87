"""Mailing the links of one matter: whom, at which address, and what went out before."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import ValidationError

from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.demands import actions as demands
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import SigningState
from blueprints.bargaining.links import mail as link_mail
from blueprints.bargaining.links.mail import Mailing
from blueprints.bargaining.signing import queries as signings
from blueprints.bargaining.table.acts import bp as table
from blueprints.notices.labels import STATES
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.broken import RuleBroken
from rules.words import Text
from tenants.db import db
from tenants.roles import May

OVER = Text("本轮征求意见已经结束，链接不再寄出。", "This round is closed; no link is sent.")
VOID = Text("本次签字已经作废，链接不再寄出。", "This signing was given up; no link is sent.")


class MailForm(Form):
    """Whom of those who can be reached. `number` keeps a form sent twice from sending twice."""

    to = SelectMultipleField(_l("Who gets the link"))
    number = HiddenField()

    def __init__(self, *args: Any, mailing: Mailing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to.choices = [(one.recipient, one.name) for one in mailing.people if one.address]
        if not (self.number.data or "").isdecimal():
            self.number.data = str(mailing.number)

    def validate_to(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose who gets the link."))


@bp.route("/<int:case_id>/information/mail", methods=["GET", "POST"])
@requires(May.CASES_EDIT)
def mail_room_links(case_id: int) -> ResponseReturnValue:
    """Each representative's way to the papers, and to the undertaking where one is asked for."""
    case = seen(case_id)
    back = url_for(".info_index", case_id=case.id)
    return mailed(case, link_mail.of_team_room(case), back)


@table.route("/signings/<int:signing_id>/links/mail", methods=["GET", "POST"])
@requires(May.CASES_EDIT)
def mail_signing_links(signing_id: int) -> ResponseReturnValue:
    """The links to sign and to accede."""
    row = signings.get_signing(signing_id, viewer(), May.CASES_EDIT)
    case = seen(row.case_id)
    if row.state == SigningState.VOID:
        raise RuleBroken(VOID)
    back = url_for("table.signing", signing_id=row.id)
    return mailed(case, link_mail.of_signing(case, row), back)


@bp.route("/<int:case_id>/demands/<int:call_id>/mail", methods=["GET", "POST"])
@requires(May.CASES_EDIT)
def mail_demand_links(case_id: int, call_id: int) -> ResponseReturnValue:
    """The workers' link to the unions, the other one to the enterprises."""
    case = seen(case_id)
    call = demands.get_call(case, call_id) or abort(404)
    if not demands.takes_answers(call):
        raise RuleBroken(OVER)
    back = url_for(".demands_index", case_id=case.id)
    return mailed(case, link_mail.of_demands(case, call), back)


def seen(case_id: int) -> BargainingCase:
    """The case; under its lock where something is sent, so that two officers take turns."""
    return queries.seen(case_id, viewer(), May.CASES_EDIT, lock=request.method == "POST")


def mailed(case: BargainingCase, mailing: Mailing, back: str) -> ResponseReturnValue:
    """The question, or the sending and the way back."""
    if request.method == "GET":
        form = MailForm(formdata=None, mailing=mailing, data={"to": mailing.waiting})
        return mail_page(case, mailing, form, back)
    form = MailForm(mailing=mailing)
    if not form.validate():
        return mail_page(case, mailing, form, back), 422
    sent = link_mail.send(case, mailing, form.to.data, int(form.number.data))
    db.session.commit()
    flash(ngettext("The link goes out to %(num)s addressee.",
                   "The links go out to %(num)s addressees.", sent), "ok")  # fmt: skip
    return moved(back)


def mail_page(case: BargainingCase, mailing: Mailing, form: MailForm, back: str) -> str:
    return render_template(
        "bargaining/mail_links.html", case=case, mailing=mailing, form=form, back=back,
        states=STATES, action=request.path,
    )  # fmt: skip
