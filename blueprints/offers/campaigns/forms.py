"""What may be typed when a campaign is prepared, approved and stopped."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.offers.ground.campaign_models import ContractKind, IssuerMode
from blueprints.registry.areas import city_of
from blueprints.registry.industries import divisions, sections
from blueprints.registry.kinds import STANDINGS, Standing
from blueprints.shared.forms import DateField, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.words import Text

MOST_TOPICS = 20
KINDS: dict[str, Text] = {
    ContractKind.WAGE: Text("工资专项集体合同", "Contract on wages"),
    ContractKind.GENERAL: Text("综合集体合同", "General contract"),
}
MODES: dict[str, Text] = {
    IssuerMode.DOUBLE: Text("双要约", "Double offer"),
    IssuerMode.SINGLE: Text("一个工会单独发出", "One union alone"),
}
NOT_A_NUMBER = _l("Write a whole number.")


class WholeNumber(IntegerField):
    """A number of people or days. Says in words what it cannot read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = [value.strip() for value in valuelist if value.strip()]
        try:
            super().process_formdata(typed)
        except ValueError:
            raise ValueError(NOT_A_NUMBER) from None


def short(most: int = 200) -> Length:
    return Length(max=most, message=_l("At most %(max)d characters."))


class CampaignForm(Form):
    """The beginning: what the campaign is called and what it is about."""

    name = TextField(_l("Name of the campaign"), [InputRequired(), short(100)])
    contract_kind = RadioField(_l("Kind of contract"), default=ContractKind.WAGE)
    subject = TextField(_l("Subject of bargaining"), [InputRequired(), short(100)])

    def __init__(self, *args: Any, taken: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        self.contract_kind.choices = [(kind, said(words)) for kind, words in KINDS.items()]

    def validate_name(self, _field: Any) -> None:
        if self.taken:
            raise ValidationError(_("There is a campaign of this name already."))


class ScopeForm(Form):
    """Whom the campaign addresses."""

    areas = SelectMultipleField(_l("Area"), validate_choice=True)
    industries = SelectMultipleField(_l("Industry"), validate_choice=True)
    standings = SelectMultipleField(_l("Standing of the union"))
    least = WholeNumber(_l("At least"), [Optional(), NumberRange(min=0, max=10_000_000)])
    most = WholeNumber(_l("At most"), [Optional(), NumberRange(min=0, max=10_000_000)])
    without_contract = BooleanField(_l("Leave out enterprises whose contract is still in force"))
    not_offered_days = WholeNumber(
        _l("Leave out who got an offer in the last … days"),
        [Optional(), NumberRange(min=0, max=3650)],
    )

    def __init__(self, *args: Any, division: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas.choices = [(area.code, said(area.name)) for area in city_of(division).areas]
        self.industries.choices = [
            *((section.code, said(section.name)) for section in sections()),
            *((code, said(one.name)) for code, one in divisions().items()),
        ]
        self.standings.choices = [(one, said(STANDINGS[one])) for one in Standing]

    def validate_standings(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Tick at least one; otherwise nobody is addressed."))

    def validate_most(self, field: Any) -> None:
        if field.data is not None and self.least.data is not None and field.data < self.least.data:
            raise ValidationError(_("The upper limit is below the lower one."))


class TopicForm(PlainForm):
    """One topic put forward. A row in which nothing is typed is left out."""

    title = TextField(_l("Topic"), [short(100)])
    reason = TextAreaField(_l("Why this topic"), [short(500)], filters=[strip])
    position = TextAreaField(
        _l("Demand: the workers' first position"), [short(500)], filters=[strip]
    )

    @property
    def blank(self) -> bool:
        return not (self.title.data or self.reason.data or self.position.data)

    def validate_title(self, field: Any) -> None:
        if not self.blank and not field.data:
            raise ValidationError(_("Name the topic."))

    def validate_reason(self, field: Any) -> None:
        if not self.blank and not field.data:
            raise ValidationError(_("Say why this topic is put forward."))

    def validate_position(self, field: Any) -> None:
        if not self.blank and not field.data:
            raise ValidationError(_("Say what the workers ask for."))


class ContentForm(Form):
    """What the letter says. May be left half done: the check names what is missing."""

    subject = TextField(_l("Subject of bargaining"), [InputRequired(), short(100)])
    contract_kind = RadioField(_l("Kind of contract"))
    topics = FieldList(FormField(TopicForm), max_entries=MOST_TOPICS)
    proposed_on = DateField(_l("Day of the first meeting"), [Optional()])
    proposed_place = TextField(_l("Place of the first meeting"), [short()])
    worker_rep_count = WholeNumber(
        _l("Number of workers' representatives"), [Optional(), NumberRange(min=1, max=99)]
    )
    worker_chief_name = TextField(_l("Chief representative of the workers"), [short(50)])
    contact_name = TextField(_l("Contact"), [short(50)])
    contact_phone = TextField(_l("Telephone"), [short(40)])
    contact_address = TextField(_l("Address"), [short()])
    territory_name = TextField(_l("Territory, as the letter names it"), [short(100)])
    industry_name = TextField(_l("Industry, as the letter names it"), [short(100)])
    scope_description = TextField(_l("Scope in words"), [short()])
    cc_names = TextField(_l("Copies to"), [short()])
    acting_decision_no = TextField(_l("Number of the decision to act"), [short(50)])
    acting_matters = TextField(_l("Matters acted on"), [short()])
    acting_from = DateField(_l("Acts from"), [Optional()])
    acting_until = DateField(_l("Acts until"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract_kind.choices = [(kind, said(words)) for kind, words in KINDS.items()]

    def validate_acting_until(self, field: Any) -> None:
        if field.data and self.acting_from.data and field.data < self.acting_from.data:
            raise ValidationError(_("The last day is before the first."))


class IssuersForm(Form):
    """Who offers."""

    issuer_mode = RadioField(_l("How the offer is made"))
    union_id = SelectField(_l("Issuing union"), coerce=int)
    text_id = RadioField(_l("Letter of a single issuer"))

    def __init__(self, *args: Any, unions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issuer_mode.choices = [(mode, said(words)) for mode, words in MODES.items()]
        self.union_id.choices = unions
        self.text_id.choices = [
            ("01a-offer-single", _("Offer to each enterprise by itself")),
            ("01c-offer-industry", _("Industry-wide or regional offer")),
        ]


class WordingForm(Form):
    """The wording of the letter, in both languages."""

    zh = TextAreaField(_l("Chinese text"), [InputRequired()])
    en = TextAreaField(_l("English text"), [InputRequired()])


class NoteForm(Form):
    """A sentence that goes with a decision."""

    note = TextAreaField(_l("Note"), [short(1000)], filters=[strip])


class ReasonForm(Form):
    """A decision that must be explained."""

    note = TextAreaField(_l("Reason"), [short(1000)], filters=[strip])

    def validate_note(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Say why: those who come after must know."))


class PickForm(Form):
    """Why an enterprise is added or taken out by hand."""

    note = TextField(_l("Why"), [short()])
