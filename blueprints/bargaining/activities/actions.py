"""Activities beside the table: planned, held with minutes, followed up, or called off."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.bargaining.ground.activity_models import Activity, ActivityState, FollowUp
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.read_once import read_once
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db


def plan(case: BargainingCase, facts: dict[str, Any], *, by_id: int) -> Activity:
    activity = Activity(case_id=case.id, recorded_by_id=by_id, **facts)
    db.session.add(activity)
    db.session.flush()
    trail.record("activity.planned", case, activity=activity.kind, due_on=str(activity.planned_on))
    return activity


def replan(case: BargainingCase, activity: Activity, facts: dict[str, Any]) -> None:
    changed = {key: (str(getattr(activity, key)), str(value)) for key, value in facts.items()
               if getattr(activity, key) != value}  # fmt: skip
    for key, value in facts.items():
        setattr(activity, key, value)
    if changed:
        trail.record("activity.changed", case, activity=activity.kind, changed=changed)


def hold(
    case: BargainingCase,
    activity: Activity,
    *,
    held_on: date,
    present: int | None,
    minutes: str,
    minutes_id: int | None,
) -> None:
    """It was held: the minutes, and the paper if there is one. Can be corrected later."""
    if activity.state == ActivityState.CANCELLED:
        raise RuleBroken(Text("该活动已取消。", "It was called off."))
    activity.state, activity.held_on, activity.present = ActivityState.HELD, held_on, present
    activity.minutes, activity.minutes_id = minutes, minutes_id or activity.minutes_id
    trail.record("activity.held", case, activity=activity.kind, held_on=held_on.isoformat())


def call_off(case: BargainingCase, activity: Activity, reason: str) -> None:
    if activity.state == ActivityState.HELD:
        raise RuleBroken(Text("该活动已举行，不能取消。", "It was held; it cannot be called off."))
    activity.state, activity.cancelled_reason = ActivityState.CANCELLED, reason
    trail.record("activity.cancelled", case, activity=activity.kind, reason=reason)


def ask(case: BargainingCase, activity: Activity, by: str, question: str, answer: str) -> None:
    """A question and what was answered, word for word."""
    activity.questions = [
        *activity.questions, {"by": by, "question": question, "answer": answer},
    ]  # fmt: skip
    trail.record("activity.question", case, activity=activity.kind)


def promise(
    case: BargainingCase, activity: Activity, what: str, who: str, due_on: date
) -> FollowUp:
    follow = FollowUp(activity_id=activity.id, what=what, who=who, due_on=due_on)
    db.session.add(follow)
    db.session.flush()
    trail.record("activity.promised", case, activity=activity.kind, due_on=due_on.isoformat())
    return follow


def settle(case: BargainingCase, follow: FollowUp, on: date, outcome: str) -> None:
    """What became of a promise."""
    follow.done_on, follow.outcome = on, outcome
    trail.record("activity.settled", case, reason=outcome)


@read_once
def activities_of(case_id: int) -> Sequence[Activity]:
    query = select(Activity).where(Activity.case_id == case_id)
    return db.session.scalars(query.order_by(Activity.planned_on.desc(), Activity.id.desc())).all()


def get_activity(case: BargainingCase, ident: int) -> Activity | None:
    return db.session.scalar(
        select(Activity).where(Activity.case_id == case.id, Activity.id == ident)
    )


def follow_ups_of(activity_ids: Sequence[int]) -> Sequence[FollowUp]:
    query = select(FollowUp).where(FollowUp.activity_id.in_(activity_ids))
    return db.session.scalars(query.order_by(FollowUp.due_on, FollowUp.id)).all()


def get_follow_up(activity: Activity, ident: int) -> FollowUp | None:
    return db.session.scalar(
        select(FollowUp).where(FollowUp.activity_id == activity.id, FollowUp.id == ident)
    )
