"""Drawing up a plan, adjusting it by hand, applying it as one act. Views commit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update

from blueprints.supervisors import people, planning, telling
from blueprints.supervisors.actions import one_at_a_time
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.plan_models import AssignmentPlan, PlanItem, PlanWish
from blueprints.supervisors.queries import not_over
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db

OVER = Text("这一方案已经执行或者放弃，不能再改。", "This plan is applied or dropped.")
NOBODY = Text("没有符合条件的企业。", "No enterprise meets these conditions.")
MEANWHILE = Text(
    "方案计算之后，有企业的指派已有变化；请重新计算后再执行。",
    "Some enterprises have been assigned otherwise since the plan was worked out. "
    "Work it out again before you apply it.",
)
BARRED = Text("该指导员不能负责这家企业：", "This supervisor cannot serve this enterprise: ")
FULL = Text("该指导员的能力已满。", "This supervisor has no capacity left.")


def draw_up(*, by_id: int, **facts: Any) -> AssignmentPlan:
    """Begin a plan and work it out at once."""
    plan = AssignmentPlan(made_by_id=by_id, **facts)
    db.session.add(plan)
    db.session.flush()
    trail.record("plan.drawn_up", plan, title=plan.title, source=plan.source)
    planning.solve_plan(plan)
    if not plan.figures["targets"]:
        raise RuleBroken(NOBODY)
    return plan


def solve_again(plan: AssignmentPlan) -> None:
    """Once more, with what has changed since, and with what was fixed by hand."""
    _still_a_draft(plan)
    planning.solve_plan(plan)


def put(plan: AssignmentPlan, item: PlanItem, supervisor_id: int, note: str = "") -> None:
    """Give an enterprise to somebody by hand. It is pinned: working it out again keeps it."""
    _still_a_draft(plan)
    option = option_for(plan, item, supervisor_id)
    if option["barred"]:
        why = people.BARS[option["barred"]]
        raise RuleBroken(Text(f"{BARRED.zh}{why.zh}。", f"{BARRED.en}{why.en}."))
    if item.supervisor_id != supervisor_id and option["free"] < item.weight:
        raise RuleBroken(FULL)
    _wish(plan, item.enterprise_id, supervisor_id, "pin", note)
    item.supervisor_id, item.reason, item.by_hand = supervisor_id, None, True
    item.cost, item.unmet = option["cost"], list(option["unmet"])
    trail.record(
        "plan.adjusted", plan, enterprise=item.enterprise_id, to=supervisor_id, reason=note
    )


def exclude(plan: AssignmentPlan, item: PlanItem, supervisor_id: int, note: str = "") -> None:
    """Anybody but this one, for an enterprise; the plan is worked out again."""
    _still_a_draft(plan)
    _wish(plan, item.enterprise_id, supervisor_id, "exclude", note)
    trail.record(
        "plan.excluded", plan, enterprise=item.enterprise_id, supervisor=supervisor_id, reason=note
    )
    planning.solve_plan(plan)


def release(plan: AssignmentPlan, item: PlanItem) -> None:
    """Take back what was fixed by hand for an enterprise; the plan is worked out again."""
    _still_a_draft(plan)
    db.session.execute(
        delete(PlanWish).where(
            PlanWish.plan_id == plan.id, PlanWish.enterprise_id == item.enterprise_id
        )
    )
    trail.record("plan.released", plan, enterprise=item.enterprise_id)
    planning.solve_plan(plan)


def option_for(plan: AssignmentPlan, item: PlanItem, supervisor_id: int) -> dict[str, Any]:
    """What it would mean to give an enterprise to one supervisor: points, wishes, bar, room."""
    weigh, on = people.policy(), plan.valid_from
    one = select(PlanItem.enterprise_id).where(PlanItem.id == item.id)
    (case,) = people.cases(one, on)
    crew = {p.id: p for p in people.people(on, weigh, side=plan.side, without=plan.without)}
    person = crew.get(supervisor_id)
    if person is None:
        return {"barred": "left", "cost": 0, "unmet": {}, "free": 0}
    tied = (case.id, supervisor_id) in set(people.ties(on, [case.id]))
    unmet = weigh.unmet(case.area, case.industry, person)
    if case.before not in {None, supervisor_id}:
        unmet["changed"] = weigh.other_supervisor
    planned = {one["id"]: one for one in planning.loads_of(plan)}
    load = planned.get(supervisor_id, {"load": 0})["load"]
    return {
        "barred": person.barred or ("conflict" if tied else ""),
        "cost": sum(unmet.values()),
        "unmet": unmet,
        "free": round(person.capacity * 10 - load * 10),
    }


def drop(plan: AssignmentPlan) -> None:
    _still_a_draft(plan)
    plan.state = "dropped"
    trail.record("plan.dropped", plan)


def apply(plan: AssignmentPlan, *, by_id: int) -> int:
    """Make it so, as one act: old periods end on the plan's day, new ones begin; letters follow.

    Refused when an assignment has changed since the plan was worked out. The database refuses
    overlaps and conflicts whatever the plan says. Returns how many enterprises got somebody new.
    """
    _still_a_draft(plan)
    on = plan.valid_from
    items = db.session.scalars(
        select(PlanItem).where(PlanItem.plan_id == plan.id, PlanItem.supervisor_id.is_not(None))
    ).all()
    ids = select(PlanItem.enterprise_id).where(PlanItem.plan_id == plan.id)
    if any(item.current_id != found for item, found in _serving(items, ids, on)):
        raise RuleBroken(MEANWHILE)
    changed = [item for item in items if item.supervisor_id != item.current_id]
    with one_at_a_time():
        _end([item.enterprise_id for item in changed], on)
        _begin(plan, changed)
    plan.state, plan.applied_at, plan.applied_by_id = "applied", now(), by_id
    trail.record("plan.applied", plan, changed=len(changed), since=on.isoformat())
    fresh: dict[int, list[int]] = {}
    for item in changed:
        fresh.setdefault(item.supervisor_id or 0, []).append(item.enterprise_id)
    for supervisor_id, enterprises in fresh.items():
        trail.record(
            "supervisor.assigned", (Supervisor.__tablename__, supervisor_id),
            since=on.isoformat(), enterprises=sorted(enterprises), plan=plan.title,
        )  # fmt: skip
        telling.assigned(plan, supervisor_id, enterprises)
    return len(changed)


def _serving(items: Sequence[PlanItem], ids: Any, on: date) -> list[tuple[PlanItem, int | None]]:
    serving = people.current(ids, on)
    return [(item, serving.get(item.enterprise_id)) for item in items]


def _end(enterprises: Sequence[int], on: date) -> None:
    """Periods that run end on the day; those that were to begin later never do."""
    theirs = Assignment.enterprise_id.in_(enterprises)
    db.session.execute(delete(Assignment).where(theirs, Assignment.valid_from >= on))
    db.session.execute(update(Assignment).where(theirs, not_over(on)).values(valid_to=on))


def _begin(plan: AssignmentPlan, items: Sequence[PlanItem]) -> None:
    query = select(Supervisor.id, Supervisor.side)
    sides = {row.id: row.side for row in db.session.execute(query)}
    for item in sorted(items, key=lambda one: (one.supervisor_id or 0, one.enterprise_id)):
        db.session.add(
            Assignment(
                supervisor_id=item.supervisor_id,
                enterprise_id=item.enterprise_id,
                valid_from=plan.valid_from,
                side=sides[item.supervisor_id or 0],
                plan_id=plan.id,
            )
        )
    db.session.flush()


def _wish(
    plan: AssignmentPlan, enterprise_id: int, supervisor_id: int, kind: str, note: str
) -> None:
    """One pin at most for an enterprise; a pair is pinned or excluded, not both."""
    mine = (PlanWish.plan_id == plan.id, PlanWish.enterprise_id == enterprise_id)
    if kind == "pin":
        db.session.execute(delete(PlanWish).where(*mine, PlanWish.kind == "pin"))
    db.session.execute(delete(PlanWish).where(*mine, PlanWish.supervisor_id == supervisor_id))
    db.session.add(
        PlanWish(
            plan_id=plan.id,
            enterprise_id=enterprise_id,
            supervisor_id=supervisor_id,
            kind=kind,
            note=note or None,
        )
    )
    db.session.flush()


def _still_a_draft(plan: AssignmentPlan) -> None:
    if plan.state != "draft":
        raise RuleBroken(OVER)


def how_many_drafts() -> int:
    query = select(func.count()).where(AssignmentPlan.state == "draft")
    return int(db.session.scalar(query) or 0)
