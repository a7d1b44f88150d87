"""How a case weighs and what a pair costs: the wishes of a federation, as points.

Nothing here is law. The shipped values are a place to begin; every federation sets its own.
Weights are tenths of an ordinary case, so that 15 is a case and a half.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

MOST = 100_000  # points no wish, nor any sum of them for one enterprise, comes near


@dataclass(frozen=True, slots=True)
class Case:
    """An enterprise to be served, as far as an assignment asks. `before`: who serves it now."""

    id: int
    area: str | None = None
    industry: str | None = None
    headcount: int | None = None
    dispute: bool = False
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A supervisor, as far as an assignment asks.

    capacity: weighted cases. load, count: what they keep beside this plan, in tenths and in
    cases. barred: why they may be given nobody; empty when they may.
    """

    id: int
    area: str | None = None
    industries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset({"zh"})
    capacity: int = 100
    load: int = 0
    count: int = 0
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a federation wishes, in points, and how it weighs a case."""

    weight_small: int = 8  # fewer workers than `large`
    weight_large: int = 10
    weight_very_large: int = 16
    large: int = 50  # workers
    very_large: int = 300
    weight_difficult: int = 4  # more, in a difficult industry
    weight_dispute: int = 10  # more, where a dispute is under way
    near: int = 20  # points: in the same circuit, or by somebody of the whole city
    far: int = 60
    unknown_industry: int = 30
    other_supervisor: int = 40  # than the one who served it last
    no_language: int = 50
    even: int = 4  # each further case, for somebody of average capacity
    needs_certificate: bool = True
    difficult: tuple[str, ...] = ()  # industries
    circuits: Mapping[str, str] = field(default_factory=dict)  # area → circuit of near areas
    languages: Mapping[str, str] = field(default_factory=dict)  # area → language spoken beside 汉语

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Of what was stored; what is not there has the shipped value."""
        known = {one.name for one in fields(cls)}
        found = {name: value for name, value in values.items() if name in known}
        if "difficult" in found:
            found["difficult"] = tuple(found["difficult"])
        return cls(**found)

    def to_json(self) -> dict[str, Any]:
        kept = asdict(self)
        return {**kept, "difficult": list(self.difficult)}

    def weight(self, case: Case) -> int:
        """How much work it is, in tenths of an ordinary case; never less than one."""
        return max(1, sum(self.weight_parts(case).values()))

    def weight_parts(self, case: Case) -> dict[str, int]:
        """What the weight is made of: size, difficult, dispute."""
        heads = case.headcount or 0
        size = self.weight_small
        if heads >= self.very_large:
            size = self.weight_very_large
        elif heads >= self.large:
            size = self.weight_large
        parts = {"size": size}
        if case.industry and case.industry in self.difficult:
            parts["difficult"] = self.weight_difficult
        if case.dispute:
            parts["dispute"] = self.weight_dispute
        return parts

    def unmet(self, area: str | None, industry: str | None, person: Person) -> dict[str, int]:
        """Which wishes a pair leaves unmet, and the points of each; by area and industry alone."""
        found = {}
        distance = self.distance(area, person.area)
        if distance:
            found[distance] = self.near if distance == "near" else self.far
        if industry and industry not in person.industries:
            found["industry"] = self.unknown_industry
        spoken = self.languages.get(area or "")
        if spoken and spoken not in person.languages:
            found["language"] = self.no_language
        return {name: points for name, points in found.items() if points}

    def distance(self, area: str | None, home: str | None) -> str:
        """Nothing in the same area; `near` in its circuit or from the whole city; else `far`."""
        if area is None or area == home:
            return ""
        if home is None:
            return "near"
        circuit = self.circuits.get(area)
        return "near" if circuit and circuit == self.circuits.get(home) else "far"
