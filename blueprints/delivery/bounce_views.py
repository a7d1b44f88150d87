"""Mail that came back: what it was, and the mailbox it is read from."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.utils import redirect
from wtforms import Field, IntegerField, PasswordField, RadioField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.delivery import bounce_lists as lists
from blueprints.delivery import returns_actions
from blueprints.delivery.forms import ADDRESS, HOST
from blueprints.delivery.room import bp
from blueprints.notices.returns import MailReturns, mail_returns
from blueprints.shared.exports import sheet
from blueprints.shared.forms import Filled, Form, TextField
from blueprints.shared.guards import requires
from blueprints.shared.htmx import page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from blueprints.shared.trail.words import history
from jobs.queue import wake
from tenants import trail
from tenants.db import db
from tenants.roles import May

TLS = {"tls": _l("TLS from the start"), "none": _l("not encrypted, without a password")}
FACTS = ("address", "host", "port", "tls", "account", "folder")


class ReturnsForm(Form):
    address = TextField(_l("Address of returned mail"), [Filled(), Length(max=120)])
    host = TextField(_l("Server of the mailbox (IMAP)"), [Length(max=200)])
    port = IntegerField(_l("Port"), [Optional(), NumberRange(1, 65535)], default=993)
    tls = RadioField(_l("Encryption"), default="tls")
    account = TextField(_l("Account of the mailbox"), [Length(max=200)])
    password = PasswordField(_l("Password of the mailbox"), [Length(max=200)])
    folder = TextField(_l("Folder"), [Length(max=100)], default="INBOX")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tls.choices = {kind: str(words) for kind, words in TLS.items()}

    def validate_address(self, field: Field) -> None:
        if not ADDRESS.fullmatch(field.data or "") or "+" in field.data:
            raise ValidationError(_("An e-mail address without a plus sign: one is added to it."))
        if len(field.data.partition("@")[0]) > 20:
            raise ValidationError(_("At most 20 characters before the @: a token is added there."))

    def validate_host(self, field: Field) -> None:
        if field.data and not HOST.fullmatch(field.data):
            raise ValidationError(_("This is no name of a server."))

    def validate_password(self, field: Field) -> None:
        if field.data and self.tls.data == "none":
            raise ValidationError(
                _("A password is not sent over an open line; choose an encryption.")
            )

    def facts(self) -> dict[str, Any]:
        return {
            "address": self.address.data.lower(),
            "host": self.host.data or "",
            "port": self.port.data or 993,
            "tls": self.tls.data,
            "account": self.account.data or "",
            "folder": self.folder.data or "INBOX",
        }


@bp.get("/bounces")
@requires(May.NOTICES_READ, citywide=True)
def list_bounces() -> ResponseReturnValue:
    """What the mailbox of returns has brought, the newest first."""
    asked = lists.Asked.of(request.args)
    return page(
        "delivery/bounces.html",
        fragment="delivery/_bounces.html",
        asked=asked,
        page=lists.page_of(asked),
        total=lists.how_many(asked),
        verdicts=lists.VERDICTS,
        choices=[(code, said(words[0])) for code, words in lists.VERDICTS.items()],
        sources=lists.SOURCES,
        returns=mail_returns(),
        exports=[
            (kind.upper(), same_questions(url_for(".export_bounces", form=kind)))
            for kind in ("xlsx", "csv")
        ],
    )


@bp.get("/bounces/export.<any(xlsx, csv):form>")
@requires(May.NOTICES_READ, citywide=True)
def export_bounces(form: str) -> ResponseReturnValue:
    asked = lists.Asked.of(request.args)
    return sheet(form, _("Returned mail"), lists.heads(), lists.lines(asked))


@bp.get("/returns")
@requires(May.SETTINGS_EDIT)
def edit_returns() -> ResponseReturnValue:
    kept = mail_returns()
    data = {name: getattr(kept, name) for name in FACTS} if kept else {}
    return returns_page(ReturnsForm(formdata=None, data=data), kept)


@bp.post("/returns")
@requires(May.SETTINGS_EDIT)
def update_returns() -> ResponseReturnValue:
    form = ReturnsForm()
    if not form.validate():
        return returns_page(form, mail_returns()), 422
    returns_actions.change(form.facts(), form.password.data or "")
    db.session.commit()
    flash(_("Saved"), "success")
    return redirect(url_for(".list_bounces"), 303)


@bp.post("/returns/reading")
@requires(May.SETTINGS_EDIT)
def read_returns() -> ResponseReturnValue:
    """Have the mailbox read now and not within five minutes."""
    kept = mail_returns()
    if kept is None or not kept.host:
        flash(_("No mailbox is entered yet."), "warning")
        return redirect(url_for(".edit_returns"), 303)
    wake("jobs.bounces.read")
    db.session.commit()
    flash(_("The mailbox is being read; look again in a moment."), "success")
    return redirect(url_for(".list_bounces"), 303)


def returns_page(form: ReturnsForm, kept: MailReturns | None) -> str:
    past = history(trail.of(kept, newest=20)) if kept else []
    return render_template("delivery/returns.html", form=form, kept=kept, history=past)
