"""The page of the federation's own measure: what holds now, what is set, who changed it."""

from typing import Any

from flask import flash, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.exposures import measure as measures
from blueprints.exposures import periods
from blueprints.exposures.facts import CHANNELS
from blueprints.exposures.measure_forms import FIELDS, MeasureForm, form_of
from blueprints.exposures.views import bp
from blueprints.shared import tenancy
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from blueprints.shared.trail.words import history
from tenants.clock import today
from tenants.db import db
from tenants.models import Event
from tenants.roles import May
from tenants.scope import current_tenant_id

CHANGES = 20


@bp.get("/measure")
@requires(May.EXPOSURES_READ)
def measure() -> ResponseReturnValue:
    """What holds for every step, with its source; an administrator may set the measure."""
    return shown(form_of(measures.kept()))


@bp.post("/measure")
@requires(May.SETTINGS_EDIT)
def update_measure() -> ResponseReturnValue:
    """Set the measure. Cases on file keep the terms under which they were served."""
    form = MeasureForm()
    if not form.validate():
        return shown(form), 422
    if measures.change(form.said()):
        db.session.commit()
        tenancy.forget(g.tenant.slug)
    flash(_("Saved"), "success")
    return moved(url_for(".measure"))


def shown(form: MeasureForm) -> str:
    return render_template(
        "exposures/measure.html", form=form, kept=measures.kept(), channels=CHANNELS,
        terms=[(form[name], periods.term(key, today())) for key, name in FIELDS.items()],
        withdraw=periods.term(periods.WITHDRAW, today()), longest=periods.longest_shown(),
        allowed=measures.allowed_channels(), history=history(changes()),
    )  # fmt: skip


def changes() -> Any:
    """Who changed the measure, the newest first."""
    query = select(Event).where(
        Event.subject_kind == "tenant",
        Event.subject_id == current_tenant_id(),
        Event.verb == "exposure.measure_changed",
    )
    return db.session.scalars(query.order_by(Event.seq.desc()).limit(CHANGES)).all()
