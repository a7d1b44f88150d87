"""What may be typed about trades, prices and reference figures."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, HiddenField, SelectField
from wtforms.validators import Length, NumberRange, Optional

from blueprints.bargaining.demands import prices
from blueprints.bargaining.ground import packs
from blueprints.bargaining.ground.demand_models import TradePrice
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.forms import Filled, Form, InputRequired, TextField
from blueprints.shared.languages import said

AMOUNT = [Optional(), NumberRange(Decimal("0.0001"), Decimal(9_999_999))]


class PriceForm(Form):
    trade = TextField(_l("Trade"), [Filled(), Length(max=40)])
    process_name = TextField(_l("Process"), [Length(max=40)])
    grade = TextField(_l("Grade"), [Length(max=40)])
    basis = SelectField(_l("Paid by"))
    unit = TextField(_l("Unit"), [Filled(), Length(max=20)], description=_l("Such as 元/月, 元/件"))
    present = DecimalField(_l("Paid now"), AMOUNT)
    asked = DecimalField(_l("Workers' draft"), AMOUNT)
    answered = DecimalField(_l("Employers' draft"), AMOUNT)
    quota = DecimalField(_l("Quota a day"), AMOUNT)
    achieved_share = DecimalField(
        _l("Workers who reach the quota, in per cent"), [Optional(), NumberRange(0, 100)]
    )
    note = TextField(_l("Remark"), [Length(max=200)])
    seen = HiddenField()

    def __init__(
        self, *args: Any, case: BargainingCase, row: TradePrice | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.case, self.row = case, row
        if row is not None and not self.is_submitted():
            self.process_name.data = row.process
        self.basis.choices = [(key, said(words)) for key, words in prices.BASES.items()]

    def facts(self) -> dict[str, Any]:
        plain = (
            "trade",
            "basis",
            "unit",
            "present",
            "asked",
            "answered",
            "quota",
            "achieved_share",
        )
        return {
            **{key: self[key].data for key in plain},
            "process": self.process_name.data or "",
            "grade": self.grade.data or "",
            "note": self.note.data or None,
        }

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fine: bool = super().validate(*args, **kwargs)
        if fine and prices.same_row(self.case, self.facts(), self.row.id if self.row else None):
            self.trade.errors = [_("This trade, process, grade and unit is in the table already.")]
            return False
        return fine


class FigureForm(Form):
    kind = SelectField(_l("Kind of figure"))
    trade = TextField(_l("Of the trade"), [Length(max=40)])
    value = DecimalField(_l("Figure"), [InputRequired(), NumberRange(Decimal(0), Decimal(10**9))])
    unit = TextField(_l("Unit"), [Filled(), Length(max=20)])
    period = TextField(_l("Year or month"), [Filled(), Length(max=20)])
    source = TextField(_l("Where it is from"), [Filled(), Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(key, said(words)) for key, words in packs.figures().items()]

    def facts(self) -> dict[str, Any]:
        plain = ("kind", "value", "unit", "period", "source")
        return {**{key: self[key].data for key in plain}, "trade": self.trade.data or None}
