"""What may be typed: a rule that is confirmed, why one is withdrawn, a date to try."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import Field, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.rulebook.values import (
    IN_THE_TEXT,
    TIMES,
    NotAValue,
    known_answers,
    read,
    shape_of,
    written,
)
from blueprints.rulebook.wording import ALL_KINDS, DIRECTIONS
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.law import Rule
from rules.saying import OPERATORS, UNITS
from rules.schema import faults_in_rule
from rules.shelf import anchors

MOST = Length(max=600, message=_l("At most %(max)d characters."))
LINE = Length(max=200, message=_l("At most %(max)d characters."))


class RuleForm(Form):
    """Made for one rule by `rule_form`, which adds `value` and leaves out what has no choice."""

    kind = RadioField(_l("Applies to"))
    unit = SelectField(_l("Unit"))
    operator = SelectField(_l("Compared"))
    anchor = SelectField(_l("Counted from"))
    direction = RadioField(_l("Direction"))
    article = TextField(_l("Article"), [Filled(), Length(max=40)])
    source_title = TextField(_l("Title of the law or document"), [Filled(), LINE])
    text_zh = TextAreaField(_l("What it says, in Chinese"), [Filled(), MOST], [strip])
    text_en = TextAreaField(_l("What it says, in English"), [Filled(), MOST], [strip])
    verified_by = TextField(_l("Verified by"), [Filled(), Length(max=80)])
    verified_on = DateField(_l("Verified on"), [InputRequired()])
    valid_from = DateField(_l("In force from"), [InputRequired()])
    valid_to = DateField(_l("In force until"), [Optional()])

    rule: Rule
    today: date

    def validate_value(self, field: Field) -> None:
        try:
            self.kept = read(str(field.data or ""), shape_of(self.rule))
        except NotAValue as fault:
            raise ValidationError(str(fault)) from None

    def validate_article(self, field: StringField) -> None:
        field.data = (field.data or "").removeprefix("第").removesuffix("条").strip()
        if not field.data[:1].isdigit():
            raise ValidationError(_("Give the number of the article, such as 21 or 9(2)."))

    def validate_verified_on(self, field: DateField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("This date is in the future"))

    def validate_valid_to(self, field: DateField) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(_("It cannot end before it begins."))

    def validate(self, extra_validators: Any = None) -> bool:
        """What is sound field by field is held to what every rulebook must look like."""
        if not super().validate(extra_validators):
            return False
        faults = faults_in_rule(self._as_in_a_book(), {"sources": {"own": {}}})
        if faults:
            words = _("The rulebook does not take it: %(faults)s", faults="; ".join(faults))
            self.form_errors.append(words)
        return not faults

    def facts(self) -> dict[str, Any]:
        """What was typed, as a record keeps it."""
        names = (
            "article", "source_title", "text_zh", "text_en",
            "verified_by", "verified_on", "valid_from", "valid_to",
        )  # fmt: skip
        return {
            "kind": self.kind.data,
            "value": self.kept,
            "unit": self._chosen("unit"),
            "operator": self._chosen("operator"),
            "anchor": self._chosen("anchor"),
            "direction": self.direction.data if "direction" in self else None,
            **{name: self[name].data or None for name in names},
        }

    def _chosen(self, name: str) -> Any:
        """From the form where there was a choice, otherwise as the rule has it."""
        return self[name].data if name in self else getattr(self.rule, name)

    def _as_in_a_book(self) -> dict[str, Any]:
        facts = self.facts()
        return {
            **{name: facts[name] for name in ("kind", "value", "unit", "operator", "article")},
            **{name: facts[name] for name in ("anchor", "direction", "valid_from") if facts[name]},
            **({"valid_to": facts["valid_to"]} if facts["valid_to"] else {}),
            "key": self.rule.key,
            "source": "own",
            "status": "confirmed",
            "text": {"zh": facts["text_zh"], "en": facts["text_en"]},
            "affects": list(self.rule.affects) or ["employer"],
        }


def rule_form(rule: Rule, *, today: date, kind: str) -> RuleForm:
    """The form for one question, filled with what applies now.

    Where the local rule is not confirmed, the source stays empty: the article to be given is
    the local one, and nobody is to confirm the nation's by leaving it in place.
    """
    shape = shape_of(rule)

    class ThisRuleForm(RuleForm):
        value = _value_field(rule, shape)

    sure = rule.confirmed
    form = ThisRuleForm(
        data={
            "value": _shown(rule, shape),
            "kind": rule.kind if rule.kind in ALL_KINDS else kind,
            "unit": rule.unit,
            "operator": rule.operator,
            "anchor": rule.anchor,
            "direction": rule.direction.value,
            "article": rule.article if sure and rule.article[:1].isdigit() else "",
            "source_title": rule.source.title.zh if sure else "",
            "text_zh": rule.text.zh if sure else "",
            "text_en": rule.text.en if sure else "",
            "verified_on": today,
            "valid_from": rule.valid_from if sure else today,
            "valid_to": rule.valid_to if sure else None,
        }
    )
    form.rule, form.today = rule, today
    form.kind.choices = list(ALL_KINDS.items())
    form.direction.choices = list(DIRECTIONS.items())
    form.unit.choices = [(unit, said(UNITS[unit])) for unit in TIMES]
    form.operator.choices = [(sign, f"{sign}　{said(word)}") for sign, word in OPERATORS.items()]
    form.anchor.choices = [(name, said(event)) for name, event in anchors().items()]
    if shape != "period":
        del form.unit, form.anchor, form.direction
    if shape in {"yes_no", "choice", "list"}:
        del form.operator
    return form


def _value_field(rule: Rule, shape: str) -> Any:
    label = (
        lazy_pgettext("rule", "Answer") if shape in {"yes_no", "choice", "list"} else _l("Value")
    )
    if shape == "yes_no":
        return RadioField(
            label,
            [InputRequired()],
            choices=[SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))],
        )
    if shape == "list":
        return TextAreaField(label, [Filled()], filters=[strip])
    if shape == "choice":
        answers = [SelectChoice(code, said(text)) for code, text in known_answers(rule).items()]
        if rule.unit == "text":
            answers.append(SelectChoice(IN_THE_TEXT, _("As the text below says")))
        return RadioField(label, [InputRequired()], choices=answers)
    return TextField(label, [Filled()])


def _shown(rule: Rule, shape: str) -> str:
    value = written(rule.value, shape)
    if shape == "choice" and value not in known_answers(rule):
        return IN_THE_TEXT if value else ""
    return value


class WithdrawalForm(Form):
    reason = TextAreaField(_l("Why it is withdrawn"), [Filled(), LINE], [strip])


class TryForm(Form):
    """A date typed into the worked example. Reads only, so it carries no token."""

    class Meta:
        csrf = False

    anchor = DateField(_l("Day of the event"), [InputRequired()])

    def validate_anchor(self, field: DateField) -> None:
        if field.data and not date(1990, 1, 1) <= field.data <= date(2090, 12, 31):
            raise ValidationError(_("Choose a day between 1990 and 2090."))


def example_day(today: date, *, before: bool) -> date:
    """The day the example starts with: today, or a month on for a period counted back."""
    return today + timedelta(days=30) if before else today
