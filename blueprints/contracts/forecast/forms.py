"""What may be typed about the forecast: owner and day, an event, a reason."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.contracts.forecast.words import TRIGGERS
from blueprints.registry.areas import narrowed
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from tenants.clock import today


class AssignForm(Form):
    """Who takes it on and when it is put forward; for one line or for many."""

    owner_id = SelectField(_l("Owner"), [InputRequired()])
    planned_on = DateField(_l("Planned for"), [InputRequired()])
    note = TextAreaField(_l("Remark"), [Length(max=2000)], filters=[strip])
    version = HiddenField(validators=[Optional()])

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner_id.choices = [
            SelectChoice("", _l("Please choose")),
            *(SelectChoice(str(row.id), row.name) for row in owners),
        ]

    def validate_planned_on(self, field: DateField) -> None:
        if field.data and field.data < today():
            raise ValidationError(_l("This day is over."))


class TriggerForm(Form):
    """An event on record: what, from which day, and where that is written."""

    kind = SelectField(_l("What has changed"), [InputRequired()])
    happened_on = DateField(_l("From which day"), [InputRequired()])
    source = TextField(_l("Document and number"), [Filled(), Length(max=200)])
    area = SelectField(_l("Area"), [Optional()])
    industry = SelectField(_l("Industry"), [Optional()])
    note = TextAreaField(_l("Remark"), [Length(max=2000)], filters=[strip])

    def __init__(self, *args: Any, areas: Any, industries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(name, said(words)) for name, words in TRIGGERS.items()]
        self.area.choices = narrowed([SelectChoice("", _l("The whole city")), *_listed(areas)])
        self.industry.choices = [SelectChoice("", _l("Every industry")), *_listed(industries)]


class PutForm(Form):
    """Nothing is typed; the page says what will happen."""


def _listed(pairs: Any) -> list[SelectChoice]:
    return [SelectChoice(code, words) for code, words in pairs]
