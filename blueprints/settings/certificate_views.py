"""The federation's certificate on screen: what it is, until when it holds, another one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import PasswordField

from blueprints.settings import certificates, pdf_signing
from blueprints.settings.certificate_models import signing_certificate
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.languages import said
from blueprints.shared.trail.words import history
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.roles import May

bp = Blueprint("certificate", __name__, url_prefix="/<tenant>/settings/certificate")
LARGEST = 256 * 1024  # bytes; a certificate with its chain has a few thousand


class CertificateForm(Form):
    file = FileField(_l("Certificate with its key"), [FileRequired(_l("Choose a file."))])
    password = PasswordField(_l("Password of the file"))


@bp.get("")
@requires(May.SETTINGS_EDIT)
def show() -> ResponseReturnValue:
    return certificate_page(CertificateForm(formdata=None))


@bp.post("")
@requires(May.SETTINGS_EDIT)
def update() -> ResponseReturnValue:
    """Take a certificate in, or say beside its field what is wrong with it."""
    if not pdf_signing.available():
        raise RuleBroken(pdf_signing.ABSENT)
    form = CertificateForm()
    if not form.validate() or not kept(form):
        return certificate_page(form), 422
    db.session.commit()
    flash(_("The certificate is kept. Signing sheets can be signed with it."), "success")
    return redirect(url_for(".show"), 303)


@bp.post("/removal")
@requires(May.SETTINGS_EDIT)
def remove() -> ResponseReturnValue:
    """Throw the certificate away with its key; what it has signed stays signed."""
    if certificates.forget():
        db.session.commit()
        flash(_("The certificate and its key are thrown away."), "success")
    return redirect(url_for(".show"), 303)


def kept(form: CertificateForm) -> bool:
    data = request.files[form.file.name].read(LARGEST + 1)[:LARGEST]
    try:
        certificates.keep(
            certificates.read(data, form.password.data or "", at=now()), by_id=viewer().id
        )
    except certificates.CertificateRefused as refused:
        field = form.password if refused.password else form.file
        field.errors = [*field.errors, said(refused.text)]
        return False
    return True


def certificate_page(form: CertificateForm) -> str:
    one = signing_certificate()
    events = trail.of(one, newest=20) if one else []
    return render_template(
        "settings/certificate.html",
        form=form,
        kept=one,
        available=pdf_signing.available(),
        absent=pdf_signing.ABSENT,
        fault=certificates.fault_now(one) if one else None,
        history=history(events),
    )
