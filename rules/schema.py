"""What a rulebook must look like; the tests hold every book to it, and so may an importer."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from rules.law import Direction, Unit
from rules.shelf import anchors, catalogue, people

OPERATORS = {"=", "≤", "≥", ">", "<", "odd"}
KINDS = {"any", "wage", "general"}
STATUSES = {"confirmed", "unconfirmed"}
TIMES = {unit.value for unit in Unit}
UNITS = TIMES | {
    "person",
    "share",
    "percent",
    "year",
    "hour",
    "days_of_leave",
    "yes_no",
    "choice",
    "list",
    "text",
}
REQUIRED = ("key", "unit", "operator", "article", "source", "status", "text", "affects")
ALLOWED = {
    *REQUIRED,
    "kind",
    "value",
    "anchor",
    "direction",
    "lower",
    "extension",
    "suggested",
    "when",
    "checks",
    "everywhere",
    "valid_from",
    "valid_to",
}
FOREVER = date.max


def faults_in(book: dict[str, Any]) -> list[str]:
    """Everything wrong with a book as it was read from TOML; an empty list when it is sound."""
    faults = [
        f"the book has no {name}"
        for name in ("division", "name", "version", "sources")
        if name not in book and not (name == "sources" and not book.get("rule"))
    ]
    if faults:
        return faults
    rules = book.get("rule", [])
    for number, rule in enumerate(rules, 1):
        where = f"rule {number} ({rule.get('key', 'no key')})"
        faults += [f"{where}: {fault}" for fault in faults_in_rule(rule, book)]
    left = [*book.get("follows_above", ()), *book.get("not_verified", ())]
    faults += [f"{key}: not in the catalogue" for key in left if key not in catalogue()]
    if not faults:
        faults = overlaps(rules, book)
    return faults


def faults_in_rule(rule: dict[str, Any], book: dict[str, Any]) -> list[str]:
    missing = [f"no {name}" for name in REQUIRED if not rule.get(name)]
    if missing:
        return missing
    wrong = {f"'{name}' is not a field": name not in ALLOWED for name in rule} | {
        "not in the catalogue": rule["key"] not in catalogue(),
        f"unit '{rule['unit']}' is not known": rule["unit"] not in UNITS,
        f"operator '{rule['operator']}' is not known": rule["operator"] not in OPERATORS,
        f"source '{rule['source']}' is not listed": rule["source"] not in book["sources"],
        f"status '{rule['status']}' is not known": rule["status"] not in STATUSES,
        "the words must be in both languages": set(rule["text"]) != {"zh", "en"},
        "someone it affects is not known": not set(rule["affects"]) <= set(people()),
        "the kind is not known": rule.get("kind", "any") not in KINDS,
        "a confirmed rule needs a value": rule["status"] == "confirmed" and "value" not in rule,
    }
    return [fault for fault, broken in wrong.items() if broken] + _faults_in_value(rule)


def _faults_in_value(rule: dict[str, Any]) -> list[str]:
    value, unit = rule.get("value"), rule["unit"]
    wrong = {}
    if unit in TIMES and rule["key"] != "reps.paid_preparation":
        wrong["a period needs an anchor that is known"] = rule.get("anchor") not in anchors()
        wrong["a period needs a direction"] = rule.get("direction") not in set(Direction)
    if value is not None and unit in TIMES:
        wrong["a period is a whole number above 0"] = type(value) is not int or value < 1
    if value is not None and unit == "share":
        wrong['a share is written as "1/3"'] = not _is_share(value)
    if (last := rule.get("valid_to")) and rule.get("valid_from"):
        wrong["it ends before it begins"] = last < rule["valid_from"]
    return [fault for fault, broken in wrong.items() if broken]


def _is_share(value: object) -> bool:
    try:
        return isinstance(value, str) and 0 <= Fraction(value) <= 1
    except ValueError:
        return False


def overlaps(rules: list[dict[str, Any]], book: dict[str, Any]) -> list[str]:
    """Two rules for the same question and kind may not be in force on the same day."""
    spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for rule in rules:
        first = rule.get("valid_from", book["sources"][rule["source"]]["valid_from"])
        span = (first, rule.get("valid_to", FOREVER))
        spans.setdefault((rule["key"], rule.get("kind", "any")), []).append(span)
    return [
        f"{key} ({kind}): two rules are in force on {later[0]}"
        for (key, kind), days in spans.items()
        for earlier, later in zip(sorted(days), sorted(days)[1:], strict=False)
        if later[0] < (earlier[1] if earlier[1] == FOREVER else earlier[1] + timedelta(days=1))
    ]
