"""The assessment of a contract (履约评估): once a term, from facts, seen by both sides first."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from rules.assessment import Grade
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class AssessmentState(StrEnum):
    DRAFT = "draft"  # both sides see it and may comment
    CONFIRMED = "confirmed"


class Assessment(TenantOwned, Model):
    """Points, grade, comments of both sides, and what to ask for next time."""

    __tablename__ = "assessment"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("user", "made_by_id"),
        tenant_fk("user", "confirmed_by_id"),
        one_of("state", AssessmentState),
        one_of("grade", Grade),
        UniqueConstraint("tenant_id", "contract_id"),  # once a term
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint("total BETWEEN 0 AND 100", name="of_a_hundred"),
        CheckConstraint("(total IS NULL) = (grade IS NULL)", name="graded_by_points"),
        CheckConstraint("confirmed_by_id <> made_by_id", name="confirmed_by_another"),
        CheckConstraint(
            "state <> 'confirmed' OR (confirmed_by_id IS NOT NULL AND confirmed_at IS NOT NULL "
            "AND document_no IS NOT NULL AND total IS NOT NULL)",
            name="confirmed_is_numbered",
        ),
        Index("ix_assessment_state", "tenant_id", "state"),
    )

    contract_id: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=AssessmentState.DRAFT)
    document_no: Mapped[str | None]
    assessed_on: Mapped[date]
    period_from: Mapped[date]
    period_until: Mapped[date]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    said: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    total: Mapped[Decimal | None]
    grade: Mapped[str | None]
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB)  # what the points were reckoned from
    demands: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    assessors: Mapped[str]
    next_round: Mapped[str]
    employer_comment: Mapped[str | None]
    worker_comment: Mapped[str | None]
    made_by_id: Mapped[int]
    confirmed_by_id: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
