"""What may be typed about a clause that is copied out of a contract's paper."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.contracts.ground.labels import CLAUSES
from blueprints.contracts.ground.models import ContractClause
from blueprints.shared.forms import Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.clauses import MEASURES

PLAIN = ("number", "kind", "title", "text", "measure", "subject", "amount", "unit", "trade")


class ClauseForm(Form):
    number = TextField(_l("Number of the clause"), [Filled(), Length(max=20)])
    kind = SelectField(_l("Kind"), [InputRequired()])
    title = TextField(_l("Heading"), [Filled(), Length(max=80)])
    text = TextAreaField(
        _l("Its words, as they were signed"), [Filled(), Length(max=4000)], filters=[strip]
    )
    measure = SelectField(_l("What its figure measures"), [Optional()])
    subject = TextField(_l("What the figure is called"), [Length(max=80)])
    amount = DecimalField(_l("Figure"), [Optional(), NumberRange(0, 10**8)], places=None)
    unit = TextField(_l("Unit of the figure"), [Length(max=20)])
    trade = TextField(_l("Trade"), [Length(max=80)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(name, said(words)) for name, words in CLAUSES.items()]
        self.measure.choices = [
            SelectChoice("", _l("It has no figure")),
            *(SelectChoice(name, said(words)) for name, words in MEASURES.items()),
        ]

    def validate_measure(self, field: SelectField) -> None:
        given = [bool(field.data), self.amount.data is not None, bool(self.unit.data)]
        if any(given) and not all(given):
            raise ValidationError(_("A figure needs what it measures, its number and its unit."))

    def said(self) -> dict[str, Any]:
        """As the row keeps it; an empty field is nothing."""
        return {name: self[name].data or None for name in PLAIN if name != "amount"} | {
            "amount": self.amount.data
        }


def as_it_is(clause: ContractClause) -> dict[str, Any]:
    return {name: getattr(clause, name) for name in PLAIN}
