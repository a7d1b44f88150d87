"""What may be typed about certificates, leave, ties, quotas, and the steps of an engagement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.registry.areas import narrowed
from blueprints.registry.models import Enterprise
from blueprints.registry.queries import found_by
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from blueprints.supervisors.labels import CERTIFICATES, LEVELS, TIES
from tenants.db import db
from tenants.scope import current_area

MANY = 8


def after(other: str) -> Any:
    """A validator: not before another day of the same form."""

    def check(form: Any, field: Any) -> None:
        first: date | None = form[other].data
        if first and field.data and field.data < first:
            raise ValidationError(_("This day lies before the first one."))

    return check


class CertificateForm(Form):
    """A certificate, and until when it is good."""

    kind = SelectField(
        _l("Certificate"), choices=[SelectChoice(v, words) for v, words in CERTIFICATES.items()]
    )
    number = TextField(_l("Number"), [Filled(), Length(max=80)])
    issuer = TextField(_l("Issued by"), [Length(max=120)])
    issued_on = DateField(_l("Issued on"), [InputRequired()])
    expires_on = DateField(_l("Good until"), [Optional(), after("issued_on")])


class LeaveForm(Form):
    """Days away. Who serves the enterprises meanwhile is decided by a plan."""

    from_on = DateField(_l("First day away"), [InputRequired()])
    until_on = DateField(_l("Last day away"), [InputRequired(), after("from_on")])
    reason = TextField(_l("Reason"), [Length(max=200)])


class EnterpriseField(TextField):
    """An enterprise by name, code or initials: exactly one must be meant."""

    def chosen(self) -> int:
        """The id of the enterprise meant. ValidationError names what was found instead."""
        typed = (self.data or "").strip()
        query = select(Enterprise.id, Enterprise.name).where(Enterprise.status == "active")
        exact = query.where((Enterprise.name == typed) | (Enterprise.credit_code == typed))
        rows = db.session.execute(exact.limit(2)).all()
        if len(rows) != 1 and typed:
            rows = db.session.execute(query.where(found_by(typed)).limit(MANY)).all()
        if not rows or not typed:
            raise ValidationError(_("No enterprise of the register is called that."))
        if len(rows) > 1:
            found = _(", ").join(row.name for row in rows[:4])
            raise ValidationError(_("Several are meant: %(names)s …", names=found))
        return int(rows[0].id)


class TieForm(Form):
    """What binds a supervisor to a firm."""

    enterprise = EnterpriseField(_l("Enterprise"), [Filled()])
    kind = SelectField(_l("Tie"), choices=[SelectChoice(v, words) for v, words in TIES.items()])
    from_on = DateField(_l("Counts from"), [InputRequired()])
    until_on = DateField(_l("Counts until"), [Optional(), after("from_on")])
    note = TextAreaField(_l("Remark"), [Length(max=500)], filters=[strip])

    def validate_enterprise(self, field: Any) -> None:
        field.found = field.chosen()


class QuotaForm(Form):
    """How many supervisors are due at a level of an area."""

    level = SelectField(
        _l("Level"), choices=[SelectChoice(v, words) for v, words in LEVELS.items()]
    )
    area_code = SelectField(_l("Area"), [Optional()])
    full_time = IntegerField(_l("Full-time due"), [InputRequired(), NumberRange(0, 10_000)])
    part_time = IntegerField(_l("Part-time due"), [Optional(), NumberRange(0, 10_000)], default=0)
    source = TextField(_l("By which document"), [Length(max=200)])

    def __init__(self, *args: Any, areas: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if current_area() is not None:  # the city's own posts are set by the city
            self.level.choices = [one for one in self.level.choices if one.value != "city"]
        self.area_code.choices = narrowed(
            [
                SelectChoice("", _("The whole city")),
                *(SelectChoice(area.code, said(area.name)) for area in areas),
            ]
        )


class StepForm(Form):
    """What a step of the engagement needs; the page shows the fields of the step."""

    trained_on = DateField(_l("Trained on"), [Optional()])
    term_from = DateField(_l("Term from"), [Optional()])
    term_to = DateField(_l("Term until"), [Optional(), after("term_from")])
    reason = TextAreaField(_l("Reason"), [Length(max=500)], filters=[strip])
