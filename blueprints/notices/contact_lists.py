"""The lists of contacts to repair."""

from collections.abc import Sequence

from sqlalchemy import func, select

from blueprints.notices.models import ContactRepair, Notice
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db


def page_of(*, closed: bool, cursor: str | None) -> Page:
    """Open tasks, the oldest first; or those dealt with, the newest first."""
    waiting = (
        select(func.count())
        .where(Notice.tenant_id == ContactRepair.tenant_id, Notice.repair_id == ContactRepair.id)
        .correlate(ContactRepair)
        .scalar_subquery()
    )
    query = select(
        ContactRepair.id,
        ContactRepair.recipient_name,
        ContactRepair.address,
        ContactRepair.new_address,
        ContactRepair.reason,
        ContactRepair.created_at,
        ContactRepair.closed_at,
        waiting.label("waiting"),
    ).where(ContactRepair.closed_at.is_not(None) if closed else ContactRepair.closed_at.is_(None))
    return leaf(query, [Key(ContactRepair.id, descending=closed)], cursor=cursor)


def how_many(*, closed: bool) -> int:
    done = ContactRepair.closed_at.is_not(None)
    return db.session.scalars(
        select(func.count()).select_from(ContactRepair).where(done if closed else ~done)
    ).one()


def newest_open(count: int) -> tuple[int, Sequence[ContactRepair]]:
    """How many are open, and the newest of them."""
    query = select(ContactRepair, func.count().over()).where(ContactRepair.closed_at.is_(None))
    rows = db.session.execute(query.order_by(ContactRepair.id.desc()).limit(count)).all()
    return (rows[0][1] if rows else 0), [row[0] for row in rows]
