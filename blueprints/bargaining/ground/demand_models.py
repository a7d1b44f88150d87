"""What the workers want and what the firms say: collections, answers, price drafts, figures."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class Audience(StrEnum):
    WORKERS = "workers"
    ENTERPRISES = "enterprises"


class DemandCall(TenantOwned, Model):
    """One round of asking (征求诉求): a link for the workers, another for the enterprises."""

    __tablename__ = "demand_call"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("user", "opened_by_id"),
        UniqueConstraint("tenant_id", "worker_token"),
        UniqueConstraint("tenant_id", "enterprise_token"),
        CheckConstraint("length(worker_token) >= 22", name="worker_token_long"),
        CheckConstraint("length(enterprise_token) >= 22", name="enterprise_token_long"),
        CheckConstraint("closes_on >= opened_on", name="closes_after_it_opened"),
        CheckConstraint("smallest_cell >= 3", name="cells_are_not_persons"),
        Index("ix_demand_call_case", "tenant_id", "case_id"),
    )

    case_id: Mapped[int]
    worker_token: Mapped[str]
    enterprise_token: Mapped[str]
    topics: Mapped[list[dict[str, str]]] = mapped_column(JSONB)  # id, zh, en
    trades: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    opened_on: Mapped[date]
    closes_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    smallest_cell: Mapped[int]  # fewer answers than this are never shown by themselves
    opened_by_id: Mapped[int]


class Demand(TenantOwned, Model):
    """One answer. A worker's leads to nobody: no name, no address, no hour, only the day."""

    __tablename__ = "demand"
    __table_args__ = (
        tenant_fk("demand_call", "call_id"),
        one_of("audience", Audience),
        CheckConstraint("audience = 'enterprises' OR said_by IS NULL", name="workers_are_nobody"),
        Index("ix_demand_call", "tenant_id", "call_id", "audience"),
    )

    call_id: Mapped[int]
    audience: Mapped[str]
    weights: Mapped[dict[str, int]] = mapped_column(JSONB)  # topic → 1 to 5
    trade: Mapped[str | None]
    words: Mapped[str | None]
    said_by: Mapped[str | None]  # the enterprise, as it calls itself
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.date_trunc("day", func.now()), sort_order=90
    )


class PayBasis(StrEnum):
    TIME = "time"
    PIECE = "piece"


class TradePrice(TenantOwned, Model):
    """A row of the draft table of trades and prices (工种工价)."""

    __tablename__ = "trade_price"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        one_of("basis", PayBasis),
        UniqueConstraint("tenant_id", "case_id", "trade", "process", "grade", "unit"),
        CheckConstraint("length(btrim(trade)) > 0", name="trade_is_named"),
        CheckConstraint("asked > 0", name="asked_is_positive"),
        CheckConstraint("answered > 0", name="answered_is_positive"),
        CheckConstraint("present > 0", name="present_is_positive"),
        CheckConstraint("quota > 0", name="quota_is_positive"),
        CheckConstraint("achieved_share BETWEEN 0 AND 100", name="share_is_a_share"),
    )

    case_id: Mapped[int]
    trade: Mapped[str]
    process: Mapped[str] = mapped_column(server_default="")
    grade: Mapped[str] = mapped_column(server_default="")
    basis: Mapped[str] = mapped_column(server_default=PayBasis.TIME)
    unit: Mapped[str]
    present: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))  # what is paid now
    asked: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))  # workers' draft
    answered: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))  # employers' draft
    quota: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))  # pieces a day
    achieved_share: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))  # % who reach the quota
    note: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class CaseFigure(TenantOwned, Model):
    """A published figure to have on the table (参考数据), with its source."""

    __tablename__ = "case_figure"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("user", "entered_by_id"),
        CheckConstraint("length(btrim(source)) > 0", name="has_a_source"),
        Index("ix_case_figure_case", "tenant_id", "case_id", "kind"),
    )

    case_id: Mapped[int]
    kind: Mapped[str]  # a figure of clauses/packs.toml
    trade: Mapped[str | None]
    value: Mapped[Decimal] = mapped_column(Numeric(14, 4))
    unit: Mapped[str]
    period: Mapped[str]  # the year or month it is of
    source: Mapped[str]
    entered_by_id: Mapped[int]
