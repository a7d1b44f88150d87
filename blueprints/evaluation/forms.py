"""What may be typed about a survey: its plan, its boxes, its paper forms, questions, targets."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.evaluation.codes import MOST as MOST_CODES
from blueprints.evaluation.instruments import (
    FEWEST_BOXES,
    MOST_BOXES,
    MOST_QUESTIONS,
    both,
    question,
)
from blueprints.evaluation.labels import KINDS, RESPONDENTS
from blueprints.evaluation.models import Respondent
from blueprints.evaluation.planning import Box, Plan
from blueprints.evaluation.reading import Asked, Ticked, UnreadableLine, from_paper
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.survey import Question, RateKind
from tenants.clock import today

LONG = 4000
LARGEST = 1_000_000
WHOLE = [Optional(), NumberRange(min=1, max=LARGEST)]


class ConfirmForm(Form):
    """Nothing is typed; the page says what will happen."""


class ReasonForm(Form):
    reason = TextAreaField(_l("Reason"), [Filled(), Length(max=500)], filters=[strip])


class PlanForm(Form):
    """Everything but whose workers are asked."""

    name = TextField(_l("Name of the survey"), [Filled(), Length(max=120)])
    respondents = SelectMultipleField(_l("Who is asked"), [InputRequired(_l("Choose somebody."))])
    opens_on = DateField(_l("First day for answers"), [InputRequired()])
    closes_on = DateField(_l("Last day for answers"), [InputRequired()])
    sampling = TextAreaField(
        _l("How those asked are chosen"), [Filled(), Length(max=500)], filters=[strip],
        description=_l("It is printed beside every figure: all workers, or by lot, and how."),
    )  # fmt: skip
    sample_wanted = IntegerField(
        _l("Valid forms wanted from workers"),
        [InputRequired(), NumberRange(min=1, max=LARGEST)],
    )
    instrument = SelectField(_l("Questionnaire"), default="")
    version = HiddenField()

    def __init__(self, *args: Any, approved: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.respondents.choices = [(str(key), said(words)) for key, words in RESPONDENTS.items()]
        self.instrument.choices = [("", _("The standard form"))] + [
            (
                str(one.id),
                _("The standard form and own questions, %(version)s", version=one.version),
            )
            for one in approved
        ]

    def validate_respondents(self, field: SelectMultipleField) -> None:
        if field.data and Respondent.WORKERS not in field.data:
            raise ValidationError(_("Workers are always asked: the three rates are theirs."))

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("This day has passed."))
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("It ends before it begins."))

    def plan(self) -> Plan:
        return Plan(
            name=self.name.data or "",
            respondents=self.respondents.data or (),
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            sampling=self.sampling.data or "",
            sample_wanted=int(self.sample_wanted.data or 1),
            instrument_id=int(self.instrument.data) if self.instrument.data else None,
        )


class NewForm(PlanForm):
    """A plan, and whose workers it asks."""

    units = IntegerField(
        _l("Draw so many units by lot"), WHOLE, description=_l("Left empty, all of them.")
    )

    def __init__(self, *args: Any, pool: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pool = pool

    def validate_name(self, _field: TextField) -> None:
        if not self.pool:
            raise ValidationError(
                _("No unit in this scope has a contract in force: there is nothing to ask about.")
            )


class ContentsForm(Form):
    """The boxes of question 2 for one contract, one a line."""

    true = TextAreaField(_l("What is in the contract, one a line"), [Filled(), Length(max=LONG)])
    false = TextAreaField(_l("What is not in it, one a line"), [Length(max=LONG)])

    def validate_true(self, field: TextAreaField) -> None:
        self._check(field)

    def validate_false(self, field: TextAreaField) -> None:
        self._check(field)
        shared = {both(one).zh for one in lines(self.true.data)}
        for line in lines(field.data):
            if both(line).zh in shared:
                raise ValidationError(_("“%(line)s” stands in both lists.", line=both(line).zh))

    def _check(self, field: TextAreaField) -> None:
        if len(lines(field.data)) > 5:
            raise ValidationError(_("At most five lines: more is not read on a phone."))

    def boxes(self) -> list[Box]:
        return [Box(both(line), in_contract=True) for line in lines(self.true.data)] + [
            Box(both(line), in_contract=False) for line in lines(self.false.data)
        ]


class PaperForm(Form):
    """Forms off paper, one a line."""

    forms = TextAreaField(_l("One form a line"), [Filled(), Length(max=200_000)])

    def __init__(self, *args: Any, questions: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.read: list[Ticked] = []

    def validate_forms(self, field: TextAreaField) -> None:
        try:
            self.read = from_paper(self.questions, field.data or "")
        except UnreadableLine as fault:
            where = _("Line %(n)s: %(why)s", n=fault.number, why=said(fault.why))
            raise ValidationError(where) from None


class HandedOutForm(Form):
    handed_out = IntegerField(
        _l("Forms and links handed out here"), [InputRequired(), NumberRange(min=0, max=LARGEST)]
    )


class CodesForm(Form):
    """How many entry codes a unit gets, and what becomes of its link and of earlier codes."""

    how_many = IntegerField(
        _l("How many codes"), [InputRequired(), NumberRange(min=1, max=MOST_CODES)],
        description=_l("One for every worker who is asked, and some to spare."),
    )  # fmt: skip
    only = BooleanField(
        _l("Answers by code only"),
        description=_l("The open link and its poster then lead to a page that asks for the code."),
    )
    afresh = BooleanField(
        _l("Withdraw the codes made before and not used"),
        description=_l("When a sheet was lost. Codes already handed out stop working, too."),
    )


class CodeForm(Form):
    """For those who type: the entry code on their slip."""

    code = TextField(_l("Your entry code"), [Filled(), Length(max=60)])


class InstrumentForm(Form):
    """A version of the questionnaire: up to three questions beside the standard form."""

    name = TextField(
        _l("Version"), [Filled(), Length(max=30)], description=_l("For instance 2026-1")
    )
    words1 = TextField(_l("Question"), [Filled(), Length(max=200)])
    kind1 = RadioField(_l("How it is answered"), default="one")
    boxes1 = TextAreaField(_l("Boxes, one a line"), [Filled(), Length(max=1000)])
    words2 = TextField(_l("Second question"), [Length(max=200)])
    kind2 = RadioField(_l("How it is answered"), default="one")
    boxes2 = TextAreaField(_l("Boxes, one a line"), [Length(max=1000)])
    words3 = TextField(_l("Third question"), [Length(max=200)])
    kind3 = RadioField(_l("How it is answered"), default="one")
    boxes3 = TextAreaField(_l("Boxes, one a line"), [Length(max=1000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_QUESTIONS + 1):
            self[f"kind{n}"].choices = [(key, said(words)) for key, words in KINDS.items()]

    def validate_boxes1(self, field: TextAreaField) -> None:
        self._check(field, self.words1)

    def validate_boxes2(self, field: TextAreaField) -> None:
        self._check(field, self.words2)

    def validate_boxes3(self, field: TextAreaField) -> None:
        self._check(field, self.words3)

    def _check(self, field: TextAreaField, words: TextField) -> None:
        if words.data and not FEWEST_BOXES <= len(lines(field.data)) <= MOST_BOXES:
            raise ValidationError(
                _("Between %(few)s and %(many)s boxes, please.", few=FEWEST_BOXES, many=MOST_BOXES)
            )

    def questions(self) -> list[Question]:
        return [
            question(
                n, self[f"kind{n}"].data, both(self[f"words{n}"].data),
                lines(self[f"boxes{n}"].data),
            )
            for n in range(1, MOST_QUESTIONS + 1)
            if self[f"words{n}"].data
        ]  # fmt: skip


PERCENT = [Optional(), NumberRange(min=1, max=100)]


class TargetsForm(Form):
    """What the federation holds the rates against, and where that is written."""

    awareness = IntegerField(_l("Awareness, per cent"), PERCENT)
    participation = IntegerField(_l("Participation, per cent"), PERCENT)
    satisfaction = IntegerField(_l("Satisfaction, per cent"), PERCENT)
    source = TextField(
        _l("Document that sets them"), [Length(max=200)],
        description=_l("Name and number: targets are the federation's own, not law."),
    )  # fmt: skip

    def validate_source(self, field: TextField) -> None:
        if any(self[kind.value].data for kind in RateKind) and not field.data:
            raise ValidationError(_("Say which document sets them."))

    def percents(self) -> dict[RateKind, int | None]:
        return {kind: self[kind.value].data for kind in RateKind}


def lines(text: str | None) -> list[str]:
    """What stands on the lines of a field, each once."""
    found = (line.strip(" \t\r\u3000")[:100] for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in found if line))
