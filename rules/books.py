"""The rulebooks: which rule applies at a place, for a kind of contract, on a day.

A place is a six-digit GB/T 2260 code; the city's book is asked first, then the province's, then
the nation's. A federation's own confirmed rules can be laid over all three.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rules.broken import NoLaw, RuleBroken
from rules.law import Direction, Kind, Level, Period, Rule, Source, Value
from rules.shelf import NATION, catalogue, rules_of, shelf
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A rule that a federation has confirmed or corrected for itself, with who verified it."""

    key: str
    value: Value
    unit: str
    operator: str
    article: str
    text: Text
    verified_by: str
    valid_from: date
    valid_to: date | None = None
    kind: str = "any"
    anchor: str | None = None
    direction: str | None = None
    title: Text | None = None


def chain(division: str) -> tuple[str, ...]:
    """The books to ask, nearest first: city, province, nation."""
    if len(division) != 6 or not (division.isascii() and division.isdigit()):
        raise RuleBroken(
            Text(
                zh=f"行政区划代码“{division}”应为6位数字（GB/T 2260）。",
                en=f"The division code '{division}' must have six digits (GB/T 2260).",
            )
        )
    codes = (division[:4] + "00", division[:2] + "0000", NATION)
    return tuple(dict.fromkeys(codes))


def kind_of(kind: str) -> Kind:
    """`wage` or `general`; anything else is refused in words."""
    try:
        return Kind(kind)
    except ValueError:
        raise RuleBroken(
            Text(
                zh=f"合同类别“{kind}”应为 wage（工资）或者 general（综合）。",
                en=f"The kind of contract '{kind}' must be wage or general.",
            )
        ) from None


class Book:
    """The law of one place on one day. A copy of its `version` belongs with every case."""

    def __init__(self, division: str, on: date, overlay: tuple[Confirmed, ...] = ()) -> None:
        self.division = division
        self.on = on
        self.overlay = overlay
        self.chain = chain(division)
        self._rules: dict[tuple[str, str], Rule] = {}

    @cached_property
    def version(self) -> str:
        """The editions of every book asked, nearest first, and the federation's own records."""
        books = [f"{code}@{shelf()[code].version}" for code in self.chain if code in shelf()]
        own = [f"own:{c.key}/{c.kind}@{c.valid_from}" for c in self.overlay if self._in_force(c)]
        return " ".join([*own, *books])

    @property
    def keys(self) -> tuple[str, ...]:
        """Every question the books can be asked."""
        return tuple(catalogue())

    def rule(self, key: str, kind: str = "wage") -> Rule:
        """The rule that applies; it may be unconfirmed, and then may have no value."""
        if (key, kind) not in self._rules:
            self._rules[key, kind] = self._resolve(key, kind_of(kind))
        return self._rules[key, kind]

    def known(self, key: str, kind: str = "wage") -> Rule:
        """The rule, refused when nobody knows its value."""
        rule = self.rule(key, kind)
        if rule.value is None:
            raise NoLaw(
                Text(
                    zh=f"“{catalogue()[key].title.zh}”没有全国规定，本地规则尚未确认。",
                    en=f"'{catalogue()[key].title.en}': no national rule is known and the local "
                    "rule is not confirmed.",
                ),
                rule.citation,
            )
        return rule

    def rows(self, kind: str = "wage") -> list[Rule]:
        """The effective book: one rule for every key."""
        return [self.rule(key, kind) for key in self.keys]

    def _resolve(self, key: str, kind: Kind) -> Rule:
        if key not in catalogue():
            raise RuleBroken(
                Text(zh=f"没有名为“{key}”的规则。", en=f"There is no rule called '{key}'.")
            )
        rule = self._in_books(key, kind)
        own = next((c for c in reversed(self.overlay) if self._speaks(c, key, kind)), None)
        return rule if own is None else _laid_over(rule, own)

    def _in_books(self, key: str, kind: Kind) -> Rule:
        """The nearest confirmed rule, or the national one as a default."""
        for code in self.chain[:-1]:
            if local := self._find(code, key, kind):
                return local
        national = self._find(NATION, key, kind, any_status=True) or _unknown(key, kind)
        if national.confirmed and (self.chain == (NATION,) or national.everywhere):
            return national
        periods = _known_periods(key, kind, self.on, national.anchor)
        return replace(national, status="unconfirmed", known=periods, default=national.confirmed)

    def _find(self, code: str, key: str, kind: Kind, *, any_status: bool = False) -> Rule | None:
        """The rule of one book, the exact kind before `any`."""
        hits = [
            rule
            for rule in rules_of(code, key)
            if rule.kind in (kind, "any")
            and self._in_force(rule)
            and (any_status or (rule.confirmed and rule.value is not None))
        ]
        return min(hits, key=lambda rule: rule.kind == "any", default=None)

    def _in_force(self, rule: Rule | Confirmed) -> bool:
        return rule.valid_from <= self.on and (rule.valid_to is None or self.on <= rule.valid_to)

    def _speaks(self, own: Confirmed, key: str, kind: Kind) -> bool:
        return own.key == key and own.kind in (kind, "any") and self._in_force(own)


def _laid_over(rule: Rule, own: Confirmed) -> Rule:
    """A federation's confirmed rule in the place of the book's."""
    return replace(
        rule,
        level=Level.FEDERATION,
        status="confirmed",
        value=own.value,
        unit=own.unit,
        operator=own.operator,
        article=own.article,
        text=own.text,
        source=rule.source if own.title is None else Source(own.title, own.valid_from.year),
        verified_by=own.verified_by,
        valid_from=own.valid_from,
        valid_to=own.valid_to,
        anchor=own.anchor or rule.anchor,
        direction=Direction(own.direction) if own.direction else rule.direction,
        version=f"own@{own.valid_from}",
        lower=None,
        extension=None,
        when={},
        checks=(),
        known=(),
        default=False,
    )


def _unknown(key: str, kind: Kind) -> Rule:
    """What stands for a question on which no book says anything on that day."""
    entry = catalogue()[key]
    return Rule(
        key=key,
        kind=kind,
        division=NATION,
        level=Level.NATION,
        value=None,
        unit=entry.unit,
        operator="=",
        article="—",
        source=Source(Text(zh="尚无已核实的条文", en="No verified text"), EVER.year),
        valid_from=EVER,
        valid_to=None,
        status="unconfirmed",
        text=entry.means,
        version="—",
        anchor=entry.anchor,
    )


@lru_cache(maxsize=4096)
def _known_periods(key: str, kind: Kind, on: date, anchor: str | None) -> tuple[Period, ...]:
    """Every confirmed length of time in force that day, counted from the same event anywhere."""
    found = {
        rule.period: None
        for code in shelf()
        for rule in rules_of(code, key)
        if rule.confirmed
        and rule.kind in (kind, "any")
        and rule.valid_from <= on
        and (rule.valid_to is None or on <= rule.valid_to)
        and rule.anchor == anchor
        and rule.period is not None
    }
    return tuple(found)


@lru_cache(maxsize=1)
def _turning_days() -> list[date]:
    """The days on which any rule of any book begins or has just ended."""
    rules = [rule for code in shelf() for rule in rules_of(code)]
    ends = {rule.valid_to + timedelta(days=1) for rule in rules if rule.valid_to}
    return sorted({EVER} | {rule.valid_from for rule in rules} | ends)


@lru_cache(maxsize=8192)
def _book(division: str, era: date) -> Book:
    return Book(division, era)


def book_for(division: str, on: date, overlay: Iterable[Confirmed] = ()) -> Book:
    """The law of a place on a day, with a federation's own confirmed rules laid over it."""
    if own := tuple(overlay):
        return Book(division, on, own)
    days = _turning_days()
    return _book(division, days[max(0, bisect_right(days, on) - 1)])


def titles() -> Mapping[str, Text]:
    """The plain name of every question."""
    return {key: entry.title for key, entry in catalogue().items()}
