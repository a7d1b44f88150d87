"""Plans of assignment: worked out, explained, adjusted by hand, then applied as one act."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk

MODES = ("best", "fewest")
PLAN_SIDES = ("any", "union", "neutral")  # which supervisors: by the side they are engaged for
PLAN_STATES = ("draft", "applied", "dropped")
WISHES = ("pin", "exclude")


class AssigningPolicy(TenantOwned, Model):
    """How a federation weighs cases and wishes. One row, or none: then the shipped values hold."""

    __tablename__ = "assigning_policy"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    values: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))


class AssignmentPlan(TenantOwned, Model):
    """Who should serve whom from a day on, and what speaks for it."""

    __tablename__ = "assignment_plan"
    __table_args__ = (
        tenant_fk("user", "made_by_id"),
        tenant_fk("user", "applied_by_id"),
        one_of("mode", MODES),
        one_of("state", PLAN_STATES),
        one_of("side", PLAN_SIDES),
        CheckConstraint("length(btrim(title)) > 0", name="has_a_title"),
        CheckConstraint(
            "(state = 'applied') = (applied_at IS NOT NULL AND applied_by_id IS NOT NULL)",
            name="applied_by_somebody",
        ),
        Index("ix_assignment_plan_state", "tenant_id", "state", "id"),
    )

    title: Mapped[str]
    source: Mapped[str]  # whom it is for: register, unserved, served, campaign:7, …
    conditions: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    mode: Mapped[str] = mapped_column(server_default="best")
    side: Mapped[str] = mapped_column(server_default="any")
    valid_from: Mapped[date]
    without: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(server_default="draft")
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    made_by_id: Mapped[int]
    solved_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None]


class PlanItem(TenantOwned, Model):
    """One enterprise of a plan: who serves it today, who is to, and why."""

    __tablename__ = "plan_item"
    __table_args__ = (
        tenant_fk("assignment_plan", "plan_id", ondelete="CASCADE"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("supervisor", "current_id"),
        CheckConstraint("weight > 0", name="weighs_something"),
        CheckConstraint(
            "(supervisor_id IS NULL) = (reason IS NOT NULL)", name="left_out_for_a_reason"
        ),
        UniqueConstraint("tenant_id", "plan_id", "enterprise_id"),
        Index("ix_plan_item_supervisor", "tenant_id", "plan_id", "supervisor_id"),
    )

    plan_id: Mapped[int]
    enterprise_id: Mapped[int]
    weight: Mapped[int]  # tenths of an ordinary case
    supervisor_id: Mapped[int | None]
    current_id: Mapped[int | None]  # who serves it on the plan's day without the plan
    reason: Mapped[str | None]  # why nobody serves it
    cost: Mapped[int | None]
    unmet: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    why: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    by_hand: Mapped[bool] = mapped_column(server_default=text("false"))


class PlanWish(TenantOwned, Model):
    """A pin (this one and nobody else) or an exclusion (anybody but this one), and why."""

    __tablename__ = "plan_wish"
    __table_args__ = (
        tenant_fk("assignment_plan", "plan_id", ondelete="CASCADE"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("supervisor", "supervisor_id"),
        one_of("kind", WISHES),
        UniqueConstraint("tenant_id", "plan_id", "enterprise_id", "supervisor_id"),
        Index(
            "uq_plan_wish_pin",
            "tenant_id",
            "plan_id",
            "enterprise_id",
            unique=True,
            postgresql_where=text("kind = 'pin'"),
        ),
    )

    plan_id: Mapped[int]
    enterprise_id: Mapped[int]
    supervisor_id: Mapped[int]
    kind: Mapped[str]
    note: Mapped[str | None]


class Handover(TenantOwned, Model):
    """Enterprises passed from one supervisor to another with a note; done once accepted."""

    __tablename__ = "supervisor_handover"
    __table_args__ = (
        tenant_fk("supervisor", "giver_id"),
        tenant_fk("supervisor", "taker_id"),
        tenant_fk("user", "proposed_by_id"),
        tenant_fk("user", "answered_by_id"),
        one_of("state", ("proposed", "accepted", "declined", "withdrawn")),
        CheckConstraint("giver_id <> taker_id", name="to_another"),
        CheckConstraint("length(btrim(note)) > 0", name="carries_a_note"),
        CheckConstraint("cardinality(enterprises) > 0", name="of_something"),
        CheckConstraint(
            "(state = 'proposed') = (answered_at IS NULL)", name="answered_when_it_is_over"
        ),
        CheckConstraint(
            "state <> 'declined' OR length(btrim(answer)) > 0", name="declined_for_a_reason"
        ),
        Index("ix_supervisor_handover_taker", "tenant_id", "taker_id", "state"),
        Index("ix_supervisor_handover_giver", "tenant_id", "giver_id", "state"),
    )

    giver_id: Mapped[int]
    taker_id: Mapped[int]
    on: Mapped[date] = mapped_column("on_day")
    note: Mapped[str]  # what the taker should know
    enterprises: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(server_default="proposed")
    proposed_by_id: Mapped[int]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None]
