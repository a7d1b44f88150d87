"""Service, reply, feedback and the clocks between them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class ServiceMethod(StrEnum):
    IN_PERSON = "in_person"
    REGISTERED_POST = "registered_post"
    REPLY_DESK = "reply_desk"  # the addressee acknowledged through the signed link
    EMAIL_ACKNOWLEDGED = "email_acknowledged"
    BY_REPLY = "by_reply"  # an answer on paper proves that the offer had arrived


class ServiceState(StrEnum):
    PREPARED = "prepared"
    ATTEMPTED = "attempted"
    ACKNOWLEDGED = "acknowledged"
    DISPUTED = "disputed"


class ReplyKind(StrEnum):
    ACCEPT = "accept"
    ACCEPT_OTHER_DATE = "accept_other_date"
    REFUSE = "refuse"
    NOT_US = "not_us"  # wrong addressee, closed or moved


class ReplyChannel(StrEnum):
    REPLY_DESK = "reply_desk"
    PAPER = "paper"


class Finding(StrEnum):
    """What the upper union finds of a reason (offer.may_refuse). The words are the employer's."""

    PROPER = "proper"
    IMPROPER = "improper"


class DeadlineStatus(StrEnum):
    RUNNING = "running"
    MET = "met"
    LAPSED = "lapsed"
    DROPPED = "dropped"  # the matter ended otherwise, or another clock took its place


class Service(TenantOwned, Model):
    """One attempt to serve an offer (送达), and its proof. Only a proven one starts the clock."""

    __tablename__ = "service"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("document", "evidence_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("method", ServiceMethod),
        one_of("state", ServiceState),
        CheckConstraint(
            "state <> 'acknowledged' OR method IN ('reply_desk', 'by_reply') "
            "OR evidence_id IS NOT NULL "
            "OR post_number IS NOT NULL",
            name="proof_or_no_service",
        ),
        CheckConstraint("state <> 'attempted' OR failure IS NOT NULL", name="failure_has_reason"),
        Index("ix_service_offer", "tenant_id", "offer_id"),
        Index(
            "uq_service_proven",
            "tenant_id",
            "offer_id",
            unique=True,
            postgresql_where=text("state = 'acknowledged'"),
        ),
    )

    offer_id: Mapped[int]
    method: Mapped[str]
    state: Mapped[str]
    served_on: Mapped[date]
    receiver_name: Mapped[str | None]
    receiver_title: Mapped[str | None]
    witness: Mapped[str | None]
    post_number: Mapped[str | None]
    evidence_id: Mapped[int | None]
    failure: Mapped[str | None]  # a service_failure code of rules/reasons.yaml
    note: Mapped[str | None]
    recorded_by_id: Mapped[int | None]


class Reply(TenantOwned, Model):
    """What the enterprise answered, as it answered. A correction is a new row."""

    __tablename__ = "reply"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("document", "scan_id"),
        tenant_fk("user", "recorded_by_id"),
        tenant_fk("user", "reviewed_by_id"),
        one_of("kind", ReplyKind),
        one_of("channel", ReplyChannel),
        one_of("finding", Finding),
        Index("ix_reply_offer", "tenant_id", "offer_id"),
        Index(
            "uq_reply_standing",
            "tenant_id",
            "offer_id",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    offer_id: Mapped[int]
    kind: Mapped[str]
    channel: Mapped[str]
    received_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(server_default=text("false"))
    meeting_on: Mapped[date | None]
    meeting_time: Mapped[str | None]
    meeting_place: Mapped[str | None]
    representatives: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=text("'[]'")
    )
    reason_code: Mapped[str | None]
    reason: Mapped[str | None]  # verbatim
    person_name: Mapped[str]
    person_title: Mapped[str | None]
    person_phone: Mapped[str | None]
    person_email: Mapped[str | None]
    scan_id: Mapped[int | None]
    recorded_by_id: Mapped[int | None]
    replaced_at: Mapped[datetime | None]
    finding: Mapped[str | None]
    finding_note: Mapped[str | None]
    reviewed_by_id: Mapped[int | None]
    reviewed_at: Mapped[datetime | None]


class Feedback(TenantOwned, Model):
    """What came back for an offer (反馈), numbered, told to everyone concerned once."""

    __tablename__ = "feedback"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("reply", "reply_id"),
        tenant_fk("deadline", "deadline_id"),
        one_of("cause", ("reply", "lapse", "finding")),
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint("(cause = 'lapse') = (deadline_id IS NOT NULL)", name="lapse_of_a_clock"),
        Index(
            "uq_feedback_reply",
            "tenant_id",
            "reply_id",
            "cause",
            unique=True,
            postgresql_where=text("reply_id IS NOT NULL"),
        ),
        Index(
            "uq_feedback_lapse",
            "tenant_id",
            "deadline_id",
            unique=True,
            postgresql_where=text("deadline_id IS NOT NULL"),
        ),
        Index("ix_feedback_offer", "tenant_id", "offer_id"),
    )

    offer_id: Mapped[int]
    cause: Mapped[str]
    reply_id: Mapped[int | None]
    deadline_id: Mapped[int | None]
    document_no: Mapped[str]
    given_on: Mapped[date]


class Deadline(TenantOwned, Model):
    """A day by which something is due, and how it was counted."""

    __tablename__ = "deadline"
    __table_args__ = (
        one_of("status", DeadlineStatus),
        Index("ix_deadline_subject", "tenant_id", "subject_kind", "subject_id"),
        Index(
            "uq_deadline_running",
            "tenant_id",
            "subject_kind",
            "subject_id",
            "rule_key",
            unique=True,
            postgresql_where=text("status = 'running'"),
        ),
        Index(
            "ix_deadline_due",
            "due_on",
            postgresql_include=("tenant_id",),
            postgresql_where=text("status = 'running'"),
        ),
    )

    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    rule_key: Mapped[str]
    rule_version: Mapped[str]
    rule_status: Mapped[str]  # confirmed, unconfirmed
    article: Mapped[str]
    anchor_on: Mapped[date]
    due_on: Mapped[date]
    longest_on: Mapped[date | None]  # where the local rule is unconfirmed: no sanction before
    warn_on: Mapped[date | None]
    warned_at: Mapped[datetime | None]
    calendar_version: Mapped[str]
    provisional: Mapped[bool] = mapped_column(server_default=text("false"))
    derivation: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    status: Mapped[str] = mapped_column(server_default=DeadlineStatus.RUNNING)
    ended_at: Mapped[datetime | None]
