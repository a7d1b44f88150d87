"""A problem made of cases, people and wishes; and its answer told in words' keys: why this one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rules.assigning.problem import Problem, Solution, Target
from rules.assigning.weighing import MOST, Case, Person, Policy

SHOWN = 4  # alternatives told for each enterprise
Pair = tuple[int, int]  # (case id, person id)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is fixed by hand: pins (case → person), excluded pairs, and conflicts of interest."""

    pins: Mapping[int, int] = field(default_factory=dict)
    excluded: Collection[Pair] = ()
    ties: Collection[Pair] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who could serve a case: points by wish, what it would cost more, or why not."""

    person: int
    unmet: Mapping[str, int]
    cost: int
    more: int  # beyond the choice made, with everything that would have to move; 0 for the choice
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who serves a case and why; or why nobody does."""

    case: int
    person: int | None
    weight: int
    cost: int | None
    unmet: Mapping[str, int]
    reason: str  # where nobody serves it: pin, nobody, conflict, excluded, capacity
    options: Sequence[Option]


class Building:
    """The problem of one plan. `fewest` moves: keeping whom one has goes before every wish."""

    def __init__(
        self,
        policy: Policy,
        cases: Sequence[Case],
        people: Sequence[Person],
        wishes: Wishes | None = None,
        *,
        fewest: bool = False,
    ) -> None:
        self.policy, self.cases, self.people = policy, cases, people
        self.wishes = wishes or Wishes()
        self.place = {person.id: j for j, person in enumerate(people)}
        self.weights = [policy.weight(case) for case in cases]
        self.change = MOST * (len(cases) + 1) if fewest else policy.other_supervisor
        self._rows: dict[tuple[str | None, str | None], int] = {}
        self._costs: list[list[int]] = []
        self._barred: dict[int, dict[int, str]] = {}
        for kind, pairs in (("excluded", self.wishes.excluded), ("conflict", self.wishes.ties)):
            for case_id, person_id in pairs:
                if person_id in self.place:
                    self._barred.setdefault(case_id, {})[self.place[person_id]] = kind
        self.problem = self._problem()

    def _problem(self) -> Problem:
        targets = [self._target(i, case) for i, case in enumerate(self.cases)]
        return Problem(self._costs, targets, self._places(), self._limits())

    def _target(self, i: int, case: Case) -> Target:
        key = (case.area, case.industry)
        if key not in self._rows:
            self._rows[key] = len(self._costs)
            self._costs.append(
                [sum(self.policy.unmet(*key, person).values()) for person in self.people]
            )
        row = self._rows[key]
        own: dict[int, int | None] = {}
        served_by = self.place.get(case.before) if case.before is not None else None
        if served_by is not None:  # staying is a saving, so that all costs stay comparable
            own[served_by] = self._costs[row][served_by] - self.change
        own |= dict.fromkeys(self._barred.get(case.id, {}), None)
        leave_out = 2 * (self.change + MOST) * self.weights[i]
        pinned = self.wishes.pins.get(case.id)
        # A pin on somebody who is not there any more is a pin on nobody, not on anybody.
        only = None if pinned is None else self.place.get(pinned, -1)
        if only == -1:
            own, only = dict.fromkeys(range(len(self.people)), None), None
        return Target(row, leave_out, own, only, self.weights[i])

    def _limits(self) -> list[int]:
        return [max(0, person.capacity * 10 - person.load) for person in self.people]

    def _places(self) -> list[list[int]]:
        """Each further case costs more the fuller somebody is, measured by their own capacity."""
        able = [person.capacity for person in self.people if not person.barred]
        average = sum(able) / len(able) if able else 1
        lightest = min(self.weights, default=1)
        found = []
        for person, limit in zip(self.people, self._limits(), strict=True):
            most = 0 if person.barred else min(len(self.cases), limit // lightest)
            steep = self.policy.even * average / person.capacity
            found.append([round(steep * (person.load / 10 + n)) for n in range(most)])
        return found

    def told(self, solution: Solution) -> list[Choice]:
        """Every case with who serves it and why: the alternatives, and what each would cost."""
        cheapest = self._cheapest(solution.prices)
        return [self._choice(i, solution, cheapest) for i in range(len(self.cases))]

    def _cheapest(self, prices: Sequence[int]) -> list[list[int]]:
        """For each row the people in the order of cost and price, once for all its cases."""
        return [
            sorted(range(len(row)), key=lambda j: (row[j] + prices[j], j)) for row in self._costs
        ]

    def _choice(self, i: int, solution: Solution, cheapest: Sequence[Sequence[int]]) -> Choice:
        case, target, j = self.cases[i], self.problem.targets[i], solution.by[i]
        first = [] if j is None else [j]
        named = [k for k in target.own if k != j]
        others = [k for k in cheapest[target.row][: SHOWN + 1] if k != j and k not in named]
        base = 0 if j is None else (self.problem.cost(i, j) or 0) + solution.prices[j]
        told = [self._option(i, k, base, solution) for k in (*first, *named, *others)]
        return Choice(
            case=case.id,
            person=None if j is None else self.people[j].id,
            weight=self.weights[i],
            cost=None if j is None else sum(self.unmet(case, self.people[j]).values()),
            unmet={} if j is None else self.unmet(case, self.people[j]),
            reason="" if j is not None else self.reason(case),
            options=[*told[:1], *sorted(told[1:], key=lambda one: (bool(one.barred), one.more))][
                : SHOWN + 1
            ],
        )

    def _option(self, i: int, k: int, base: int, solution: Solution) -> Option:
        case, person = self.cases[i], self.people[k]
        unmet = self.unmet(case, person)
        barred = person.barred or self._barred.get(case.id, {}).get(k, "")
        if not barred and self.problem.cost(i, k) is None:
            barred = "pin"
        cost = self.problem.cost(i, k)
        chosen = solution.by[i] == k
        more = 0 if chosen or cost is None else cost + solution.prices[k] - base
        return Option(person.id, unmet, sum(unmet.values()), max(0, more), barred)

    def unmet(self, case: Case, person: Person) -> dict[str, int]:
        """All wishes that a pair leaves unmet, a change of supervisor among them."""
        found = self.policy.unmet(case.area, case.industry, person)
        if case.before is not None and case.before != person.id and self.policy.other_supervisor:
            found["changed"] = self.policy.other_supervisor
        return found

    def reason(self, case: Case) -> str:
        """Why nobody serves a case."""
        able = [j for j, person in enumerate(self.people) if not person.barred]
        if not able:
            return "nobody"
        if case.id in self.wishes.pins:
            return "pin"
        barred = self._barred.get(case.id, {})
        if all(j in barred for j in able):
            return "conflict" if "conflict" in barred.values() else "excluded"
        return "capacity"
