"""Engaging supervisors, and saying whom each serves from when to when. Views commit."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import not_over, unfinished
from blueprints.supervisors.roster_models import SupervisorTie
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.models import User
from tenants.scope import current_tenant_id

NO_OVERLAP = "assignment_no_overlap"
MEANWHILE = Text(
    "其中有企业刚刚由他人指派了指导员，同一时期只能有一名；请重新查看后再指派。",
    "Somebody has just assigned one of these enterprises, and each has one supervisor at a time. "
    "Look again before you assign.",
)
LAW = {
    "assignment_no_conflict": Text(
        "指导员与其中的企业有利害关系，应当回避，不能指派。",
        "The supervisor is tied to one of these firms and must step aside.",
    ),
    "assignment_one_side": Text(
        "指导员只能以其聘任的身份参加协商。",
        "A supervisor serves only on the side they are engaged for.",
    ),
    "assignment_not_after_leaving": Text(
        "该指导员在这一天之前已经离任。", "The supervisor has left by that day."
    ),
    "supervisor_tie_no_assignment": Text(
        "请先结束该指导员对这家企业的指派。",
        "End the supervisor's assignment to this firm first.",
    ),
    "supervisor_side_kept": Text(
        "还在负责企业，不能改变聘任身份；请先移交。",
        "They serve enterprises still: hand them over before the side changes.",
    ),
}
NOBODY_LEFT = Text(
    "所选企业在这一时期都已有指导员或者应当回避，没有可以指派的；要换人，请用“移交”。",
    "Each of these enterprises has a supervisor in that period, or is one they are tied to; "
    "to change a supervisor, hand it over.",
)


@dataclass(frozen=True)
class Assigned:
    """How many were assigned, and how many were left as they are, being served already."""

    made: int
    kept: int


def engage(user: User, **facts: Any) -> Supervisor:
    """Put an account with the role of a supervisor on the roster."""
    supervisor = Supervisor(user_id=user.id, name=user.name, **facts)
    db.session.add(supervisor)
    trail.record("supervisor.engaged", supervisor, name=user.name)
    return supervisor


def correct(supervisor: Supervisor, **facts: Any) -> bool:
    """Change what differs; False when nothing does. Nobody leaves enterprises unserved behind."""
    if facts.get("side", supervisor.side) != supervisor.side and unfinished(supervisor, today()):
        raise RuleBroken(LAW["supervisor_side_kept"])
    left_on = facts.get("left_on")
    if left_on is not None and (open_ones := unfinished(supervisor, left_on)):
        raise RuleBroken(fault_in_leaving(open_ones))
    changed = {
        name: [_plain(getattr(supervisor, name)), _plain(new)]
        for name, new in facts.items()
        if getattr(supervisor, name) != new
    }
    for name in changed:
        setattr(supervisor, name, facts[name])
    if changed:
        trail.record("supervisor.corrected", supervisor, changed=changed)
    return bool(changed)


def fault_in_leaving(open_ones: int) -> Text:
    return Text(
        f"还有{open_ones}家企业的指派超过这一天，请先移交或者结束。",
        f"{open_ones} assignments reach beyond this day; hand them over or end them first.",
    )


def fault_in_start(supervisor: Supervisor, valid_from: date) -> Text | None:
    """Why a supervisor cannot begin to serve on a day; None when they can."""
    if supervisor.left_on is not None and valid_from >= supervisor.left_on:
        return Text(
            f"{supervisor.name}已于{supervisor.left_on}离任。",
            f"{supervisor.name} left on {supervisor.left_on}.",
        )
    return None


def assign(supervisor: Supervisor, enterprises: Select[int], valid_from: date) -> Assigned:
    """Have the supervisor serve, from a day on, each of these that nobody serves then.

    One statement for all. What is served already, then or later, is left as it is.
    """
    if reason := fault_in_start(supervisor, valid_from):
        raise RuleBroken(reason)
    free = select(
        literal(current_tenant_id()),
        literal(supervisor.id),
        Enterprise.id,
        literal(valid_from),
        literal(supervisor.side),
    ).where(
        Enterprise.tenant_id == current_tenant_id(),
        Enterprise.id.in_(enterprises),
        ~taken(valid_from),
        ~tied_to(supervisor, valid_from),
    )
    wanted = select(func.count()).select_from(enterprises.subquery())
    total = int(db.session.scalar(wanted) or 0)
    columns = ["tenant_id", "supervisor_id", "enterprise_id", "valid_from", "side"]
    statement = insert(Assignment).from_select(columns, free).returning(Assignment.enterprise_id)
    with one_at_a_time():
        ids = list(db.session.scalars(statement))
    if not ids:
        raise RuleBroken(NOBODY_LEFT)
    trail.record(
        "supervisor.assigned", supervisor, since=valid_from.isoformat(), enterprises=sorted(ids)
    )
    return Assigned(len(ids), total - len(ids))


def taken(valid_from: date) -> Any:
    """The condition that somebody serves an Enterprise on a day or after it."""
    return exists(
        select(Assignment.id)
        .where(
            Assignment.tenant_id == Enterprise.tenant_id,
            Assignment.enterprise_id == Enterprise.id,
            not_over(valid_from),
        )
        .correlate(Enterprise)
    )


def tied_to(supervisor: Supervisor, since: date) -> Any:
    """The condition that a tie keeps the supervisor from an Enterprise on a day or after it."""
    return exists(
        select(SupervisorTie.id)
        .where(
            SupervisorTie.tenant_id == Enterprise.tenant_id,
            SupervisorTie.enterprise_id == Enterprise.id,
            SupervisorTie.supervisor_id == supervisor.id,
            or_(SupervisorTie.until_on.is_(None), SupervisorTie.until_on >= since),
        )
        .correlate(Enterprise)
    )


def end(assignment: Assignment, on: date, reason: str) -> None:
    """End an assignment: `on` is the first day on which it no longer holds.

    One that would end before it began never held: it is struck, and the trail keeps it.
    """
    if assignment.valid_to is not None and assignment.valid_to <= on:
        raise RuleBroken(
            Text(
                f"这一指派已于{assignment.valid_to}结束。",
                f"This assignment ended on {assignment.valid_to}.",
            )
        )
    subject = (Supervisor.__tablename__, assignment.supervisor_id)
    known = {"enterprise": assignment.enterprise_id, "since": assignment.valid_from.isoformat()}
    if on <= assignment.valid_from:
        db.session.delete(assignment)
        trail.record("supervisor.assignment_struck", subject, **known, reason=reason)
        return
    assignment.valid_to = on
    trail.record(
        "supervisor.assignment_ended", subject, **known, until=on.isoformat(), reason=reason
    )


def hand_over(
    giver: Supervisor,
    taker: Supervisor,
    on: date,
    reason: str,
    *,
    only: Sequence[int] = (),
) -> int:
    """From a day on, one supervisor serves what another did; all of it, or `only` these.

    The giver's periods end on that day and the taker's run on to where they were to end. What
    was to begin later begins with the taker. Returns how many enterprises changed hands.
    """
    if giver.id == taker.id:
        raise RuleBroken(Text("不能移交给本人。", "Nobody hands over to themselves."))
    if reason_not := fault_in_start(taker, on):
        raise RuleBroken(reason_not)
    running = select(Assignment).where(Assignment.supervisor_id == giver.id, not_over(on))
    if only:
        running = running.where(Assignment.enterprise_id.in_(only))
    periods = db.session.scalars(running.order_by(Assignment.id).with_for_update()).all()
    if not periods:
        raise RuleBroken(
            Text("这一天没有可以移交的企业。", "There is nothing to hand over on that day.")
        )
    fresh = []
    for period in periods:
        if period.valid_from >= on:
            period.supervisor_id, period.side = taker.id, taker.side
            continue
        fresh.append(
            Assignment(
                supervisor_id=taker.id,
                enterprise_id=period.enterprise_id,
                valid_from=on,
                valid_to=period.valid_to,
                side=taker.side,
            )
        )
        period.valid_to = on
    with one_at_a_time():
        db.session.flush()  # the old periods end before the new ones begin
        db.session.add_all(fresh)
        db.session.flush()
    ids = sorted(period.enterprise_id for period in periods)
    known = {"since": on.isoformat(), "reason": reason, "enterprises": ids}
    trail.record("supervisor.handed_over", giver, to=taker.name, **known)
    trail.record("supervisor.took_over", taker, by=giver.name, **known)
    return len(ids)


def follow_merge(kept_id: int, double_id: int) -> None:
    """The double's periods go to the kept enterprise where nobody serves it then.

    Where somebody does, or is tied to it, the double's stay with the double, and those still
    running end today.
    """
    query = select(Assignment).where(Assignment.enterprise_id.in_((kept_id, double_id)))
    periods = db.session.scalars(query.with_for_update()).all()
    kept = [(p.valid_from, p.valid_to or date.max) for p in periods if p.enterprise_id == kept_id]
    tied = set(
        db.session.scalars(
            select(SupervisorTie.supervisor_id).where(SupervisorTie.enterprise_id == kept_id)
        )
    )
    for period in (p for p in periods if p.enterprise_id == double_id):
        begin, finish = period.valid_from, period.valid_to or date.max
        free = not any(begin < until and since < finish for since, until in kept)
        if free and period.supervisor_id not in tied:
            period.enterprise_id = kept_id
        elif begin >= today():
            db.session.delete(period)
        elif finish > today():
            period.valid_to = today()
    db.session.flush()
    _ties_follow(kept_id, double_id)


def _ties_follow(kept_id: int, double_id: int) -> None:
    """Who is tied to the double is tied to the kept one, unless they have served it."""
    serving = select(Assignment.supervisor_id).where(Assignment.enterprise_id == kept_id)
    db.session.execute(
        update(SupervisorTie)
        .where(
            SupervisorTie.enterprise_id == double_id, SupervisorTie.supervisor_id.not_in(serving)
        )
        .values(enterprise_id=kept_id)
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """What the database refuses, in words: two at once, a conflict, the other side."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        if NO_OVERLAP in str(error.orig):
            raise RuleBroken(MEANWHILE) from None
        broken = LAW.get(str(getattr(getattr(error.orig, "diag", None), "constraint_name", "")))
        if broken is not None:
            raise RuleBroken(broken) from None
        raise


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
