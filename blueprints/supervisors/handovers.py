"""Handing over with a note: proposed by an officer, done when the other supervisor accepts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from blueprints.registry.models import Enterprise
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors import actions
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.plan_models import Handover
from blueprints.supervisors.queries import not_over
from rules.broken import RuleBroken
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db

MACHINE = "handover"
NOTHING = Text("这一天没有可以移交的企业。", "There is nothing to hand over on that day.")
WAITS = Text(
    "其中有企业的移交还在等待接收；请先撤回。",
    "For some of these a handover waits for acceptance already; withdraw it first.",
)
Giver, Taker = aliased(Supervisor, name="giver"), aliased(Supervisor, name="taker")


def propose(
    giver: Supervisor,
    taker: Supervisor,
    on: date,
    note: str,
    *,
    by_id: int,
    only: Sequence[int] = (),
) -> Handover:
    """Ask another supervisor to take over: everything, or `only` these. Nothing moves yet."""
    if giver.id == taker.id:
        raise RuleBroken(Text("不能移交给本人。", "Nobody hands over to themselves."))
    if reason := actions.fault_in_start(taker, on):
        raise RuleBroken(reason)
    query = select(Assignment.enterprise_id).where(
        Assignment.supervisor_id == giver.id, not_over(on)
    )
    if only:
        query = query.where(Assignment.enterprise_id.in_(only))
    ids = sorted(set(db.session.scalars(query)))
    if not ids:
        raise RuleBroken(NOTHING)
    waiting = select(Handover.id).where(
        Handover.giver_id == giver.id,
        Handover.state == "proposed",
        Handover.enterprises.overlap(ids),
    )
    if db.session.scalar(waiting.limit(1)) is not None:
        raise RuleBroken(WAITS)
    handover = Handover(
        giver_id=giver.id, taker_id=taker.id, on=on, note=note.strip(), enterprises=ids,
        proposed_by_id=by_id,
    )  # fmt: skip
    db.session.add(handover)
    trail.record(
        "handover.proposed", handover, to=taker.name, by=giver.name, since=on.isoformat(),
        enterprises=ids, reason=note,
    )  # fmt: skip
    return handover


def accept(handover: Handover, answer: str, *, by_id: int) -> int:
    """From the day on the taker serves them; what the giver has given up since is left alone."""
    _answer(handover, "accept", answer, by_id)
    query = select(Supervisor).where(Supervisor.id.in_((handover.giver_id, handover.taker_id)))
    both = {
        one.id: one for one in db.session.scalars(query.order_by(Supervisor.id).with_for_update())
    }
    return actions.hand_over(
        both[handover.giver_id], both[handover.taker_id], handover.on, handover.note,
        only=handover.enterprises,
    )  # fmt: skip


def decline(handover: Handover, answer: str, *, by_id: int) -> None:
    _answer(handover, "decline", answer, by_id)


def withdraw(handover: Handover, *, by_id: int) -> None:
    _answer(handover, "withdraw", "", by_id)


def _answer(handover: Handover, event: str, answer: str, by_id: int) -> None:
    facts = {"reason_recorded": bool(answer.strip())}
    handover.state = advance(MACHINE, handover.state, event, facts)
    handover.answer = answer.strip() or None
    handover.answered_at, handover.answered_by_id = now(), by_id
    trail.record(f"handover.{handover.state}", handover, reason=answer)


def get(handover_id: int, *, lock: bool = False, taker: int | None = None) -> Handover:
    """A handover, or 404; with `taker`, only one that this user is asked to accept."""
    query = select(Handover).where(Handover.id == handover_id)
    if taker is not None:
        mine = select(Supervisor.id).where(Supervisor.user_id == taker)
        query = query.where(Handover.taker_id.in_(mine))
    found: Handover = db.one_or_404(query.with_for_update() if lock else query)
    return found


def listing(*, state: str = "", user_id: int | None = None, cursor: str | None = None) -> Page:
    """Handovers, the newest first; with `user_id`, those that this supervisor gives or takes."""
    query = (
        select(
            Handover.id, Handover.on, Handover.state, Handover.note, Handover.answer,
            Handover.enterprises, Handover.giver_id, Handover.taker_id,
            Giver.name.label("giver"), Taker.name.label("taker"),
            Taker.user_id.label("taker_user"),
        )
        .join(Giver, and_(Giver.tenant_id == Handover.tenant_id, Giver.id == Handover.giver_id))
        .join(Taker, and_(Taker.tenant_id == Handover.tenant_id, Taker.id == Handover.taker_id))
    )  # fmt: skip
    if state:
        query = query.where(Handover.state == state)
    if user_id is not None:
        query = query.where(or_(Giver.user_id == user_id, Taker.user_id == user_id))
    return leaf(query, [Key(Handover.id, descending=True)], cursor=cursor)


def enterprises_of(handover: Handover) -> Sequence[Any]:
    query = select(Enterprise.id, Enterprise.name, Enterprise.area, Enterprise.headcount)
    query = query.where(Enterprise.id.in_(handover.enterprises))
    return db.session.execute(query.order_by(Enterprise.sort_key, Enterprise.id)).all()
