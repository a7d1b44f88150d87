"""What may be typed about a month: its plan, hours, expenses, trainings."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DecimalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from blueprints.shared.forms import REQUIRED, DateField, Form, InputRequired, TextField, strip
from blueprints.supervisors.models import Supervisor
from blueprints.visits import labels
from blueprints.visits.forms import listed
from blueprints.visits.work_models import Work

HOURS = _l("Between a quarter of an hour and 16 hours.")


def minutes_of(hours: Decimal) -> int:
    return int((hours * 60).to_integral_value())


class MonthPlanForm(Form):
    """The plan of a month (27d)."""

    visits = IntegerField(_l("Visits"), [InputRequired(), NumberRange(0, 500)])
    first_visits = IntegerField(
        _l("Of these, to units that never bargained"), [InputRequired(), NumberRange(0, 500)]
    )
    training = TextAreaField(_l("Training"), [Length(max=500)], filters=[strip])
    support = TextAreaField(_l("Support needed"), [Length(max=500)], filters=[strip])
    gap = TextAreaField(
        _l("Why last month's plan was not done"), [Length(max=500)], filters=[strip]
    )
    other_work = TextAreaField(_l("Work other than bargaining"), [Length(max=500)], filters=[strip])

    def validate_first_visits(self, field: IntegerField) -> None:
        if None not in {field.data, self.visits.data} and field.data > self.visits.data:
            raise ValidationError(_("Not more than all visits."))

    def facts(self) -> dict[str, Any]:
        return {
            "visits": self.visits.data,
            "first_visits": self.first_visits.data,
            **{
                name: self[name].data or None
                for name in ("training", "support", "gap", "other_work")
            },
        }


class DayForm(Form):
    """Something that happened on a day; no day of the future."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def not_to_come(self, field: DateField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("This day has not come yet."))


class HoursForm(DayForm):
    """Hours that no visit and no training shows."""

    worked_on = DateField(_l("Day"), [InputRequired()])
    kind = SelectField(_l("Work"), [InputRequired()])
    hours = DecimalField(
        _l("Hours"), [InputRequired(), NumberRange(Decimal("0.25"), 16, HOURS)], places=2
    )
    note = TextField(_l("Remark"), [Length(max=300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = listed(labels.WORKS)

    def validate_worked_on(self, field: DateField) -> None:
        self.not_to_come(field)

    def validate_note(self, field: TextField) -> None:
        if self.kind.data == Work.OTHER and not field.data:
            raise ValidationError(_("Say what the other work was."))

    def facts(self) -> dict[str, Any]:
        return {
            "worked_on": self.worked_on.data,
            "kind": self.kind.data,
            "minutes": minutes_of(self.hours.data),
            "note": self.note.data or None,
        }


class ExpenseForm(DayForm):
    """What was spent, with the receipt."""

    spent_on = DateField(_l("Day"), [InputRequired()])
    spending = SelectField(_l("For what"), [InputRequired()])
    yuan = DecimalField(
        _l("Yuan"),
        [InputRequired(), NumberRange(Decimal("0.01"), 100_000, _l("More than nothing, please."))],
        places=2,
    )
    remark = TextField(_l("Remark"), [Length(max=300)])
    receipt = FileField(_l("Voucher"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spending.choices = listed(labels.SPENDINGS)

    def validate_spent_on(self, field: DateField) -> None:
        self.not_to_come(field)

    def facts(self) -> dict[str, Any]:
        return {
            "spent_on": self.spent_on.data,
            "kind": self.spending.data,
            "cents": int((self.yuan.data * 100).to_integral_value()),
            "note": self.remark.data or None,
        }


class DecisionForm(Form):
    """Accepted, or refused with a reason."""

    decision = RadioField(
        _l("Decision"),
        [InputRequired()],
        choices=[SelectChoice("accept", _l("Accept")), SelectChoice("refuse", _l("Refuse"))],
        default="accept",
    )
    note = TextField(_l("Reason, if refused"), [Length(max=300)])

    def validate_note(self, field: TextField) -> None:
        if self.decision.data == "refuse" and not field.data:
            raise ValidationError(_("State why it is refused."))


class TrainingForm(DayForm):
    """One training, and who took part."""

    title = TextField(_l("Title"), [DataRequired(REQUIRED), Length(max=120)])
    kind = SelectField(_l("Kind"), [InputRequired()])
    held_on = DateField(_l("Day"), [InputRequired()])
    hours = DecimalField(
        _l("Hours"),
        [InputRequired(), NumberRange(Decimal("0.25"), 80, _l("Between 0.25 and 80 hours."))],
        places=2,
    )
    organiser = TextField(_l("Held by"), [Length(max=120)])
    certificate_no = TextField(_l("Number of the certificate"), [Length(max=60)])
    supervisors = SelectMultipleField(
        _l("Who took part"), coerce=int, option_widget=CheckboxInput()
    )

    def __init__(self, *args: Any, supervisors: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = listed(labels.TEACHINGS)
        self.supervisors.choices = [SelectChoice(one.id, one.name) for one in supervisors]

    def validate_held_on(self, field: DateField) -> None:
        self.not_to_come(field)

    def validate_supervisors(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError(_("Choose who took part."))

    def validate_certificate_no(self, field: TextField) -> None:
        if field.data and len(self.supervisors.data or ()) > 1:
            raise ValidationError(_("A certificate has one holder; enter it for one person."))

    def facts(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "kind": self.kind.data,
            "held_on": self.held_on.data,
            "minutes": minutes_of(self.hours.data),
            "organiser": self.organiser.data or None,
            "certificate_no": self.certificate_no.data or None,
        }
