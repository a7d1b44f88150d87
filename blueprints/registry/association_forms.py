"""What may be typed about employers' associations, and about a ledger that is brought in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import Length

from blueprints.registry.areas import City, narrowed
from blueprints.registry.forms import Reachable, areas_of, industry_choices, optional, worded
from blueprints.registry.kinds import ASSOCIATION_KINDS, AssociationKind
from blueprints.registry.names import shown
from blueprints.shared.forms import DateField, Form, InputRequired, TextField
from blueprints.shared.languages import said


class AssociationForm(Reachable, Form):
    name = TextField(_l("Name"), [InputRequired(), Length(max=120)])
    kind = SelectField(_l("Kind"), default=AssociationKind.TRADE)
    area = SelectField(_l("Area"), default="")
    industry = SelectField(_l("Industry"), default="")
    head = TextField(_l("President"), [Length(max=50)])
    contact_name = TextField(_l("Contact"), [Length(max=50)])
    phone = TextField(_l("Telephone"))
    email = TextField(_l("E-mail"))
    address = TextField(_l("Address"), [Length(max=200)])

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = worded(ASSOCIATION_KINDS)
        self.area.choices = narrowed([("", "—"), (city.code, said(city.name)), *areas_of(city)])
        self.industry.choices = industry_choices()

    def facts(self) -> dict[str, Any]:
        names = ("area", "industry", "head", "contact_name", "phone", "email", "address")
        return {
            "name": shown(self.name.data or ""),
            "kind": self.kind.data,
            **{name: optional(self[name].data) for name in names},
        }


class LedgerForm(Form):
    ledger = FileField(_l("Ledger"), [FileRequired(_l("Choose a file first."))])
    counted_on = DateField(_l("Its figures are of"), [InputRequired()])
