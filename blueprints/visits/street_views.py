"""A street day on one page: choose the street, fill in where you were, send."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext as _n
from wtforms import SelectField
from wtforms.validators import ValidationError

from blueprints.shared.forms import DateField, Form, InputRequired, fault
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import supervisor_of
from blueprints.visits import labels, queries, street
from blueprints.visits.actions import fault_in_day
from blueprints.visits.exports import NOBODY_SERVES
from blueprints.visits.forms import listed
from blueprints.visits.street import Row
from blueprints.visits.views import after, bp
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


class StreetForm(Form):
    """What is alike for the whole day."""

    visited_on = DateField(_l("Day"), [InputRequired()])
    purpose = SelectField(_l("What for"), [InputRequired()])

    def validate_visited_on(self, field: DateField) -> None:
        if field.data:
            fault(fault_in_day(field.data, today=today()))

    def validate_purpose(self, field: SelectField) -> None:
        if field.data not in labels.PURPOSES:
            raise ValidationError(_l("Choose what for."))


@bp.get("/street-day")
@requires(May.VISITS_RECORD)
def street_day() -> ResponseReturnValue:
    form = street_form(formdata=None, visited_on=today(), purpose="first_contact")
    return street_page(form, asked_rows())


@bp.post("/street-day")
@requires(May.VISITS_RECORD)
def create_street_day() -> ResponseReturnValue:
    """All rows that were filled, or none while one of them is wrong."""
    form, rows = street_form(), asked_rows()
    filled = street.judge(rows)
    wrong = [row for row in filled if row.fault]
    if not form.validate() or wrong or not filled:
        return street_page(form, rows, missing=not filled), 422
    made = street.record(
        walking(filled[0]), filled, on=form.visited_on.data, purpose=form.purpose.data,
        by_id=viewer().id,
    )  # fmt: skip
    db.session.commit()
    flash(_n("%(num)s visit is recorded.", "%(num)s visits are recorded.", len(made)), "ok")
    return moved(after(made[0], "done=street-day"))


def street_form(**given: object) -> StreetForm:
    form = StreetForm(**given)
    form.purpose.choices = listed(labels.PURPOSES)
    return form


def asked_rows() -> list[Row]:
    if "area" not in request.args:
        return []
    area, place = request.args.get("area", "")[:6], request.args.get("place", "")[:100]
    return street.rows_of(viewer(), area, place, request.form)


def walking(row: Row) -> Supervisor:
    found = queries.own(viewer().id) or supervisor_of(row.enterprise_id, today())
    if found is None:
        raise RuleBroken(NOBODY_SERVES)
    return found


def street_page(form: StreetForm, rows: list[Row], *, missing: bool = False) -> str:
    return render_template(
        "visits/street.html",
        form=form,
        rows=rows,
        missing=missing and bool(rows),
        streets=street.streets(viewer()) if not rows else [],
        area=request.args.get("area", ""),
        locality=request.args.get("place", ""),
        mets=labels.METS,
        outcomes={k: v for k, v in labels.OUTCOMES.items() if k != "will_not"},
    )
