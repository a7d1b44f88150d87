"""What may be typed about supervisors and whom they serve."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from blueprints.registry.areas import City
from blueprints.shared.forms import REQUIRED, DateField, Form, InputRequired, strip
from blueprints.shared.languages import said
from blueprints.supervisors.models import Supervisor

ENGAGEMENTS = {"full_time": _l("Full time"), "part_time": _l("Part time")}


class SupervisorForm(Form):
    """A supervisor on the roster. The account, with its name and e-mail, is kept under users."""

    user_id = SelectField(_l("Account"), [InputRequired()], coerce=int)
    engagement = RadioField(
        _l("Engaged"),
        [InputRequired()],
        choices=[SelectChoice(value, words) for value, words in ENGAGEMENTS.items()],
        default="full_time",
    )
    area_code = SelectField(_l("Area"), [Optional()])
    phone = TelField(_l("Telephone"), [Length(max=40)], filters=[strip])
    left_on = DateField(_l("Left on"), [Optional()])

    def __init__(
        self, *args: Any, city: City, accounts: Sequence[Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.area_code.choices = [
            SelectChoice("", _("The whole city")),
            *(SelectChoice(area.code, said(area.name)) for area in city.areas),
        ]
        if accounts is None:  # a person on the roster stays the person they are
            del self.user_id
        else:
            del self.left_on
            self.user_id.choices = [
                SelectChoice(one.id, f"{one.name} · {one.email}") for one in accounts
            ]

    def facts(self) -> dict[str, Any]:
        said_so = {
            "engagement": self.engagement.data,
            "area_code": self.area_code.data or None,
            "phone": self.phone.data or None,
        }
        return said_so | ({"left_on": self.left_on.data} if self.left_on else {})


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
    """Who takes over, from which day, and why."""

    taker_id = SelectField(_l("Taken over by"), [InputRequired()], coerce=int)
    on = DateField(_l("From"), [InputRequired()])
    reason = TextAreaField(_l("Reason"), [DataRequired(REQUIRED), Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, others: Sequence[Supervisor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taker_id.choices = choices_of(others)


def choices_of(supervisors: Sequence[Supervisor]) -> list[SelectChoice]:
    return [
        SelectChoice(one.id, f"{one.name} · {ENGAGEMENTS[one.engagement]}") for one in supervisors
    ]
