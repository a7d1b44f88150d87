"""The cheapest assignment by shortest augmenting paths, one target after the other.

Each target is a unit of flow to a supervisor's next place, or to nobody. Among the supervisors
there is an arc from j to k for every target of j that k could take; the cheapest such arc is
kept in a heap. Prices keep all reduced costs at zero or more, so Dijkstra finds each path.
(Successive shortest paths with potentials: Edmonds and Karp 1972; Jonker and Volgenant 1987.)
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

Candidates = Sequence[tuple[int, int]]  # (supervisor, cost)
Heap = list[tuple[int, int]]


class Flow:
    """A growing assignment. `by`, `prices` and `load` always fit together.

    by[i]: who serves target i, None for nobody. prices[j]: the dual of supervisor j's places.
    load[j]: how many places of supervisor j are taken.
    """

    def __init__(
        self,
        candidates: Sequence[Candidates],
        leave_out: Sequence[int],
        places: Sequence[Sequence[int]],
    ) -> None:
        self.candidates = candidates
        self.leave_out = leave_out
        self.places = places
        self.by: list[int | None] = [None] * len(candidates)
        self.load = [0] * len(places)
        # A price never exceeds the cost of the next place; where there is none it begins at 0.
        self.prices = [costs[0] if costs else 0 for costs in places]
        # What the next place costs beyond the price; None where no place is left.
        self.slack: list[int | None] = [0 if costs else None for costs in places]
        self.arcs: list[dict[int, Heap]] = [{} for _ in places]
        self.outs: list[Heap] = [[] for _ in places]

    def run(self) -> None:
        for target in range(len(self.candidates)):
            self.add(target)

    def add(self, target: int) -> None:
        """Find a place for one more target, moving others where that is cheapest."""
        path = _Path(self, target)
        path.search()
        for j in path.done:
            rise = path.best - path.labels[j]
            if rise > 0:
                self.prices[j] += rise
                free = self.slack[j]
                self.slack[j] = None if free is None else free - rise
        if path.end >= 0:
            self._take(path)

    def _take(self, path: "_Path") -> None:
        """Move everybody along a path: each takes the place of the next, the last a new one."""
        end = path.end
        if path.pushed_out >= 0:
            self.by[path.pushed_out] = None
        else:
            self.load[end] += 1
            taken, costs = self.load[end], self.places[end]
            self.slack[end] = costs[taken] - self.prices[end] if taken < len(costs) else None
        j = end
        while j in path.came:
            before, moved = path.came[j]
            self._seat(moved, j)
            j = before
        self._seat(path.target, j)

    def _seat(self, target: int, supervisor: int) -> None:
        self.by[target] = supervisor
        arcs = self.arcs[supervisor]
        here = next(cost for j, cost in self.candidates[target] if j == supervisor)
        for k, cost in self.candidates[target]:
            if k != supervisor:
                heap = arcs.get(k)
                if heap is None:
                    arcs[k] = [(cost - here, target)]
                else:
                    heappush(heap, (cost - here, target))
        heappush(self.outs[supervisor], (self.leave_out[target] - here, target))


class _Path:
    """The shortest way to seat one target.

    The best end is noted as soon as a supervisor with a place is reached, not only when Dijkstra
    comes to them; whatever is no shorter is then left alone. That spares most of the search.
    """

    __slots__ = ("best", "came", "done", "end", "flow", "labels", "pushed_out", "queue", "target")

    def __init__(self, flow: Flow, target: int) -> None:
        self.flow = flow
        self.target = target
        self.labels: dict[int, int] = {}
        self.came: dict[int, tuple[int, int]] = {}  # supervisor → (the one before, who moved)
        self.done: list[int] = []
        self.queue: Heap = []
        self.best, self.end, self.pushed_out = flow.leave_out[target], -1, -1

    def search(self) -> None:
        prices, slack, labels = self.flow.prices, self.flow.slack, self.labels
        for j, cost in self.flow.candidates[self.target]:
            label = cost + prices[j]
            if label < self.best:
                labels[j] = label
                self.queue.append((label, j))
                free = slack[j]
                if free is not None and label + free < self.best:
                    self.best, self.end = label + free, j
        heapify(self.queue)
        while self.queue:
            label, j = heappop(self.queue)
            if label >= self.best:
                break
            if label == labels[j]:
                self.done.append(j)
                self._go_on(j, label)

    def _go_on(self, j: int, label: int) -> None:
        """From supervisor j to nobody, or to whoever could take a target that j has."""
        flow, labels, came = self.flow, self.labels, self.came
        by, prices, slack = flow.by, flow.prices, flow.slack
        base = label - prices[j]
        out = flow.outs[j]
        while out and by[out[0][1]] != j:
            heappop(out)
        if out and base + out[0][0] < self.best:
            self.best, self.end, self.pushed_out = base + out[0][0], j, out[0][1]
        for k, heap in flow.arcs[j].items():
            while heap and by[heap[0][1]] != j:
                heappop(heap)
            if not heap:
                continue
            further = base + heap[0][0] + prices[k]
            if further < self.best and further < labels.get(k, self.best):
                labels[k] = further
                came[k] = (j, heap[0][1])
                heappush(self.queue, (further, k))
                free = slack[k]
                if free is not None and further + free < self.best:
                    self.best, self.end, self.pushed_out = further + free, k, -1
