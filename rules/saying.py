"""A rule's answer in a few plain words: "20 days", "at least 3 people", "more than 1/2"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from rules.law import UNIT_WORDS, Period, Unit
from rules.words import Text

if TYPE_CHECKING:
    from rules.law import Rule, Value

UNKNOWN = Text(zh="尚未核实", en="not verified")
TRUTH = {True: Text(zh="是", en="yes"), False: Text(zh="否", en="no")}
COUNTED = {  # unit → one, many
    "person": (Text("名", "person"), Text("名", "people")),
    "year": (Text("年", "year"), Text("年", "years")),
    "hour": (Text("小时", "hour"), Text("小时", "hours")),
    "days_of_leave": (Text("日", "day"), Text("日", "days")),
    "percent": (Text("%", "%"), Text("%", "%")),
}
OPERATORS = {
    "=": Text(zh="等于", en="exactly"),
    "≤": Text(zh="不超过", en="at most"),
    "≥": Text(zh="不少于", en="at least"),
    ">": Text(zh="超过", en="more than"),
    "<": Text(zh="少于", en="less than"),
    "odd": Text(zh="不超过且为奇数", en="an odd number, at most"),
}
UNITS = {
    **{unit.value: many for unit, (_one, many) in UNIT_WORDS.items()},
    **{name: many for name, (_one, many) in COUNTED.items()},
    "share": Text(zh="份额", en="share"),
    "yes_no": Text(zh="是或者否", en="yes or no"),
    "choice": Text(zh="选项", en="choice"),
    "list": Text(zh="清单", en="list"),
    "text": Text(zh="文字", en="words"),
}
OWN_WORDS = ("choice", "list", "text")


def answer_of(rule: Rule) -> Text:
    """The answer for a table cell; a rule of words, or one with a code for a value, says itself."""
    if rule.value is None:
        return UNKNOWN
    if rule.unit in OWN_WORDS or isinstance(rule.value, str):
        return rule.text
    return value_words(rule.value, rule.unit, rule.operator)


def value_words(value: Value, unit: str, operator: str = "=") -> Text:
    """A number with its unit and how it is compared; a period needs no "at most"."""
    if isinstance(value, bool):
        return TRUTH[value]
    if isinstance(value, tuple):
        said = [value_words(_number(part), unit) for part in value]
        amount = Text(zh="、".join(one.zh for one in said), en=", ".join(one.en for one in said))
    else:
        amount = _amount(value, unit)
    timed = unit in set(Unit)
    if operator == "=" or (timed and operator == "≤"):
        return amount
    words = OPERATORS[operator]
    return Text(zh=f"{words.zh}{amount.zh}", en=f"{words.en} {amount.en}")


def _number(written: str) -> int | str:
    return int(written) if str(written).isdigit() else written


def _amount(value: int | Fraction | str | None, unit: str) -> Text:
    if isinstance(value, int) and unit in set(Unit):
        return Period(value, Unit(unit)).words
    if isinstance(value, int) and unit in COUNTED:
        words = COUNTED[unit][value != 1]
        gap = "" if unit == "percent" else " "
        return Text(zh=f"{value}{words.zh}", en=f"{value}{gap}{words.en}")
    return Text(zh=str(value), en=str(value))
