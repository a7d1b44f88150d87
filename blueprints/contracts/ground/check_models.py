"""Checks of a contract (履约检查): planned, held by both sides together, clause by clause.

A check that was signed is a record: the database refuses to change what it found (migration 0015).
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rules.performance import Result
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class CheckState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class PerformanceCheck(TenantOwned, Model):
    """One check, at one enterprise or over the whole contract, with who checked and who signed."""

    __tablename__ = "performance_check"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("user", "owner_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("state", CheckState),
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint(
            "state <> 'held' OR (held_on IS NOT NULL AND document_no IS NOT NULL "
            "AND worker_monitor IS NOT NULL AND worker_signed_at IS NOT NULL "
            "AND (employer_monitor IS NOT NULL) = (employer_signed_at IS NOT NULL))",
            name="held_is_numbered_and_signed",
        ),
        CheckConstraint(
            "NOT joint OR state <> 'held' OR employer_signed_at IS NOT NULL",
            name="joint_is_signed_by_both",
        ),
        CheckConstraint("period_until >= period_from", name="period_runs_forward"),
        CheckConstraint("held_on IS NULL OR held_on >= period_from", name="held_in_its_time"),
        CheckConstraint(
            "interviewed_aware <= interviewed AND interviewed_aware >= 0", name="aware_are_asked"
        ),
        CheckConstraint(
            "state <> 'cancelled' OR length(btrim(cancelled_reason)) > 0",
            name="cancelled_says_why",
        ),
        Index("ix_performance_check_due", "tenant_id", "state", "planned_on"),
        Index("ix_performance_check_contract", "tenant_id", "contract_id", "planned_on"),
        Index("ix_performance_check_owner", "tenant_id", "owner_id", "state"),
    )

    contract_id: Mapped[int]
    enterprise_id: Mapped[int | None]  # None: over the whole contract
    state: Mapped[str] = mapped_column(server_default=CheckState.PLANNED)
    joint: Mapped[bool] = mapped_column(server_default=text("true"))
    planned_on: Mapped[date]
    owner_id: Mapped[int | None]
    period_from: Mapped[date]
    period_until: Mapped[date]
    document_no: Mapped[str | None]  # 履检2026-018
    held_on: Mapped[date | None]
    worker_monitor: Mapped[str | None]
    employer_monitor: Mapped[str | None]
    worker_signed_at: Mapped[datetime | None]
    employer_signed_at: Mapped[datetime | None]
    interviewed: Mapped[int | None]
    interviewed_aware: Mapped[int | None]
    interview_text: Mapped[str | None]
    posted: Mapped[bool | None]
    posting_place: Mapped[str | None]
    worker_comment: Mapped[str | None]
    employer_comment: Mapped[str | None]
    cancelled_reason: Mapped[str | None]
    recorded_by_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(server_default="1")


class ClauseFact(TenantOwned, Model):
    """What a check found of one clause: a result with its numbers, and the proof of it."""

    __tablename__ = "clause_fact"
    __table_args__ = (
        tenant_fk("performance_check", "check_id", ondelete="CASCADE"),
        tenant_fk("contract_clause", "clause_id"),
        tenant_fk("document", "evidence_id"),
        one_of("result", Result),
        UniqueConstraint("tenant_id", "check_id", "clause_id"),
        CheckConstraint(
            "result <> 'partly' OR length(btrim(done_quantity)) > 0", name="partly_says_how_much"
        ),
        CheckConstraint(
            "result NOT IN ('partly', 'not_kept') OR length(btrim(gap_reason)) > 0",
            name="gap_has_a_reason",
        ),
        CheckConstraint(
            "result <> 'disputed' OR (length(btrim(worker_position)) > 0 "
            "AND length(btrim(employer_position)) > 0)",
            name="dispute_has_two_positions",
        ),
        CheckConstraint("beneficiaries >= 0", name="beneficiaries_not_negative"),
        Index("ix_clause_fact_clause", "tenant_id", "clause_id"),
    )

    check_id: Mapped[int]
    clause_id: Mapped[int]
    result: Mapped[str]
    due_quantity: Mapped[str | None]
    done_quantity: Mapped[str | None]
    in_time: Mapped[bool | None]
    beneficiaries: Mapped[int | None]
    gap_reason: Mapped[str | None]
    fix_on: Mapped[date | None]
    worker_position: Mapped[str | None]
    employer_position: Mapped[str | None]
    evidence_id: Mapped[int | None]
