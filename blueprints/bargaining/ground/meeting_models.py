"""Meetings of a case: who was called and came, what each side said in turn, who signed."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk

SIDES = ("workers", "employer")
CHAIRS = (*SIDES, "both")  # both where the place has the chiefs preside together


class MeetingState(StrEnum):
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


class PositionKind(StrEnum):
    """What a side did in its turn on a topic."""

    POSITION = "position"
    COUNTER = "counter"
    AGREES = "agrees"
    RESERVES = "reserves"  # 保留意见


class SigningMethod(StrEnum):
    """How somebody put their name to a text."""

    SCAN = "scan"  # signed on paper, the scan is on file
    LINK = "link"  # confirmed through a link of one's own


class Meeting(TenantOwned, Model):
    """One bargaining meeting (协商会议), from the call to the signed minutes."""

    __tablename__ = "meeting"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("user", "called_by_id"),
        one_of("state", MeetingState),
        one_of("chair_side", CHAIRS),
        UniqueConstraint("tenant_id", "case_id", "number"),
        UniqueConstraint("tenant_id", "id", "minutes_sha256"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint("length(btrim(place)) > 0", name="has_a_place"),
        CheckConstraint("(state = 'held') = (held_on IS NOT NULL)", name="held_has_a_day"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_reason IS NOT NULL)", name="cancelled_says_why"
        ),
        CheckConstraint("minutes_text IS NULL OR held_on IS NOT NULL", name="minutes_of_a_meeting"),
        CheckConstraint(
            "(minutes_text IS NULL) = (minutes_sha256 IS NULL) AND (minutes_sha256 IS NULL "
            "OR minutes_sha256 = encode(sha256(convert_to(minutes_text, 'UTF8')), 'hex'))",
            name="minutes_match_their_hash",
        ),
        CheckConstraint("next_on IS NULL OR next_on >= held_on", name="next_after_this"),
        Index("ix_meeting_case", "tenant_id", "case_id"),
        Index("ix_meeting_opens", "tenant_id", "state", "opens_at"),
    )

    case_id: Mapped[int]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=MeetingState.CALLED)
    opens_at: Mapped[datetime]
    minutes_long: Mapped[int] = mapped_column(server_default=text("120"))
    place: Mapped[str]
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    chair_side: Mapped[str]
    chair_name: Mapped[str]
    recorder_name: Mapped[str] = mapped_column(server_default="")
    observers: Mapped[str] = mapped_column(server_default="")
    called_by_id: Mapped[int | None]
    sequence: Mapped[int] = mapped_column(server_default=text("0"))  # of the calendar entry
    held_on: Mapped[date | None]
    results: Mapped[str] = mapped_column(server_default="")
    open_points: Mapped[str] = mapped_column(server_default="")  # information still to come
    next_on: Mapped[date | None]
    minutes_text: Mapped[str | None]  # as it was read out; fixed with its hash
    minutes_sha256: Mapped[str | None]
    minutes_fixed_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str | None]
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class Attendance(TenantOwned, Model):
    """Somebody called to a meeting, and whether they came."""

    __tablename__ = "attendance"
    __table_args__ = (
        tenant_fk("meeting", "meeting_id"),
        tenant_fk("representative", "representative_id"),
        one_of("side", SIDES),
        UniqueConstraint("tenant_id", "meeting_id", "representative_id"),
    )

    meeting_id: Mapped[int]
    representative_id: Mapped[int]
    side: Mapped[str]
    name: Mapped[str]
    chief: Mapped[bool] = mapped_column(server_default=text("false"))
    invited_at: Mapped[datetime | None]
    present: Mapped[bool | None]


class Position(TenantOwned, Model):
    """What one side said on a topic, in answer to what came before. Written once, kept for ever."""

    __tablename__ = "position"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("meeting", "meeting_id"),
        tenant_fk("position", "answers_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("side", SIDES),
        one_of("kind", PositionKind),
        UniqueConstraint("tenant_id", "case_id", "topic", "turn"),
        UniqueConstraint("tenant_id", "answers_id"),
        CheckConstraint("(turn = 1) = (answers_id IS NULL)", name="chain_has_one_beginning"),
        CheckConstraint("length(btrim(topic)) > 0", name="has_a_topic"),
        CheckConstraint("length(btrim(body)) > 0", name="says_something"),
        CheckConstraint("(amount IS NULL) = (unit IS NULL)", name="amount_has_a_unit"),
        Index("ix_position_meeting", "tenant_id", "meeting_id"),
    )

    case_id: Mapped[int]
    meeting_id: Mapped[int]
    topic: Mapped[str]
    clause_key: Mapped[str | None]  # the clause of the draft it is about
    turn: Mapped[int]
    answers_id: Mapped[int | None]
    side: Mapped[str]
    kind: Mapped[str]
    body: Mapped[str]
    amount: Mapped[Decimal | None]
    unit: Mapped[str | None]
    recorded_by_id: Mapped[int | None]
    recorded_at: Mapped[datetime]


class MinutesSignature(TenantOwned, Model):
    """A name under the minutes: of exactly that text, by scan or by a link of one's own."""

    __tablename__ = "minutes_signature"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "meeting_id", "minutes_sha256"],
            ["meeting.tenant_id", "meeting.id", "meeting.minutes_sha256"],
        ),
        tenant_fk("representative", "representative_id"),
        tenant_fk("document", "document_id"),
        one_of("method", SigningMethod),
        UniqueConstraint("tenant_id", "meeting_id", "representative_id"),
        CheckConstraint("method <> 'scan' OR document_id IS NOT NULL", name="scan_is_on_file"),
    )

    meeting_id: Mapped[int]
    minutes_sha256: Mapped[str]
    representative_id: Mapped[int]
    method: Mapped[str]
    signed_at: Mapped[datetime]
    document_id: Mapped[int | None]


class Suspension(TenantOwned, Model):
    """A pause with both sides' consent (中止), during which the clocks of the case stand still."""

    __tablename__ = "suspension"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("document", "document_id"),
        CheckConstraint("until_on > from_on", name="runs_forward"),
        CheckConstraint(
            "resumed_on IS NULL OR resumed_on >= from_on", name="resumed_after_it_began"
        ),
        CheckConstraint("length(btrim(reason)) > 0", name="says_why"),
        CheckConstraint(
            "length(btrim(worker_consent)) > 0 AND length(btrim(employer_consent)) > 0",
            name="both_sides_consent",
        ),
        Index(
            "uq_suspension_open",
            "tenant_id",
            "case_id",
            unique=True,
            postgresql_where=text("resumed_on IS NULL"),
        ),
        Index("ix_suspension_case", "tenant_id", "case_id"),
    )

    case_id: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date]  # the day on which bargaining goes on
    reason: Mapped[str]
    force_majeure: Mapped[bool] = mapped_column(server_default=text("false"))
    worker_consent: Mapped[str]  # who of the workers' side agreed
    employer_consent: Mapped[str]
    document_id: Mapped[int | None]
    cap: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    resumed_on: Mapped[date | None]
