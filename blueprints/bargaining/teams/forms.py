"""What may be typed about representatives and the posting of the roster."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.bargaining.ground.labels import CHOSEN, SEATS
from blueprints.bargaining.ground.models import CaseEnterprise
from blueprints.bargaining.ground.team_models import Chosen, Representative, Seat, Side
from blueprints.registry import values
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.representation import GROUPS, ROLES
from tenants.clock import today

WAYS = {
    Side.WORKERS: (
        Chosen.ELECTED_CONGRESS, Chosen.ELECTED_ALL, Chosen.RECOMMENDED, Chosen.UNION_CHAIR,
        Chosen.UNION_APPOINTED, Chosen.MANDATE, Chosen.JOINTLY,
    ),
    Side.EMPLOYER: (
        Chosen.LEGAL_REPRESENTATIVE, Chosen.EMPLOYER_APPOINTED, Chosen.ASSOCIATION_ELECTED,
        Chosen.MANDATE, Chosen.JOINTLY,
    ),
}  # fmt: skip


class RepresentativeForm(Form):
    name = TextField(_l("Full name"), [Filled(), Length(max=60)])
    title = TextField(_l("Post or office"), [Length(max=80)])
    enterprise_id = SelectField(_l("Works at"), default="")
    seat = SelectField(_l("Seat"), default=Seat.MEMBER)
    chief = BooleanField(_l("Chief representative"))
    outsider = BooleanField(_l("From outside: neither works there nor leads the union there"))
    groups = SelectMultipleField(_l("Belongs to"))
    roles = SelectMultipleField(_l("Holds an office that may bar it"))
    chosen = SelectField(_l("How chosen"))
    chosen_on = DateField(_l("Chosen on"), [InputRequired()])
    electorate = IntegerField(_l("Entitled to vote"), [Optional(), NumberRange(1, 5_000_000)])
    votes_for = IntegerField(_l("Votes for"), [Optional(), NumberRange(0, 5_000_000)])
    record = FileField(_l("Record of the election, appointment or mandate"))
    replaces_id = SelectField(_l("Takes the seat of"), default="")
    phone = TextField(_l("Telephone"), [Length(max=40)])
    email = TextField(_l("E-mail"), [Length(max=120)])
    protected_until = DateField(_l("Job protected until"), [Optional()])
    protection_basis = TextField(_l("Under which rule or clause"), [Length(max=200)])
    note = TextAreaField(_l("Remark"), [Length(max=500)], filters=[strip])
    seen = HiddenField()

    def __init__(
        self,
        *args: Any,
        side: Side | str,
        firms: Sequence[CaseEnterprise],
        empty: Sequence[Representative] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seat.choices = [(key, said(words)) for key, words in SEATS.items()]
        self.groups.choices = [(key, said(words)) for key, words in GROUPS.items()]
        self.roles.choices = [(key, said(words)) for key, words in ROLES.items()]
        self.chosen.choices = [(key, said(CHOSEN[key])) for key in WAYS[Side(side)]]
        self.enterprise_id.choices = [
            ("", "—"), *((str(one.enterprise_id), one.name) for one in firms),
        ]  # fmt: skip
        self.replaces_id.choices = [("", "—"), *((str(one.id), one.name) for one in empty)]

    def validate_email(self, field: TextField) -> None:
        if field.data and values.read_email(field.data) is None:
            raise ValidationError(_("This is not an e-mail address."))

    def validate_chosen_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))

    def validate_votes_for(self, field: IntegerField) -> None:
        if field.data is None:
            return
        if self.electorate.data is None:
            raise ValidationError(_("Enter how many were entitled to vote first."))
        if field.data > self.electorate.data:
            raise ValidationError(
                _("More votes than the %(num)s entitled to vote.", num=self.electorate.data)
            )

    def validate_chief(self, field: BooleanField) -> None:
        if field.data and self.seat.data != Seat.MEMBER:
            raise ValidationError(_("Only a representative can be chief."))

    def validate_protected_until(self, field: DateField) -> None:
        if field.data and self.chosen_on.data and field.data < self.chosen_on.data:
            raise ValidationError(_("This is before the day of the choice."))

    def facts(self) -> dict[str, Any]:
        """What was typed, as the row keeps it."""
        plain = ("name", "seat", "chief", "outsider", "chosen", "chosen_on", "electorate",
                 "votes_for", "protected_until")  # fmt: skip
        maybe = ("title", "phone", "email", "protection_basis", "note")
        return {
            **{key: self[key].data for key in plain},
            **{key: self[key].data or None for key in maybe},
            "groups": list(self.groups.data or ()),
            "roles": list(self.roles.data or ()),
            "enterprise_id": int(self.enterprise_id.data) if self.enterprise_id.data else None,
            "replaces_id": int(self.replaces_id.data) if self.replaces_id.data else None,
        }


class DepartureForm(Form):
    on = DateField(_l("Left on"), [InputRequired()])
    reason = TextAreaField(_l("Why"), [Filled(), Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, one: Representative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))
        if field.data and field.data < self.one.chosen_on:
            raise ValidationError(_("Chosen only on %(day)s.", day=self.one.chosen_on))


class PostingForm(Form):
    on = DateField(_l("Posted from"), [InputRequired()])
    until = DateField(_l("until"), [Optional()])
    place = TextField(_l("Place"), [Filled(), Length(max=200)])
    photo = FileField(_l("Photo of the board"))

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))

    def validate_until(self, field: DateField) -> None:
        if field.data and self.on.data and field.data < self.on.data:
            raise ValidationError(_("It ends before it begins."))
