"""What may be typed about a check: its plan, what was found of a clause, and who signs."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.contracts.performance.check_actions import Signed
from blueprints.contracts.performance.letters import RESULTS
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.performance import Result
from tenants.clock import today

LONG = [Length(max=2000)]
YES_NO = {"yes": True, "no": False}


def chosen(value: str | None) -> int | None:
    """The id out of a select; nothing chosen is None."""
    return int(value) if value and value.isdecimal() else None


def yes_or_no() -> list[SelectChoice]:
    return [
        SelectChoice("", _l("Not known")),
        SelectChoice("yes", _l("Yes")),
        SelectChoice("no", _l("No")),
    ]


class PlanForm(Form):
    """A check planned by hand. `owners` and `places` are ids with their names."""

    enterprise_id = SelectField(_l("At which enterprise"), [Optional()], validate_choice=True)
    planned_on = DateField(_l("Planned for"), [InputRequired()])
    period_from = DateField(_l("What was to be done from"), [InputRequired()])
    period_until = DateField(_l("until"), [InputRequired()])
    owner_id = SelectField(_l("Who sees to it"), [Optional()])
    joint = BooleanField(_l("Both sides check together and both sign"), default=True)

    def __init__(self, *args: Any, owners: Any, places: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner_id.choices = _choices(_l("Nobody yet"), owners)
        self.enterprise_id.choices = _choices(_l("The whole contract"), places)

    def validate_period_until(self, field: DateField) -> None:
        if field.data and self.period_from.data and field.data < self.period_from.data:
            raise ValidationError(_l("The days are not in order."))


class DayForm(Form):
    """Another day or another person for a check that is planned."""

    planned_on = DateField(_l("Planned for"), [InputRequired()])
    owner_id = SelectField(_l("Who sees to it"), [Optional()])
    joint = BooleanField(_l("Both sides check together and both sign"))
    version = HiddenField(validators=[InputRequired()])

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner_id.choices = _choices(_l("Nobody yet"), owners)


class ReasonForm(Form):
    reason = TextAreaField(_l("Reason"), [Filled(), *LONG], filters=[strip])


class FactForm(Form):
    """What was found of one clause, as form 22a asks."""

    result = RadioField(_l("Result"), [InputRequired()])
    done_quantity = TextField(_l("What was done, with its number"), [Length(max=200)])
    due_quantity = TextField(_l("What was due"), [Length(max=200)])
    in_time = SelectField(_l("Done by the agreed day?"), [Optional()])
    beneficiaries = IntegerField(_l("Workers who benefited"), [Optional(), NumberRange(0, 10**7)])
    gap_reason = TextAreaField(_l("Why not done"), LONG, filters=[strip])
    fix_on = DateField(_l("To be corrected by"), [Optional()])
    worker_position = TextAreaField(_l("What the workers' side says"), LONG, filters=[strip])
    employer_position = TextAreaField(_l("What the employers' side says"), LONG, filters=[strip])
    evidence = FileField(_l("Photo or scan of the proof"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.result.choices = [SelectChoice(name, said(words)) for name, words in RESULTS.items()]
        self.in_time.choices = yes_or_no()

    def validate_done_quantity(self, field: TextField) -> None:
        if self.result.data == Result.PARTLY and not field.data:
            raise ValidationError(_l("“Partly” needs a number or an example."))

    def validate_gap_reason(self, field: TextAreaField) -> None:
        if self.result.data in {Result.PARTLY, Result.NOT_KEPT} and not field.data:
            raise ValidationError(_l("Write down why it was not done."))

    def validate_worker_position(self, field: TextAreaField) -> None:
        self._position(field)

    def validate_employer_position(self, field: TextAreaField) -> None:
        self._position(field)

    def _position(self, field: TextAreaField) -> None:
        if self.result.data == Result.DISPUTED and not field.data:
            raise ValidationError(_l("In a dispute write down what either side says."))

    def found(self) -> dict[str, Any]:
        names = ("result", "due_quantity", "done_quantity", "beneficiaries", "gap_reason", "fix_on",
                 "worker_position", "employer_position")  # fmt: skip
        typed = {name: getattr(self, name).data for name in names}
        known = {name: value if value != "" else None for name, value in typed.items()}
        return {**known, "in_time": YES_NO.get(self.in_time.data)}


class SignForm(Form):
    """How the check ended; whoever signs is there and says so."""

    held_on = DateField(_l("Checked on"), [InputRequired()])
    worker_monitor = TextField(_l("Checked for the workers"), [Filled(), Length(max=120)])
    worker_signs = BooleanField(_l("I sign for the workers' side"))
    employer_monitor = TextField(_l("Checked for the employers"), [Length(max=120)])
    employer_signs = BooleanField(_l("I sign for the employers' side"))
    interviewed = IntegerField(_l("Workers asked"), [Optional(), NumberRange(0, 10**6)])
    interviewed_aware = IntegerField(
        _l("of whom know the contract"), [Optional(), NumberRange(0, 10**6)]
    )
    interview_text = TextAreaField(_l("What they said"), LONG, filters=[strip])
    posted = SelectField(_l("Is the full text posted?"), [Optional()])
    posting_place = TextField(_l("Where it hangs"), [Length(max=200)])
    employer_comment = TextAreaField(_l("Comment of the employers' side"), LONG, filters=[strip])
    worker_comment = TextAreaField(_l("Comment of the workers' side"), LONG, filters=[strip])

    def __init__(self, *args: Any, joint: bool, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.joint, self.first = joint, first
        self.posted.choices = yes_or_no()

    def validate_held_on(self, field: DateField) -> None:
        if field.data and not self.first <= field.data <= today():
            raise ValidationError(_l("The check is held within its period and not in the future."))

    def validate_worker_signs(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("The workers' side signs here."))

    def validate_employer_monitor(self, field: TextField) -> None:
        if self.joint and not field.data:
            raise ValidationError(_l("A joint check is signed by both sides."))

    def validate_employer_signs(self, field: BooleanField) -> None:
        if bool(self.employer_monitor.data) != bool(field.data):
            raise ValidationError(_l("Whoever is named for the employers signs here."))

    def validate_interviewed_aware(self, field: IntegerField) -> None:
        if field.data is not None and field.data > (self.interviewed.data or 0):
            raise ValidationError(_l("More than were asked."))

    def signed(self) -> Signed:
        plain = {
            name: getattr(self, name).data or None
            for name in ("employer_monitor", "interview_text", "posting_place",
                         "worker_comment", "employer_comment")
        }  # fmt: skip
        return Signed(
            held_on=self.held_on.data,
            worker_monitor=self.worker_monitor.data,
            interviewed=self.interviewed.data,
            interviewed_aware=self.interviewed_aware.data,
            posted=YES_NO.get(self.posted.data),
            **plain,
        )


def _choices(nobody: Any, rows: Any) -> list[SelectChoice]:
    return [SelectChoice("", nobody), *(SelectChoice(str(row.id), row.name) for row in rows)]
