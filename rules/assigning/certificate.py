"""The proof of an optimum: prices, asked about every pair of target and supervisor.

For any prices p of the supervisors no assignment costs less than

    sum over targets of  min(leave_out, cheapest of cost + p)
  - sum over places of   max(0, p - cost of the place)

(linear-programming duality). An assignment that costs just this much is therefore optimal, no
matter how it was found. Rows of costs are searched once each, not once for every target.
"""

from collections.abc import Sequence
from functools import cache

from rules.assigning.problem import Problem, Row


def bound(problem: Problem, prices: Sequence[int]) -> int:
    """The least that any assignment costs, as these prices prove; over all pairs."""
    return sum(shadows(problem, prices)) - rents(problem, prices)


def rents(problem: Problem, prices: Sequence[int]) -> int:
    """What the places are worth beyond what they cost, at these prices."""
    total = 0
    for price, costs in zip(prices, problem.places, strict=True):
        for cost in costs:
            if cost >= price:
                break  # costs never fall: no later place is worth more
            total += price - cost
    return total


def shadows(problem: Problem, prices: Sequence[int]) -> list[int]:
    """For each target the cheapest that anybody could serve it for at these prices."""
    rows = problem.rows

    @cache
    def ordered(row: int) -> list[tuple[int, int]]:
        return _priced(rows[row], prices)

    found = []
    for target in problem.targets:
        least = target.leave_out
        if target.only is not None:
            pairs = [(target.own.get(target.only, rows[target.row][target.only]), target.only)]
        else:
            pairs = [(cost, j) for j, cost in target.own.items()]
            for price, j in ordered(target.row):
                if j not in target.own:
                    least = min(least, price)
                    break
        for cost, j in pairs:
            if cost is not None:
                least = min(least, cost + prices[j])
        found.append(least)
    return found


def violations(
    problem: Problem, prices: Sequence[int], known: Sequence[Sequence[tuple[int, int]]], most: int
) -> dict[int, list[tuple[int, int]]]:
    """Supervisors that a target's candidates lack and that these prices say are cheaper.

    Up to `most` for each target, the cheapest first; nothing means the candidates were enough.
    """
    found = {}
    for i, shadow in enumerate(shadows(problem, prices)):
        target = problem.targets[i]
        within = min((cost + prices[j] for j, cost in known[i]), default=target.leave_out)
        if shadow < min(target.leave_out, within):
            have = {j for j, _ in known[i]}
            bar = min(target.leave_out, within)
            better = sorted(
                (cost + prices[j], j, cost)
                for j, cost in problem.allowed(i)
                if j not in have and cost + prices[j] < bar
            )
            found[i] = [(j, cost) for _, j, cost in better[:most]]
    return found


def _priced(row: Row, prices: Sequence[int]) -> list[tuple[int, int]]:
    return sorted((cost + prices[j], j) for j, cost in enumerate(row) if cost is not None)
