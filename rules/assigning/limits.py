"""Limits of weight: a supervisor's capacity in weighted cases, where counting cases is not enough.

A limit that presses is given a price for each tenth of a case (Lagrange). Each price yields an
exact assignment and a proven lower bound; from each, an assignment within the limits is made.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from rules.assigning.problem import Problem, Solution, Target, cost_of


def loads(problem: Problem, by: Sequence[int | None]) -> list[int]:
    """The weight each supervisor has, in tenths of an ordinary case."""
    found = [0] * len(problem.places)
    for target, j in zip(problem.targets, by, strict=True):
        if j is not None:
            found[j] += target.weight
    return found


def pressed(problem: Problem, by: Sequence[int | None]) -> bool:
    """Whether somebody has more than their limit."""
    return any(
        limit is not None and load > limit
        for load, limit in zip(loads(problem, by), problem.limits, strict=False)
    )


def within(
    problem: Problem, start: Solution, solved: Callable[[Problem], Solution], rounds: int
) -> Solution:
    """The best assignment within the limits that `rounds` prices lead to, with its bound."""
    prices = [0] * len(problem.places)
    found, below = start, start.bound
    best_by = fitted(problem, start.by)
    best, pace = cost_of(problem, best_by), 1.0
    for _ in range(rounds):
        excess = [
            0 if limit is None else load - limit
            for load, limit in zip(loads(problem, found.by), problem.limits, strict=True)
        ]
        pull = [g if g > 0 or p else 0 for g, p in zip(excess, prices, strict=True)]
        length = sum(g * g for g in pull)
        if best == below or not length:
            break
        step = pace * max(best - below, 1) / length
        prices = [max(0, p + round(step * g)) for p, g in zip(prices, pull, strict=True)]
        found = solved(priced(problem, prices))
        value = found.bound - sum(
            p * limit for p, limit in zip(prices, problem.limits, strict=True) if limit and p
        )
        pace = pace if value > below else pace * 0.7
        below = max(below, value)
        by = fitted(problem, found.by)
        cost = cost_of(problem, by)
        if cost < best:
            best, best_by = cost, by
    return Solution(best_by, found.prices, best, below, start.rounds)


def priced(problem: Problem, prices: Sequence[int]) -> Problem:
    """The same problem, in which each tenth of weight costs its price."""
    rows: list[list[int | None]] = []
    known: dict[tuple[int, int], int] = {}
    targets: list[Target] = []
    for target in problem.targets:
        key = (target.row, target.weight)
        if key not in known:
            known[key] = len(rows)
            rows.append(
                [
                    None if cost is None else cost + price * target.weight
                    for cost, price in zip(problem.rows[target.row], prices, strict=True)
                ]
            )
        own = {
            j: None if cost is None else cost + prices[j] * target.weight
            for j, cost in target.own.items()
        }
        targets.append(replace(target, row=known[key], own=own))
    return replace(problem, rows=rows, targets=targets, limits=())


def fitted(problem: Problem, by: Sequence[int | None]) -> list[int | None]:
    """The assignment with as little moved as needed for everybody to be within their limit."""
    seats = _Seats(problem, by)
    for j, room in enumerate(seats.room):
        while seats.load[j] > room:
            _, i, k = min(seats.moves_of(i) for i, seat in enumerate(seats.by) if seat == j)
            seats.move(i, k)
    outside = [i for i, seat in enumerate(seats.by) if seat is None]
    for i in sorted(outside, key=lambda i: -problem.targets[i].leave_out):
        seats.move(i, seats.moves_of(i)[2])
    return seats.by


class _Seats:
    """Who sits where, with what each supervisor has and may have."""

    def __init__(self, problem: Problem, by: Sequence[int | None]) -> None:
        self.problem = problem
        self.by = list(by)
        self.load = loads(problem, by)
        counted = Counter(by)
        self.count = [counted[j] for j in range(len(self.load))]
        known = problem.limits or [None] * len(self.load)
        self.room = [1 << 60 if limit is None else limit for limit in known]

    def moves_of(self, i: int) -> tuple[float, int, int | None]:
        """The cheapest other seat of a target: what it costs per tenth of weight freed, i, seat."""
        problem, target, here = self.problem, self.problem.targets[i], self.by[i]
        now = 0
        if here is not None:
            now = (problem.cost(i, here) or 0) + problem.places[here][self.count[here] - 1]
        best: int = target.leave_out
        to: int | None = None
        for k, cost in problem.allowed(i):
            fits = self.load[k] + target.weight <= self.room[k]
            if k != here and fits and self.count[k] < len(problem.places[k]):
                there = cost + problem.places[k][self.count[k]]
                if there < best:
                    best, to = there, k
        return (best - now) / max(target.weight, 1), i, to

    def move(self, i: int, to: int | None) -> None:
        for seat, by in ((self.by[i], -1), (to, 1)):
            if seat is not None:
                self.load[seat] += by * self.problem.targets[i].weight
                self.count[seat] += by
        self.by[i] = to
