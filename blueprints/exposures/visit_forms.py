"""What a supervisor types after a visit, most of it with a thumb."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.exposures.visits import Found
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.reasons import Group, reasons
from tenants.clock import today


class VisitForm(Form):
    visited_on = DateField(_l("Day of the visit"), [InputRequired()])
    reached = RadioField(
        _l("Did you reach anybody who may speak for it?"),
        [InputRequired()],
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
    )
    met_office = TextField(
        _l("Office of the person met"), [Length(max=60)], description=_l("The post, not the name.")
    )
    reason_code = SelectField(_l("Kind of reason"), [Optional()])
    words = TextAreaField(
        _l("What was said or found"), [Filled(), Length(max=2000)], filters=[strip]
    )
    wished_on = DateField(_l("Day the enterprise would like"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [*reasons(Group.REFUSAL), *reasons(Group.SERVICE_FAILURE)]
        self.reason_code.choices = [
            SelectChoice("", "—"), *(SelectChoice(one.code, said(one.label)) for one in known)
        ]  # fmt: skip

    def validate_visited_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_l("This day has not come yet."))

    def found(self) -> Found:
        return Found(
            self.visited_on.data,
            self.reached.data == "yes",
            self.words.data,
            self.met_office.data or None,
            self.reason_code.data or None,
            self.wished_on.data,
        )
