"""What is done beside the table: hearings, inquiries, meetings of two, interviews, clinics."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class ActivityState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ActivityKind(TenantOwned, Model):
    """A kind as this federation calls it: one of ours renamed, or one of its own."""

    __tablename__ = "activity_kind"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("length(btrim(name_zh)) > 0", name="has_a_name"),
    )

    key: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    about_zh: Mapped[str] = mapped_column(server_default="")
    about_en: Mapped[str] = mapped_column(server_default="")
    retired_at: Mapped[datetime | None]


class Activity(TenantOwned, Model):
    """One of them: when, where, with whom, what was asked and answered, and what follows."""

    __tablename__ = "case_activity"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("document", "minutes_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("state", ActivityState),
        CheckConstraint("state <> 'held' OR held_on IS NOT NULL", name="held_on_a_day"),
        CheckConstraint("state <> 'held' OR length(btrim(minutes)) > 0", name="held_has_minutes"),
        CheckConstraint(
            "state <> 'cancelled' OR cancelled_reason IS NOT NULL", name="cancelled_says_why"
        ),
        Index("ix_case_activity_case", "tenant_id", "case_id"),
    )

    case_id: Mapped[int]
    kind: Mapped[str]  # a key of blueprints/bargaining/ground/activity_kinds.py or of activity_kind
    state: Mapped[str] = mapped_column(server_default=ActivityState.PLANNED)
    planned_on: Mapped[date]
    starts_at: Mapped[str] = mapped_column(server_default="")  # 09:30
    place: Mapped[str] = mapped_column(server_default="")
    convenor: Mapped[str] = mapped_column(server_default="")
    taking_part: Mapped[str] = mapped_column(server_default="")
    purpose: Mapped[str] = mapped_column(server_default="")
    held_on: Mapped[date | None]
    present: Mapped[int | None]
    questions: Mapped[list[dict[str, str]]] = mapped_column(JSONB, server_default=text("'[]'"))
    minutes: Mapped[str] = mapped_column(server_default="")
    minutes_id: Mapped[int | None]
    cancelled_reason: Mapped[str | None]
    recorded_by_id: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class FollowUp(TenantOwned, Model):
    """What was promised at one of them, by whom, by when, and what came of it."""

    __tablename__ = "activity_follow_up"
    __table_args__ = (
        tenant_fk("case_activity", "activity_id"),
        CheckConstraint("length(btrim(what)) > 0", name="says_what"),
        CheckConstraint("(done_on IS NULL) = (outcome IS NULL)", name="done_says_what_came_of_it"),
        Index(
            "ix_activity_follow_up_open",
            "tenant_id",
            "due_on",
            postgresql_where=text("done_on IS NULL"),
        ),
    )

    activity_id: Mapped[int]
    what: Mapped[str]
    who: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[str | None]
