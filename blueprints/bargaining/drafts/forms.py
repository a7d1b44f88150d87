"""What may be typed about drafts: clauses, figures, floors, the explanation, the agreement."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    HiddenField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.bargaining.drafts.actions import Figure, Words
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel
from blueprints.bargaining.ground.packs import packs, packs_for
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, fault, strip
from blueprints.shared.languages import said
from rules.clauses import CLAUSE_KINDS, MEASURES, UNITS, Measure
from rules.words import Text
from tenants.clock import today


class VersionForm(Form):
    title = TextField(_l("Title of the contract"), [Filled(), Length(max=120)])
    note = TextAreaField(
        _l("What this version changes, and why"), [Length(max=1000)], filters=[strip]
    )


class ClauseForm(Form):
    """One clause. `revision` is the one that was opened: another's change is never overwritten."""

    kind = SelectField(_l("What it is about"), [InputRequired()])
    heading = TextField(_l("Heading"), [Filled(), Length(max=80)])
    body = TextAreaField(_l("Text"), [Length(max=8000)], filters=[strip])
    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            SelectChoice(name, said(words)) for name, words in CLAUSE_KINDS.items()
        ]

    def words(self) -> Words:
        return Words(self.kind.data, self.heading.data, self.body.data or "")

    @property
    def seen(self) -> int:
        """The revision that was opened; a form without one has seen nothing."""
        text = str(self.revision.data or "")
        return int(text) if text.isdigit() else 0


class FigureForm(Form):
    """A figure: how much of what, for whom, from when."""

    measure = SelectField(_l("What it measures"), [InputRequired()])
    subject = TextField(_l("Name of the figure"), [Filled(), Length(max=60)])
    trade = TextField(_l("Trade or post"), [Length(max=40)])
    grade = TextField(_l("Grade"), [Length(max=20)])
    amount = DecimalField(_l("Figure"), [InputRequired(), NumberRange(0)])
    unit = TextField(_l("Unit"), [Filled(), Length(max=20)])
    from_on = DateField(_l("Holds from"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure.choices = [SelectChoice(name, said(words)) for name, words in MEASURES.items()]
        units = dict.fromkeys(unit for known in UNITS.values() for unit in known)
        self.unit.description = "、".join(units)

    def figure(self) -> Figure:
        return Figure(
            self.measure.data, self.subject.data, self.amount.data, self.unit.data,
            self.trade.data or "", self.grade.data or "", self.from_on.data,
        )  # fmt: skip


class FloorForm(Form):
    """The legal minimum pay of the place, with where it stands."""

    amount = DecimalField(_l("Legal minimum"), [InputRequired(), NumberRange(0)])
    unit = SelectField(_l("Unit"), choices=list(UNITS[Measure.PAY]))
    from_on = DateField(_l("Holds from"), [InputRequired()])
    source = TextField(_l("Where it stands: body, document, number"), [Filled(), Length(max=200)])

    def validate_amount(self, field: DecimalField) -> None:
        if field.data is not None and field.data <= 0:
            raise ValidationError(_l("A minimum is more than nothing."))

    def floor(self) -> Figure:
        return Figure(
            Measure.PAY, "法定最低工资", self.amount.data, self.unit.data,
            from_on=self.from_on.data,
        )  # fmt: skip


class ExplanationForm(Form):
    explanation = TextAreaField(
        _l("Explanation for the congress"), [Filled(), Length(max=8000)], filters=[strip]
    )


class AgreementForm(Form):
    """Both sides agree on the text as it stands."""

    on = DateField(_l("Agreed on"), [InputRequired()])
    signed = BooleanField(_l("Both chiefs have signed the minutes or the draft"))

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            fault(Text("日期还没有到。", "This day has not come yet."))

    def validate_signed(self, field: BooleanField) -> None:
        if not field.data:
            fault(
                Text("双方首席代表签字后，草案才算一致。",
                     "The draft is agreed once both chiefs have signed.")
            )  # fmt: skip


class PackForm(Form):
    """Which topic pack to take suggested clauses from. A pack never fills a number in."""

    pack = SelectField(_l("Topic pack"), [InputRequired()])

    def about(self, case: BargainingCase, _draft: Any) -> None:
        fitting = packs_for(case.industry, regional=case.level == CaseLevel.REGIONAL)
        others = [one for one in packs().values() if one not in fitting]
        self.pack.choices = [
            SelectChoice(one.key, f"{said(one.name)} ({len(one.clauses)})")
            for one in (*fitting, *others)
        ]
