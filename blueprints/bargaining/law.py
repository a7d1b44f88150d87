"""The rules a case runs under: those of its place on the day it was opened, and clocks by them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import g, has_request_context

from blueprints.bargaining.models import BargainingCase, CaseLevel
from blueprints.rulebook import queries as rulebook
from rules.books import Book
from rules.deadlines import due, spread
from rules.law import Rule
from rules.rosters import selection
from rules.words import Text


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
    """The rules that held at the federation's place when the case was opened.

    Read once a request: the page of a case asks for them at every turn.
    """
    if not has_request_context():
        return rulebook.book(case.opened_on)
    kept: dict[date, Book] = g.setdefault("case_books", {})
    if case.opened_on not in kept:
        kept[case.opened_on] = rulebook.book(case.opened_on)
    return kept[case.opened_on]


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
