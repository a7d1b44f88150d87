"""The rules a case runs under: those of its place on the day it was opened, and clocks by them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import g, has_request_context

from blueprints.bargaining.ground.models import BargainingCase, CaseLevel
from blueprints.rulebook import queries as rulebook
from rules.books import Book, book_for
from rules.deadlines import due, spread
from rules.law import Rule
from rules.rosters import selection
from rules.words import Text
from tenants.federation import this_federation


@dataclass(frozen=True)
class Count:
    """A last day, how it was counted, and how far it can be relied on.

    `on` is None where nobody knows a period; `safe` is the day a reminder goes by (the earliest
    any known rule gives) and `latest` the day before which nothing that hurts may be done.
    """

    rule: Rule
    on: date | None = None
    safe: date | None = None
    latest: date | None = None
    derivation: dict[str, Any] | None = None

    @property
    def article(self) -> Text:
        return self.rule.citation

    @property
    def confirmed(self) -> bool:
        return self.rule.confirmed and self.on is not None

    @property
    def words(self) -> Text:
        """The article, and that it is not confirmed where it is not."""
        if self.rule.confirmed:
            return self.article
        label = self.rule.label
        return Text(f"{self.article.zh}（{label.zh}）", f"{self.article.en} ({label.en})")


def book_of(case: BargainingCase) -> Book:
    """The rules that held at the federation's place when the case was opened."""
    return book_on(case.opened_on)


def book_on(day: date) -> Book:
    """The rules that hold at the federation's place on a day.

    What the federation confirmed is read once a request: pages ask for rules at every turn.
    """
    if not has_request_context():
        return rulebook.book(day)
    kept: dict[date, Book] = g.setdefault("case_books", {})
    if day not in kept:
        if "case_place" not in g:
            g.case_place = (this_federation().division, rulebook.overlay())
        division, confirmed = g.case_place
        kept[day] = book_for(division, day, confirmed)
    return kept[day]


def rule_of(case: BargainingCase, key: str) -> Rule:
    return book_of(case).rule(key, case.contract_kind)


def selection_of(case: BargainingCase) -> Rule:
    """How the workers' side of this case is to be chosen: one enterprise, or many together."""
    joint = case.level != CaseLevel.ENTERPRISE
    return selection(book_of(case), case.contract_kind, joint=joint)


def count(case: BargainingCase, key: str, anchor: date) -> Count:
    """The last day of a period of the case that an event on `anchor` began or looks back from."""
    rule = rule_of(case, key)
    if rule.period is None:
        return Count(rule)
    calendar, conventions = rulebook.calendar(), rulebook.conventions()
    last = due(rule, anchor, calendar, conventions=conventions)
    early, late = spread(rule, anchor, calendar, conventions=conventions)
    return Count(rule, last.on, early.on, late.on, last.to_json())


def longest_known(case: BargainingCase, key: str, anchor: date) -> date | None:
    """Where the place's period is not known: the latest day that any confirmed rule would give."""
    rule = rule_of(case, key)
    calendar, conventions = rulebook.calendar(), rulebook.conventions()
    periods = ([rule.period] if rule.period else []) + list(rule.known)
    days = [
        due(replace(rule, value=one.length, unit=one.unit.value), anchor, calendar,
            conventions=conventions).on
        for one in periods
    ]  # fmt: skip
    return max(days, default=None)
