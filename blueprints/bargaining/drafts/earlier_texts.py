"""Contracts of the rooms above that a draft is held against: those before it, and those above it.

@earlier_contracts
def on_file(case, viewer): yield EarlierText("17", Text("…", "…"), lambda: [Written(…)])

@figures_above
def of_the_industry(case): return [Quantity(…)]
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.guards import Viewer
from rules.clauses import Quantity, Written
from rules.words import Text


@dataclass(frozen=True)
class EarlierText:
    """A contract by its name in an address, what it is called, and its clauses when wanted."""

    key: str
    name: Text
    clauses: Callable[[], Sequence[Written]]


EarlierOf = Callable[[BargainingCase, Viewer], Iterable[EarlierText]]
FiguresOf = Callable[[BargainingCase], Sequence[Quantity]]
_earlier: list[EarlierOf] = []
_above: list[FiguresOf] = []


def earlier_contracts(make: EarlierOf) -> EarlierOf:
    """Hand in the contracts that came before a case, the latest first."""
    _earlier.append(make)
    return make


def figures_above(make: FiguresOf) -> FiguresOf:
    """Hand in the figures of contracts that a case of one enterprise may only improve on."""
    _above.append(make)
    return make


def earlier_texts(case: BargainingCase, viewer: Viewer) -> list[EarlierText]:
    return [one for make in _earlier for one in make(case, viewer)]


def handed_in_above(case: BargainingCase) -> list[Quantity]:
    return [one for make in _above for one in make(case)]


def as_one_text(before: Sequence[Written], after: Sequence[Written]) -> list[Written]:
    """Clauses of another contract have keys of their own: what is about the same becomes one.

    A heading makes two clauses one; failing that a kind of which each text has a single clause
    that found no partner.
    """
    keys = {clause.heading: clause.key for clause in after}
    paired = {keys[one.heading] for one in before if one.heading in keys}
    free = _single([one for one in after if one.key not in paired])
    alone = _single([one for one in before if one.heading not in keys])
    return [
        Written(_key(one, keys, alone, free), one.kind, one.heading, one.body, one.quantities)
        for one in before
    ]


def _single(clauses: Sequence[Written]) -> dict[str, str]:
    """The key of the clause of each kind that occurs once."""
    kinds = [clause.kind for clause in clauses]
    return {one.kind: one.key for one in clauses if kinds.count(one.kind) == 1}


def _key(one: Written, keys: dict[str, str], alone: dict[str, str], free: dict[str, str]) -> str:
    if one.heading in keys:
        return keys[one.heading]
    if alone.get(one.kind) == one.key and one.kind in free:
        return free[one.kind]
    return f"earlier-{one.key}"
