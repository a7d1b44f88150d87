"""Messages owed to people (通知), and what became of each.

The row is the promise; a job keeps it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class NoticeState(StrEnum):
    """Where a notice stands. What we hear only ever moves it down this list, see `above`."""

    QUEUED = "queued"
    PAPER = "paper"  # no address: a letter on paper is owed instead
    SENDING = "sending"
    UNCERTAIN = "uncertain"  # handed over, but we died before we could note the answer
    SUPPRESSED = "suppressed"  # its address is on the list of those that get no mail
    FAILED = "failed"
    SENT = "sent"
    BOUNCED = "bounced"
    DELIVERED = "delivered"  # the addressee has shown that it arrived
    CANCELLED = "cancelled"

    @property
    def above(self) -> list[str]:
        """The states that news of this one may still change, in whatever order news comes."""
        order = list(NoticeState)
        return [str(state) for state in order[: order.index(self)]]


STUCK = (NoticeState.SUPPRESSED, NoticeState.FAILED, NoticeState.BOUNCED)  # for want of an address
UNSETTLED = (NoticeState.QUEUED, NoticeState.SENDING, NoticeState.UNCERTAIN)


class Outcome(StrEnum):
    """What one attempt came to."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # 5xx: this address will not take it
    DEFERRED = "deferred"  # 4xx or no connection: try again later
    UNKNOWN = "unknown"  # the worker died between handing over and noting the answer
    BOUNCED = "bounced"  # it came back for good
    SOFT_BOUNCED = "soft_bounced"  # it came back this time; the address may work later
    FAULTY = "faulty"  # the message itself could not be made


class Message(TenantOwned, Model):
    """The text of one kind of notice at one moment, shared by all who get it.

    `fields` of a notice fill its `{{ names }}`; nothing else differs between recipients, so a
    worker prepares the text once and replaces plain strings.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("locale", ("zh_CN", "en")),
        UniqueConstraint("tenant_id", "kind", "text_id", "text_version", "locale", "digest"),
    )

    kind: Mapped[str]
    text_id: Mapped[str]  # which official text, such as 05a-reply-acknowledgement
    text_version: Mapped[str]
    locale: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    digest: Mapped[str]  # SHA-256 of subject and body


class Notice(TenantOwned, Model):
    """One message owed to one recipient, once.

    `attempts` counts how often a worker took it up, `deferrals` how often the receiving side
    asked us to come back, `round` the addresses tried: a new one begins a new round. Each
    sending writes the row twice, so it bears no index that a page can do without.
    """

    __tablename__ = "notice"
    __table_args__ = (
        tenant_fk("message", "message_id"),
        UniqueConstraint(
            "tenant_id",
            "subject_kind",
            "subject_id",
            "kind",
            "recipient",
            "sequence",
            name="uq_notice_once",
        ),
        one_of("state", NoticeState),
        tenant_fk("contact_repair", "repair_id"),
        one_of("bounce", ("hard", "soft")),
        CheckConstraint("state <> 'bounced' OR bounce IS NOT NULL", name="bounced_hard_or_soft"),
        CheckConstraint("state <> 'paper' OR address IS NULL", name="paper_has_no_address"),
        CheckConstraint(
            "address IS NOT NULL OR state IN ('paper', 'delivered', 'cancelled')",
            name="no_address_is_paper",
        ),
        CheckConstraint(
            "state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL", name="sent_has_instant"
        ),
        Index(
            "ix_notice_due",
            "tenant_id",
            "due_at",
            "id",
            postgresql_where=text("state IN ('queued', 'sending', 'uncertain')"),
        ),
        Index("ix_notice_batch", "tenant_id", "batch_kind", "batch_id", "state"),
        Index(
            "ix_notice_open",
            "tenant_id",
            "state",
            "id",
            postgresql_where=text(
                "state IN ('paper', 'uncertain', 'suppressed', 'failed', 'bounced')"
            ),
        ),
        Index("ix_notice_recipient", "tenant_id", "recipient"),
        Index(
            "ix_notice_repair",
            "tenant_id",
            "repair_id",
            postgresql_where=text("repair_id IS NOT NULL"),
        ),
    )

    kind: Mapped[str]  # offer, feedback, receipt, reminder, …
    subject_kind: Mapped[str]  # table and id of what it is about
    subject_id: Mapped[int]
    recipient: Mapped[str]  # "enterprise:17", "union:4", "user:2": who, whatever the address
    recipient_name: Mapped[str]
    sequence: Mapped[int] = mapped_column(server_default="1")
    batch_kind: Mapped[str | None]  # "campaign", for progress, pause and cancel
    batch_id: Mapped[int | None]
    message_id: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    address: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default=NoticeState.QUEUED)
    due_at: Mapped[datetime]  # not before; moved on by each retry
    leased_until: Mapped[datetime | None]
    paused: Mapped[bool] = mapped_column(server_default=text("false"))
    attempts: Mapped[int] = mapped_column(server_default="0")
    deferrals: Mapped[int] = mapped_column(server_default="0")
    round: Mapped[int] = mapped_column(server_default="1")
    bounce: Mapped[str | None]  # how the last one came back; a soft one is sent again by itself
    soft_bounces: Mapped[int] = mapped_column(server_default="0")
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]  # set at once; a mail on its way may still arrive
    last_answer: Mapped[str | None]
    repair_id: Mapped[int | None]  # the task that must be done before it can go on


class Delivery(TenantOwned, Model):
    """One attempt to send a notice, and what the other server said. Never changed."""

    __tablename__ = "delivery"
    __table_args__ = (
        tenant_fk("notice", "notice_id"),
        one_of("outcome", Outcome),
        Index("ix_delivery_notice", "tenant_id", "notice_id"),
    )

    notice_id: Mapped[int]
    attempt: Mapped[int]
    at: Mapped[datetime]
    outcome: Mapped[str]
    address: Mapped[str]
    answer: Mapped[str]


class ContactRepair(TenantOwned, Model):
    """A task (联系方式更正): this recipient's address does not work; find one that does."""

    __tablename__ = "contact_repair"
    __table_args__ = (
        Index(
            "uq_contact_repair_open",
            "tenant_id",
            "recipient",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    recipient: Mapped[str]
    recipient_name: Mapped[str]
    address: Mapped[str | None]
    reason: Mapped[str]  # a contact_repair code of rules/reasons.yaml
    answer: Mapped[str]
    new_address: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None]
