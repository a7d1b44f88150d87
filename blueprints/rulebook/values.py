"""What may be typed as a rule's value, by what the rule is about, and how it is kept."""

from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from rules.law import Rule, Unit
from rules.saying import OWN_WORDS
from rules.shelf import rules_of, shelf
from rules.words import Text

TIMES = tuple(unit.value for unit in Unit)
IN_THE_TEXT = "in_the_text"  # the value of a rule of words that no book has a code for
NO_LIMIT = {"none", "无", "不限"}


class NotAValue(ValueError):
    """Says what is wrong with what was typed."""


def shape_of(rule: Rule) -> str:
    """How the value is asked for: period, number, share, yes_no, choice, list."""
    if rule.unit in TIMES and rule.anchor:
        return "period"
    if rule.unit in {"share", "yes_no", "list"}:
        return rule.unit
    known = [one.value for one in every_rule(rule.key) if one.value is not None]
    if rule.unit in OWN_WORDS or (known and all(isinstance(value, str) for value in known)):
        return "choice"
    return "number"


def every_rule(key: str) -> list[Rule]:
    """The rules of all books for one question, the nation's first."""
    return [rule for code in shelf() for rule in rules_of(code, key)]


def known_answers(rule: Rule) -> dict[str, Text]:
    """Answers in words that some book gives to the question; each says itself."""
    answers: dict[str, Text] = {}
    for one in every_rule(rule.key):
        if isinstance(one.value, str):
            answers.setdefault(one.value, one.text)
    return answers


def read(typed: str, shape: str) -> Any:
    """The value as it is kept (plain JSON), or NotAValue in words."""
    reader = {
        "period": _whole,
        "number": _numbers,
        "share": _share,
        "yes_no": lambda text: text == "yes",
        "list": _lines,
    }.get(shape, str)
    return reader(typed.strip())


def written(value: Any, shape: str) -> str:
    """A kept value as the form shows it."""
    if value is None:
        return ""
    if shape == "yes_no":
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ("\n" if shape == "list" else ", ").join(map(str, value))
    return str(value)


def _whole(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise NotAValue(_("A period is a whole number above 0."))
    return int(text)


def _numbers(text: str) -> int | list[int] | str:
    if text in NO_LIMIT:
        return "none"
    parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    if not all(part.isdigit() for part in parts):
        raise NotAValue(_("Write a number, or several with commas between them."))
    numbers = [int(part) for part in parts]
    return numbers[0] if len(numbers) == 1 else numbers


def _share(text: str) -> str:
    try:
        share = Fraction(text[:-1]) / 100 if text.endswith(("%", "％")) else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise NotAValue(_("Write a share as 1/3 or 50%.")) from None
    if not 0 <= share <= 1:
        raise NotAValue(_("A share lies between 0 and 1."))
    return str(share)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
