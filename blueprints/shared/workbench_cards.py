"""The cards of the workbench: each room hands in its own, so the workbench knows no room.

A room keeps a module `cards.py` that its views import:

    @card(20, May.OFFERS_READ)
    def due_today(viewer: Viewer) -> Card | None: ...

A card function answers for exactly this person (their scope included) and returns None when
its room has nothing to say to them. Kinds: Card (a list), Due, Stuck, Tide, Funnel. All Due
cards become one table, so do all Stuck cards, and all Tide cards one picture. Rows of a Due card
with a later day become the list of what comes next.

What several cards show is read once (`read_once`), and shown once: rows that name what they are
about (`offer:12`) stand in the first of the cards that has them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as calendar_day
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, func

from blueprints.shared.guards import Viewer
from blueprints.shared.read_once import reading
from tenants.roles import May

Place = Literal["first", "main", "aside"]
TIDE_DAYS = 12


@dataclass(frozen=True)
class Row:
    """One line. Only `text` must be there; `state` is one of ok run soon late stop."""

    text: str  # what it is about, such as the enterprise
    url: str = ""
    date: calendar_day | None = None  # due on; the look and "3 days left" come out of it
    at: datetime | None = None  # when it happened, for what is news and not due
    state: str = ""  # the look, where the date does not say it
    state_words: str = ""  # the words in it, where the date does not say them
    what: str = ""  # the matter: "Reply deadline" (Due)
    note: str = ""  # a small line: since when, under which article, what was done so far
    reason: str = ""  # why it does not move (Stuck)
    waits_for: str = ""  # who can move it (Stuck)
    act: str = ""  # the word on the button; it leads to `url`
    mine: bool = False  # nobody but this person can do it
    about: str = ""  # the thing itself, by table and id, wherever it is shown: "offer:12"


@dataclass(frozen=True)
class Card:
    """A list of rows under a title."""

    title: str
    figure: int | None = None  # how many there are in all; without it, the rows shown
    link: str = ""  # the list behind the figure
    rows: Sequence[Row] = ()
    note: str = ""
    link_words: str = ""
    place: Place = "aside"
    covers: Collection[str] = ()  # what this card answers for, shown or not; others leave it out


@dataclass(frozen=True)
class Due(Card):
    """What is due today or late already, and with a later day what comes next.

    Rows: what, text, url, note, date, act. `figure` counts only what is due by today.
    """

    place: Place = "main"


@dataclass(frozen=True)
class Stuck(Card):
    """What does not move. Rows: text, url, note, reason, waits_for, act."""

    place: Place = "main"


@dataclass(frozen=True)
class Tide(Card):
    """How much falls due on each of the next twelve days.

    `title` names the series ("Reply deadlines"). The series with the lowest order is drawn dark.
    """

    days: Mapping[calendar_day, int] = field(default_factory=dict)
    url: Callable[[calendar_day], str] | None = None  # the list of one day


@dataclass(frozen=True)
class Step:
    """One step of a funnel: how many came this far, and what keeps the others."""

    label: str
    count: int
    url: str = ""
    lost: str = ""
    lost_url: str = ""


@dataclass(frozen=True)
class Funnel(Card):
    """How far a campaign has come: `note` is its number and day, `foot` how it is counted."""

    steps: Sequence[Step] = ()
    foot: str = ""


Maker = Callable[[Viewer], Card | None]


class Board:
    """The cards handed in. The house has one (`board`); a test may have its own."""

    def __init__(self) -> None:
        self._makers: dict[str, tuple[int, May, Maker]] = {}

    def card(self, order: int, permission: May) -> Callable[[Maker], Maker]:
        """Hand a card in. Lower orders stand higher; who lacks the permission never sees it."""

        def hand_in(maker: Maker) -> Maker:
            name = f"{maker.__module__}.{maker.__qualname__}"
            self._makers[name] = (order, permission, maker)
            return maker

        return hand_in

    def cards_for(self, viewer: Viewer) -> list[Card]:
        """What the rooms have to say to this person, in order."""
        makers = sorted(self._makers.values(), key=lambda entry: (entry[0], entry[2].__module__))
        with reading():
            made = [maker(viewer) for _, permission, maker in makers if viewer.may(permission)]
        return [found for found in made if found is not None]


board = Board()
card = board.card


def due_by(day: Any, today: calendar_day) -> ColumnElement[int]:
    """How many of all rows are due by today, beside each of those read: the figure of a Due."""
    return func.count().filter(day <= today).over()
