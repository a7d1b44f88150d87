"""What may be typed about plans of assignment and about how cases are weighed."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from blueprints.registry.areas import City
from blueprints.registry.industries import sections
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from blueprints.supervisors.models import Supervisor

MODES = {
    "best": _l("The best for all wishes"),
    "fewest": _l("As few changes as possible"),
}
SIDES = {
    "any": _l("All supervisors"),
    "union": _l("Those who help the workers' side"),
    "neutral": _l("Those who guide both sides"),
}


class PlanForm(Form):
    """For whom, from when, and what goes first."""

    title = TextField(_l("Name of the plan"), [Filled(), Length(max=120)])
    source = SelectField(_l("Which enterprises"), [InputRequired()])
    area = SelectField(_l("Only in"), [Optional()])
    industry = SelectField(_l("Only of the industry"), [Optional()])
    least = IntegerField(_l("Only from so many workers on"), [Optional(), NumberRange(min=1)])
    valid_from = DateField(_l("From"), [InputRequired()])
    mode = RadioField(
        _l("What goes first"),
        choices=[SelectChoice(value, words) for value, words in MODES.items()],
        default="best",
    )
    side = SelectField(
        _l("Who may be assigned"),
        choices=[SelectChoice(value, words) for value, words in SIDES.items()],
        default="any",
    )
    without = SelectMultipleField(_l("Without"), [Optional()], coerce=int)

    def __init__(
        self,
        *args: Any,
        city: City,
        sources: Sequence[tuple[str, str]],
        supervisors: Sequence[Supervisor],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.source.choices = [SelectChoice(value, words) for value, words in sources]
        self.area.choices = [
            SelectChoice("", _("Any")),
            *(SelectChoice(area.code, said(area.name)) for area in city.areas),
        ]
        self.industry.choices = [SelectChoice("", _("Any")), *industry_choices()]
        self.without.choices = [SelectChoice(one.id, one.name) for one in supervisors]

    def facts(self) -> dict[str, Any]:
        conditions = {
            "area": self.area.data or None,
            "industry": self.industry.data or None,
            "least": self.least.data,
        }
        return {
            "title": self.title.data,
            "source": self.source.data,
            "conditions": {name: value for name, value in conditions.items() if value},
            "valid_from": self.valid_from.data,
            "mode": self.mode.data,
            "side": self.side.data,
            "without": self.without.data or [],
        }


class ChoiceForm(Form):
    """Who serves an enterprise instead, or who does not, and why."""

    supervisor_id = SelectField(_l("Supervisor"), [InputRequired()], coerce=int)
    act = RadioField(
        _l("What to do"),
        choices=[
            SelectChoice("put", _l("Assign this one, whatever the plan says")),
            SelectChoice("exclude", _l("Anybody but this one")),
        ],
        default="put",
    )
    note = TextAreaField(_l("Reason"), [Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, supervisors: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supervisor_id.choices = [SelectChoice(one.id, one.name) for one in supervisors]


def points(label: Any) -> IntegerField:
    return IntegerField(label, [InputRequired(), NumberRange(min=0, max=1000)])


class PolicyForm(Form):
    """Weights in tenths of an ordinary case, wishes in points. Set by the federation."""

    weight_small = IntegerField(_l("A small enterprise"), [NumberRange(min=1, max=100)])
    weight_large = IntegerField(_l("A large enterprise"), [NumberRange(min=1, max=100)])
    weight_very_large = IntegerField(_l("A very large enterprise"), [NumberRange(min=1, max=100)])
    large = IntegerField(_l("Large: workers from"), [NumberRange(min=1)])
    very_large = IntegerField(_l("Very large: workers from"), [NumberRange(min=1)])
    weight_difficult = IntegerField(_l("More in a difficult industry"), [NumberRange(0, 100)])
    weight_dispute = IntegerField(_l("More where there is a dispute"), [NumberRange(0, 100)])
    difficult = SelectMultipleField(_l("Difficult industries"), [Optional()])
    near = points(_l("From a near area"))
    far = points(_l("From a distant area"))
    unknown_industry = points(_l("The industry is not known"))
    other_supervisor = points(_l("Another supervisor than last time"))
    no_language = points(_l("The language of the area is not spoken"))
    even = points(_l("Each further case, for an average capacity"))
    needs_certificate = BooleanField(_l("Only who holds a valid certificate is assigned"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.difficult.choices = industry_choices()


def industry_choices() -> list[SelectChoice]:
    return [
        SelectChoice(division.code, f"{division.code} {said(division.name)}")
        for section in sections()
        for division in section.divisions
    ]
