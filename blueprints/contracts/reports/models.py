"""The yearly report to the congress (年度履行报告), and wage facts by half-year where asked for."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class ReportState(StrEnum):
    DUE = "due"
    WRITTEN = "written"
    PRESENTED = "presented"


class PerformanceReport(TenantOwned, Model):
    """One year of one contract: by when its report is due, what it says, when it was heard."""

    __tablename__ = "performance_report"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("document", "evidence_id"),
        tenant_fk("user", "written_by_id"),
        one_of("state", ReportState),
        UniqueConstraint("tenant_id", "contract_id", "period_from"),
        CheckConstraint("period_until >= period_from", name="period_runs_forward"),
        CheckConstraint(
            "state = 'due' OR (letter <> '{}' AND written_at IS NOT NULL)", name="written_says_what"
        ),
        CheckConstraint(
            "state <> 'presented' OR (presented_on IS NOT NULL AND length(btrim(congress)) > 0)",
            name="presented_to_a_congress",
        ),
        Index("ix_performance_report_due", "tenant_id", "state", "due_on"),
    )

    contract_id: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=ReportState.DUE)
    period_from: Mapped[date]
    period_until: Mapped[date]
    due_on: Mapped[date]
    clock: Mapped[dict[str, Any]] = mapped_column(JSONB)
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    problems: Mapped[str | None]
    remarks: Mapped[int | None]
    remarks_settled: Mapped[int | None]
    remarks_text: Mapped[str | None]
    written_at: Mapped[datetime | None]
    written_by_id: Mapped[int | None]
    presented_on: Mapped[date | None]
    congress: Mapped[str | None]
    evidence_id: Mapped[int | None]


class WageFact(TenantOwned, Model):
    """What was paid under a contract in one half-year, and when it was published."""

    __tablename__ = "wage_fact"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("document", "evidence_id"),
        tenant_fk("user", "recorded_by_id"),
        UniqueConstraint("tenant_id", "contract_id", "half_from"),
        CheckConstraint("half_until >= half_from", name="period_runs_forward"),
        CheckConstraint("lowest_pay <= average_pay", name="lowest_within_average"),
        CheckConstraint("lowest_pay >= 0", name="pay_not_negative"),
        CheckConstraint(
            "average_pay IS NULL OR recorded_by_id IS NOT NULL", name="recorded_by_somebody"
        ),
        CheckConstraint(
            "published_on IS NULL OR average_pay IS NOT NULL", name="published_what_is_known"
        ),
        Index("ix_wage_fact_due", "tenant_id", "due_on"),
    )

    contract_id: Mapped[int]
    half_from: Mapped[date]
    half_until: Mapped[date]
    due_on: Mapped[date]
    clock: Mapped[dict[str, Any]] = mapped_column(JSONB)
    average_pay: Mapped[Decimal | None]  # yuan a month
    lowest_pay: Mapped[Decimal | None]
    raise_percent: Mapped[Decimal | None]
    paid_in_time: Mapped[bool | None]
    published_on: Mapped[date | None]
    place: Mapped[str | None]
    evidence_id: Mapped[int | None]
    recorded_by_id: Mapped[int | None]
