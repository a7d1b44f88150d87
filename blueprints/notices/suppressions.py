"""Addresses that get no mail (停发地址): each with its reason, until somebody lifts it.

A server that says there is no such mailbox puts the address on the list, and so does a reader who
says that we have the wrong one. What is owed to a listed address is `suppressed`: it waits for the
contact to be repaired, and no server is asked about it again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import CheckConstraint, Index, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped

from blueprints.notices.models import Notice, NoticeState
from rules.contacts import DOMAIN_UNKNOWN, MAILBOX_UNKNOWN, UNSUBSCRIBED, WRONG_ADDRESSEE
from tenants import trail
from tenants.acting import current_actor
from tenants.clock import now
from tenants.db import Model, TenantOwned, db, one_of, tenant_fk
from tenants.scope import current_tenant_id

REASONS = (MAILBOX_UNKNOWN, DOMAIN_UNKNOWN, WRONG_ADDRESSEE, UNSUBSCRIBED)


class Suppression(TenantOwned, Model):
    """One address that is left alone. Lifted, it stays as history."""

    __tablename__ = "suppression"
    __table_args__ = (
        tenant_fk("notice", "notice_id"),
        tenant_fk("user", "added_by_id"),
        tenant_fk("user", "lifted_by_id"),
        one_of("reason", REASONS),
        CheckConstraint("address = lower(address)", name="address_in_small_letters"),
        CheckConstraint("position('@' in address) > 1", name="address_of_mail"),
        CheckConstraint(
            "lifted_at IS NULL OR length(btrim(lifted_note)) > 0", name="lifted_with_a_reason"
        ),
        Index(
            "uq_suppression_standing",
            "tenant_id",
            "address",
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    address: Mapped[str]
    reason: Mapped[str]  # a contact code of rules/reasons.yaml
    note: Mapped[str]  # the server's words, or those of whoever entered it
    notice_id: Mapped[int | None]  # the notice that came back
    added_by_id: Mapped[int | None]  # nobody: the system heard it from a server
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None]
    lifted_note: Mapped[str | None]


class Dead(NamedTuple):
    """An address nothing arrives at, and how we know."""

    address: str
    reason: str
    note: str
    notice_id: int | None = None


def plain(address: str) -> str:
    """As the list has it. Domains know no case, and no mailbox that we ever met does."""
    return address.strip().lower()


def suppress(found: Iterable[Dead]) -> int:
    """Put addresses on the list; those on it stay as they are. Returns how many are new."""
    actor = current_actor()
    rows = {
        plain(one.address): {
            "tenant_id": current_tenant_id(),
            "address": plain(one.address),
            "reason": one.reason,
            "note": one.note[:500],
            "notice_id": one.notice_id,
            "added_by_id": actor.id,
            "created_at": now(),
        }
        for one in found
    }
    if not rows:
        return 0
    made = (
        insert(Suppression)
        .values(list(rows.values()))
        .on_conflict_do_nothing()
        .returning(Suppression.id, Suppression.address, Suppression.reason)
    )
    new = db.session.execute(made).all()
    trail.record_many(
        "suppression.added",
        ((("suppression", row.id), {"address": row.address, "reason": row.reason}) for row in new),
    )
    return len(new)


def lift(standing: Suppression, note: str) -> None:
    """The address may be written to again. What waited for it goes out when it is asked for."""
    standing.lifted_at, standing.lifted_note = now(), note
    standing.lifted_by_id = current_actor().id
    db.session.flush()
    trail.record("suppression.lifted", standing, address=standing.address, note=note)


def lift_address(address: str, note: str) -> bool:
    """Lift what stands against an address, if anything does."""
    standing = standing_against(address, lock=True)
    if standing is not None:
        lift(standing, note)
    return standing is not None


def standing_against(address: str | None, *, lock: bool = False) -> Suppression | None:
    """The entry because of which nothing goes to this address."""
    if not address:
        return None
    query = select(Suppression).where(
        Suppression.address == plain(address), Suppression.lifted_at.is_(None)
    )
    return db.session.scalar(query.with_for_update() if lock else query)


def waiting_for(standing: Suppression) -> Sequence[Notice]:
    """The notices that are held back because of it, the newest first."""
    query = select(Notice).where(
        Notice.state == NoticeState.SUPPRESSED, func.lower(Notice.address) == standing.address
    )
    return db.session.scalars(query.order_by(Notice.id.desc()).limit(100)).all()
