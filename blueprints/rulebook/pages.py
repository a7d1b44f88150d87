"""Everything the page of one rule shows, to a user and to the public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from blueprints.rulebook import queries
from blueprints.rulebook.forms import TryForm, WithdrawalForm, example_day
from blueprints.rulebook.values import every_rule
from blueprints.rulebook.wording import words
from blueprints.shared.charts import day_strip
from blueprints.shared.guards import Viewer
from rules.books import Book, book_for
from rules.broken import RuleBroken
from rules.calendars import Calendar
from rules.chains import CHAIN, chain_of
from rules.deadlines import Due, due, spread
from rules.law import Direction, Rule
from rules.saying import answer_of, value_words
from rules.shelf import anchors, catalogue, people, shelf, topics
from rules.words import Text
from tenants.clock import today


@dataclass(frozen=True)
class Example:
    """A date tried: the last day with its reasons, or why there is none."""

    on: date
    answer: Due | None = None
    days: list[Any] | None = None
    first: date | None = None
    last: date | None = None
    refused: Text | None = None


def rule_page(
    key: str, kind: str, args: MultiDict[str, str], viewer: Viewer | None
) -> dict[str, Any]:
    """Without a viewer the history of who entered and verified is left out."""
    day = today()
    book, calendar = queries.book(day), queries.sure_calendar()
    rule = book.rule(key, kind)
    form = TryForm(args if "anchor" in args else None)
    shown = None
    if rule.period is not None:
        if "anchor" not in args:
            form.anchor.data = example_day(day, before=rule.direction is Direction.BEFORE)
        if "anchor" not in args or form.validate():
            shown = example(key, kind, form.anchor.data, calendar)
    return {
        **words(),
        "entry": catalogue()[key],
        "topic": topics()[catalogue()[key].topic],
        "rule": rule,
        "answer": answer_of(rule),
        "national": book_for("000000", day).rule(key, kind),
        "national_answer": answer_of(book_for("000000", day).rule(key, kind)),
        "kind": kind,
        "event": anchors().get(rule.anchor or ""),
        "affected": [people()[name] for name in rule.affects],
        "known": known_periods(rule),
        "bounds": bounds(rule, day, calendar),
        "elsewhere": elsewhere(key, day),
        "try_form": form,
        "example": shown,
        "clocks": chain(book, rule, shown, calendar),
        "today": day,
        **(history(key) if viewer else {"records": [], "names": {}}),
        "public": viewer is None,
        "withdrawing": None,
        "withdrawal": WithdrawalForm(formdata=None) if viewer else None,
    }


def example(key: str, kind: str, on: date, calendar: Calendar) -> Example:
    """The answer for an event on that day, under the law in force on it."""
    conventions = queries.conventions()
    try:
        rule = queries.book(on).known(key, kind)
        answer = due(rule, on, calendar, conventions=conventions)
        first, last = spread(rule, on, calendar, conventions=conventions)
    except RuleBroken as broken:
        return Example(on, refused=broken.text)
    forward = rule.direction is Direction.AFTER and (answer.on - on).days <= 100
    days = day_strip(
        on, answer.on, today(), works=calendar.works, working=answer.unit == "working_day"
    )
    sure = rule.confirmed
    return Example(
        on,
        answer,
        days if forward else [],
        None if sure else min(first.on, answer.on),
        None if sure else max(last.on, answer.on),
    )


def chain(book: Book, rule: Rule, shown: Example | None, calendar: Calendar) -> list[Any]:
    """All clocks of a case in which only this rule's event has happened."""
    if rule.key not in CHAIN or shown is None or rule.anchor is None:
        return []
    return chain_of(
        book,
        {rule.anchor: shown.on},
        today(),
        calendar,
        kind=rule.kind if rule.kind != "any" else "wage",
        conventions=queries.conventions(),
    )


def known_periods(rule: Rule) -> list[Text]:
    """Where the rule is unconfirmed: every period that some place is known to have."""
    return [value_words(one.length, one.unit) for one in rule.known]


def bounds(rule: Rule, day: date, calendar: Calendar) -> tuple[Text, Text] | None:
    """The shortest and the longest of them, as they would fall from today.

    No date is shown, only which is longer: that can be said before the next calendar is out.
    """
    if rule.confirmed or rule.period is None:
        return None
    known = calendar.as_far_as_known()
    try:
        first, last = spread(rule, day, known, conventions=queries.conventions())
    except RuleBroken:
        return None
    return value_words(first.value, first.unit), value_words(last.value, last.unit)


def elsewhere(key: str, day: date) -> list[dict[str, Any]]:
    """What every book says to the same question, whatever its kind and its days."""
    return [
        {
            "place": shelf()[rule.division].name,
            "rule": rule,
            "answer": answer_of(rule),
            "over": rule.valid_to is not None and rule.valid_to < day,
        }
        for rule in every_rule(key)
    ]


def history(key: str) -> dict[str, Any]:
    records = queries.records_of(key)
    people_of = {one.entered_by_id for one in records}
    people_of |= {one.withdrawn_by_id for one in records if one.withdrawn_by_id}
    return {
        "records": [(one, answer_of(record_as_rule(one))) for one in records],
        "names": queries.names_of(people_of) if people_of else {},
    }


def record_as_rule(record: Any) -> Rule:
    """A record as the rule it makes, even when it is withdrawn."""
    confirmed = queries.as_confirmed(record)
    kind = record.kind if record.kind != "any" else "wage"
    return book_for("000000", record.valid_from, [confirmed]).rule(record.key, kind)


def public_list(day: date, kind: str) -> Iterable[tuple[Text, list[tuple[str, Text, Rule, Text]]]]:
    """All questions by topic with their answers here, for the page without an account."""
    book = queries.book(day)
    groups: dict[str, list[tuple[str, Text, Rule, Text]]] = {}
    for key, entry in catalogue().items():
        rule = book.rule(key, kind)
        groups.setdefault(entry.topic, []).append((key, entry.title, rule, answer_of(rule)))
    return [(topics()[topic], members) for topic, members in groups.items()]
