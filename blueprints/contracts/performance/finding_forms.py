"""What may be typed about findings, opinions, reports, wages and assessments."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DecimalField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.contracts.performance.check_forms import LONG, YES_NO, yes_or_no
from blueprints.contracts.performance.opinion_actions import Served
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from tenants.clock import today

WRITTEN = [Filled(), *LONG]


def not_yet(field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(_l("This day has not come yet."))


class RemedyForm(Form):
    """Before anybody is told: what is suggested, by when, and the proof."""

    remedy = TextAreaField(_l("What we suggest"), WRITTEN, filters=[strip])
    due_on = DateField(_l("To be corrected by"), [InputRequired()])
    evidence = FileField(_l("Photo or scan of the proof"))


class PutForm(Form):
    """Nothing is typed; the page says what will happen."""


class AgreeForm(Form):
    plan_on = DateField(_l("Both sides agree on"), [InputRequired()])
    plan_text = TextAreaField(_l("What will be done"), WRITTEN, filters=[strip])
    version = HiddenField(validators=[InputRequired()])


class DisputeForm(Form):
    worker_position = TextAreaField(_l("What the workers' side says"), WRITTEN, filters=[strip])
    employer_position = TextAreaField(_l("What the employers' side says"), WRITTEN, filters=[strip])
    version = HiddenField(validators=[InputRequired()])


class FixForm(Form):
    fixed_on = DateField(_l("Found corrected on"), [InputRequired()])
    note = TextAreaField(_l("How it was checked"), WRITTEN, filters=[strip])
    evidence = FileField(_l("Photo or scan of the proof"))
    version = HiddenField(validators=[InputRequired()])

    def validate_fixed_on(self, field: DateField) -> None:
        not_yet(field)


class HandOverForm(Form):
    reason = TextAreaField(_l("Why it is not settled"), WRITTEN, filters=[strip])
    inspector_names = TextField(_l("Inspectors"), [Filled(), Length(max=120)])
    inspector_card_nos = TextField(_l("Numbers of their cards"), [Filled(), Length(max=120)])
    inspected_from = DateField(_l("Looked into from"), [InputRequired()])
    inspected_until = DateField(_l("until"), [InputRequired()])
    signatory_name = TextField(_l("Who signs it"), [Filled(), Length(max=60)])

    def validate_inspected_until(self, field: DateField) -> None:
        if field.data and self.inspected_from.data and field.data < self.inspected_from.data:
            raise ValidationError(_l("The days are not in order."))
        not_yet(field)

    def said(self) -> dict[str, str]:
        names = ("inspector_names", "inspector_card_nos", "signatory_name")
        plain = {name: str(getattr(self, name).data) for name in names}
        days = {
            name: getattr(self, name).data.isoformat()
            for name in ("inspected_from", "inspected_until")
        }
        return {**plain, **days}


class ServiceForm(Form):
    served_on = DateField(_l("Day"), [InputRequired()])
    receiver_name = TextField(_l("Who took it"), [Length(max=60)])
    post_number = TextField(_l("Number of the registered letter"), [Length(max=40)])
    evidence = FileField(_l("Photo or scan of the proof"))

    def validate_served_on(self, field: DateField) -> None:
        not_yet(field)

    def validate_evidence(self, field: FileField) -> None:
        if not field.data and not self.post_number.data:
            raise ValidationError(
                _l("Service needs proof: a photo or scan, or the number of the registered letter.")
            )

    def receipt(self, evidence_id: int | None) -> Served:
        return Served(
            self.served_on.data, self.receiver_name.data or None, self.post_number.data or None,
            evidence_id,
        )  # fmt: skip


class AnswerForm(Form):
    answered_on = DateField(_l("Received on"), [InputRequired()])
    words = TextAreaField(_l("The answer, word for word"), WRITTEN)

    def validate_answered_on(self, field: DateField) -> None:
        not_yet(field)


class ReportForm(Form):
    """What the record does not know by itself; the figures come out of the checks."""

    problems = TextAreaField(_l("Problems and next steps"), WRITTEN, filters=[strip])
    remarks = IntegerField(_l("Remarks received"), [Optional(), NumberRange(0, 10**6)])
    remarks_settled = IntegerField(_l("of which settled"), [Optional(), NumberRange(0, 10**6)])
    remarks_text = TextAreaField(_l("Typical remarks and results"), LONG, filters=[strip])

    def validate_remarks_settled(self, field: IntegerField) -> None:
        if field.data is not None and field.data > (self.remarks.data or 0):
            raise ValidationError(_l("More than were received."))


class PresentForm(Form):
    presented_on = DateField(_l("Reported on"), [InputRequired()])
    congress = TextField(_l("To which congress"), [Filled(), Length(max=200)])
    evidence = FileField(_l("Minutes or photo"))

    def validate_presented_on(self, field: DateField) -> None:
        not_yet(field)


class WagesForm(Form):
    average_pay = DecimalField(
        _l("Average pay, yuan a month"), [InputRequired(), NumberRange(0, 10**7)], places=2
    )
    lowest_pay = DecimalField(
        _l("Lowest pay, yuan a month"), [Optional(), NumberRange(0, 10**7)], places=2
    )
    raise_percent = DecimalField(
        _l("Raise on the half-year before, %"), [Optional(), NumberRange(-100, 1000)], places=2
    )
    paid_in_time = SelectField(_l("Paid on the agreed day?"), [Optional()])
    published_on = DateField(_l("Published on"), [Optional()])
    place = TextField(_l("Where it is posted"), [Length(max=200)])
    evidence = FileField(_l("Photo or scan of the proof"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paid_in_time.choices = yes_or_no()

    def validate_lowest_pay(self, field: DecimalField) -> None:
        if field.data and self.average_pay.data and field.data > self.average_pay.data:
            raise ValidationError(_l("The lowest pay is above the average."))

    def validate_published_on(self, field: DateField) -> None:
        not_yet(field)

    def said(self) -> dict[str, Any]:
        names = ("average_pay", "lowest_pay", "raise_percent", "published_on")
        return {
            **{name: getattr(self, name).data for name in names},
            "paid_in_time": YES_NO.get(self.paid_in_time.data),
            "place": self.place.data or None,
        }


class AssessForm(Form):
    assessors = TextField(_l("Assessed by"), [Filled(), Length(max=200)])
    next_round = TextAreaField(_l("For the next round"), WRITTEN, filters=[strip])


class ReviseForm(AssessForm):
    employer_comment = TextAreaField(_l("Comment of the employers' side"), LONG, filters=[strip])
    worker_comment = TextAreaField(_l("Comment of the workers' side"), LONG, filters=[strip])
    version = HiddenField(validators=[InputRequired()])
