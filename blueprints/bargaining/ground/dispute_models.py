"""Disputes about making a contract: the application for coordination, its clock, its outcome."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class DisputeState(StrEnum):
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REFUSED = "refused"  # the authority did not take it up
    SETTLED = "settled"  # 协调处理协议书
    ENDED = "ended"  # the period ended without a settlement
    WITHDRAWN = "withdrawn"


OPEN = (DisputeState.APPLIED, DisputeState.ACCEPTED)


class Dispute(TenantOwned, Model):
    """One application to the labour authority or the tripartite body (协调处理申请).

    Its clock stands among the deadlines (dispute_clocks).
    """

    __tablename__ = "dispute"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("document", "application_id"),
        tenant_fk("document", "settlement_id"),
        one_of("state", DisputeState),
        one_of("applicant", ("workers", "employer", "both")),
        CheckConstraint("length(btrim(matter)) > 0", name="says_about_what"),
        CheckConstraint("accepted_on >= applied_on", name="accepted_after_applied"),
        CheckConstraint("ended_on >= applied_on", name="ended_after_applied"),
        CheckConstraint(
            "state <> 'settled' OR settlement_id IS NOT NULL", name="settlement_is_on_file"
        ),
        CheckConstraint(
            "(state IN ('applied', 'accepted')) = (ended_on IS NULL)", name="ended_has_a_day"
        ),
        CheckConstraint(
            "extended_days IS NULL OR (extended_days > 0 AND extension_reason IS NOT NULL)",
            name="extension_says_why",
        ),
        Index(
            "uq_dispute_open",
            "tenant_id",
            "case_id",
            unique=True,
            postgresql_where=text("state IN ('applied', 'accepted')"),
        ),
        Index("ix_dispute_case", "tenant_id", "case_id"),
    )

    case_id: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=DisputeState.APPLIED)
    applicant: Mapped[str]
    authority: Mapped[str]
    matter: Mapped[str]
    applied_on: Mapped[date]
    application_id: Mapped[int | None]
    accepted_on: Mapped[date | None]
    extended_days: Mapped[int | None]
    extension_reason: Mapped[str | None]
    ended_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(server_default="")
    settlement_id: Mapped[int | None]
