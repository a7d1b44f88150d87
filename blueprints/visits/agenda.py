"""A supervisor's day: what is to be done, by urgency and by place; rooms above hand in theirs.

A room above that has something for a supervisor's day (a meeting to attend, a finding to follow)
registers a function when its `contributions` are read:

    @on_the_agenda(30)
    def meetings(supervisor: Supervisor, on: date) -> Iterable[Item]: ...

It answers for one supervisor and one day with at most SHOWN items, in one or two statements, and
with items of enterprises that the supervisor serves or of matters in their charge, and no others.
What has a day of its own is handed in to the calendar too (`ahead.in_the_calendar`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from blueprints.supervisors.models import Supervisor

SHOWN = 30
NEAR = 5  # of what comes after the next stop, shown unfolded


@dataclass(frozen=True)
class Where:
    """An enterprise as somebody on the road needs it; without an id, a matter of many."""

    enterprise_id: int | None
    name: str
    area: str | None = None
    locality: str | None = None
    address: str | None = None
    phone: str | None = None
    contact: str = ""

    @classmethod
    def of(cls, row: Any) -> "Where":
        """Out of a row with the columns of WHERE."""
        contact = " ".join(filter(None, (row.contact_title, row.contact_name)))
        return cls(
            row.enterprise_id, row.name, row.area, row.locality, row.address, row.phone, contact
        )


@dataclass(frozen=True)
class Item:
    """One thing to do. `url` opens what is needed for it; `act` is the word for it."""

    kind: str  # visit · serve · clock · meeting · finding · …
    where: Where
    what: Any
    url: str
    act: Any
    note: str = ""
    at: time | None = None  # a time agreed for today
    due: date | None = None  # the last day for it
    state: str = ""  # a look, where the date does not give one
    state_words: str = ""
    times: int = 0  # how often somebody has been there
    visit_id: int | None = None
    about: str = ""  # the thing itself, by table and id, as other cards name it: "offer:12"


AgendaOf = Callable[[Supervisor, date], Iterable[Item]]
_agendas: dict[str, tuple[int, AgendaOf]] = {}


def on_the_agenda(order: int) -> Callable[[AgendaOf], AgendaOf]:
    """Hand in a part of the day."""

    def keep(make: AgendaOf) -> AgendaOf:
        _agendas[f"{make.__module__}.{make.__qualname__}"] = (order, make)
        return make

    return keep


@dataclass(frozen=True)
class Day:
    """A day laid out: the fixed times first, then what is most urgent, or what is nearest."""

    on: date
    items: Sequence[Item]
    left_over: Sequence[Item]  # planned for an earlier day and not recorded
    by_place: bool = False
    covers: frozenset[str] = frozenset()  # what the day answers for, with what a visit will do

    @property
    def first(self) -> Item | None:
        return self.items[0] if self.items else None

    @property
    def rest(self) -> Sequence[Item]:
        return self.items[1:]

    @property
    def near(self) -> Sequence[Item]:
        """What comes right after the next stop."""
        return self.rest[:NEAR]

    @property
    def later(self) -> Sequence[tuple[str, Sequence[Item]]]:
        """What comes after that by what is to be done, for a page that folds it up."""
        found: dict[str, list[Item]] = {}
        for item in self.rest[NEAR:]:
            found.setdefault(str(item.what), []).append(item)
        return list(found.items())

    @property
    def pressing(self) -> int:
        """How many have a last day within three days."""
        return sum(1 for item in self.items if item.due and (item.due - self.on).days <= 3)

    @property
    def places(self) -> Sequence[tuple[tuple[str, str], Sequence[Item]]]:
        """The items by area and street, in the order of the list."""
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self.items:
            found.setdefault(place_of(item), []).append(item)
        return list(found.items())


def place_of(item: Item) -> tuple[str, str]:
    return item.where.area or "", item.where.locality or ""


def day_of(supervisor: Supervisor, on: date, *, by_place: bool = False) -> Day:
    """Everything of the day. What a planned visit will do anyway is not listed twice."""
    made: list[Item] = []
    for _order, make in sorted(_agendas.values(), key=lambda entry: entry[0]):
        made.extend(make(supervisor, on))
    planned = {item.where.enterprise_id for item in made if item.kind == "visit"}
    urgent = {  # a visit shows the last day of what it is for
        item.where.enterprise_id: item.due for item in made if item.kind == "clock" and item.due
    }
    items = [
        replace(item, due=urgent.get(item.where.enterprise_id)) if item.kind == "visit" else item
        for item in made
        if item.kind != "left_over"
        and not (item.kind in {"serve", "clock"} and item.where.enterprise_id in planned)
    ]
    home = supervisor.area_code or ""
    items.sort(key=lambda item: _by_place(item, home) if by_place else _by_urgency(item))
    left_over = [item for item in made if item.kind == "left_over"]
    covers = frozenset(item.about for item in made if item.about)
    return Day(on, items, left_over, by_place, covers)


def _by_urgency(item: Item) -> tuple[Any, ...]:
    return (
        item.kind not in {"visit", "meeting"},
        item.at or time.max,
        item.due or date.max,
        place_of(item),
        item.where.name,
    )


def _by_place(item: Item, home: str) -> tuple[Any, ...]:
    area, locality = place_of(item)
    return (area != home, area, locality, item.at or time.max, item.due or date.max)
