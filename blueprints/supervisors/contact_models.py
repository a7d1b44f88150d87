"""The contact system (联系制度): leaders linked to enterprises or industries, and their visits."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk

OUTCOMES = ("bargaining_begun", "offer_answered", "union_founded", "matter_settled", "open", "none")


class LeaderContact(TenantOwned, Model):
    """A leader of the federation who keeps in touch with an enterprise or a whole industry."""

    __tablename__ = "leader_contact"
    __table_args__ = (
        tenant_fk("user", "user_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("supervisor", "supervisor_id"),
        CheckConstraint(
            "(enterprise_id IS NULL) <> (industry IS NULL)", name="an_enterprise_or_an_industry"
        ),
        CheckConstraint("until_on >= since_on", name="period_runs_forward"),
        CheckConstraint("visits_due >= 0", name="visits_not_negative"),
        CheckConstraint("length(btrim(leader)) > 0", name="has_a_leader"),
        Index("ix_leader_contact_enterprise", "tenant_id", "enterprise_id"),
        Index(
            "uq_leader_contact_now",
            "tenant_id",
            "leader",
            "enterprise_id",
            "industry",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("until_on IS NULL"),
        ),
    )

    leader: Mapped[str]
    post: Mapped[str | None]
    user_id: Mapped[int | None]  # the leader's own account, where there is one
    enterprise_id: Mapped[int | None]
    industry: Mapped[str | None]  # GB/T 4754, two digits
    area: Mapped[str | None]  # of an industry: only there; None: the whole city
    supervisor_id: Mapped[int | None]  # who goes along and follows up
    visits_due: Mapped[int] = mapped_column(server_default="2")  # a year
    since_on: Mapped[date]
    until_on: Mapped[date | None]  # the last day


class LeaderVisit(TenantOwned, Model):
    """A leader's visit, and what came of it."""

    __tablename__ = "leader_visit"
    __table_args__ = (
        tenant_fk("leader_contact", "contact_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("outcome", OUTCOMES),
        CheckConstraint("length(btrim(findings)) > 0", name="says_what_was_found"),
        CheckConstraint("outcome <> 'open' OR follow_up IS NOT NULL", name="open_has_a_next_step"),
        CheckConstraint("settled_on >= visited_on", name="settled_afterwards"),
        Index("ix_leader_visit_contact", "tenant_id", "contact_id", "visited_on"),
    )

    contact_id: Mapped[int]
    enterprise_id: Mapped[int | None]  # of an industry: which one was visited
    visited_on: Mapped[date]
    findings: Mapped[str]  # what was found and said
    outcome: Mapped[str]
    follow_up: Mapped[str | None]
    follow_up_on: Mapped[date | None]
    settled_on: Mapped[date | None]
    settled_note: Mapped[str | None]
    recorded_by_id: Mapped[int]
