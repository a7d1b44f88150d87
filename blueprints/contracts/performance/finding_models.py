"""Findings of a check (履约问题): put to both chiefs in writing, planned, corrected or disputed.

What is not corrected is handed over to a letter of opinion (监督意见书): one person asks
for it, another issues it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class FindingState(StrEnum):
    """States of the machine `finding` in rules/procedure.py."""

    NOTED = "noted"
    PUT_TO_CHIEFS = "put_to_chiefs"
    PLAN = "plan"
    FIXED = "fixed"
    DISPUTED = "disputed"


OPEN = (FindingState.NOTED, FindingState.PUT_TO_CHIEFS, FindingState.PLAN, FindingState.DISPUTED)


class OpinionState(StrEnum):
    ASKED = "asked"
    ISSUED = "issued"
    SERVED = "served"
    ANSWERED = "answered"
    DECLINED = "declined"


class Finding(TenantOwned, Model):
    """One promise that a check found not kept, and what became of it."""

    __tablename__ = "finding"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("performance_check", "check_id"),
        tenant_fk("contract_clause", "clause_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("document", "evidence_id"),
        tenant_fk("document", "fix_evidence_id"),
        tenant_fk("user", "put_by_id"),
        tenant_fk("user", "fixed_by_id"),
        one_of("state", FindingState),
        UniqueConstraint("tenant_id", "check_id", "clause_id"),
        CheckConstraint("length(btrim(fact)) > 0", name="says_what_was_found"),
        CheckConstraint(
            "state = 'noted' OR (put_on IS NOT NULL AND document_no IS NOT NULL "
            "AND evidence_id IS NOT NULL)",
            name="put_in_writing_with_evidence",
        ),
        CheckConstraint("state <> 'plan' OR plan_on IS NOT NULL", name="plan_has_a_date"),
        CheckConstraint(
            "state <> 'fixed' OR (fixed_on IS NOT NULL AND length(btrim(fix_note)) > 0)",
            name="correction_is_checked",
        ),
        CheckConstraint(
            "state <> 'disputed' OR (length(btrim(worker_position)) > 0 "
            "AND length(btrim(employer_position)) > 0)",
            name="dispute_has_two_positions",
        ),
        Index("ix_finding_state", "tenant_id", "state", "due_on"),
        Index("ix_finding_contract", "tenant_id", "contract_id"),
        Index("ix_finding_check", "tenant_id", "check_id"),
    )

    contract_id: Mapped[int]
    check_id: Mapped[int]
    clause_id: Mapped[int]
    enterprise_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default=FindingState.NOTED)
    noted_on: Mapped[date]
    fact: Mapped[str]
    remedy: Mapped[str]
    evidence_id: Mapped[int | None]
    due_on: Mapped[date]  # by when it should be corrected: proposed at first, then as agreed
    document_no: Mapped[str | None]  # of the letter to both chiefs
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    put_on: Mapped[date | None]
    put_by_id: Mapped[int | None]
    answer_due_on: Mapped[date | None]
    plan_on: Mapped[date | None]
    plan_text: Mapped[str | None]
    worker_position: Mapped[str | None]
    employer_position: Mapped[str | None]
    disputed_on: Mapped[date | None]
    fixed_on: Mapped[date | None]
    fix_note: Mapped[str | None]
    fix_evidence_id: Mapped[int | None]
    fixed_by_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(server_default="1")


class OpinionRequest(TenantOwned, Model):
    """A finding handed over to a letter of opinion; whoever asks does not issue."""

    __tablename__ = "opinion_request"
    __table_args__ = (
        tenant_fk("finding", "finding_id"),
        tenant_fk("user", "asked_by_id"),
        tenant_fk("user", "decided_by_id"),
        tenant_fk("document", "service_evidence_id"),
        one_of("state", OpinionState),
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint("decided_by_id <> asked_by_id", name="decided_by_another"),
        CheckConstraint("length(btrim(reason)) > 0", name="says_why"),
        CheckConstraint(
            "state IN ('asked', 'declined') OR (document_no IS NOT NULL "
            "AND decided_by_id IS NOT NULL AND decided_at IS NOT NULL)",
            name="issued_has_number_and_signer",
        ),
        CheckConstraint(
            "served_on IS NULL OR service_evidence_id IS NOT NULL OR post_number IS NOT NULL",
            name="service_has_proof",
        ),
        CheckConstraint("due_on IS NULL OR served_on IS NOT NULL", name="no_service_no_clock"),
        CheckConstraint(
            "state <> 'answered' OR (answered_on IS NOT NULL AND length(btrim(answer)) > 0)",
            name="answer_is_kept",
        ),
        CheckConstraint(
            "state <> 'declined' OR length(btrim(declined_reason)) > 0", name="declined_says_why"
        ),
        Index(
            "uq_opinion_request_open",
            "tenant_id",
            "finding_id",
            unique=True,
            postgresql_where=text("state <> 'declined'"),
        ),
        Index("ix_opinion_request_state", "tenant_id", "state"),
    )

    finding_id: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=OpinionState.ASKED)
    reason: Mapped[str]
    asked_by_id: Mapped[int]
    asked_at: Mapped[datetime]
    said: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    decided_by_id: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    declined_reason: Mapped[str | None]
    document_no: Mapped[str | None]
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    served_on: Mapped[date | None]
    receiver_name: Mapped[str | None]
    post_number: Mapped[str | None]
    service_evidence_id: Mapped[int | None]
    due_on: Mapped[date | None]
    clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    answered_on: Mapped[date | None]
    answer: Mapped[str | None]
