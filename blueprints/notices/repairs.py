"""Contact repair (联系方式更正): an address that does not work, found once, mended once.

One task is open per recipient, however many notices wait for it. A new address lets all of them
go out; where none can be found, letters on paper are owed instead.
"""

from collections.abc import Sequence

from sqlalchemy import func, select, text, update

from blueprints.notices import outbox, suppressions
from blueprints.notices.actions import wake_worker
from blueprints.notices.models import STUCK, ContactRepair, Notice, NoticeState
from blueprints.notices.suppressions import Suppression, lift_address
from blueprints.registry.actions import correct_enterprise
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.union_actions import correct_union
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.acting import current_actor
from tenants.clock import now, today
from tenants.db import db, rows_changed
from tenants.scope import current_tenant_id

USERS_ADDRESS = Text(
    "用户的邮箱由管理员在“用户与角色”中更正。",
    "The address of a user is corrected by an administrator, under users and roles.",
)
REPAIRED = "联系方式已更正"  # as it stands in the trail, like every word a person might have typed
_OPEN = text("""
INSERT INTO contact_repair
    (tenant_id, recipient, recipient_name, address, reason, answer, created_at)
SELECT DISTINCT ON (recipient) :tenant, recipient, recipient_name, address, t.reason, t.answer, :now
FROM unnest(CAST(:ids AS bigint[]), CAST(:reasons AS text[]), CAST(:answers AS text[]))
    AS t (id, reason, answer)
JOIN notice ON notice.tenant_id = :tenant AND notice.id = t.id
WHERE notice.state IN ('suppressed', 'failed', 'bounced')
ORDER BY recipient, t.id
ON CONFLICT (tenant_id, recipient) WHERE closed_at IS NULL DO NOTHING
RETURNING id, recipient, reason
""")

_TIE = text("""
UPDATE notice SET repair_id = task.id
FROM contact_repair AS task
WHERE notice.tenant_id = :tenant AND notice.id = ANY(CAST(:ids AS bigint[]))
    AND notice.state IN ('suppressed', 'failed', 'bounced')
    AND task.tenant_id = :tenant AND task.recipient = notice.recipient AND task.closed_at IS NULL
""")


def open_for(failed: Sequence[tuple[int, str, str]]) -> None:
    """Open a task for each recipient of these (notice id, reason code, server's answer)."""
    if not failed:
        return
    ids, reasons, answers = (list(column) for column in zip(*failed, strict=True))
    tenant = current_tenant_id()
    opened = db.session.execute(
        _OPEN,
        {"tenant": tenant, "now": now(), "ids": ids, "reasons": reasons, "answers": answers},
    ).all()
    db.session.execute(_TIE, {"tenant": tenant, "ids": ids})
    trail.record_many(
        "contact.failed",
        (
            (("contact_repair", row.id), {"recipient": row.recipient, "reason": row.reason})
            for row in opened
        ),
    )


def hold_back() -> int:
    """What is owed to a listed address leaves the line and waits for its contact; how many."""
    held = outbox.hold_back()
    open_for(held)
    return len(held)


def repair(task: ContactRepair, new_address: str) -> int:
    """Write down the address that works; what waited for it goes out. Returns how many that is.

    Refused for the account of a user: a link that opens it would go to whoever typed the address.
    An address that was left alone is written to again: somebody has just found that it works.
    """
    if task.recipient.startswith("user:"):
        raise RuleBroken(USERS_ADDRESS)
    lift_address(new_address, REPAIRED)
    _correct_register(task, new_address)
    return _resume(task, new_address)


def lift(standing: Suppression, note: str) -> int:
    """An address works after all: it is written to again. Returns how many notices go out."""
    if standing.lifted_at is not None:
        raise RuleBroken(
            Text("这个地址已经恢复发送。", "This address is written to again already.")
        )
    suppressions.lift(standing, note)
    tasks = select(ContactRepair).where(
        func.lower(ContactRepair.address) == standing.address, ContactRepair.closed_at.is_(None)
    )
    return sum(
        _resume(task, task.address or "")
        for task in db.session.scalars(tasks.order_by(ContactRepair.id).with_for_update()).all()
    )


def _resume(task: ContactRepair, address: str) -> int:
    _close(task, address)
    sent = _follow(
        task,
        address=address,
        state=NoticeState.QUEUED,
        round=Notice.round + 1,
        deferrals=0,
        bounce=None,
        soft_bounces=0,
        due_at=now(),
        repair_id=None,
    )
    trail.record(
        "contact.repaired", task, recipient=task.recipient, before=task.address, after=address
    )
    wake_worker()
    return sent


def to_paper(task: ContactRepair) -> int:
    """No address can be found: what waited for one is owed on paper. Returns how many that is."""
    _close(task, None)
    turned = _follow(task, address=None, state=NoticeState.PAPER, repair_id=None)
    trail.record("contact.given_up", task, recipient=task.recipient, before=task.address)
    return turned


def waiting_for(task: ContactRepair) -> list[Notice]:
    """The notices that cannot go on before this task is done."""
    query = select(Notice).where(Notice.repair_id == task.id).order_by(Notice.id)
    return list(db.session.scalars(query))


def _correct_register(task: ContactRepair, new_address: str) -> None:
    """Put it on the register too, where the address that failed is the one kept there."""
    kind, _colon, ident = task.recipient.partition(":")
    facts = {"email": new_address}
    if kind == "enterprise":
        enterprise = db.session.scalar(select(Enterprise).where(Enterprise.id == int(ident)))
        if enterprise is not None and enterprise.email in {None, "", task.address}:
            correct_enterprise(enterprise, facts, today=today())
    elif kind == "union":
        union = db.session.scalar(select(TradeUnion).where(TradeUnion.id == int(ident)))
        if union is not None and union.email in {None, "", task.address}:
            correct_union(union, facts)


def _close(task: ContactRepair, new_address: str | None) -> None:
    if task.closed_at is not None:
        raise RuleBroken(
            Text("这条更正任务已经办结。", "This contact has been dealt with already.")
        )
    task.new_address = new_address
    task.closed_at = now()
    task.closed_by_id = current_actor().id


def _follow(task: ContactRepair, **values: object) -> int:
    db.session.flush()
    query = (
        update(Notice)
        .where(
            Notice.repair_id == task.id,
            Notice.state.in_(STUCK),
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return rows_changed(query)
