"""Who sits where in an assignment that is being mended: loads, room, and what a move costs."""

from collections import Counter
from collections.abc import Sequence

from rules.assigning.problem import Problem


def loads(problem: Problem, by: Sequence[int | None]) -> list[int]:
    """The weight each supervisor has, in tenths of an ordinary case."""
    found = [0] * len(problem.places)
    for target, j in zip(problem.targets, by, strict=True):
        if j is not None:
            found[j] += target.weight
    return found


class Seats:
    """Who sits where, with what each supervisor has and may have."""

    def __init__(self, problem: Problem, by: Sequence[int | None]) -> None:
        self.problem = problem
        self.by = list(by)
        self.load = loads(problem, by)
        counted = Counter(by)
        self.count = [counted[j] for j in range(len(self.load))]
        self.at: list[set[int]] = [set() for _ in self.load]
        for i, seat in enumerate(by):
            if seat is not None:
                self.at[seat].add(i)
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
        weight, here = self.problem.targets[i].weight, self.by[i]
        if here is not None:
            self.load[here] -= weight
            self.count[here] -= 1
            self.at[here].remove(i)
        if to is not None:
            self.load[to] += weight
            self.count[to] += 1
            self.at[to].add(i)
        self.by[i] = to

    def fits(self, i: int, k: int, *, instead_of: int) -> bool:
        """Whether a target would be within the limit of k if another left."""
        targets = self.problem.targets
        return self.load[k] - targets[instead_of].weight + targets[i].weight <= self.room[k]

    def after_leaving(self, other: int, i: int) -> tuple[int, int | None]:
        """What it costs more that `other` leaves its seat to i, and the best it can take then.

        The seat that i has is one of those; the costs of the places count where they change.
        """
        problem, k, h = self.problem, self.by[other], self.by[i]
        target = problem.targets[other]
        freed = 0 if h is None else problem.targets[i].weight
        best, to = target.leave_out, None
        if h is not None:  # i's place goes, and is not taken again unless `other` takes it
            best -= problem.places[h][self.count[h] - 1]
        for seat, cost in problem.allowed(other):
            taken = self.count[seat] - (seat == h)
            load = self.load[seat] - (freed if seat == h else 0)
            full = taken >= len(problem.places[seat]) or load + target.weight > self.room[seat]
            if seat == k or full:
                continue
            there = cost + problem.places[seat][taken]
            if h is not None:
                there -= problem.places[h][self.count[h] - 1]
            if there < best:
                best, to = there, seat
        return best - (problem.cost(other, k) or 0 if k is not None else 0), to
