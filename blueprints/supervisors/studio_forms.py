"""What may be typed about experts and their bookings."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TelField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Length, Optional, ValidationError

from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.supervisors.labels import FIELDS
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.plan_forms import industry_choices
from blueprints.supervisors.roster_forms import EnterpriseField, after
from tenants.clock import ZONE


class ExpertForm(Form):
    """Somebody outside the roster whose advice can be asked."""

    name = TextField(_l("Name"), [Filled(), Length(max=80)])
    field = SelectField(
        _l("Field"), choices=[SelectChoice(value, words) for value, words in FIELDS.items()]
    )
    industries = SelectMultipleField(_l("Industries"), [Optional()])
    workplace = TextField(_l("Workplace"), [Length(max=120)])
    post = TextField(_l("Office held"), [Length(max=80)])
    phone = TelField(_l("Telephone"), [Length(max=40)], filters=[strip])
    email = EmailField(_l("E-mail"), [Length(max=200)], filters=[strip])
    since_on = DateField(_l("In the pool since"), [InputRequired()])
    until_on = DateField(_l("In the pool until"), [Optional(), after("since_on")])
    note = TextAreaField(_l("Remark"), [Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.industries.choices = industry_choices()

    def facts(self) -> dict[str, Any]:
        known = {name: value for name, value in self.data.items() if name != "csrf_token"}
        known["industries"] = sorted(known["industries"] or [])
        return {name: None if value == "" else value for name, value in known.items()}


class BookingForm(Form):
    """When, for what, and for whom."""

    topic = TextField(_l("Topic"), [Filled(), Length(max=200)])
    on = DateField(_l("Day"), [InputRequired()])
    begins = TimeField(_l("From (time)"), [InputRequired()])
    ends = TimeField(_l("Until (time)"), [InputRequired()])
    place = TextField(_l("Place"), [Length(max=120)])
    enterprise = EnterpriseField(_l("For the enterprise"), [Optional()])
    industry = SelectField(_l("For the industry"), [Optional()])
    supervisor_id = SelectField(_l("Asked for by"), [Optional()])

    def __init__(self, *args: Any, supervisors: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.industry.choices = [SelectChoice("", _("None")), *industry_choices()]
        self.supervisor_id.choices = [
            SelectChoice("", _("Nobody")),
            *(SelectChoice(str(one.id), one.name) for one in supervisors),
        ]
        self.enterprise.found = None

    def validate_enterprise(self, field: Any) -> None:
        field.found = field.chosen()

    def validate_ends(self, field: Any) -> None:
        if self.begins.data and field.data and field.data <= self.begins.data:
            raise ValidationError(_("The end lies before the beginning."))

    def facts(self) -> dict[str, Any]:
        return {
            "topic": self.topic.data,
            "from_at": moment(self.on.data, self.begins.data),
            "until_at": moment(self.on.data, self.ends.data),
            "place": self.place.data or None,
            "enterprise_id": self.enterprise.found,
            "industry": self.industry.data or None,
            "supervisor_id": int(self.supervisor_id.data) if self.supervisor_id.data else None,
        }


class OutcomeForm(Form):
    """The advice given, or why it was cancelled."""

    words = TextAreaField(
        _l("Advice, or the reason"), [Filled(), Length(max=4000)], filters=[strip]
    )


def moment(day: date, at: time) -> datetime:
    """A time of day as a moment in local time."""
    return datetime.combine(day, at, ZONE)
