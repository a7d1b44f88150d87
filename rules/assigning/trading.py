"""Making an assignment within the limits cheaper: targets move, or trade their seats.

No proof comes out of it: the bound of the prices stands, and the assignment comes nearer to it.
"""

from collections.abc import Iterator, Sequence

from rules.assigning.problem import Problem
from rules.assigning.seats import Seats

PASSES = 3


def traded(problem: Problem, by: Sequence[int | None]) -> list[int | None]:
    """The assignment after every move and trade that makes it cheaper, the limits kept."""
    seats = Seats(problem, by)
    for _ in range(PASSES):
        better = [_move(seats, i) or _trade(seats, i) for i in range(len(seats.by))]
        if not any(better):
            break
    return seats.by


def _move(seats: Seats, i: int) -> bool:
    """Give a target a cheaper seat that is free."""
    gain, _, to = seats.moves_of(i)
    if gain >= 0:
        return False
    seats.move(i, to)
    return True


def _trade(seats: Seats, i: int) -> bool:
    """Give a target somebody else's seat, who takes the best seat that is left."""
    best, found = 0, None
    for k, saved in _wanted(seats, i):
        for other in seats.at[k]:
            if not seats.fits(i, k, instead_of=other):
                continue
            dearer, to = seats.after_leaving(other, i)
            if saved - dearer > best:
                best, found = saved - dearer, (other, k, to)
    if found is None:
        return False
    other, k, to = found
    seats.move(other, None)
    seats.move(i, k)
    seats.move(other, to)
    return True


def _wanted(seats: Seats, i: int) -> Iterator[tuple[int, int]]:
    """Seats that would be cheaper for a target if somebody left them, and by how much."""
    problem, here = seats.problem, seats.by[i]
    now = problem.targets[i].leave_out if here is None else problem.cost(i, here) or 0
    for k, cost in problem.allowed(i):
        if k != here and cost < now:
            yield k, now - cost
