"""The studio (协商工作室): experts by industry, when they are booked, what they advised."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk

FIELDS = ("law", "pay", "finance", "safety", "industry", "mediation", "other")
BOOKING_STATES = ("booked", "held", "cancelled")


class Expert(TenantOwned, Model):
    """Somebody outside the roster whose advice the studio can ask."""

    __tablename__ = "expert"
    __table_args__ = (
        one_of("field", FIELDS),
        CheckConstraint("length(btrim(name)) > 0", name="has_a_name"),
        Index("ix_expert_name", "tenant_id", "name", "id"),
    )

    name: Mapped[str]
    field: Mapped[str]
    industries: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    workplace: Mapped[str | None]
    post: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    note: Mapped[str | None]


class ExpertBooking(TenantOwned, Model):
    """An expert's time for a matter, and the advice given. Nobody is booked twice at once."""

    __tablename__ = "expert_booking"
    __table_args__ = (
        tenant_fk("expert", "expert_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("user", "booked_by_id"),
        one_of("state", BOOKING_STATES),
        CheckConstraint("until_at > from_at", name="period_runs_forward"),
        CheckConstraint("length(btrim(topic)) > 0", name="has_a_topic"),
        CheckConstraint("state <> 'held' OR length(btrim(advice)) > 0", name="held_leaves_advice"),
        CheckConstraint(
            "state <> 'cancelled' OR length(btrim(reason)) > 0", name="cancelled_for_a_reason"
        ),
        ExcludeConstraint(
            (text("tenant_id"), "="),
            (text("expert_id"), "="),
            (func.tstzrange(text("from_at"), text("until_at")), "&&"),
            where=text("state <> 'cancelled'"),
            using="gist",
            name="expert_booking_no_overlap",
        ),
        Index("ix_expert_booking_from", "tenant_id", "from_at", "id"),
    )

    expert_id: Mapped[int]
    enterprise_id: Mapped[int | None]
    industry: Mapped[str | None]
    supervisor_id: Mapped[int | None]  # who asked for it
    topic: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
    place: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="booked")
    advice: Mapped[str | None]
    reason: Mapped[str | None]
    booked_by_id: Mapped[int]
