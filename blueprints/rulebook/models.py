"""What a federation adds to the shipped law: rules it has confirmed, and days it was told of."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class ConfirmedRule(TenantOwned, Model):
    """A rule this federation confirmed or corrected; a correction is a new row, the old stays."""

    __tablename__ = "confirmed_rule"
    __table_args__ = (
        tenant_fk("user", "entered_by_id"),
        tenant_fk("user", "withdrawn_by_id"),
        one_of("kind", ("any", "wage", "general")),
        one_of("direction", ("after", "before")),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="runs_forward"),
        CheckConstraint(
            "length(btrim(article)) > 0 AND length(btrim(verified_by)) > 0", name="has_a_source"
        ),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_with_a_reason"
        ),
        Index("ix_confirmed_rule_key", "tenant_id", "key"),
        Index(
            "uq_confirmed_rule_standing",
            "tenant_id",
            "key",
            "kind",
            "valid_from",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    key: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="any")
    value: Mapped[Any] = mapped_column(JSONB)
    unit: Mapped[str]
    operator: Mapped[str]
    anchor: Mapped[str | None]  # None: as the book has it
    direction: Mapped[str | None]
    article: Mapped[str]
    source_title: Mapped[str]
    text_zh: Mapped[str]
    text_en: Mapped[str]
    verified_by: Mapped[str]
    verified_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    entered_by_id: Mapped[int]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None]
    withdrawn_reason: Mapped[str | None]


class CalendarDay(TenantOwned, Model):
    """A day that the shipped calendar lacks or has wrong, as a State Council notice has it."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("tenant_id", "day"),)

    day: Mapped[date]
    works: Mapped[bool]  # a weekend day worked in exchange (调休), or a weekday off
    name: Mapped[str]
    notice: Mapped[str]


class CalendarYear(TenantOwned, Model):
    """A year whose notice the federation has entered in full."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("tenant_id", "year"),)

    year: Mapped[int]
    notice: Mapped[str]


class Basis(StrEnum):
    """What running deadlines are counted anew with."""

    CALENDAR = "calendar"  # each keeps the rule it was started under
    RULES = "rules"  # the rules of today as well


class Recount(TenantOwned, Model):
    """A decision to count running deadlines anew (重新计算): by whom, why, and how far it is."""

    __tablename__ = "recount"
    __table_args__ = (
        tenant_fk("user", "asked_by_id"),
        one_of("basis", Basis),
        CheckConstraint("length(btrim(reason)) > 0", name="has_a_reason"),
        Index(
            "uq_recount_running",
            "tenant_id",
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    basis: Mapped[str]
    reason: Mapped[str]
    asked_by_id: Mapped[int]
    book_version: Mapped[str]
    calendar_version: Mapped[str]
    total: Mapped[int]  # running deadlines whose date was to change when it was decided
    moved: Mapped[int] = mapped_column(server_default=text("0"))
    asked_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
