"""What may be typed about an appraisal."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError

from blueprints.appraisals.indicators import counted
from blueprints.appraisals.labels import FINDINGS, GRADE_WORDS
from blueprints.appraisals.models import INDICATORS
from blueprints.shared.forms import REQUIRED, DateField, Form, InputRequired, strip
from tenants.clock import today

WEIGHT = _l("Between 0 and 100.")


class SchemeForm(Form):
    """The weights of a year. One field for each indicator that somebody counts."""

    training_hours = IntegerField(
        _l("Hours of training that make the whole"), [InputRequired(), NumberRange(0, 400)]
    )
    record_days = IntegerField(
        _l("Days within which a visit is recorded in time"), [InputRequired(), NumberRange(0, 60)]
    )
    objection_days = IntegerField(
        _l("Days for an objection after the decision"), [InputRequired(), NumberRange(1, 90)]
    )

    def weights(self, typed: Mapping[str, str]) -> dict[str, int]:
        """The weights as they were typed; what nobody counts weighs nothing."""
        known = counted()
        return {
            name: max(0, int(words)) if (words := typed.get(name, "").strip()).isdigit() else 0
            for name in INDICATORS
            if name in known
        }

    def settings(self) -> dict[str, int]:
        names = ("training_hours", "record_days", "objection_days")
        return {name: int(self[name].data) for name in names}


class WordsForm(Form):
    """A statement, an objection, a reason: words that stay in the file."""

    words = TextAreaField(_l("In your own words"), [DataRequired(REQUIRED), Length(max=3000)],
                          filters=[strip])  # fmt: skip


class MarkForm(Form):
    """The officer's words beside the figures of the record."""

    note = TextAreaField(
        _l("What the figures do not show"), [DataRequired(REQUIRED), Length(max=2000)],
        filters=[strip],
    )  # fmt: skip
    pay_check = TextAreaField(
        _l("Are pay and insurance as agreed?"), [Length(max=500)], filters=[strip]
    )


class DecisionForm(Form):
    """The grade, and whether the supervisor is honoured."""

    grade = RadioField(_l("Grade"), [InputRequired()])
    award = BooleanField(_l("Put on the list of awards"))
    reason = TextAreaField(
        _l("Reason"), [DataRequired(REQUIRED), Length(max=2000)], filters=[strip]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grade.choices = [SelectChoice(value, words) for value, words in GRADE_WORDS.items()]

    def validate_award(self, field: BooleanField) -> None:
        if field.data and self.grade.data not in {"excellent", "good"}:
            raise ValidationError(_l("Only who did well is put on the list of awards."))


class ComplaintForm(Form):
    """What somebody complained of."""

    received_on = DateField(_l("Day"), [InputRequired()])
    matter = TextAreaField(
        _l("What it is about"), [DataRequired(REQUIRED), Length(max=1000)], filters=[strip]
    )

    def validate_received_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_l("This day has not come yet."))


class FindingOfComplaintForm(Form):
    """What the examination found."""

    finding = RadioField(_l("Finding"), [InputRequired()])
    why = TextAreaField(_l("Reason"), [DataRequired(REQUIRED), Length(max=1000)], filters=[strip])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding.choices = [SelectChoice(value, words) for value, words in FINDINGS.items()]
