"""What may be typed on an acting authority: the proposal, its decision, its end, an objection."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.contracts.acting.actions import HandBack, Proposal, faults
from blueprints.contracts.ground.acting_models import Ground
from blueprints.contracts.ground.acting_words import GROUNDS, MATTERS, MODES, PARTY_CHOICES
from blueprints.contracts.ground.labels import LEVELS
from blueprints.contracts.ground.models import Reach
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.acting import WEAKNESS
from rules.words import Text
from tenants.clock import today

LONG = [Filled(), Length(max=2000)]
NOT_ANSWERED = ("", _l("not looked at"))


def choices(words: Mapping[str, Text]) -> list[Any]:
    return [SelectChoice(str(name), said(text)) for name, text in words.items()]


class ProposalForm(Form):
    """By what right, for whom, in what, until when, and how it is given back."""

    mode = RadioField(_l("What is asked for"), [InputRequired()], default="upper_acts")
    level = RadioField(_l("Level"), [InputRequired()], default="industry")
    enterprise_id = SelectField(_l("Enterprise"), [Optional()], coerce=int, default=0)
    industry = SelectField(_l("Industry"), [Optional()], default="")
    area = SelectField(_l("Area"), [Optional()], default="")
    scope_name = TextField(_l("Scope in words"), [Filled(), Length(max=120)])
    case_id = SelectField(_l("For the case"), [Optional()], coerce=int, default=0)
    principal_id = SelectField(_l("Lower union"), [Optional()], coerce=int, default=0)
    principal_name = TextField(_l("Where there is none: on whose behalf"), [Length(max=120)])
    principal_email = TextField(_l("E-mail of the principal"), [Length(max=120)])
    acting_union_id = SelectField(_l("Who acts"), [Optional()], coerce=int, default=0)
    ground = RadioField(_l("Ground"), [InputRequired()])
    ground_text = TextAreaField(_l("The facts of it"), LONG, filters=[strip])
    has_chair = RadioField(default="")
    has_committee = RadioField(default="")
    knows_bargaining = RadioField(default="")
    has_representatives = RadioField(default="")
    is_independent = RadioField(default="")
    is_trusted = RadioField(default="")
    request_no = TextField(_l("Number of the lower union's request"), [Length(max=60)])
    visited_on = DateField(_l("Visited on"), [Optional()])
    scan = FileField(_l("Scan of the request or decision"))
    matters = SelectMultipleField(
        _l("Matters"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    party = RadioField(_l("Who signs for the workers"), [InputRequired()], default="elected")
    from_on = DateField(_l("From"), [InputRequired()])
    until_on = DateField(_l("Until"), [InputRequired()])
    handback_plan = TextAreaField(_l("Plan of the hand-back"), LONG, filters=[strip])
    handback_due_on = DateField(_l("Hand-back planned for"), [InputRequired()])

    def __init__(self, *args: Any, known: Mapping[str, list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mode.choices, self.level.choices = choices(MODES), choices(LEVELS)
        self.ground.choices, self.matters.choices = choices(GROUNDS), choices(MATTERS)
        self.party.choices = choices(PARTY_CHOICES)
        for name, rows in known.items():
            self[name].choices = rows
        for name, words in WEAKNESS.items():
            self[name].label.text = said(words)
            self[name].choices = [
                SelectChoice("yes", _l("Yes")),
                SelectChoice("no", _l("No")),
                SelectChoice(*NOT_ANSWERED),
            ]

    def validate_until_on(self, field: DateField) -> None:
        if field.data and self.from_on.data and field.data <= self.from_on.data:
            raise ValidationError(_l("It ends before it begins."))
        if field.data and field.data < today():
            raise ValidationError(_l("This day has passed already."))

    def validate_handback_due_on(self, field: DateField) -> None:
        if field.data and self.until_on.data and field.data > self.until_on.data:
            raise ValidationError(_l("The hand-back comes within the period."))

    def validate_enterprise_id(self, field: SelectField) -> None:
        if (self.level.data == Reach.ENTERPRISE) is not bool(field.data):
            raise ValidationError(_l("Choose an enterprise at enterprise level, and only there."))

    def validate_industry(self, field: SelectField) -> None:
        if self.level.data == Reach.INDUSTRY and not field.data:
            raise ValidationError(_l("Choose the industry."))

    def validate_principal_id(self, field: SelectField) -> None:
        if self.ground.data in {Ground.WEAK_UNION, Ground.REQUEST} and not field.data:
            raise ValidationError(_l("Choose the union that is weak or asks for it."))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask the rule early, so that its answer and article stand beside the field."""
        fine = bool(super().validate(*args, **kwargs))
        if not self.level.data or not self.ground.data or not self.party.data:
            return fine
        for finding in faults(self.proposal()):
            name = {"assessment": "has_chair"}.get(finding.subject, finding.subject)
            article = f" {said(finding.article)}" if finding.article else ""
            self[name].errors = [*self[name].errors, f"{said(finding.text)}{article}"]
            fine = False
        return fine

    def assessment(self) -> dict[str, bool]:
        """The lines that were answered."""
        return {name: self[name].data == "yes" for name in WEAKNESS if self[name].data}

    def proposal(self, instrument_id: int | None = None) -> Proposal:
        return Proposal(
            level=self.level.data,
            scope_name=self.scope_name.data or "",
            ground=Ground(self.ground.data),
            ground_text=self.ground_text.data or "",
            matters=tuple(self.matters.data or ()),
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            handback_plan=self.handback_plan.data or "",
            handback_due_on=self.handback_due_on.data,
            mode=self.mode.data,
            party=self.party.data,
            case_id=self.case_id.data or None,
            enterprise_id=self.enterprise_id.data or None,
            industry=self.industry.data or None,
            area=self.area.data or None,
            principal_id=self.principal_id.data or None,
            principal_name=self.principal_name.data or "",
            principal_email=self.principal_email.data or None,
            acting_union_id=self.acting_union_id.data or None,
            assessment=self.assessment(),
            request_no=self.request_no.data or None,
            visited_on=self.visited_on.data,
            instrument_id=instrument_id,
        )


class ConfirmForm(Form):
    pass


class WordsForm(Form):
    words = TextAreaField(_l("In words"), LONG, filters=[strip])


class RevokeForm(Form):
    name = TextField(_l("Who revokes it"), [Filled(), Length(max=60)])
    words = TextAreaField(_l("Reason"), LONG, filters=[strip])


class HandBackForm(Form):
    on = DateField(_l("Handed back on"), [InputRequired()])
    ground = TextAreaField(_l("How the lower union can act for itself now"), LONG, filters=[strip])
    done = TextAreaField(_l("What was done"), LONG, filters=[strip])
    receiver = TextField(_l("Who takes it over"), [Filled(), Length(max=60)])
    support_until = DateField(_l("Support until"), [InputRequired()])

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_l("This day has not come yet."))

    def said(self) -> HandBack:
        return HandBack(
            self.on.data, self.ground.data, self.done.data, self.receiver.data,
            self.support_until.data,
        )  # fmt: skip


class PrincipalForm(Form):
    """What the principal writes on its own page."""

    name = TextField(_l("Your name"), [Filled(), Length(max=60)])
    words = TextAreaField(_l("What you object to, or why you revoke it"), LONG, filters=[strip])
    sure = BooleanField(_l("I speak for the union or the workers named above"))

    def validate_sure(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Please confirm that you may speak for them."))
