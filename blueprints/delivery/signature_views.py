"""Signing mails for the federation's own domain (DKIM): make the key, publish it, switch it on."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.utils import redirect
from wtforms.validators import Length, Regexp

from blueprints.delivery import returns_actions
from blueprints.delivery.room import bp
from blueprints.notices.sending import mail_setup
from blueprints.notices.signing import mail_signature
from blueprints.shared.forms import Filled, Form, TextField
from blueprints.shared.guards import requires
from blueprints.shared.trail.words import history
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

DOMAIN = r"(?=.{4,190}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"


def small(value: str | None) -> str | None:
    return value.lower() if value else value


class KeyForm(Form):
    domain = TextField(
        _l("Domain of the sender"),
        [Filled(), Regexp(DOMAIN + "$", message=_l("This is no domain, such as union.example."))],
        filters=(small,),
    )
    selector = TextField(
        _l("Name of the key"),
        [
            Filled(),
            Length(max=40),
            Regexp(
                r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$", message=_l("Small letters, digits, dashes.")
            ),
        ],
        filters=(small,),
    )


@bp.get("/signature")
@requires(May.SETTINGS_EDIT)
def signature() -> ResponseReturnValue:
    setup, kept = mail_setup(), mail_signature()
    sender = (setup.sender if setup else "").rpartition("@")[2]
    known = {
        "domain": kept.domain if kept else sender,
        "selector": f"yaoyue{today():%Y%m}",
    }
    return signature_page(KeyForm(formdata=None, data=known))


@bp.post("/signature")
@requires(May.SETTINGS_EDIT)
def make_key() -> ResponseReturnValue:
    form = KeyForm()
    if not form.validate():
        return signature_page(form), 422
    returns_actions.make_key(form.domain.data, form.selector.data)
    db.session.commit()
    flash(_("The key is made. Publish its record, then switch the signing on."), "success")
    return redirect(url_for(".signature"), 303)


@bp.post("/signature/<any(on, off):way>")
@requires(May.SETTINGS_EDIT)
def switch_signing(way: str) -> ResponseReturnValue:
    returns_actions.switch(on=way == "on")
    db.session.commit()
    flash(_("Mails are signed.") if way == "on" else _("Mails are no longer signed."), "success")
    return redirect(url_for(".signature"), 303)


def signature_page(form: KeyForm) -> str:
    kept, setup = mail_signature(), mail_setup()
    return render_template(
        "delivery/signature.html",
        form=form,
        kept=kept,
        sender=(setup.sender if setup else "").rpartition("@")[2],
        history=history(trail.of(kept, newest=20)) if kept else [],
    )
