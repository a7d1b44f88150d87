"""Putting the cards of the rooms together: what is alike becomes one table or one picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from blueprints.shared.workbench_cards import TIDE_DAYS, Card, Due, Funnel, Row, Stuck, Tide

SHOWN = 12  # rows of a table on the workbench; the list behind it has all of them
NEXT = 6  # of what comes next


@dataclass(frozen=True)
class Day:
    """One column of the tide: `parts` are (kind, count) from the ground up."""

    on: date
    parts: Sequence[tuple[str, int]]
    url: str
    rest: bool


@dataclass(frozen=True)
class Table:
    """All due or all stuck rows of the house: those shown, and how many there are."""

    rows: Sequence[Row]
    figure: int
    links: Sequence[tuple[str, str]]  # (words, url) of the lists behind it


@dataclass(frozen=True)
class Bench:
    """A workbench, laid out."""

    first: Sequence[Card]  # above everything: a day of one's own
    due: Table
    ahead: Sequence[Row]  # what comes next, by day
    stuck: Table
    tide: Sequence[Day]
    series: Sequence[tuple[str, str]]  # legend: (kind of mark, words)
    main: Sequence[Card]
    aside: Sequence[Card]
    mine: int  # how many of the due only this person can do

    @property
    def bare(self) -> bool:
        """Whether no room has anything to say."""
        lists = (self.first, self.due.rows, self.ahead, self.stuck.rows, self.main, self.aside)
        return not (self.tide or any(lists))

    @property
    def to_do(self) -> int:
        """What is due, with what stands in the day of one's own."""
        return self.due.figure + sum(card.figure or 0 for card in self.first)


def lay_out(cards: Sequence[Card], today: date, works: Callable[[date], bool]) -> Bench:
    cards = told_once(cards)
    due = [card for card in cards if isinstance(card, Due)]
    stuck = [card for card in cards if isinstance(card, Stuck)]
    tides = [card for card in cards if isinstance(card, Tide)]
    rest = [card for card in cards if not isinstance(card, Due | Stuck | Tide)]
    rows = [row for card in due for row in card.rows]
    rows.sort(key=lambda row: (row.date or today, not row.mine))
    later = [row for row in rows if row.date and row.date > today]
    rows = [row for row in rows if not (row.date and row.date > today)]
    return Bench(
        first=[card for card in rest if card.place == "first"],
        due=_table([_by_today(card, today) for card in due], rows),
        ahead=later[:NEXT],
        stuck=_table(stuck, [row for card in stuck for row in card.rows]),
        tide=_days(tides, today, works),
        series=[("f" if n == 0 else "z", card.title) for n, card in enumerate(tides)],
        main=[card for card in rest if card.place == "main"],
        aside=[card for card in rest if card.place == "aside"],
        mine=sum(row.mine for row in rows),
    )


def told_once(cards: Sequence[Card]) -> list[Card]:
    """Each thing in the first card that has it: a day of one's own, then due, stuck, the rest."""
    seen = {about for card in cards for about in card.covers}
    kept: dict[int, Card] = {}
    for card in sorted(cards, key=_standing):
        rows = [row for row in card.rows if card.covers or row.about not in seen]
        seen |= {row.about for row in rows if row.about}
        gone = len(card.rows) - len(rows)
        left = None if card.figure is None else max(card.figure - gone, 0)
        if not gone:
            kept[id(card)] = card
        elif rows or left:
            counted = left if isinstance(card, Due | Stuck) else card.figure
            kept[id(card)] = replace(card, rows=rows, figure=counted)
    return [kept[id(card)] for card in cards if id(card) in kept]


def _standing(card: Card) -> int:
    places = (bool(card.covers), isinstance(card, Due), isinstance(card, Stuck))
    return next((n for n, holds in enumerate(places) if holds), 4 if card.place == "aside" else 3)


def _by_today(card: Card, today: date) -> Card:
    """With the rows of later days taken out: they are listed elsewhere, and not counted here."""
    return replace(card, rows=[row for row in card.rows if not (row.date and row.date > today)])


def kind_of(card: Card) -> str:
    return "funnel" if isinstance(card, Funnel) else "list"


def _table(cards: Sequence[Card], rows: Sequence[Row]) -> Table:
    figure = sum(len(card.rows) if card.figure is None else card.figure for card in cards)
    links = [(card.link_words or card.title, card.link) for card in cards if card.link]
    return Table(rows[:SHOWN], figure, links)


def _days(tides: Sequence[Tide], today: date, works: Callable[[date], bool]) -> list[Day]:
    """The first series is dark; the others stand on it, pale and as one."""
    if not tides:
        return []
    first, others = tides[0], tides[1:]
    days = []
    for n in range(TIDE_DAYS):
        on = today + timedelta(days=n)
        counted = [("a", first.days.get(on, 0)), ("z", sum(t.days.get(on, 0) for t in others))]
        url = next((t.url(on) for t in tides if t.url and t.days.get(on)), "")
        days.append(Day(on, [part for part in counted if part[1]], url, not works(on)))
    return days


def legend(series: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Series drawn alike share an entry of the legend."""
    grouped = groupby(series, key=lambda entry: entry[0])
    return [(kind, " · ".join(words for _, words in entries)) for kind, entries in grouped]
