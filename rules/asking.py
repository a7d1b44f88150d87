"""Questions to the law as the command line and the interfaces put them, answered in plain data."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rules.books import book_for, titles
from rules.broken import NoCalendar, RuleBroken
from rules.calendars import prc_calendar
from rules.deadlines import DEFAULT, due, period_of, spread
from rules.reckoning import reckon
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules.books import Confirmed
    from rules.calendars import Calendar
    from rules.deadlines import Due, Extension
    from rules.law import Rule, Value
    from rules.reckoning import Conventions, Tolling


def due_answer(
    key: str,
    division: str,
    kind: str,
    anchor: date,
    *,
    calendar: Calendar | None = None,
    tolling: Sequence[Tolling] = (),
    extension: Extension | None = None,
    conventions: Conventions = DEFAULT,
    overlay: Iterable[Confirmed] = (),
) -> dict[str, Any]:
    """The last day for one question, its standing, and how it was counted, as plain JSON.

    `remind_by` and `no_sanction_before` differ from `due` only where the rule is unconfirmed. The
    latter is None where another place's period counts working days of a year not known yet: then
    no step that hurts anyone may be taken at all.
    """
    calendar = calendar or prc_calendar()
    rule = book_for(division, anchor, overlay).known(key, kind)
    answer = due(rule, anchor, calendar, tolling, extension, conventions)
    remind_by, held = _held(rule, answer, calendar, tolling, conventions)
    return {
        "due": answer.on.isoformat(),
        "from": answer.opens and answer.opens.isoformat(),
        "to": answer.closes and answer.closes.isoformat(),
        "status": answer.status,
        "provisional": answer.provisional,
        "article": answer.article,
        "source": answer.citation.to_json(),
        "label": answer.label.to_json(),
        "rule": key,
        "division": division,
        "kind": kind,
        "anchor": anchor.isoformat(),
        "value": answer.value,
        "unit": answer.unit,
        "direction": answer.direction,
        "level": answer.level,
        "remind_by": remind_by.isoformat(),
        "no_sanction_before": held and held.isoformat(),
        "rule_version": answer.rule_version,
        "calendar_version": answer.calendar_version,
        "derivation": [step.to_json() for step in answer.steps],
    }


def _held(
    rule: Rule,
    answer: Due,
    calendar: Calendar,
    tolling: Sequence[Tolling],
    conventions: Conventions,
) -> tuple[date, date | None]:
    """For which day to remind, and before which day to take no step that hurts anyone."""
    try:
        first, last = spread(rule, answer.anchor_on, calendar, tolling, conventions)
    except NoCalendar:
        return answer.on, None
    return min(first.on, answer.on), max(last.on, answer.on)


def effective_book(
    division: str, on: date, kind: str = "wage", overlay: Iterable[Confirmed] = ()
) -> list[dict[str, Any]]:
    """Every rule as it applies at a place on a day, the national value beside it."""
    book, nation = book_for(division, on, overlay), book_for("000000", on)
    return [_row(rule, nation.rule(rule.key, kind), kind) for rule in book.rows(kind)]


def _row(rule: Rule, national: Rule, kind: str) -> dict[str, Any]:
    return {
        "rule": rule.key,
        "kind": kind,
        "title": titles()[rule.key].to_json(),
        "value": plain(rule.value),
        "unit": rule.unit,
        "operator": rule.operator,
        "national_value": plain(national.value),
        "national_unit": national.unit,
        "anchor": rule.anchor,
        "direction": rule.direction.value,
        "article": rule.article,
        "source": rule.citation.to_json(),
        "status": rule.status,
        "label": rule.label.to_json(),
        "level": rule.level.value,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to and rule.valid_to.isoformat(),
        "affects": list(rule.affects),
        "text": rule.text.to_json(),
        "verified_by": rule.verified_by,
        "version": rule.version,
    }


def plain(value: Value) -> int | str | bool | list[str] | None:
    """A value as JSON can carry it: a share as "2/3"."""
    if isinstance(value, Fraction):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def batch(lines: Iterable[str], *, calendar: Calendar | None = None) -> Iterator[str]:
    """JSON lines of `rule, division, kind, anchor` with `due, status, article` added to each.

    A line that cannot be answered comes back with its reason as `error`; the others go on.
    """
    calendar = calendar or prc_calendar()
    for line in lines:
        if line.strip():
            yield json.dumps(_answer_line(line, calendar), ensure_ascii=False)


def _answer_line(line: str, calendar: Calendar) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError:
        return {"error": "This line is not JSON.", "line": line.strip()[:200]}
    if not isinstance(asked, dict):
        return {"error": "This line is not a JSON object.", "line": line.strip()[:200]}
    try:
        return asked | quick_answer(
            str(asked["rule"]),
            str(asked["division"]),
            str(asked.get("kind", "wage")),
            date.fromisoformat(str(asked["anchor"])),
            calendar,
        )
    except KeyError as missing:
        return asked | {"error": f"The line has no {missing}."}
    except ValueError:
        return asked | {"error": f"'{asked['anchor']}' is not a date such as 2026-03-02."}
    except RuleBroken as broken:
        return asked | {"error": broken.text.en}


def quick_answer(
    key: str, division: str, kind: str, anchor: date, calendar: Calendar
) -> dict[str, Any]:
    """`due`, `status`, `article` and `provisional`, without the words of the derivation."""
    rule = book_for(division, anchor).known(key, kind)
    answer = reckon(period_of(rule), anchor, calendar, direction=rule.direction, window=rule.window)
    return {
        "due": answer.on.isoformat(),
        "status": rule.status,
        "article": rule.article,
        "provisional": answer.provisional,
    }


def rule_names() -> list[tuple[str, Text]]:
    """Every question that can be asked, with its plain name."""
    return list(titles().items())
