"""Notices for tests: one, or a campaign of many in one statement, as the offers room does it."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text

from blueprints.notices.actions import post, wake_worker
from blueprints.notices.messages import message_for
from blueprints.notices.models import ContactRepair, Delivery, Message, Notice
from tenants.clock import now
from tenants.db import db
from tenants.scope import current_tenant_id

CAMPAIGN = ("campaign", 7)
_MANY = text("""
INSERT INTO notice (tenant_id, kind, subject_kind, subject_id, recipient, recipient_name,
    batch_kind, batch_id, message_id, fields, address, state, due_at)
SELECT :tenant, 'reminder', 'offer', n, 'enterprise:' || n, '示范餐饮' || n || '店', :kind, :batch,
    :message, jsonb_build_object('addressee_name', '示范餐饮' || n || '店'),
    'n' || n || '@firm.example', 'queued', :now
FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
""")
REMINDER = "28i-mail-reply-reminder"
SHARED = {
    "letter_no": "示工约〔2026〕17号",
    "served_on": "2026-04-01",
    "reply_due_on": "2026-04-21",
    "reply_rule_article": "《集体合同规定》第三十二条",
    "reply_url": "https://yaoyue.example/reply/abc",
    "contact_name": "王某某",
    "contact_phone": "0716-0000000",
    "tenant_name": "示范市总工会",
}


def owe(number: int = 1, **changes: Any) -> Notice:
    """One notice to enterprise `number`."""
    wanted = {
        "subject": ("offer", number),
        "recipient": f"enterprise:{number}",
        "name": f"示范餐饮{number}店",
        "address": f"n{number}@firm.example",
        "text_id": REMINDER,
        "values": {**SHARED, "addressee_name": f"示范餐饮{number}店"},
        **changes,
    }
    return post(wanted.pop("kind", "reminder"), **wanted)


def owe_many(count: int, *, first: int = 1) -> Message:
    """A campaign: one message, `count` notices from number `first` on, one statement."""
    message = message_for("reminder", REMINDER, open_slots={"addressee_name"}, shared=SHARED)
    kind, batch = CAMPAIGN
    db.session.execute(
        _MANY,
        {
            "tenant": current_tenant_id(),
            "kind": kind,
            "batch": batch,
            "message": message.id,
            "now": now(),
            "first": first,
            "last": first + count - 1,
        },
    )
    wake_worker()
    return message


def states() -> dict[str, int]:
    query = select(Notice.state, func.count()).group_by(Notice.state)
    return dict(tuple(row) for row in db.session.execute(query))


def deliveries(notice_id: int) -> list[tuple[str, str]]:
    """Outcome and answer of each attempt, the first one first."""
    query = select(Delivery.outcome, Delivery.answer).where(Delivery.notice_id == notice_id)
    return [tuple(row) for row in db.session.execute(query.order_by(Delivery.id))]


def reread(notice: Notice) -> Notice:
    """The row as it stands now, whichever session it came from."""
    query = select(Notice).where(Notice.id == notice.id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def open_repairs() -> list[ContactRepair]:
    query = select(ContactRepair).where(ContactRepair.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(ContactRepair.id)))


def moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)
