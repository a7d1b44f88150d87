"""What a federation adds to the shipped law: rules it has confirmed, and days it was told of."""

from datetime import date, datetime
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
        one_of("kind", ("any", "wage", "general")),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="runs_forward"),
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
