"""Finding the cheapest assignment, and knowing that it is.

First the flow over some twenty candidates of each target; then the certificate over all pairs.
Where that names somebody cheaper, the candidates are widened and the flow runs again.
"""

from dataclasses import replace
from functools import cache
from heapq import nsmallest

from rules.assigning import certificate, limits
from rules.assigning.flow import Candidates, Flow
from rules.assigning.problem import Problem, Solution, cost_of

CANDIDATES = 20
MOST_PRICED = 1_200_000  # pairs, over all rounds in which limits are priced


def solve(problem: Problem, *, candidates: int = CANDIDATES) -> Solution:
    """The cheapest assignment.

    Without limits of weight it is always optimal. A limit that presses makes the problem one
    of packing, for which no quick exact method is known: then the limits are priced (some
    times, fewer in a large problem), the best assignment within them that they and trading lead
    to is returned, and `bound` says how much cheaper any other could be at most.
    """
    free = replace(problem, limits=())
    found = _solved(free, candidates)
    if not limits.pressed(problem, found.by):
        return found
    pairs = len(problem.targets) * len(problem.places)
    rounds = max(3, min(24, MOST_PRICED // pairs))
    return limits.within(problem, found, lambda priced: _solved(priced, candidates), rounds)


def _solved(problem: Problem, candidates: int) -> Solution:
    """Without limits of weight: exact, and certified over all pairs."""
    known = _candidates(problem, candidates)
    leave_out = [target.leave_out for target in problem.targets]
    rounds = 0
    while True:
        rounds += 1
        flow = Flow(known, leave_out, problem.places)
        flow.run()
        lacking = certificate.violations(problem, flow.prices, known, candidates)
        if not lacking:
            break
        for target, more in lacking.items():
            known[target] = [*known[target], *more]
    total = cost_of(problem, flow.by)
    return Solution(flow.by, flow.prices, total, certificate.bound(problem, flow.prices), rounds)


def _candidates(problem: Problem, most: int) -> list[Candidates]:
    """For each target the cheapest of its row, and all for whom it has costs of its own."""
    rows, places = problem.rows, problem.places
    first = [costs[0] if costs else None for costs in places]

    @cache
    def cheapest(row: int) -> list[tuple[int, int]]:
        pairs = (
            (cost + start, j, cost)
            for j, (cost, start) in enumerate(zip(rows[row], first, strict=True))
            if cost is not None and start is not None
        )
        return [(j, cost) for _, j, cost in nsmallest(most, pairs)]

    found: list[Candidates] = []
    for target in problem.targets:
        if target.only is not None:
            cost = target.own.get(target.only, rows[target.row][target.only])
            found.append([] if cost is None else [(target.only, cost)])
        elif target.own:
            own = [(j, cost) for j, cost in target.own.items() if cost is not None and places[j]]
            found.append([*own, *(one for one in cheapest(target.row) if one[0] not in target.own)])
        else:
            found.append(cheapest(target.row))
    return found
