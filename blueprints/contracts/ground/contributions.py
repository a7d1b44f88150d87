"""What the parts of a contract hand in for its page: cards, lines of the timeline, acts.

The contract knows none of its parts. Each registers functions here when its module is imported:

    @section(30, _l("Filing and review"))
    def filing(contract, viewer): return Section("contracts/_filing.html", {"filings": …})

    @contract_events
    def checks(contract): yield Entry(check.held_on, Text("履约检查", "A check"))

    @contract_acts(20)
    def of_the_filing(contract, viewer): yield Act(Text("报送", "File"), url_for(…))

    @when_effective
    def plan_checks(contract): …
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from blueprints.contracts.ground.models import Contract
from blueprints.registry.contributions import Entry
from blueprints.shared.guards import Viewer
from rules.words import Text

NOTHING = Text("", "")

__all__ = ["Act", "Entry", "Section", "acts_for", "contract_acts", "contract_events", "events_of",
           "section", "sections_for", "tell_effective", "when_effective"]  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A card on a contract's page: a template and what it needs. `aside` stands in its head."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    aside: str = ""
    title: str = ""  # written in when it is gathered
    name: str = ""  # the id of the card in the page


@dataclass(frozen=True)
class Act:
    """Something that can be done on the page now; with `why_not`, something that cannot yet."""

    label: Text
    url: str = ""
    says: Text = NOTHING
    post: bool = False
    grave: bool = False
    main: bool = False
    why_not: Text | None = None
    article: Text | None = None


SectionOf = Callable[[Contract, Viewer], Section | None]
EventsOf = Callable[[Contract], Iterable[Entry]]
ActsOf = Callable[[Contract, Viewer], Iterable[Act]]
Effect = Callable[[Contract], None]

_sections: dict[str, tuple[int, Any, SectionOf]] = {}
_events: dict[str, EventsOf] = {}
_acts: dict[str, tuple[int, ActsOf]] = {}
_effects: dict[str, Effect] = {}


def section(order: int, title: Any) -> Callable[[SectionOf], SectionOf]:
    """Hand in a card for the page of a contract. None where there is nothing for this viewer."""

    def keep(make: SectionOf) -> SectionOf:
        _sections[_name(make)] = (order, title, make)
        return make

    return keep


def contract_events(make: EventsOf) -> EventsOf:
    """Hand in lines for the timeline, beside those of the trail."""
    _events[_name(make)] = make
    return make


def contract_acts(order: int) -> Callable[[ActsOf], ActsOf]:
    """Hand in what can be done on the page, and what cannot and why."""

    def keep(make: ActsOf) -> ActsOf:
        _acts[_name(make)] = (order, make)
        return make

    return keep


def when_effective(follow: Effect) -> Effect:
    """Called once, in the transaction in which a contract takes effect."""
    _effects[_name(follow)] = follow
    return follow


def sections_for(contract: Contract, viewer: Viewer) -> list[Section]:
    found = []
    for name, (_, title, make) in sorted(_sections.items(), key=lambda entry: entry[1][0]):
        made = make(contract, viewer)
        if made is not None:
            ident = name.rpartition(".")[2].replace("_", "-")
            found.append(Section(made.template, made.context, made.aside, str(title), ident))
    return found


def events_of(contract: Contract) -> list[Entry]:
    return [entry for make in _events.values() for entry in make(contract)]


def acts_for(contract: Contract, viewer: Viewer) -> list[Act]:
    ordered = sorted(_acts.values(), key=lambda one: one[0])
    return [act for _, make in ordered for act in make(contract, viewer)]


def tell_effective(contract: Contract) -> None:
    for follow in _effects.values():
        follow(contract)


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
