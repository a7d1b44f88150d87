"""What may be typed about a visit: the plan of one, and the record of one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import (
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import (
    DataRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import CheckboxInput

from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import ServiceMethod
from blueprints.offers.service.actions import Receipt
from blueprints.shared.forms import (
    REQUIRED,
    DateField,
    Form,
    InputRequired,
    TextField,
    fault,
    strip,
)
from blueprints.shared.languages import said
from blueprints.visits import labels
from blueprints.visits.actions import Made, fault_in_day, fault_in_next, fault_in_plan
from blueprints.visits.models import Met, NextStep, Outcome, Way
from rules.reasons import Group, reasons


def listed(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


class Needed:
    """A field that is needed only where something else was chosen; empty it is else no fault.

    Stands where Optional would: that one ends the checks of an empty field, this one decides.
    """

    field_flags: ClassVar[dict[str, bool]] = {"optional": True}

    def __init__(self, when: Callable[[Any], bool], message: Any) -> None:
        self.when, self.message = when, message

    def __call__(self, form: Any, field: Any) -> None:
        if field.raw_data and str(field.raw_data[0]).strip():
            return
        field.errors = []
        raise StopValidation(self.message if self.when(form) else "")


def goes_again(form: "VisitForm") -> bool:
    return form.next_step.data not in {NextStep.NONE, NextStep.TELL_OFFICER, "", None}


class PlanForm(Form):
    """When to go, and what for."""

    planned_on = DateField(_l("Day"), [InputRequired()])
    planned_at = TimeField(_l("Time"), [Optional()])
    purpose = SelectField(_l("What for"), [InputRequired()])
    plan_note = TextAreaField(
        _l("What to do there, what to bring"), [Length(max=500)], filters=[strip]
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.purpose.choices = listed(labels.PURPOSES)

    def validate_planned_on(self, field: DateField) -> None:
        if field.data:
            fault(fault_in_plan(field.data, today=self.today))


class DropForm(Form):
    """Why a planned visit does not take place."""

    why = TextField(_l("Reason"), [DataRequired(REQUIRED), Length(max=300)])


class VisitForm(Form):
    """The record of a visit (27c), with the service of an offer where one is still to be served."""

    met = RadioField(_l("Whom did you meet?"), [InputRequired()])
    met_post = TextField(_l("Their post"), [Length(max=60)])
    served = RadioField(_l("Was the offer handed over?"), [InputRequired()])
    receiver_name = TextField(_l("Who took it"), [Length(max=60)])
    witness = TextField(_l("Witness"), [Length(max=60)])
    failure = SelectField(
        _l("Why not"),
        [Needed(lambda form: form.served.data == "failed", _l("Say why it could not be served."))],
        validate_choice=False,
    )
    proof = FileField(_l("Photo of the signed receipt"))
    topics = SelectMultipleField(_l("What was talked about?"), option_widget=CheckboxInput())
    said = TextAreaField(_l("What they said"), [Length(max=2000)], filters=[strip])
    help_given = TextAreaField(_l("Help and papers given"), [Length(max=1000)], filters=[strip])
    outcome = RadioField(_l("What came of it?"), [InputRequired()])
    refusal_code = SelectField(
        _l("Their reason"),
        [
            Needed(
                lambda form: form.outcome.data == Outcome.WILL_NOT,
                _l("Choose the reason they gave."),
            )
        ],
        validate_choice=False,
    )
    next_step = SelectField(_l("Next step"), [InputRequired()])
    next_on = DateField(
        _l("Next day"), [Needed(goes_again, _l("Choose the day of the next step."))]
    )
    photos = MultipleFileField(_l("Photos"))
    purpose = SelectField(_l("What for"), [InputRequired()])
    way = SelectField(_l("How"), [InputRequired()], default=Way.ON_SITE)
    place = TextField(_l("Place of the visit"), [Length(max=120)])
    visited_on = DateField(_l("Day"), [InputRequired()])
    visited_at = TimeField(_l("Began at"), [Optional()])
    minutes = IntegerField(
        _l("Minutes"),
        [InputRequired(), NumberRange(1, 960, _l("Between 1 and 960 minutes."))],
        default=30,
    )

    def __init__(self, *args: Any, offer: Offer | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.today = offer, today
        self.met.choices = listed(labels.METS)
        self.topics.choices = listed(labels.TOPIC_WORDS)
        self.outcome.choices = listed(labels.OUTCOMES)
        self.next_step.choices = listed(labels.NEXT_STEPS)
        self.purpose.choices = listed(labels.PURPOSES)
        self.way.choices = listed(labels.WAYS)
        self.refusal_code.choices = reason_choices(Group.REFUSAL)
        self.failure.choices = reason_choices(Group.SERVICE_FAILURE)
        if offer is None:
            for name in ("served", "receiver_name", "witness", "failure", "proof"):
                del self[name]
        else:
            self.served.choices = [
                SelectChoice("yes", _l("Yes, signed for")),
                SelectChoice("failed", _l("No: refused, or not possible")),
                SelectChoice("no", _l("That was not what I came for")),
            ]

    def validate_met_post(self, field: TextField) -> None:
        if self.met.data in {Met.DECIDER, Met.STAFF} and not field.data:
            raise ValidationError(_("Write the post; a name is not needed."))

    def validate_receiver_name(self, field: TextField) -> None:
        if self.served.data == "yes" and not field.data:
            raise ValidationError(_("Say who took the letter."))

    def validate_proof(self, field: FileField) -> None:
        if self.served.data == "yes" and not (field.data and field.data.filename):
            raise ValidationError(_("Service needs proof: take a photo of the signed receipt."))

    def validate_failure(self, field: SelectField) -> None:
        known(field)

    def validate_refusal_code(self, field: SelectField) -> None:
        known(field)

    def validate_visited_on(self, field: DateField) -> None:
        if field.data:
            fault(fault_in_day(field.data, today=self.today))

    def validate_next_on(self, field: DateField) -> None:
        if goes_again(self) and field.data and self.visited_on.data:
            fault(fault_in_next(field.data, visited_on=self.visited_on.data, today=self.today))

    def made(self) -> Made:
        again = goes_again(self)
        nobody = self.met.data == Met.NOBODY
        return Made(
            visited_on=self.visited_on.data,
            visited_at=self.visited_at.data,
            minutes=self.minutes.data,
            way=self.way.data,
            place=self.place.data or None,
            purpose=self.purpose.data,
            met=self.met.data,
            met_post=None if nobody else self.met_post.data or None,
            topics=tuple(self.topics.data or ()),
            said=self.said.data or None,
            help_given=self.help_given.data or None,
            outcome=self.outcome.data,
            refusal_code=(
                self.refusal_code.data if self.outcome.data == Outcome.WILL_NOT else None
            ),
            next_step=self.next_step.data,
            next_on=self.next_on.data if again else None,
        )

    def receipt(self, **known: Any) -> Receipt:
        """What proves that the offer was handed over at this visit."""
        return Receipt(
            method=ServiceMethod.IN_PERSON,
            served_on=self.visited_on.data,
            receiver_name=self.receiver_name.data or None,
            receiver_title=self.met_post.data or None,
            witness=self.witness.data or None,
            **known,
        )


def known(field: SelectField) -> None:
    """A reason out of the list, or none."""
    if field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(field.gettext("Not a valid choice."))


def reason_choices(group: Group) -> Sequence[SelectChoice]:
    return [
        SelectChoice("", _("Choose …")),
        *(SelectChoice(one.code, said(one.label)) for one in reasons(group)),
    ]
