"""The page of the room's habits: what holds now, from where, who may set it and who did."""

from itertools import groupby
from typing import Any

from flask import flash, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.contracts.habits import actions
from blueprints.contracts.habits.forms import FIELDS, HabitsForm, form_as_it_stands
from blueprints.contracts.habits.listed import HABITS
from blueprints.contracts.habits.values import kept, value, version
from blueprints.contracts.habits.words import GROUP_WORDS
from blueprints.contracts.register.views import bp
from blueprints.shared import tenancy
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.trail.words import history
from rules.broken import RuleBroken
from tenants.db import db
from tenants.models import Event
from tenants.roles import May
from tenants.scope import current_tenant_id

CHANGES = 20


@bp.get("/habits")
@requires(May.CONTRACTS_READ)
def habits() -> ResponseReturnValue:
    """What holds for checks, assessment and forecast; an administrator may set it."""
    return shown(form_as_it_stands())


@bp.post("/habits")
@requires(May.SETTINGS_EDIT)
def update_habits() -> ResponseReturnValue:
    """Set them. What is on file keeps the points and days it was made with."""
    form = HabitsForm()
    if not form.validate():
        return shown(form), 422
    try:
        changed = actions.change(form.values(), version=int(form.version.data or 0))
    except RuleBroken as broken:
        db.session.rollback()
        form.version.data = version()
        form.form_errors.append(said(broken.text))
        return shown(form), 409
    if changed:
        db.session.commit()
        tenancy.forget(g.tenant.slug)
    flash(_("Saved"), "success")
    return moved(url_for(".habits"))


def shown(form: HabitsForm) -> str:
    groups = groupby(HABITS.values(), key=lambda habit: habit.group)
    return render_template(
        "contracts/habits.html", form=form, fields=FIELDS, value=value, kept=kept(),
        plain=lambda number: f"{float(number):g}",
        groups=[(GROUP_WORDS[group], list(habits_)) for group, habits_ in groups],
        course=history(changes()),
    )  # fmt: skip


def changes() -> Any:
    """Who changed them, the newest first."""
    query = select(Event).where(
        Event.subject_kind == "tenant",
        Event.subject_id == current_tenant_id(),
        Event.verb == "habits.changed",
    )
    return db.session.scalars(query.order_by(Event.seq.desc()).limit(CHANGES)).all()
