"""Bargaining supervisors (集体协商指导员) and whom each serves, over time."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk

ENGAGEMENTS = ("full_time", "part_time")


class Supervisor(TenantOwned, Model):
    """A person led, engaged and managed by the federation who guides and helps bargaining."""

    __tablename__ = "supervisor"
    __table_args__ = (
        tenant_fk("user", "user_id"),
        UniqueConstraint("tenant_id", "user_id"),
        one_of("engagement", ENGAGEMENTS),
    )

    user_id: Mapped[int]
    name: Mapped[str]
    phone: Mapped[str | None]
    area_code: Mapped[str | None]
    engagement: Mapped[str] = mapped_column(server_default="full_time")
    left_on: Mapped[date | None]


class Assignment(TenantOwned, Model):
    """One supervisor serves one enterprise from a day to a day. Two at once cannot be stored."""

    __tablename__ = "assignment"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("enterprise", "enterprise_id"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="period_runs_forward"),
        ExcludeConstraint(
            (text("tenant_id"), "="),
            (text("enterprise_id"), "="),
            (func.daterange(text("valid_from"), text("valid_to")), "&&"),
            using="gist",
            name="assignment_no_overlap",
        ),
        Index("ix_assignment_supervisor", "tenant_id", "supervisor_id", "enterprise_id"),
    )

    supervisor_id: Mapped[int]
    enterprise_id: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # the first day on which it no longer holds
