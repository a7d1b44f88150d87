"""The chain of clocks of a case: what is past, what is running, and what starts when it ends.

Second clocks start where the first ends: the offer's answer starts the naming of teams, signature
starts filing, receipt starts the review, effect starts publication, expiry opens renewal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rules.broken import RuleBroken
from rules.deadlines import DEFAULT, Due, due
from rules.law import Direction
from rules.shelf import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rules.books import Book
    from rules.calendars import Calendar
    from rules.reckoning import Conventions, Tolling
    from rules.words import Text

NONE, ONE = timedelta(0), timedelta(days=1)

# question → the event that ends its clock; where nothing ends it, the clock simply runs out
CHAIN = {
    "offer.reply_days": "replied",
    "prep.reps_named_days": "reps_chosen",
    "info.disclosure_before_meeting": "information_supplied",
    "bargaining.max_duration": "chiefs_signed",
    "draft.to_congress_days": "congress",
    "draft.revote_days": "congress_again",
    "file.days": "authority_received",
    "review.days": "effective",
    "publish.days": "published",
    "renewal.window": "renewed",
}


class Standing(StrEnum):
    PAST = "past"
    RUNNING = "running"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of the chain; `late` when it ended after its last day or is still running then."""

    key: str
    title: Text
    standing: Standing
    started_on: date | None
    ended_on: date | None
    due: Due | None
    expected: bool
    late: bool
    refused: Text | None

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title.to_json(),
            "standing": self.standing.value,
            "started_on": self.started_on and self.started_on.isoformat(),
            "ended_on": self.ended_on and self.ended_on.isoformat(),
            "due": self.due and self.due.to_json(),
            "expected": self.expected,
            "late": self.late,
            "refused": self.refused and self.refused.to_json(),
        }


def chain_of(
    book: Book,
    events: Mapping[str, date],
    today: date,
    calendar: Calendar,
    *,
    kind: str = "wage",
    tolling: Mapping[str, Sequence[Tolling]] | None = None,
    conventions: Conventions = DEFAULT,
) -> list[Clock]:
    """Every clock with a rule here. `events` are the days on which things really happened.

    A clock whose start has not happened yet is `next`; if the clock before it has a last day,
    that day is taken as its expected start, and the date is only an expectation. Silence makes
    a contract effective when the last day of review is over, so on the day after it.
    """
    clocks: list[Clock] = []
    expected: dict[str, date] = {}
    for key, end in CHAIN.items():
        rule = book.rule(key, kind)
        if rule.period is None or rule.anchor is None:
            continue
        started, ended = events.get(rule.anchor), events.get(end)
        start = started or expected.get(rule.anchor)
        answer, refused = None, None
        if start is not None:
            try:
                stops = (tolling or {}).get(key, ())
                answer = due(rule, start, calendar, stops, conventions=conventions)
                expected[end] = ended or answer.on + (ONE if key == "review.days" else NONE)
            except RuleBroken as broken:
                refused = broken.text
        clocks.append(
            Clock(
                key=key,
                title=catalogue()[key].title,
                standing=_standing(answer, started, ended, today),
                started_on=started,
                ended_on=ended,
                due=answer,
                expected=started is None and answer is not None,
                late=started is not None and _late(answer, ended or today),
                refused=refused,
            )
        )
    return clocks


def _late(answer: Due | None, on: date) -> bool:
    """True when the last day had gone by; a window is a right, and nobody is late for it."""
    return answer is not None and answer.closes is None and on > answer.on


def _standing(
    answer: Due | None, started: date | None, ended: date | None, today: date
) -> Standing:
    """A clock that counts back runs as soon as its event is fixed; a window while it is open."""
    if ended is not None and ended <= today:
        return Standing.PAST
    if started is None or answer is None:
        return Standing.NEXT
    if answer.opens is not None and answer.closes is not None:
        if today > answer.closes:
            return Standing.PAST
        return Standing.RUNNING if today >= answer.opens else Standing.NEXT
    before = answer.direction == Direction.BEFORE
    return Standing.RUNNING if before or started <= today else Standing.NEXT
