"""Limits of weight: a supervisor's capacity in weighted cases, where counting cases is not enough.

A limit that presses is given a price for each tenth of a case (Lagrange). Each price yields an
exact assignment and a proven lower bound; from each, an assignment within the limits is made, and
the best of these is made cheaper still by trades.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rules.assigning.problem import Problem, Solution, Target, cost_of
from rules.assigning.seats import Seats, loads
from rules.assigning.trading import traded


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
    if best > below:
        best_by = traded(problem, best_by)
        best = cost_of(problem, best_by)
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
    seats = Seats(problem, by)
    for j, room in enumerate(seats.room):
        while seats.load[j] > room:
            _, i, k = min(seats.moves_of(i) for i, seat in enumerate(seats.by) if seat == j)
            seats.move(i, k)
    outside = [i for i, seat in enumerate(seats.by) if seat is None]
    for i in sorted(outside, key=lambda i: -problem.targets[i].leave_out):
        seats.move(i, seats.moves_of(i)[2])
    return seats.by
