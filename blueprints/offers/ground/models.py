"""Offers to bargain (要约), one per enterprise addressed, and who issued each."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.offers.ground.campaign_models import ContractKind
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class OfferState(StrEnum):
    """States of the machine `offer` in rules/procedure.py."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    SEALED = "sealed"
    DISPATCHED = "dispatched"
    SERVED = "served"
    UNDELIVERABLE = "undeliverable"
    ANSWERED_YES = "answered_yes"
    ANSWERED_CONDITIONAL = "answered_conditional"
    ANSWERED_NO = "answered_no"
    OVERDUE = "overdue"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    CLOSED = "closed"


class ActingMode(StrEnum):
    """By what right the workers' side offers (domain §2.3, §3.3)."""

    OWN = "own"
    JOINT_DOUBLE_OFFER = "joint_double_offer"
    UPPER_ACTS = "upper_acts"
    UPPER_JOINS = "upper_joins"


class IssuerRole(StrEnum):
    ONLY = "only"
    UPPER = "upper"
    GRASSROOTS = "grassroots"
    IN_PLACE = "in_place"  # the sector or area union, where there is no union or a weak one


class Offer(TenantOwned, Model):
    """One written demand to bargain. Its clock starts at proven service, never at sending."""

    __tablename__ = "offer"
    __table_args__ = (
        tenant_fk("campaign", "campaign_id"),
        tenant_fk("enterprise", "enterprise_id"),
        one_of("state", OfferState),
        one_of("acting_mode", ActingMode),
        one_of("contract_kind", ContractKind),
        UniqueConstraint("tenant_id", "document_no"),
        UniqueConstraint("tenant_id", "campaign_id", "enterprise_id"),
        CheckConstraint(
            "reply_due_on IS NULL OR served_on IS NOT NULL", name="no_service_no_clock"
        ),
        CheckConstraint(
            "state <> 'overdue' OR reply_due_on IS NOT NULL", name="overdue_needs_a_clock"
        ),
        Index("ix_offer_state", "tenant_id", "campaign_id", "state"),
        Index("ix_offer_enterprise", "tenant_id", "enterprise_id"),
        Index(
            "ix_offer_waiting",
            "tenant_id",
            "reply_due_on",
            postgresql_where=text("state IN ('served', 'reminded')"),
        ),
    )

    campaign_id: Mapped[int]
    enterprise_id: Mapped[int]
    number: Mapped[int]
    year: Mapped[int]
    document_no: Mapped[str]  # 文号
    state: Mapped[str] = mapped_column(server_default=OfferState.SEALED)
    acting_mode: Mapped[str]
    contract_kind: Mapped[str]
    addressee_name: Mapped[str]  # the name on the day of issue
    sealed_at: Mapped[datetime]
    dispatched_at: Mapped[datetime | None]
    served_on: Mapped[date | None]
    reply_due_on: Mapped[date | None]
    replied_on: Mapped[date | None]
    closed_reason: Mapped[str | None]


class OfferIssuer(TenantOwned, Model):
    """A union that issued an offer, in the order of the letterhead."""

    __tablename__ = "offer_issuer"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("trade_union", "union_id"),
        one_of("role", IssuerRole),
        UniqueConstraint("tenant_id", "offer_id", "union_id"),
        Index("ix_offer_issuer_union", "tenant_id", "union_id"),
    )

    offer_id: Mapped[int]
    union_id: Mapped[int]
    role: Mapped[str]
    name: Mapped[str]


class ReplyLink(TenantOwned, Model):
    """The way to the reply desk: a token nobody can guess, and the short code printed on paper."""

    __tablename__ = "reply_link"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        UniqueConstraint("tenant_id", "token"),
        UniqueConstraint("tenant_id", "code"),
        Index("ix_reply_link_offer", "tenant_id", "offer_id"),
        CheckConstraint("length(token) >= 32", name="token_long"),
    )

    offer_id: Mapped[int]
    token: Mapped[str]
    code: Mapped[str]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
