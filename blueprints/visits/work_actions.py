"""Plans of a month, hours, expenses and trainings, as rows. Views commit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.supervisors.models import Supervisor
from blueprints.visits.work_models import Expense, MonthPlan, Training, WorkEntry
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db


def plan_of(supervisor: Supervisor, month: date, *, lock: bool = False) -> MonthPlan | None:
    query = select(MonthPlan).where(
        MonthPlan.supervisor_id == supervisor.id, MonthPlan.month == month
    )
    return db.session.scalar(query.with_for_update() if lock else query)


def draft_plan(supervisor: Supervisor, month: date, *, by_id: int, **facts: Any) -> MonthPlan:
    """Write or rewrite the plan of a month. A confirmed plan that is changed waits again."""
    plan = plan_of(supervisor, month, lock=True)
    if plan is None:
        plan = MonthPlan(supervisor_id=supervisor.id, month=month, drafted_by_id=by_id, **facts)
        db.session.add(plan)
    else:
        for name, value in facts.items():
            setattr(plan, name, value)
        plan.confirmed_by_id = plan.confirmed_at = None
        plan.drafted_by_id = by_id
    trail.record(
        "plan.drafted", supervisor, month=month.isoformat()[:7], visits=facts.get("visits")
    )
    return plan


def confirm_plan(supervisor: Supervisor, plan: MonthPlan, *, by_id: int) -> None:
    """Another person confirms what the supervisor drafted."""
    if by_id in {plan.drafted_by_id, supervisor.user_id}:
        raise RuleBroken(
            Text("计划由本人拟定，须由他人确认。", "Whoever drafted a plan cannot confirm it.")
        )
    plan.confirmed_by_id, plan.confirmed_at = by_id, now()
    trail.record("plan.confirmed", supervisor, month=plan.month.isoformat()[:7])


def add_hours(supervisor: Supervisor, **facts: Any) -> WorkEntry:
    entry = WorkEntry(supervisor_id=supervisor.id, **facts)
    db.session.add(entry)
    trail.record(
        "work.recorded", supervisor, day=facts["worked_on"].isoformat(), minutes=facts["minutes"]
    )
    return entry


def remove_hours(supervisor: Supervisor, entry: WorkEntry) -> None:
    db.session.delete(entry)
    trail.record("work.removed", supervisor, day=entry.worked_on.isoformat(), minutes=entry.minutes)


def claim(supervisor: Supervisor, *, by_id: int, **facts: Any) -> Expense:
    """Enter what was spent; it waits for somebody else's decision."""
    expense = Expense(supervisor_id=supervisor.id, entered_by_id=by_id, **facts)
    db.session.add(expense)
    trail.record("expense.claimed", expense, cents=facts["cents"])
    return expense


def withdraw_claim(expense: Expense) -> None:
    if expense.state != "claimed":
        raise RuleBroken(
            Text("这笔费用已经处理。", "This expense has been decided on; it stays as it is.")
        )
    trail.record("expense.withdrawn", expense, cents=expense.cents)
    db.session.delete(expense)


def decide(expense: Expense, *, accept: bool, note: str | None, by_id: int) -> None:
    """Accept an expense, or refuse it with the reason; never one's own."""
    if expense.state != "claimed":
        raise RuleBroken(Text("这笔费用已经处理。", "This expense has been decided on already."))
    owner = db.session.get_one(Supervisor, (expense.tenant_id, expense.supervisor_id))
    if by_id in {expense.entered_by_id, owner.user_id}:
        raise RuleBroken(Text("不能审核自己的费用。", "Nobody decides on their own expenses."))
    if not accept and not note:
        raise RuleBroken(Text("退回费用须写明理由。", "State why it is refused."))
    expense.state = "accepted" if accept else "refused"
    expense.decided_by_id, expense.decision_note = by_id, note
    trail.record("expense.decided", expense, status=expense.state, reason=note)


def record_training(supervisors: Sequence[Supervisor], **facts: Any) -> int:
    """Enter one training for everybody who took part; who is entered already stays so."""
    known = set(
        db.session.scalars(
            select(Training.supervisor_id).where(
                Training.held_on == facts["held_on"], Training.title == facts["title"]
            )
        )
    )
    fresh = [one for one in supervisors if one.id not in known]
    for supervisor in fresh:
        db.session.add(Training(supervisor_id=supervisor.id, **facts))
    if fresh:
        trail.record_many(
            "training.recorded",
            [
                (one, {"title": facts["title"], "day": facts["held_on"].isoformat()})
                for one in fresh
            ],
        )
    return len(fresh)
