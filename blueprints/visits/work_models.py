"""What a supervisor's month is made of: plan, hours, expenses, training."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class Work(StrEnum):
    """What the hours went to. All but the last is bargaining work."""

    DRAFTING = "drafting"
    MEETING = "meeting"
    ADVICE = "advice"
    TRAVEL = "travel"
    RECORDS = "records"
    OTHER = "other"


class Spending(StrEnum):
    TRANSPORT = "transport"
    MEALS = "meals"
    PRINTING = "printing"
    OTHER = "other"


class Teaching(StrEnum):
    INDUCTION = "induction"
    LAW = "law"
    WAGES = "wages"
    NEGOTIATION = "negotiation"
    SAFETY = "safety"
    PEERS = "peers"
    OTHER = "other"


class WorkEntry(TenantOwned, Model):
    """Hours that no visit and no training shows."""

    __tablename__ = "work_entry"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        one_of("kind", Work),
        CheckConstraint("minutes BETWEEN 1 AND 960", name="minutes_of_a_day"),
        CheckConstraint("kind <> 'other' OR note IS NOT NULL", name="other_says_what"),
        Index("ix_work_entry_day", "tenant_id", "supervisor_id", "worked_on"),
    )

    supervisor_id: Mapped[int]
    worked_on: Mapped[date]
    kind: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]


class Expense(TenantOwned, Model):
    """What was spent, and whether it is accepted. Nobody accepts their own."""

    __tablename__ = "expense"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("visit", "visit_id"),
        tenant_fk("document", "receipt_id"),
        tenant_fk("user", "entered_by_id"),
        tenant_fk("user", "decided_by_id"),
        one_of("kind", Spending),
        one_of("state", ("claimed", "accepted", "refused")),
        CheckConstraint("cents > 0", name="something_was_spent"),
        CheckConstraint(
            "(state = 'claimed') = (decided_by_id IS NULL)", name="decided_by_somebody"
        ),
        CheckConstraint("decided_by_id <> entered_by_id", name="decided_by_another"),
        CheckConstraint("state <> 'refused' OR decision_note IS NOT NULL", name="refused_says_why"),
        Index("ix_expense_day", "tenant_id", "supervisor_id", "spent_on"),
    )

    supervisor_id: Mapped[int]
    visit_id: Mapped[int | None]
    spent_on: Mapped[date]
    kind: Mapped[str]
    cents: Mapped[int]
    note: Mapped[str | None]
    receipt_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default="claimed")
    entered_by_id: Mapped[int]
    decided_by_id: Mapped[int | None]
    decision_note: Mapped[str | None]


class Training(TenantOwned, Model):
    """One supervisor's part in one training: when, what kind, how long, which certificate."""

    __tablename__ = "training"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        one_of("kind", Teaching),
        CheckConstraint("minutes BETWEEN 15 AND 4800", name="a_length"),
        CheckConstraint("length(btrim(title)) > 0", name="has_a_title"),
        UniqueConstraint("tenant_id", "supervisor_id", "held_on", "title"),
        Index("ix_training_day", "tenant_id", "held_on", "id"),
    )

    supervisor_id: Mapped[int]
    held_on: Mapped[date]
    kind: Mapped[str]
    title: Mapped[str]
    organiser: Mapped[str | None]
    minutes: Mapped[int]
    certificate_no: Mapped[str | None]


class MonthPlan(TenantOwned, Model):
    """A supervisor's plan of a month (27d). The supervisor drafts, another person confirms."""

    __tablename__ = "month_plan"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("user", "drafted_by_id"),
        tenant_fk("user", "confirmed_by_id"),
        UniqueConstraint("tenant_id", "supervisor_id", "month"),
        CheckConstraint("extract(day from month) = 1", name="month_by_its_first_day"),
        CheckConstraint("visits >= 0 AND first_visits BETWEEN 0 AND visits", name="counts_fit"),
        CheckConstraint("confirmed_by_id <> drafted_by_id", name="confirmed_by_another"),
        CheckConstraint(
            "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name="confirmed_whole"
        ),
    )

    supervisor_id: Mapped[int]
    month: Mapped[date]
    visits: Mapped[int]
    first_visits: Mapped[int]  # to units that never bargained
    training: Mapped[str | None]
    support: Mapped[str | None]
    gap: Mapped[str | None]  # why last month's plan was not done
    other_work: Mapped[str | None]
    ways: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    drafted_by_id: Mapped[int]
    confirmed_by_id: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
