"""Posting notices and changing their course. Nothing is sent here: rows are written, workers woken.

Many notices at once are posted by one statement, written by the room that owns the recipients:

    INSERT INTO notice (tenant_id, kind, subject_kind, subject_id, recipient, recipient_name,
                        batch_kind, batch_id, message_id, fields, address, state, due_at,
                        created_at)
    SELECT …, 'enterprise:' || e.id, e.name, 'campaign', :campaign, :message,
           jsonb_build_object('addressee_name', e.name, 'reply_url', …),
           e.email, CASE WHEN e.email IS NULL THEN 'paper' ELSE 'queued' END, :now, :now
    FROM … ON CONFLICT DO NOTHING

followed by `wake_worker()`. `message` comes from messages.message_for(); `fields` holds text for
each of its open slots. An empty address is NULL and makes the state `paper`: the database refuses
anything else. The unique key (kind, subject, recipient, sequence) makes the statement repeatable.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from blueprints.notices import suppressions
from blueprints.notices.letters.texts import LetterText
from blueprints.notices.messages import one_message
from blueprints.notices.models import UNSETTLED, Notice, NoticeState
from jobs.queue import wake
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import TenantOwned, db, rows_changed
from tenants.scope import current_tenant_id

Batch = tuple[str, int]
Subject = TenantOwned | tuple[str, int]
DRAIN = "jobs.notices.drain"


def post(
    kind: str,
    *,
    subject: Subject,
    recipient: str,
    name: str,
    address: str | None,
    text_id: str,
    values: Mapping[str, Any],
    locale: str = "zh_CN",
    sequence: int = 1,
    batch: Batch | None = None,
    due_at: datetime | None = None,
    text: LetterText | None = None,
) -> Notice:
    """Owe one message to one recipient. Posting it again returns the first, unchanged.

    `subject` is what it is about, `recipient` who gets it, whatever the address:
    "enterprise:17", "union:4", "user:2". No address means a letter on paper. `text` is a wording
    that was fixed earlier; else the one in force.
    """
    db.session.flush()
    subject_kind, subject_id = trail.named(subject)
    key = {
        "tenant_id": current_tenant_id(),
        "kind": kind,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "recipient": recipient,
        "sequence": sequence,
    }
    query = select(Notice).filter_by(**key)
    if (standing := db.session.scalar(query)) is not None:
        return standing
    message, fields = one_message(kind, text_id, values, locale, text)
    batch_kind, batch_id = batch or (None, None)
    address = (address or "").strip() or None
    row = insert(Notice).values(
        **key,
        recipient_name=name,
        batch_kind=batch_kind,
        batch_id=batch_id,
        message_id=message.id,
        fields=fields,
        address=address,
        state=NoticeState.QUEUED if address else NoticeState.PAPER,
        due_at=due_at or now(),
        created_at=now(),
    )
    db.session.execute(row.on_conflict_do_nothing())
    wake_worker()
    return db.session.scalars(query).one()


def wake_worker() -> None:
    """Have a worker look, once this transaction has committed."""
    wake(DRAIN)


def pause(batch: Batch) -> int:
    """Hold back what of a batch has not gone out; returns how many notices that is."""
    held = _change(batch, Notice.paused.is_(False), paused=True)
    trail.record("notices.paused", batch, notices=held)
    return held


def resume(batch: Batch) -> int:
    freed = _change(batch, Notice.paused.is_(True), paused=False)
    trail.record("notices.resumed", batch, notices=freed)
    wake_worker()
    return freed


def cancel_unsent(batch: Batch) -> int:
    """Take back what of a batch has not gone out, paper letters included.

    What a worker has in hand goes out, or else stops there; an uncertain one is not sent again.
    """
    states = (*UNSETTLED, NoticeState.PAPER, NoticeState.SUPPRESSED)
    taken = _change(
        batch,
        Notice.cancelled_at.is_(None),
        states=states,
        cancelled_at=now(),
        state=_cancelled_unless_out(),
    )
    trail.record("notices.cancelled", batch, notices=taken)
    return taken


def cancel(notice: Notice) -> None:
    """Take back one notice that has not gone out."""
    if notice.state not in {NoticeState.QUEUED, NoticeState.PAPER, NoticeState.SUPPRESSED}:
        raise RuleBroken(
            Text(
                "只有尚未发出的通知可以撤回。",
                "Only a notice that has not gone out can be cancelled.",
            )
        )
    notice.cancelled_at = now()
    notice.state = NoticeState.CANCELLED
    trail.record("notice.cancelled", notice)


def retry(notice: Notice) -> None:
    """Send a failed notice again to the address it has, or a waiting one at once."""
    if not may_retry(notice):
        raise RuleBroken(
            Text(
                "这封通知现在不能重新发送：只有等待重试、发送失败或者暂时退回的通知可以。",
                "This notice cannot be sent again now: only one that waits, has failed or has "
                "come back for the time being can.",
            )
        )
    if suppressions.standing_against(notice.address) is not None:
        raise RuleBroken(
            Text(
                "这个邮箱在停发名单上，请先恢复发送或者更正联系方式。",
                "This address is on the list of those that get no mail; take it off first, or "
                "correct the contact.",
            )
        )
    if notice.state != NoticeState.QUEUED:
        notice.round += 1
        notice.deferrals = 0
        notice.repair_id = None
    notice.state = NoticeState.QUEUED
    notice.due_at = now()
    trail.record("notice.retried", notice)
    wake_worker()


def may_retry(notice: Notice) -> bool:
    soft = notice.state == NoticeState.BOUNCED and notice.bounce == "soft"
    waits = notice.state in {NoticeState.QUEUED, NoticeState.FAILED}
    return notice.address is not None and (waits or soft)


def _change(batch: Batch, *conditions: Any, states: Any = UNSETTLED, **values: Any) -> int:
    """Change the unsent notices of a batch in one statement."""
    kind, ident = batch
    query = (
        update(Notice)
        .where(
            Notice.batch_kind == kind,
            Notice.batch_id == ident,
            Notice.state.in_(states),
            *conditions,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return rows_changed(query)


def _cancelled_unless_out() -> Any:
    on_its_way = or_(Notice.state == NoticeState.SENDING, Notice.state == NoticeState.UNCERTAIN)
    return case((on_its_way, Notice.state), else_=NoticeState.CANCELLED)
