"""How long the cheapest assignment takes, against scipy on the same matrix: ratios of one run.

python -m bench.assigning [--small]

Costs: ten points a kilometre between twelve areas, 150 for a trade that is not known, 3 % of the
pairs forbidden; `slack` is how many places there are for each target, `even` what each further
case of a supervisor costs more. scipy gets a column for each place.
"""

import math
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.optimize import linear_sum_assignment

from rules.assigning.problem import Problem, Target
from rules.assigning.solving import solve

FORBIDDEN = 10**9
AREAS, TRADES = 12, 10


def instance(n: int, m: int, *, slack: float, even: int, seed: int = 20260301) -> Problem:
    """A city: the same every time."""
    dice = random.Random(seed)
    places = [(dice.random() * 60, dice.random() * 60) for _ in range(AREAS)]
    people = [(dice.randrange(AREAS), set(dice.sample(range(TRADES), 3))) for _ in range(m)]
    rows = [
        [
            round(10 * math.dist(places[area], places[home])) + 150 * (trade not in known)
            for home, known in people
        ]
        for area in range(AREAS)
        for trade in range(TRADES)
    ]
    targets = [
        Target(
            dice.randrange(len(rows)),
            100_000,
            dict.fromkeys(dice.sample(range(m), max(1, round(m * 0.03))), None),
        )
        for _ in range(n)
    ]
    count = math.ceil(n * slack / m)
    return Problem(rows, targets, [[even * k for k in range(count)]] * m)


def by_scipy(problem: Problem) -> int:
    """The cost of the optimum, as scipy finds it over the whole matrix."""
    costs = np.array(problem.rows, dtype=np.float64)[[one.row for one in problem.targets]]
    for i, target in enumerate(problem.targets):
        costs[i, list(target.own)] = FORBIDDEN
    counts = [len(one) for one in problem.places]
    matrix = np.repeat(costs, counts, axis=1) + np.concatenate(problem.places)
    rows, columns = linear_sum_assignment(matrix)
    return int(matrix[rows, columns].sum())


def seconds(work: Callable[[], int], times: int) -> tuple[float, float, int]:
    """The medians of so many runs, by the clock and of the processor; and what was found."""
    by_clock, of_processor, found = [], [], 0
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        found = work()
        by_clock.append(time.perf_counter() - start)
        of_processor.append(time.process_time() - used)
    return statistics.median(by_clock), statistics.median(of_processor), found


def total_of(problem: Problem) -> int:
    return solve(problem).total


def main() -> None:
    sizes = [(1_000, 100)] if "--small" in sys.argv else [(1_000, 100), (10_000, 500)]
    for n, m in sizes:
        for slack, even in ((1.2, 0), (1.2, 2), (1.05, 2)):
            problem = instance(n, m, slack=slack, even=even)
            ours, cpu, found = seconds(partial(total_of, problem), 5)
            theirs, their_cpu, wanted = seconds(partial(by_scipy, problem), 3 if n < 5_000 else 1)
            print(f"{n:,} x {m}, slack {slack}, even {even}, load {os.getloadavg()[0]:.1f}:")
            print(f"  ours {ours:.3f} s ({cpu:.3f} s of processor), scipy {theirs:.3f} s", end="")
            print(f", ratio of processor {cpu / their_cpu:.2f}, same cost: {found == wanted}")


if __name__ == "__main__":
    main()
