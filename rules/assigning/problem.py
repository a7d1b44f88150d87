"""An assignment as numbers: who may serve whom at what cost, and what each further place costs.

All costs are whole numbers, so that sums are exact and two solvers can be compared to the unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Row = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Target:
    """One enterprise, offer or case to be served.

    row: which row of costs it goes by; enterprises of one area and industry share a row.
    own: where its own costs differ from the row, by supervisor; None means may not.
    only: the one supervisor it may go to (a pin); None means any.
    leave_out: what it costs to serve it with nobody.
    weight: the work in it, in tenths of an ordinary case.
    """

    row: int
    leave_out: int
    own: Mapping[int, int | None] = field(default_factory=dict)
    only: int | None = None
    weight: int = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows of costs, targets that go by them, and the places of each supervisor.

    places[j][n] is what the n-th further target costs beyond its own cost: a convex (never
    falling) list, as long as supervisor j has places. A list that rises evens out the load;
    because it never falls, cheaper places are taken first and the optimum stays a flow.
    limits[j] is how much weight supervisor j can take, in tenths; None means no limit.
    """

    rows: Sequence[Row]
    targets: Sequence[Target]
    places: Sequence[Sequence[int]]
    limits: Sequence[int | None] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.places):
                raise ValueError("a row of costs names every supervisor")
        for costs in self.places:
            if any(later < sooner for sooner, later in pairwise(costs)):
                raise ValueError("a further place never costs less than the one before")

    def cost(self, target: int, supervisor: int) -> int | None:
        """What it costs that this supervisor serves this target; None: may not."""
        one = self.targets[target]
        if one.only is not None and one.only != supervisor:
            return None
        if supervisor in one.own:
            return one.own[supervisor]
        return self.rows[one.row][supervisor]

    def allowed(self, target: int) -> Iterator[tuple[int, int]]:
        """Everybody who may serve a target, with the cost."""
        for supervisor in range(len(self.places)):
            cost = self.cost(target, supervisor)
            if cost is not None:
                yield supervisor, cost


@dataclass(frozen=True, slots=True)
class Solution:
    """Who serves whom, and the proof that nothing cheaper exists.

    by[i]: the supervisor of target i, None where it is left out.
    prices[j]: what one more place with supervisor j would be worth, the dual of their places.
    total: what it costs, places and those left out included.
    bound: no assignment can cost less than this; equal to `total` when it is optimal.
    """

    by: Sequence[int | None]
    prices: Sequence[int]
    total: int
    bound: int
    rounds: int = 1

    @property
    def optimal(self) -> bool:
        return self.total == self.bound

    @property
    def gap(self) -> float:
        """By how much it is dearer than the bound at most, as a share."""
        return (self.total - self.bound) / self.total if self.total else 0.0


def cost_of(problem: Problem, by: Sequence[int | None]) -> int:
    """What an assignment costs: pairs, places, and those left out. ValueError if it may not be."""
    total, load = 0, [0] * len(problem.places)
    for i, j in enumerate(by):
        if j is None:
            total += problem.targets[i].leave_out
            continue
        cost = problem.cost(i, j)
        if cost is None or load[j] >= len(problem.places[j]):
            raise ValueError(f"supervisor {j} may not serve target {i}")
        total += cost + problem.places[j][load[j]]
        load[j] += 1
    return total
