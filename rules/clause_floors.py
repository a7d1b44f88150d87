"""Is a figure in a draft below the law: minimum pay, overtime rates and hours, leave, nursing time.

Pay is held against the legal minimum of the place that somebody looked up with its source; rates,
hours and leave against the law itself. What nobody has looked up is named, and it blocks: a draft
that pays may not be agreed while nobody knows the floor.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rules.clauses import MEASURES, PER_CENT, UNITS, Measure, plain
from rules.findings import Finding
from rules.floors import Amount, against_minimum
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rules.books import Book
    from rules.clauses import Quantity
    from rules.law import Rule

RATES = (Measure.OVERTIME, Measure.OVERTIME_REST, Measure.OVERTIME_HOLIDAY)


def faults_in(
    quantities: Iterable[Quantity], minima: Mapping[str, Decimal], book: Book, kind: str
) -> list[Finding]:
    """Everything below a floor. `minima` is the legal minimum pay of the place by its unit."""
    found: list[Finding | None] = []
    for one in quantities:
        if one.measure == Measure.PAY:
            found.append(_pay(one, minima, book.rule("floor", kind)))
        elif (wrong := _wrong_unit(one)) is not None:
            found.append(wrong)
        else:
            found.append(_by_law(one, book, kind))
    return [finding for finding in found if finding is not None]


def _pay(one: Quantity, minima: Mapping[str, Decimal], rule: Rule) -> Finding | None:
    if (minimum := minima.get(one.unit)) is None:
        known = "、".join(sorted(minima))
        text = Text(
            zh=f"“{_name(one)}”单位为{one.unit}，没有可比的法定最低工资"
            + (f"（已登记：{known}）" if known else "")
            + "，请先登记并注明出处。",
            en=f"'{_name(one)}' is in {one.unit} and no legal minimum in that unit is on record: "
            "enter it with its source.",
        )
        return Finding(text, rule.citation, one.subject)
    clause = Amount(_name(one), one.amount, one.unit)
    return against_minimum(clause, Amount("", minimum, one.unit), rule)


def _wrong_unit(one: Quantity) -> Finding | None:
    """A measure that the law sets is given in its unit, or it cannot be compared."""
    units = UNITS.get(Measure(one.measure), ())
    if not units or one.unit in units:
        return None
    text = Text(
        zh=f"“{_name(one)}”应当以{'、'.join(units)}表示，才能与法定标准比较。",
        en=f"'{_name(one)}' must be given in {', '.join(units)} to be held against the law.",
    )
    return Finding(text, None, one.subject)


def _by_law(one: Quantity, book: Book, kind: str) -> Finding | None:
    if (found := _set_by_law(Measure(one.measure), book, kind)) is None:
        return None
    number, rule = found
    return (_most if one.measure == Measure.OVERTIME_HOURS else _least)(one, number, rule)


def repeats_the_law(one: Quantity, minima: Mapping[str, Decimal], book: Book, kind: str) -> bool:
    """Whether a figure is just what the law, or the legal minimum of the place, says anyway."""
    if one.measure == Measure.PAY:
        return minima.get(one.unit) == one.amount
    found = _set_by_law(Measure(one.measure), book, kind)
    return found is not None and found[0] == one.amount


def _set_by_law(measure: Measure, book: Book, kind: str) -> tuple[Decimal, Rule] | None:
    """The figure that the law itself sets for a measure, where it sets one."""
    if measure in RATES:
        rule = book.rule("overtime.rates", kind)
        return _numbers(rule)[RATES.index(measure)], rule
    if measure is Measure.OVERTIME_HOURS:
        rule = book.rule("overtime.max_hours", kind)
        return _numbers(rule)[-1], rule
    if measure is Measure.MATERNITY:
        rule = book.rule("women.maternity_leave", kind)
        return _numbers(rule)[0], rule
    if measure is Measure.NURSING:
        rule = book.rule("women.nursing_time", kind)
        return _numbers(rule)[0], rule
    return None


def _numbers(rule: Rule) -> list[Decimal]:
    values = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    return [Decimal(str(value)) for value in values]


def _least(one: Quantity, least: Decimal, rule: Rule) -> Finding | None:
    if one.amount >= least:
        return None
    text = Text(
        zh=f"“{_name(one)}”{plain(one.amount)}{one.unit}，不得低于法定标准{plain(least)}{one.unit}。",
        en=f"'{_name(one)}' is {plain(one.amount)}{_gap(one)} and may not be below the legal "
        f"{plain(least)}{_gap(one)}.",
    )
    return Finding(text, rule.citation, one.subject)


def _most(one: Quantity, most: Decimal, rule: Rule) -> Finding | None:
    if one.amount <= most:
        return None
    text = Text(
        zh=f"“{_name(one)}”{plain(one.amount)}{one.unit}，不得超过法定上限{plain(most)}{one.unit}。",
        en=f"'{_name(one)}' is {plain(one.amount)}{_gap(one)} and may not exceed the legal "
        f"{plain(most)}{_gap(one)}.",
    )
    return Finding(text, rule.citation, one.subject)


def _gap(one: Quantity) -> str:
    return one.unit if one.unit == PER_CENT else f" {one.unit}"


def _name(one: Quantity) -> str:
    said = one.subject or MEASURES[Measure(one.measure)].zh
    return f"{said}（{one.whom}）" if one.whom else said
