"""Another solver, written by others, asked the same: scipy's, with every place a column."""

import random

import numpy as np
from scipy.optimize import linear_sum_assignment

from rules.assigning.problem import Problem, Target

FORBIDDEN = 10**12


def least(problem: Problem) -> int:
    """What the cheapest assignment costs, by the Hungarian method over a full matrix.

    One column for each place of each supervisor, and one for each target to be left out in.
    """
    seats = [(j, cost) for j, costs in enumerate(problem.places) for cost in costs]
    n = len(problem.targets)
    matrix = np.full((n, len(seats) + n), FORBIDDEN, dtype=np.int64)
    for i, target in enumerate(problem.targets):
        costs = dict(problem.allowed(i))
        for column, (j, place) in enumerate(seats):
            if j in costs:
                matrix[i, column] = costs[j] + place
        matrix[i, len(seats) + i] = target.leave_out
    rows, columns = linear_sum_assignment(matrix)
    return int(matrix[rows, columns].sum())


def instance(
    seed: int, n: int, m: int, *, slack: float = 1.2, even: int = 0, forbidden: float = 0.1,
    areas: int = 4, leave_out: int = 10_000,
) -> Problem:  # fmt: skip
    """A random problem: areas on a map, trades known, some pairs forbidden, some pinned."""
    dice = random.Random(seed)
    rows = [
        [None if dice.random() < forbidden / 2 else dice.randrange(0, 400, 10) for _ in range(m)]
        for _ in range(areas * 3)
    ]
    places = []
    for _ in range(m):
        count = max(0, round(dice.uniform(0.3, 1.7) * n * slack / m))
        begun = dice.randrange(5)
        places.append([even * (begun + k) for k in range(count)])
    targets = []
    for _ in range(n):
        own = {
            j: None if dice.random() < 0.7 else dice.randrange(100)
            for j in range(m)
            if dice.random() < forbidden
        }
        only = dice.randrange(m) if dice.random() < 0.05 else None
        targets.append(
            Target(dice.randrange(len(rows)), leave_out * dice.choice((1, 1, 2)), own, only)
        )
    return Problem(rows, targets, places)
