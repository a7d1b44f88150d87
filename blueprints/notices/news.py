"""What we hear of a notice after it went out. News comes late, twice or in any order.

A notice only ever moves down the list of its states, so the last word of the addressee stands
whatever a mail server says afterwards.
"""

from sqlalchemy import func, or_, update

from blueprints.notices import repairs
from blueprints.notices.models import Delivery, Notice, NoticeState, Outcome
from tenants.clock import now
from tenants.db import TenantOwned, db
from tenants.trail import named


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
    return int(db.session.execute(query).rowcount)  # type: ignore[attr-defined]


def bounced(notice: Notice, *, round_: int, answer: str, reason: str) -> bool:
    """A mail came back. False when that is old news: it arrived, or another address is tried."""
    db.session.refresh(notice, with_for_update=True)
    if round_ != notice.round or notice.state not in NoticeState.BOUNCED.above:
        return False
    db.session.add(
        Delivery(
            notice_id=notice.id,
            attempt=notice.attempts,
            at=now(),
            outcome=Outcome.BOUNCED,
            address=notice.address or "",
            answer=answer,
        )
    )
    notice.state = NoticeState.BOUNCED
    notice.last_answer = answer
    db.session.flush()
    repairs.open_for([(notice.id, reason, answer)])
    return True
