"""What the parts of a case hand in for its page: sections, lines of the timeline, facts, doors.

The case knows none of its parts. Each registers functions here when its module is imported:

    @section(30, _l("Teams"))
    def teams(case, viewer): return Section("bargaining/_teams.html", {"workers": …})

    @case_events
    def meetings(case): yield Entry(meeting.held_on, Text("会议", "A meeting"))

    @case_facts
    def of_the_teams(case): return {"teams_complete": not faults}

    @trace("before", 10)
    def rosters(case): yield Trace(Text("代表名册", "Roster"), present=True, documents=(7,))

    @door("meet", "cases.new_meeting", May.CASES_EDIT, Text("…", "…"))
    def new_meeting(case_id): …
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.registry.contributions import Entry
from blueprints.shared.guards import Viewer
from rules.words import Text
from tenants.roles import May

Phase = Literal["before", "during", "after"]
PHASES: tuple[Phase, ...] = ("before", "during", "after")
NOTHING = Text("", "")

__all__ = ["PHASES", "Door", "Entry", "Phase", "Section", "Trace", "case_events", "case_facts",
           "door", "doors", "events_of", "facts_of", "section", "sections_for", "trace",
           "traces_of"]  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A card on the page of a case. Its template finds `context` as `part`, and the `case`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    aside: str = ""
    title: str = ""  # written in when it is gathered
    name: str = ""  # the id of the card in the page


@dataclass(frozen=True)
class Trace:
    """A paper of the trace file (轨迹资料), there or missing. `documents` are ids of documents."""

    name: Text
    present: bool
    on: date | None = None
    required: bool = True
    documents: Sequence[int] = ()
    article: Text | None = None
    missing: Text = NOTHING  # what to do about it
    url: str = ""


@dataclass(frozen=True)
class Door:
    """Where an act of the procedure is done: the endpoint (of one `case_id`) and who may go in.

    `post` doors need no page of their own: a button sends them. `brings` names the conditions that
    the page behind the door asks for (a consent, a date, the papers): they do not close it.
    """

    event: str
    endpoint: str
    permission: May
    said: Text = NOTHING
    post: bool = False
    grave: bool = False
    brings: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


SectionOf = Callable[[BargainingCase, Viewer], Section | None]
EventsOf = Callable[[BargainingCase], Iterable[Entry]]
View = TypeVar("View", bound=Callable[..., Any])
FactsOf = Callable[[BargainingCase], dict[str, bool]]
TracesOf = Callable[[BargainingCase], Iterable[Trace]]

_sections: dict[str, tuple[int, Any, SectionOf]] = {}
_events: dict[str, EventsOf] = {}
_facts: dict[str, FactsOf] = {}
_traces: dict[str, tuple[Phase, int, TracesOf]] = {}
_doors: dict[str, Door] = {}


def section(order: int, title: Any) -> Callable[[SectionOf], SectionOf]:
    """Hand in a card for the page of a case. None where there is nothing for this viewer."""

    def keep(make: SectionOf) -> SectionOf:
        _sections[_name(make)] = (order, title, make)
        return make

    return keep


def case_events(make: EventsOf) -> EventsOf:
    """Hand in lines for the timeline, beside those of the trail."""
    _events[_name(make)] = make
    return make


def case_facts(make: FactsOf) -> FactsOf:
    """Hand in what is known, by the names of conditions in rules/machines/case.toml."""
    _facts[_name(make)] = make
    return make


def trace(phase: Phase, order: int) -> Callable[[TracesOf], TracesOf]:
    """Hand in papers of the trace file, for a phase and in an order within it."""

    def keep(make: TracesOf) -> TracesOf:
        _traces[_name(make)] = (phase, order, make)
        return make

    return keep


def door(
    act: str,
    endpoint: str,
    permission: May,
    said: Text = NOTHING,
    *,
    post: bool = False,
    grave: bool = False,
    brings: tuple[str, ...] = (),
    **values: Any,
) -> Callable[[View], View]:
    """Say where an act is done; stands over the view it opens.

    An act without a door is shown, and never as a button.
    """
    _doors[act] = Door(act, endpoint, permission, said, post, grave, brings, values)
    return lambda view: view


def doors() -> dict[str, Door]:
    return _doors


def sections_for(case: BargainingCase, viewer: Viewer) -> list[Section]:
    found = []
    for name, (_, title, make) in sorted(_sections.items(), key=lambda entry: entry[1][0]):
        made = make(case, viewer)
        if made is not None:
            ident = name.rpartition(".")[2].replace("_", "-")
            found.append(Section(made.template, made.context, made.aside, str(title), ident))
    return found


def events_of(case: BargainingCase) -> list[Entry]:
    return [entry for make in _events.values() for entry in make(case)]


def facts_of(case: BargainingCase) -> dict[str, bool]:
    """Everything the parts know of a case; what none of them knows does not hold."""
    known: dict[str, bool] = {}
    for make in _facts.values():
        known |= make(case)
    return known


def traces_of(case: BargainingCase) -> list[tuple[Phase, Trace]]:
    """The papers of the trace file, before, during and after, each in its order."""
    ordered = sorted(_traces.values(), key=lambda one: (PHASES.index(one[0]), one[1]))
    return [(phase, paper) for phase, _, make in ordered for paper in make(case)]


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
