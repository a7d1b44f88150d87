"""What may be typed when asking for demands, and when answering."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Length, ValidationError

from blueprints.bargaining.demands.actions import WEIGHTS, topics_for
from blueprints.bargaining.ground.demand_models import Audience, DemandCall
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.words import Text
from tenants.clock import today

MOST_TOPICS = 12
LONGEST_NAME = 30


class CallForm(Form):
    topics = SelectMultipleField(_l("Topics to weigh"))
    own = TextAreaField(_l("Topics of your own, one a line"), [Length(max=1000)], filters=[strip])
    trades = TextAreaField(_l("Trades to choose from, one a line"), [Length(max=1000)])
    closes_on = DateField(_l("Open until"), [InputRequired()])

    def __init__(self, *args: Any, case: BargainingCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {clause.id: clause.title for clause in topics_for(case)}
        self.topics.choices = [(ident, said(title)) for ident, title in self.known.items()]

    def validate_topics(self, field: SelectMultipleField) -> None:
        many = len(field.data or ()) + len(lines(self.own.data))
        if not many:
            raise ValidationError(_("Choose at least one topic, or write one of your own."))
        if many > MOST_TOPICS:
            raise ValidationError(
                _("Nobody weighs more than %(num)s topics with care.", num=MOST_TOPICS)
            )

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("This day has passed."))

    def chosen(self) -> list[tuple[str, Text]]:
        """The topics with an id each; our own are numbered."""
        ours = [(ident, self.known[ident]) for ident in self.topics.data or ()]
        own = [(f"own.{n}", Text(line, line)) for n, line in enumerate(lines(self.own.data), 1)]
        return [*ours, *own]

    def trade_names(self) -> list[str]:
        return lines(self.trades.data)


class PaperForm(Form):
    paper = FileField(_l("Summary of demands collected on paper"))


class AnswerForm(Form):
    """An answer: a weight for each topic that matters, and words."""

    trade = SelectField(_l("Your trade"), default="")
    words = TextAreaField(_l("In your own words"), [Length(max=1000)], filters=[strip])
    said_by = TextField(_l("Name of the enterprise"), [Length(max=100)])

    def __init__(self, *args: Any, call: DemandCall, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.audience = call, audience
        self.trade.choices = [("", _("I would rather not say")), *((t, t) for t in call.trades)]
        if audience == Audience.WORKERS:
            del self.said_by
        else:
            del self.trade
            self.said_by.validators = [Filled(), *self.said_by.validators]

    def weights(self, typed: Any) -> dict[str, int]:
        """The weight given to each topic; a topic nobody touched is not in it."""
        given = {topic["id"]: typed.get(f"w-{n}", "") for n, topic in enumerate(self.call.topics)}
        return {
            ident: int(value) for ident, value in given.items()
            if value.isdecimal() and int(value) in WEIGHTS
        }  # fmt: skip


def lines(text: str | None) -> list[str]:
    """What stands on the lines of a field, each once."""
    found = (line.strip(" \t\r\u3000")[:LONGEST_NAME] for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in found if line))
