"""Moving running deadlines after a decision: recorded, in batches, and safe to break off."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from blueprints.offers.clocks.recount import Count, Group, counted, members
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.rulebook import queries as rulebook
from blueprints.rulebook.models import Basis, Recount
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

BATCH = 200


def decide(basis: Basis, reason: str, groups: Sequence[Group], *, by_id: int) -> Recount:
    """Record the decision; `step` carries it out."""
    recount = Recount(
        basis=basis,
        reason=reason,
        asked_by_id=by_id,
        book_version=rulebook.book(today()).version,
        calendar_version=rulebook.calendar().version,
        total=sum(group.number for group in groups if group.moves),
        moved=0,
        asked_at=now(),
        heartbeat_at=now(),
    )
    db.session.add(recount)
    trail.record("recount.decided", recount, basis=basis, reason=reason, deadlines=recount.total)
    return recount


def step(recount: Recount) -> bool:
    """Move up to BATCH deadlines; False once none is left. Commits nothing.

    Safe to run again at any point: a deadline that was moved no longer differs, so it is in
    no group any more.
    """
    held = _held([group for group in counted(Basis(recount.basis)) if group.moves])
    lines = []
    for clock, offer, group in held:
        if told := _move(clock, offer, group):
            subject = (clock.subject_kind, clock.subject_id)
            lines.append((subject, {**told, "reason": recount.reason}))
    trail.record_many("deadline.recounted", lines)
    recount.moved += len(lines)
    recount.heartbeat_at = now()
    if not held:
        recount.finished_at = now()
        trail.record("recount.finished", recount, moved=recount.moved)
    return bool(held)


def _held(groups: Sequence[Group]) -> list[tuple[Deadline, Offer | None, Group]]:
    """The next deadlines to move, each locked after its offer, as everybody does."""
    wanted: list[tuple[Any, Group]] = []
    for group in groups:
        if len(wanted) >= BATCH:
            break
        wanted += [(row, group) for row in members(group, BATCH - len(wanted))]
    offers = _locked(Offer, [row.offer_id for row, _group in wanted if row.offer_id])
    clocks = _locked(Deadline, [row.id for row, _group in wanted])
    return [(clocks[row.id], offers.get(row.offer_id), group) for row, group in wanted]


def _locked(model: Any, ids: Sequence[int]) -> dict[int, Any]:
    query = select(model).where(model.id.in_(ids)).order_by(model.id).with_for_update()
    rows = db.session.scalars(query, execution_options={"populate_existing": True})
    return {row.id: row for row in rows}


def _move(clock: Deadline, offer: Offer | None, group: Group) -> dict[str, Any] | None:
    """Give a running clock its new date and derivation; None where it ended meanwhile."""
    after, answer = group.after, group.answer
    stands = Count(clock.due_on, clock.longest_on, clock.rule_status, clock.provisional)
    if clock.status != DeadlineStatus.RUNNING or stands != group.before or not after or not answer:
        return None
    told = {
        "deadline": clock.id,
        "rule": clock.rule_key,
        "changed": {"due_on": [clock.due_on.isoformat(), after.on.isoformat()]},
        "causes": group.causes,
        "rule_version": [clock.rule_version, answer.rule_version],
        "calendar_version": [clock.calendar_version, answer.calendar_version],
    }
    clock.due_on, clock.longest_on = after.on, after.longest
    clock.rule_status, clock.provisional = after.status, after.provisional
    clock.rule_version, clock.calendar_version = answer.rule_version, answer.calendar_version
    clock.article, clock.derivation = answer.citation.zh, answer.to_json()
    clock.warn_on = group.warn
    if offer is not None and offer.served_on is not None:
        offer.reply_due_on = after.on
    return told


def running_recount() -> Recount | None:
    """The one that is under way; there is never more than one."""
    return db.session.scalar(select(Recount).where(Recount.finished_at.is_(None)))


def recounts(newest: int = 20) -> list[Recount]:
    return list(db.session.scalars(select(Recount).order_by(Recount.id.desc()).limit(newest)))


def get_recount(recount_id: int) -> Recount:
    """A decision, or 404."""
    found: Recount = db.one_or_404(select(Recount).where(Recount.id == recount_id))
    return found
