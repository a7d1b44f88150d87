"""What rooms above hand in for an enterprise: whom a scope reaches, columns, panels, events.

The register knows no room above it. A room that has something to say about an enterprise
registers a function here when its module is imported, and is called with ids, never with rows:

    @reaches(Scope.PORTFOLIO)
    def assigned_to(viewer): return Enterprise.id.in_(select(Assignment.enterprise_id)...)

    @column(20, lazy_gettext("Latest offer"))
    def latest_offer(ids): return {7: Cell("Served", "run")}
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement

from blueprints.shared.guards import Viewer
from rules.words import Text
from tenants.roles import May, Scope


@dataclass(frozen=True)
class Cell:
    """What a column says about one enterprise; `state` is a look: ok run soon late stop."""

    words: str
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    at: date | datetime
    text: Text | str
    detail: Text | str = ""
    links: Sequence[tuple[str, str]] = ()
    kind: str = ""


@dataclass(frozen=True)
class Panel:
    """A card on the enterprise's page: a template of the room above, and what it needs."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BulkAct:
    """A button for the picked enterprises: a page that is opened with ?id=1&id=2."""

    label: str
    endpoint: str
    permission: May


View = TypeVar("View", bound=Callable[..., Any])
Reach = Callable[[Viewer], ColumnElement[bool]]
ColumnOf = Callable[[Sequence[int]], dict[int, Cell]]
PanelOf = Callable[[int, Viewer], Panel | None]
EventsOf = Callable[[int], Iterable[Entry]]
Merged = Callable[[int, int], None]

_reaches: dict[Scope, Reach] = {}
_columns: dict[str, tuple[int, str, ColumnOf]] = {}
_panels: dict[str, tuple[int, PanelOf]] = {}
_events: dict[str, EventsOf] = {}
_bulk: dict[str, tuple[int, BulkAct]] = {}
_merged: dict[str, Merged] = {}


def reaches(scope: Scope) -> Callable[[Reach], Reach]:
    """Say which enterprises a viewer of this scope reaches. One nobody explains reaches none."""

    def keep(reach: Reach) -> Reach:
        _reaches[scope] = reach
        return reach

    return keep


def column(order: int, label: str) -> Callable[[ColumnOf], ColumnOf]:
    """Hand in a column of the list: one call for all ids of a page, so one query."""

    def keep(make: ColumnOf) -> ColumnOf:
        _columns[_name(make)] = (order, label, make)
        return make

    return keep


def panel(order: int) -> Callable[[PanelOf], PanelOf]:
    """Hand in a card for the enterprise's page."""

    def keep(make: PanelOf) -> PanelOf:
        _panels[_name(make)] = (order, make)
        return make

    return keep


def events(make: EventsOf) -> EventsOf:
    """Hand in lines for the enterprise's timeline."""
    _events[_name(make)] = make
    return make


def when_merged(follow: Merged) -> Merged:
    """Called with (kept id, double's id) inside the merge's transaction: move your rows over."""
    _merged[_name(follow)] = follow
    return follow


def bulk_act(order: int, label: str, endpoint: str, permission: May) -> Callable[[View], View]:
    """Hand in a button for the enterprises that were picked; stands over the view it opens."""
    _bulk[endpoint] = (order, BulkAct(label, endpoint, permission))
    return lambda view: view


def bulk_acts() -> list[BulkAct]:
    return [act for _, act in sorted(_bulk.values(), key=lambda entry: entry[0])]


def reach_of(scope: Scope) -> Reach | None:
    return _reaches.get(scope)


def columns() -> list[tuple[str, ColumnOf]]:
    return [(label, make) for _, label, make in sorted(_columns.values(), key=lambda c: c[0])]


def panels_for(enterprise_id: int, viewer: Viewer) -> list[Panel]:
    made = (make(enterprise_id, viewer) for _, make in sorted(_panels.values(), key=lambda p: p[0]))
    return [panel for panel in made if panel is not None]


def events_of(enterprise_id: int) -> list[Entry]:
    return [entry for make in _events.values() for entry in make(enterprise_id)]


def tell_merged(kept_id: int, double_id: int) -> None:
    for follow in _merged.values():
        follow(kept_id, double_id)


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
