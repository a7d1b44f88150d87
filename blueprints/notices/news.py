"""What we hear of a notice after it went out. News comes late, twice or in any order.

A notice only ever moves down the list of its states, so the last word of the addressee stands
whatever a mail server says afterwards.
"""

from datetime import timedelta

from sqlalchemy import func, or_, select, update

from blueprints.notices import repairs
from blueprints.notices.actions import wake_worker
from blueprints.notices.models import Delivery, Notice, NoticeState, Outcome
from blueprints.notices.suppressions import Dead, suppress
from rules.contacts import HARD, WRONG_ADDRESSEE
from tenants.clock import now
from tenants.db import TenantOwned, db, rows_changed
from tenants.trail import named

SOFT_LADDER = (timedelta(days=1), timedelta(days=3))


def acknowledge(
    subject: TenantOwned | tuple[str, int], *, recipient: str, kind: str | None = None
) -> int:
    """The addressee has shown that what we sent about `subject` arrived; returns how many did.

    A notice that was never tried is left alone: it cannot have been the one.
    """
    subject_kind, subject_id = named(subject)
    query = (
        update(Notice)
        .where(
            Notice.subject_kind == subject_kind,
            Notice.subject_id == subject_id,
            Notice.recipient == recipient,
            Notice.state.in_(NoticeState.DELIVERED.above),
            or_(Notice.attempts > 0, Notice.state == NoticeState.PAPER),
        )
        .values(
            state=NoticeState.DELIVERED,
            delivered_at=now(),
            sent_at=func.coalesce(Notice.sent_at, now()),
            repair_id=None,
        )
        .execution_options(synchronize_session=False)
    )
    if kind is not None:
        query = query.where(Notice.kind == kind)
    return rows_changed(query)


def disclaimed(subject: TenantOwned | tuple[str, int], *, recipient: str) -> int:
    """Whoever reads there says that it is not them. Returns how many addresses get no more mail.

    The receipt of that very answer goes out; nothing after it does.
    """
    subject_kind, subject_id = named(subject)
    tried = select(Notice.id, Notice.address).where(
        Notice.subject_kind == subject_kind,
        Notice.subject_id == subject_id,
        Notice.recipient == recipient,
        Notice.address.is_not(None),
        Notice.attempts > 0,
    )
    rows = db.session.execute(tried).all()
    return suppress([Dead(row.address, WRONG_ADDRESSEE, "", row.id) for row in rows])


def bounced(notice: Notice, *, round_: int, answer: str, reason: str) -> bool:
    """A mail came back. False when that is old news: it arrived, or another address is tried.

    Hard, it puts the address on the list of those that get no mail and opens a task. Soft, the
    same address is tried again a day later and then three; after that it is a task too.
    """
    db.session.refresh(notice, with_for_update=True)
    if round_ != notice.round or notice.state not in NoticeState.BOUNCED.above:
        return False
    hard = is_hard(reason)
    db.session.add(
        Delivery(
            notice_id=notice.id,
            attempt=notice.attempts,
            at=now(),
            outcome=Outcome.BOUNCED if hard else Outcome.SOFT_BOUNCED,
            address=notice.address or "",
            answer=answer,
        )
    )
    again = None if hard else _again(notice.soft_bounces)
    notice.state, notice.last_answer = NoticeState.BOUNCED, answer
    notice.bounce = "hard" if hard else "soft"
    notice.soft_bounces += not hard
    notice.leased_until = None
    if again is not None:
        notice.due_at = now() + again
    db.session.flush()
    if hard and notice.address:
        suppress([Dead(notice.address, reason, answer, notice.id)])
        wake_worker()  # what else is owed to it is held back
    if again is None:
        repairs.open_for([(notice.id, reason, answer)])
    return True


def is_hard(reason: str) -> bool:
    """Whether nothing will ever arrive there."""
    return reason in HARD


def _again(soft_bounces: int) -> timedelta | None:
    return SOFT_LADDER[soft_bounces] if soft_bounces < len(SOFT_LADDER) else None
