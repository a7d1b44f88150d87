"""The right to act for a lower union (上代下) or to join it (上参下): ground, limits, end.

It is no agency over the workers: they elect their representatives and vote themselves (LCL 51).
The database refuses an approval by the proposer and an authority without ground, matters and end.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class AuthorityState(StrEnum):
    """States of the machine `acting_authority` in rules/procedure.py."""

    REQUESTED = "requested"
    ACTING = "acting"
    REVOKED = "revoked"
    EXPIRED = "expired"
    REFUSED = "refused"
    HANDED_BACK = "handed_back"


class AuthorityMode(StrEnum):
    UPPER_ACTS = "upper_acts"  # 上代下
    UPPER_JOINS = "upper_joins"  # 上参下


class Ground(StrEnum):
    NO_UNION = "no_union"
    WEAK_UNION = "weak_union"
    REQUEST = "request"
    UNORGANISED = "unorganised"  # the sector or area has no union of its own


class Matter(StrEnum):
    """What may be acted in. Electing and voting are never among them."""

    OFFER = "offer"
    ELECTION = "election"  # guiding the election, never holding it
    OUTSIDERS = "outsiders"  # sending outside representatives, within their share
    CHIEF = "chief"  # chairing the workers' side, industry and area only
    DRAFT = "draft"
    FILING = "filing"
    SUPERVISION = "supervision"


ENTERPRISE_MATTERS = tuple(one for one in Matter if one is not Matter.CHIEF)


class ActingAuthority(TenantOwned, Model):
    """One decision by which an upper union acts, for whom, in what, and until when."""

    __tablename__ = "acting_authority"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("trade_union", "principal_id"),
        tenant_fk("trade_union", "acting_union_id"),
        tenant_fk("document", "instrument_id"),
        tenant_fk("user", "proposed_by_id"),
        tenant_fk("user", "approved_by_id"),
        tenant_fk("user", "objection_answered_by_id"),
        one_of("state", AuthorityState),
        one_of("mode", AuthorityMode),
        one_of("ground", Ground),
        one_of("level", ("enterprise", "industry", "regional")),
        UniqueConstraint("tenant_id", "document_no"),
        UniqueConstraint("tenant_id", "token"),
        CheckConstraint("approved_by_id <> proposed_by_id", name="approved_by_another"),
        CheckConstraint(
            "objection_answered_by_id <> proposed_by_id", name="objection_answered_by_another"
        ),
        CheckConstraint(
            "state IN ('requested', 'refused') OR (approved_by_id IS NOT NULL "
            "AND approved_at IS NOT NULL AND document_no IS NOT NULL)",
            name="nobody_acts_unapproved",
        ),
        CheckConstraint("length(btrim(ground_text)) > 0", name="ground_is_written"),
        CheckConstraint("cardinality(matters) > 0", name="matters_are_named"),
        CheckConstraint(
            "level <> 'enterprise' OR NOT ('chief' = ANY (matters))",
            name="no_chief_in_an_enterprise",
        ),
        one_of("party", ("union", "elected", "upper_union")),
        CheckConstraint(
            "level <> 'enterprise' OR party <> 'upper_union'",
            name="upper_union_is_no_party_in_an_enterprise",
        ),
        CheckConstraint(
            "ground <> 'weak_union' OR assessment <> '{}'", name="weakness_is_assessed"
        ),
        CheckConstraint(
            "ground NOT IN ('weak_union', 'request') OR principal_id IS NOT NULL",
            name="principal_is_a_union",
        ),
        CheckConstraint("until_on > from_on", name="period_runs_forward"),
        CheckConstraint("length(btrim(handback_plan)) > 0", name="handback_is_planned"),
        CheckConstraint(
            "(level = 'enterprise') = (enterprise_id IS NOT NULL)", name="one_enterprise_or_many"
        ),
        CheckConstraint(
            "state <> 'revoked' OR (revoked_at IS NOT NULL AND ended_reason IS NOT NULL)",
            name="revoked_says_why",
        ),
        CheckConstraint(
            "state NOT IN ('revoked', 'expired', 'handed_back') OR ended_on IS NOT NULL",
            name="ended_on_a_day",
        ),
        Index("ix_acting_authority_state", "tenant_id", "state", "until_on"),
        Index("ix_acting_authority_case", "tenant_id", "case_id"),
        Index("ix_acting_authority_principal", "tenant_id", "principal_id"),
    )

    document_no: Mapped[str | None]  # of the decision (15b)
    mode: Mapped[str]
    level: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=AuthorityState.REQUESTED)
    case_id: Mapped[int | None]  # the case it was decided for, where it is one
    enterprise_id: Mapped[int | None]
    industry: Mapped[str | None]
    area: Mapped[str | None]
    scope_name: Mapped[str]  # 沙市区餐饮行业
    principal_id: Mapped[int | None]  # the lower union; None where there is none
    principal_name: Mapped[str]  # the union, or the workers of the scope
    principal_email: Mapped[str | None]
    acting_union_id: Mapped[int | None]  # None: the federation itself
    acting_name: Mapped[str]
    party: Mapped[str]  # who signs for the workers
    ground: Mapped[str]
    ground_text: Mapped[str]
    assessment: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    request_no: Mapped[str | None]  # of the lower union's request (15a)
    visited_on: Mapped[date | None]
    instrument_id: Mapped[int | None]  # the scan of request or decision
    matters: Mapped[list[str]] = mapped_column(ARRAY(Text))
    from_on: Mapped[date]
    until_on: Mapped[date]  # the last day
    handback_plan: Mapped[str]
    handback_due_on: Mapped[date]
    proposed_by_id: Mapped[int]
    proposed_at: Mapped[datetime]
    approved_by_id: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    token: Mapped[str | None]  # the principal's signed link
    informed_at: Mapped[datetime | None]
    objection: Mapped[str | None]
    objected_at: Mapped[datetime | None]
    objector_name: Mapped[str | None]
    objection_answer: Mapped[str | None]
    objection_answered_at: Mapped[datetime | None]
    objection_answered_by_id: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]  # who spoke for the principal, or the officer
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]
    handback: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    strength_at: Mapped[datetime | None]  # when the sweep found a union founded or strong again
    strength_note: Mapped[str | None]


class ActingMember(TenantOwned, Model):
    """An enterprise within an authority's scope."""

    __tablename__ = "acting_member"
    __table_args__ = (
        tenant_fk("acting_authority", "authority_id"),
        tenant_fk("enterprise", "enterprise_id"),
        UniqueConstraint("tenant_id", "authority_id", "enterprise_id"),
        Index("ix_acting_member_enterprise", "tenant_id", "enterprise_id"),
    )

    authority_id: Mapped[int]
    enterprise_id: Mapped[int]
