"""Bargaining supervisors (集体协商指导员) and whom each serves, over time."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk

ENGAGEMENTS = ("full_time", "part_time")
STATES = ("candidate", "trained", "certified", "engaged", "appraised", "renewed", "ended")
SERVING = ("engaged", "appraised", "renewed")  # states in which a supervisor may be assigned
SIDES = ("union", "neutral")  # helps the workers' side, or guides both and stands for neither
LEVELS = ("city", "county", "street")
LANGUAGES = ("zh", "mn", "ug", "bo", "kk", "ko", "za", "en")


class Supervisor(TenantOwned, Model):
    """A person led, engaged and managed by the federation who guides and helps bargaining."""

    __tablename__ = "supervisor"
    __table_args__ = (
        tenant_fk("user", "user_id"),
        UniqueConstraint("tenant_id", "user_id"),
        one_of("engagement", ENGAGEMENTS),
        one_of("state", STATES),
        one_of("side", SIDES),
        one_of("level", LEVELS),
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("elsewhere_percent BETWEEN 0 AND 100", name="elsewhere_is_a_share"),
        CheckConstraint("term_to >= term_from", name="term_runs_forward"),
        CheckConstraint("(term_from IS NULL) = (term_to IS NULL)", name="term_has_both_ends"),
        CheckConstraint("cardinality(languages) > 0", name="speaks_something"),
        CheckConstraint(
            "state <> 'ended' OR length(btrim(ended_reason)) > 0", name="ended_for_a_reason"
        ),
    )

    user_id: Mapped[int]
    name: Mapped[str]
    phone: Mapped[str | None]
    area_code: Mapped[str | None]  # GB/T 2260; None: the whole city
    engagement: Mapped[str] = mapped_column(server_default="full_time")
    left_on: Mapped[date | None]
    # Of the machine `engagement`. Who was on the roster before it was kept is engaged.
    state: Mapped[str] = mapped_column(server_default="engaged")
    term_from: Mapped[date | None]
    term_to: Mapped[date | None]  # the last day of the term
    side: Mapped[str] = mapped_column(server_default="union")
    level: Mapped[str] = mapped_column(server_default="city")  # whose post it is
    industries: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{zh}'"))
    capacity: Mapped[int] = mapped_column(server_default="100")  # weighted cases
    elsewhere_percent: Mapped[int] = mapped_column(server_default="0")  # time given to other work
    elsewhere_note: Mapped[str | None]
    trained_on: Mapped[date | None]
    engagement_no: Mapped[str | None]  # number of the letter of engagement now in force
    engaged_on: Mapped[date | None]
    ended_reason: Mapped[str | None]


class Assignment(TenantOwned, Model):
    """One supervisor serves one enterprise from a day to a day. Two at once cannot be stored."""

    __tablename__ = "assignment"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("assignment_plan", "plan_id"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="period_runs_forward"),
        ExcludeConstraint(
            (text("tenant_id"), "="),
            (text("enterprise_id"), "="),
            (func.daterange(text("valid_from"), text("valid_to")), "&&"),
            using="gist",
            name="assignment_no_overlap",
        ),
        one_of("side", SIDES),
        Index("ix_assignment_supervisor", "tenant_id", "supervisor_id", "enterprise_id"),
    )

    supervisor_id: Mapped[int]
    enterprise_id: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]  # the first day on which it no longer holds
    side: Mapped[str] = mapped_column(server_default="union")  # as what: one side per case
    plan_id: Mapped[int | None]  # the plan that made it; None: by hand
