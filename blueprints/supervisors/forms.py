"""What may be typed about supervisors and whom they serve."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from blueprints.registry.areas import City, narrowed
from blueprints.shared.forms import REQUIRED, DateField, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from blueprints.supervisors.labels import ENGAGEMENTS, LANGUAGES, LEVELS, SIDES
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.plan_forms import industry_choices


class SupervisorForm(Form):
    """A supervisor on the roster. The account, with its name and e-mail, is kept under users."""

    user_id = SelectField(_l("Account"), [InputRequired()], coerce=int)
    engagement = RadioField(
        _l("Engaged"),
        [InputRequired()],
        choices=[SelectChoice(value, words) for value, words in ENGAGEMENTS.items()],
        default="full_time",
    )
    begins_as = RadioField(
        _l("Begins as"),
        choices=[
            SelectChoice("engaged", _l("Engaged already")),
            SelectChoice("candidate", _l("Candidate: training, certificate and letter to come")),
        ],
        default="engaged",
    )
    side = RadioField(
        _l("Role"),
        choices=[SelectChoice(value, words) for value, words in SIDES.items()],
        default="union",
    )
    level = SelectField(
        _l("Post at"),
        choices=[SelectChoice(value, words) for value, words in LEVELS.items()],
        default="city",
    )
    area_code = SelectField(_l("Home area"), [Optional()])
    industries = SelectMultipleField(_l("Industries known"), [Optional()])
    languages = SelectMultipleField(
        _l("Languages"),
        [Optional()],
        choices=[SelectChoice(value, words) for value, words in LANGUAGES.items()],
        default=["zh"],
    )
    capacity = IntegerField(
        _l("Capacity in weighted cases"), [Optional(), NumberRange(min=1, max=2000)], default=100
    )
    elsewhere_percent = IntegerField(
        _l("Share of time used elsewhere, in percent"),
        [Optional(), NumberRange(min=0, max=100)],
        default=0,
    )
    elsewhere_note = TextField(_l("Used for what"), [Length(max=200)])
    phone = TelField(_l("Telephone"), [Length(max=40)], filters=[strip])
    left_on = DateField(_l("Left on"), [Optional()])

    def __init__(
        self, *args: Any, city: City, accounts: Sequence[Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.area_code.choices = narrowed(
            [
                SelectChoice("", _("The whole city")),
                *(SelectChoice(area.code, said(area.name)) for area in city.areas),
            ]
        )
        self.industries.choices = industry_choices()
        if accounts is None:  # a person on the roster stays the person they are
            del self.user_id, self.begins_as
        else:
            del self.left_on
            self.user_id.choices = [
                SelectChoice(one.id, f"{one.name} · {one.email}") for one in accounts
            ]

    def facts(self) -> dict[str, Any]:
        said_so = {
            "engagement": self.engagement.data,
            "side": self.side.data,
            "level": self.level.data,
            "area_code": self.area_code.data or None,
            "industries": sorted(self.industries.data or []),
            "languages": self.languages.data or ["zh"],
            "capacity": self.capacity.data or 100,
            "elsewhere_percent": self.elsewhere_percent.data or 0,
            "elsewhere_note": self.elsewhere_note.data or None,
            "phone": self.phone.data or None,
        }
        if self.left_on:
            return said_so | {"left_on": self.left_on.data}
        return said_so | {"state": self.begins_as.data}

    def validate_elsewhere_note(self, field: Any) -> None:
        if self.elsewhere_percent.data and not field.data:
            raise ValidationError(_("Say what the other work is."))


class AssignForm(Form):
    """Who serves, and from when. `expected` is how many the page had promised."""

    supervisor_id = SelectField(_l("Supervisor"), [InputRequired()], coerce=int)
    valid_from = DateField(_l("From"), [InputRequired()])
    expected = HiddenField()

    def __init__(self, *args: Any, supervisors: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supervisor_id.choices = choices_of(supervisors)


class EndForm(Form):
    """The first day without the supervisor, and why."""

    on = DateField(_l("First day without this supervisor"), [InputRequired()])
    reason = TextAreaField(_l("Reason"), [DataRequired(REQUIRED), Length(max=500)], filters=[strip])


class HandoverForm(Form):
    """Who is asked to take over, from which day, and what they should know."""

    taker_id = SelectField(_l("Taken over by"), [InputRequired()], coerce=int)
    on = DateField(_l("From"), [InputRequired()])
    reason = TextAreaField(
        _l("Note for who takes over"), [DataRequired(REQUIRED), Length(max=2000)], filters=[strip]
    )

    def __init__(self, *args: Any, others: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taker_id.choices = choices_of(others)


def choices_of(supervisors: Sequence[Supervisor]) -> list[SelectChoice]:
    return [
        SelectChoice(one.id, f"{one.name} · {ENGAGEMENTS[one.engagement]}") for one in supervisors
    ]
