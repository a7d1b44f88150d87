"""What may be typed about enterprises and where their workers' union is told."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.registry import industries, values
from blueprints.registry.areas import City, narrowed
from blueprints.registry.codes import REASONS, fault_in_code, read_code
from blueprints.registry.kinds import (
    LEVELS,
    OWNERSHIPS,
    STANDINGS,
    STATUSES,
    Level,
    Standing,
    Status,
)
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.names import shown
from blueprints.shared.forms import DateField, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said

Choices = list[tuple[str, Any]]


def area_choices(city: City, empty: Any = "—") -> Choices:
    return narrowed([("", empty), *areas_of(city)])


def areas_of(city: City) -> Choices:
    return [(area.code, said(area.name)) for area in city.areas]


def industry_choices(empty: Any = "—") -> Choices:
    return [
        ("", empty),
        *((d.code, f"{d.code} {said(d.name)}") for d in industries.divisions().values()),
    ]


def worded(words: dict[str, Any], empty: Any = None) -> Choices:
    head: Choices = [] if empty is None else [("", empty)]
    return head + [(value, said(text)) for value, text in words.items()]


def optional(text: str) -> str | None:
    return text or None


class Reachable:
    """Checks shared by all who have a telephone and an e-mail address."""

    def validate_phone(self, field: StringField) -> None:
        if field.data:
            phone = values.read_phone(field.data)
            if phone is None:
                raise ValidationError(_("This is not a telephone number."))
            field.data = phone

    def validate_email(self, field: StringField) -> None:
        if field.data:
            email = values.read_email(field.data)
            if email is None:
                raise ValidationError(_("This is not an e-mail address."))
            field.data = email


class EnterpriseForm(Reachable, Form):
    name = TextField(_l("Name"), [InputRequired(), Length(max=100)])
    credit_code = TextField(_l("Unified social credit code"))
    area = SelectField(_l("Area"), default="")
    locality = TextField(_l("Street, park or village"), [Length(max=60)])
    address = TextField(_l("Address"), [Length(max=200)])
    industry = SelectField(_l("Main industry"), default="")
    more_industries = SelectMultipleField(_l("Further industries"))
    ownership = SelectField(_l("Ownership"), default="")
    headcount = IntegerField(_l("Workers"), [Optional(), NumberRange(0, 5_000_000)])
    women = IntegerField(_l("Women workers"), [Optional(), NumberRange(0)])
    frontline = IntegerField(_l("Front-line workers"), [Optional(), NumberRange(0)])
    counted_on = DateField(_l("Counted on"), [Optional()])
    contact_name = TextField(_l("Contact"), [Length(max=50)])
    contact_title = TextField(_l("Office held"), [Length(max=50)])
    phone = TextField(_l("Telephone"))
    email = TextField(_l("E-mail"))
    contract_claimed = SelectField(_l("Wage contract, as the enterprise says"), default="")
    contract_claimed_until = DateField(_l("Contract expires"), [Optional()])
    status = SelectField(_l("Status"), default=Status.ACTIVE)
    remark = TextAreaField(_l("Remark"), [Length(max=500)], filters=(strip,))
    seen = HiddenField()

    def __init__(self, *args: Any, city: City, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.area.choices = area_choices(city)
        self.industry.choices = industry_choices()
        self.more_industries.choices = industry_choices()[1:]
        self.ownership.choices = worded(OWNERSHIPS, "—")
        self.contract_claimed.choices = [("", "—"), ("yes", _("Signed")), ("no", _("Not signed"))]
        self.status.choices = [c for c in worded(STATUSES) if c[0] != Status.MERGED]

    def validate_name(self, field: StringField) -> None:
        field.data = shown(field.data or "")
        if sum(character.isalpha() for character in field.data) < 2 or field.data[0] in "=+@-":
            raise ValidationError(_("This is not the name of an enterprise; please check."))

    def validate_credit_code(self, field: StringField) -> None:
        field.data = read_code(field.data or "")
        if field.data and (fault := fault_in_code(field.data)):
            raise ValidationError(said(REASONS[fault]))

    def validate_women(self, field: IntegerField) -> None:
        self._part(field)

    def validate_frontline(self, field: IntegerField) -> None:
        self._part(field)

    def validate_counted_on(self, field: DateField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("This date is in the future"))

    def _part(self, field: IntegerField) -> None:
        if field.data is not None and self.headcount.data is None:
            raise ValidationError(_("Enter the number of all workers first."))
        if field.data is not None and field.data > (self.headcount.data or 0):
            raise ValidationError(_("This is more than all workers."))

    @classmethod
    def showing(cls, enterprise: Enterprise, **known: Any) -> "EnterpriseForm":
        """The form, filled with what the register has."""
        claimed = {True: "yes", False: "no", None: ""}[enterprise.contract_claimed]
        form = cls(
            obj=enterprise,
            data={"more_industries": enterprise.industries[1:], "seen": stamp(enterprise)},
            **known,
        )
        if not form.is_submitted():
            form.contract_claimed.data = claimed
        return form

    def facts(self) -> dict[str, Any]:
        """What was typed, as the register keeps it."""
        names = ("credit_code", "area", "locality", "address", "ownership", "contact_name",
                 "contact_title", "phone", "email", "remark")  # fmt: skip
        trades = [self.industry.data, *(self.more_industries.data or ())]
        claimed = {"yes": True, "no": False}.get(self.contract_claimed.data)
        return {
            "name": self.name.data,
            **{name: optional(self[name].data) for name in names},
            "industries": list(dict.fromkeys(code for code in trades if code)),
            "headcount": self.headcount.data,
            "women": self.women.data,
            "frontline": self.frontline.data,
            "counted_on": self.counted_on.data,
            "contract_claimed": claimed,
            "contract_claimed_until": self.contract_claimed_until.data if claimed else None,
            "status": self.status.data or Status.ACTIVE,
        }


class OwnUnionForm(Form):
    """Which union stands for an enterprise's workers."""

    choice = SelectField(_l("The union of its workers"), default="")
    union_name = TextField(_l("Name of the union"), [Length(max=120)])
    chair = TextField(_l("Chair of the union"), [Length(max=50)])
    standing = SelectField(_l("Standing"), default=Standing.ABLE)

    def __init__(self, *args: Any, shared: list[TradeUnion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice.choices = [
            ("own", _("A union of its own")),
            ("none", _("It has no union")),
            *((str(union.id), union.name) for union in shared),
        ]
        self.standing.choices = [c for c in worded(STANDINGS) if c[0] != Standing.NONE]

    def validate_union_name(self, field: StringField) -> None:
        if self.choice.data == "own" and not field.data:
            raise ValidationError(_("Please fill in this field"))


class UnionForm(Reachable, Form):
    name = TextField(_l("Name"), [InputRequired(), Length(max=120)])
    level = SelectField(_l("Level"), default=Level.SECTOR)
    parent_id = SelectField(_l("Union above"), default="")
    area = SelectField(_l("Area"), default="")
    industry = SelectField(_l("Industry"), default="")
    standing = SelectField(_l("Standing"), default=Standing.ABLE)
    chair = TextField(_l("Chair of the union"), [Length(max=50)])
    chair_since = DateField(_l("In office since"), [Optional()])
    contact_name = TextField(_l("Contact"), [Length(max=50)])
    phone = TextField(_l("Telephone"))
    email = TextField(_l("E-mail"))
    address = TextField(_l("Address"), [Length(max=200)])

    def __init__(self, *args: Any, city: City, above: list[TradeUnion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = worded(LEVELS)
        self.parent_id.choices = [("", "—"), *((str(one.id), one.name) for one in above)]
        self.area.choices = narrowed([("", "—"), (city.code, said(city.name)), *areas_of(city)])
        self.industry.choices = industry_choices()
        self.standing.choices = worded(STANDINGS)

    def validate_industry(self, field: SelectField) -> None:
        if self.level.data == Level.SECTOR and not field.data:
            raise ValidationError(_("A sector union is of an industry; choose it."))

    def facts(self) -> dict[str, Any]:
        return {
            "name": shown(self.name.data or ""),
            "level": self.level.data,
            "parent_id": int(self.parent_id.data) if self.parent_id.data else None,
            "standing": self.standing.data,
            "chair_since": self.chair_since.data,
            **{
                name: optional(self[name].data)
                for name in (
                    "area",
                    "industry",
                    "chair",
                    "contact_name",
                    "phone",
                    "email",
                    "address",
                )
            },
        }


def stamp(enterprise: Enterprise) -> str:
    """What the record looked like when the form was shown: changed meanwhile, it is refused."""
    return enterprise.updated_at.isoformat()
