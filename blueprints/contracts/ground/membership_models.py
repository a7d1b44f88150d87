"""Whom a contract binds (合同适用范围): dated, on a basis, never by industry code alone."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rules.binding import Basis
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class MembershipState(StrEnum):
    """States of the machine `membership` in rules/procedure.py."""

    CANDIDATE = "candidate"
    RECOGNISED = "recognised"
    SEALED = "sealed"
    IN_SCOPE = "in_scope"
    ACTIVE = "active"
    LEFT = "left"


class LeavingReason(StrEnum):
    MOVED = "moved"
    CLOSED = "closed"
    LAPSED = "lapsed"  # the contract ended
    NOT_IN_SCOPE = "not_in_scope"
    MERGED = "merged"


class Membership(TenantOwned, Model):
    """One enterprise under one contract, from a day to a day."""

    __tablename__ = "membership"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("document", "evidence_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("state", MembershipState),
        one_of("basis", Basis),
        one_of("left_reason", LeavingReason),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="period_runs_forward"),
        CheckConstraint(
            "state NOT IN ('recognised', 'sealed', 'in_scope', 'active') OR basis IS NOT NULL",
            name="bound_on_a_basis",
        ),
        CheckConstraint(
            "state NOT IN ('candidate', 'recognised', 'sealed', 'in_scope') OR valid_from IS NULL",
            name="binds_only_when_active",
        ),
        CheckConstraint("state <> 'active' OR valid_from IS NOT NULL", name="active_since_a_day"),
        CheckConstraint("state <> 'left' OR left_reason IS NOT NULL", name="left_says_why"),
        CheckConstraint(
            "state <> 'left' OR valid_from IS NULL OR valid_to IS NOT NULL", name="left_on_a_day"
        ),
        ExcludeConstraint(
            (text("tenant_id"), "="),
            (text("contract_id"), "="),
            (text("enterprise_id"), "="),
            (func.daterange(text("valid_from"), text("valid_to")), "&&"),
            using="gist",
            where=text("valid_from IS NOT NULL"),
            name="membership_no_overlap",
        ),
        Index(
            "uq_membership_open",
            "tenant_id",
            "contract_id",
            "enterprise_id",
            unique=True,
            postgresql_where=text("state <> 'left'"),
        ),
        Index("ix_membership_enterprise", "tenant_id", "enterprise_id", "valid_from"),
        Index("ix_membership_contract", "tenant_id", "contract_id", "state"),
    )

    contract_id: Mapped[int]
    enterprise_id: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=MembershipState.CANDIDATE)
    basis: Mapped[str | None]
    basis_on: Mapped[date | None]  # recognised, sealed or confirmed on
    basis_note: Mapped[str | None]
    evidence_id: Mapped[int | None]
    flagged: Mapped[bool] = mapped_column(server_default=text("false"))  # found by the sweep
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]  # the first day on which it no longer holds
    left_reason: Mapped[str | None]
    left_note: Mapped[str | None]
    recorded_by_id: Mapped[int | None]
