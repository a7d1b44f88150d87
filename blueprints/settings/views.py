"""The federation's own settings: its names, whom letters tell to ask, its document numbers."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.settings import cards, federation
from blueprints.settings.forms import FederationForm, form_of
from blueprints.shared import tenancy
from blueprints.shared.guards import requires
from blueprints.shared.trail.words import history
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.models import Tenant
from tenants.roles import May

__all__ = ["bp", "cards"]
bp = Blueprint("settings", __name__, url_prefix="/<tenant>/settings")


@bp.get("")
@requires(May.SETTINGS_EDIT)
def index() -> ResponseReturnValue:
    tenant = federation.federation()
    return show(tenant, form_of(tenant))


@bp.post("")
@requires(May.SETTINGS_EDIT)
def update() -> ResponseReturnValue:
    tenant = federation.federation(lock=True)
    form = FederationForm(request.form)
    if not form.validate():
        return show(tenant, form), 422
    told = {name: value for name, value in form.data.items() if name != "csrf_token"}
    if federation.change(tenant, told):
        db.session.commit()
        tenancy.forget(g.tenant.slug)
    flash(_("Saved"), "success")
    return redirect(url_for(".index"), 303)


def show(tenant: Tenant, form: FederationForm) -> str:
    year = today().year
    return render_template(
        "settings/index.html",
        federation_row=tenant,
        form=form,
        defaults={kind: federation.stem_of(kind, tenant.short_name) for kind in form.stems()},
        year=year,
        history=history(trail.of(("tenant", tenant.id), newest=20)),
    )
