"""What rooms above hand in for the page of an offer: cards, each with its own template.

The offer knows none of them. A room registers when its module is imported:

    @part(20)
    def visits(offer, viewer): return Part("exposures/_offer_visits.html", {"lines": …})
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from blueprints.offers.ground.models import Offer
from blueprints.shared.guards import Viewer


@dataclass(frozen=True)
class Part:
    """A card on an offer's page: a template, and what it reads from `part.context`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


PartOf = Callable[[Offer, Viewer], Part | None]
_parts: dict[str, tuple[int, PartOf]] = {}


def part(order: int) -> Callable[[PartOf], PartOf]:
    """Hand in a card. None where there is nothing for this viewer."""

    def keep(make: PartOf) -> PartOf:
        _parts[f"{make.__module__}.{make.__qualname__}"] = (order, make)
        return make

    return keep


def parts_for(offer: Offer, viewer: Viewer) -> list[Part]:
    ordered = sorted(_parts.values(), key=lambda one: one[0])
    made = (make(offer, viewer) for _, make in ordered)
    return [one for one in made if one is not None]
