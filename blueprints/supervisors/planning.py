"""Working a plan out: gather, solve, tell; its rows and its figures are written anew."""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from blueprints.supervisors import people, sources
from blueprints.supervisors.plan_models import AssignmentPlan, PlanItem, PlanWish
from rules.assigning.building import Building, Choice, Option, Wishes
from rules.assigning.problem import Solution
from rules.assigning.solving import solve
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.scope import area_scope, current_tenant_id


def solve_plan(plan: AssignmentPlan) -> None:
    """Find the cheapest assignment for a plan's enterprises, and write down who and why."""
    weigh, on = people.policy(), plan.valid_from
    ids = sources.narrowed(sources.enterprises_of(plan.source, on), plan.conditions)
    cases = people.cases(ids, on)
    mine = {case.id for case in cases}
    crew = people.people(on, weigh, side=plan.side, without=plan.without, apart_from=mine)
    ties = people.ties(on, mine)
    building = Building(weigh, cases, crew, wishes_of(plan, ties), fewest=plan.mode == "fewest")
    began = time.perf_counter()
    solution = solve(building.problem)
    seconds = time.perf_counter() - began
    choices = building.told(solution)
    serving = people.current(ids, on)
    _write(plan, choices, serving)
    plan.figures = {
        **_sums(choices, serving),
        **_proof(solution),
        "conflicts": len(ties),
        "seconds": round(seconds, 3),
        "base": {str(one.id): [one.count, one.load, one.capacity, one.barred] for one in crew},
    }
    plan.solved_at = now()
    trail.record(
        "plan.solved", plan, assigned=plan.figures["assigned"], left_out=plan.figures["left_out"]
    )


def wishes_of(plan: AssignmentPlan, ties: Sequence[tuple[int, int]]) -> Wishes:
    """What is fixed by hand, and the conflicts."""
    rows = db.session.scalars(select(PlanWish).where(PlanWish.plan_id == plan.id)).all()
    return Wishes(
        pins={one.enterprise_id: one.supervisor_id for one in rows if one.kind == "pin"},
        excluded=[(one.enterprise_id, one.supervisor_id) for one in rows if one.kind != "pin"],
        ties=ties,
    )


def _sums(choices: Sequence[Choice], serving: dict[int, int]) -> dict[str, Any]:
    assigned = [choice for choice in choices if choice.person is not None]
    moved = [c for c in assigned if serving.get(c.case) not in {None, c.person}]
    return {
        "targets": len(choices),
        "assigned": len(assigned),
        "left_out": len(choices) - len(assigned),
        "reasons": dict(Counter(c.reason for c in choices if c.reason)),
        "points": sum(choice.cost or 0 for choice in assigned),
        "unmet": dict(Counter(name for choice in assigned for name in choice.unmet)),
        "kept": sum(serving.get(choice.case) == choice.person for choice in assigned),
        "moved": len(moved),
        "fresh": sum(choice.case not in serving for choice in assigned),
    }


def _proof(solution: Solution) -> dict[str, Any]:
    return {
        "total": solution.total,
        "bound": solution.bound,
        "optimal": solution.optimal,
        "gap": round(abs(solution.gap), 6),
        "rounds": solution.rounds,
    }


def _write(plan: AssignmentPlan, choices: Sequence[Choice], serving: dict[int, int]) -> None:
    pinned = select(PlanWish.enterprise_id).where(
        PlanWish.plan_id == plan.id, PlanWish.kind == "pin"
    )
    by_hand = set(db.session.scalars(pinned))
    db.session.execute(delete(PlanItem).where(PlanItem.plan_id == plan.id))
    rows = [
        {
            "tenant_id": current_tenant_id(),
            "plan_id": plan.id,
            "enterprise_id": choice.case,
            "weight": choice.weight,
            "supervisor_id": choice.person,
            "current_id": serving.get(choice.case),
            "reason": choice.reason or None,
            "cost": choice.cost,
            "unmet": list(choice.unmet),
            "why": {"options": [_option(one) for one in choice.options]},
            "by_hand": choice.case in by_hand,
        }
        for choice in choices
    ]
    if rows:
        db.session.execute(insert(PlanItem), rows)


def _option(one: Option) -> dict[str, Any]:
    return {
        "id": one.person,
        "unmet": dict(one.unmet),
        "cost": one.cost,
        "more": one.more,
        "barred": one.barred,
    }


def loads_of(plan: AssignmentPlan) -> list[dict[str, Any]]:
    """What each would have, today against the plan: cases, weight, capacity, fullest first.

    All that a plan gives them counts, in other areas too: a full portfolio is full.
    """
    query = select(PlanItem.supervisor_id, PlanItem.current_id, PlanItem.weight).where(
        PlanItem.plan_id == plan.id
    )
    then: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    today: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    with area_scope(None):
        rows = db.session.execute(query).all()
    for row in rows:
        for side, ident in ((then, row.supervisor_id), (today, row.current_id)):
            if ident is not None:
                side[ident][0] += 1
                side[ident][1] += row.weight
    base = {int(ident): facts for ident, facts in plan.figures.get("base", {}).items()}
    called = people.names([*base])
    found = [
        {
            "id": ident,
            "name": called[ident],
            "barred": barred,
            "capacity": capacity,
            "cases_before": count + today[ident][0],
            "before": (load + today[ident][1]) / 10,
            "cases": count + then[ident][0],
            "load": (load + then[ident][1]) / 10,
            "share": (load + then[ident][1]) / (10 * capacity),
        }
        for ident, (count, load, capacity, barred) in base.items()
        if ident in called
    ]
    return sorted(found, key=lambda one: (-one["share"], one["name"]))
