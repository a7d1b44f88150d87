"""Campaigns (要约行动): a time-boxed wave in which unions send many offers at once."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class CampaignState(StrEnum):
    """States of the machine `campaign` in rules/procedure.py."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ISSUING = "issuing"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class IssuerMode(StrEnum):
    """Who offers: one union, or the upper union together with each enterprise's own (双要约)."""

    SINGLE = "single"
    DOUBLE = "double"


class ContractKind(StrEnum):
    """Which clock runs: a province may have one for wages and another for the rest."""

    WAGE = "wage"
    GENERAL = "general"


class Campaign(TenantOwned, Model):
    """One wave: whom it addresses, what it says, who issues it, who approved it."""

    __tablename__ = "campaign"
    __table_args__ = (
        tenant_fk("trade_union", "union_id"),
        tenant_fk("user", "proposed_by_id"),
        tenant_fk("user", "approved_by_id"),
        one_of("state", CampaignState),
        one_of("issuer_mode", IssuerMode),
        one_of("contract_kind", ContractKind),
        CheckConstraint("approved_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint(
            "state NOT IN ('approved', 'issuing', 'running', 'paused', 'completed') "
            "OR approved_at IS NOT NULL",
            name="nothing_goes_out_unapproved",
        ),
        CheckConstraint(
            "state NOT IN ('submitted', 'approved', 'issuing', 'running', 'paused', 'completed') "
            "OR fixed IS NOT NULL",
            name="wording_is_fixed_before_approval",
        ),
        UniqueConstraint("tenant_id", "name"),
        Index("ix_campaign_state", "tenant_id", "state"),
    )

    name: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=CampaignState.DRAFTED)
    contract_kind: Mapped[str] = mapped_column(server_default=ContractKind.WAGE)
    subject: Mapped[str] = mapped_column(server_default="")  # 协商事项
    issuer_mode: Mapped[str] = mapped_column(server_default=IssuerMode.DOUBLE)
    union_id: Mapped[int | None]  # the upper (or only) issuing union
    scope: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    text_id: Mapped[str] = mapped_column(server_default="01b-offer-double")
    text_source: Mapped[str | None]  # the wording as edited here; NULL is the official text
    acting_source: Mapped[str | None]  # the same for those for whom a union acts (上代下)
    fixed: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))  # see letters.py
    proposed_on: Mapped[date | None]
    proposed_place: Mapped[str | None]
    proposed_by_id: Mapped[int]
    submitted_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    approval_note: Mapped[str | None]
    returned_note: Mapped[str | None]
    issued_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]  # since when the federation's partners see it
    addressed: Mapped[int | None]  # how many get an offer: proposed, and once issued, made


class CampaignTopic(TenantOwned, Model):
    """A topic put forward, why, and the workers' first position."""

    __tablename__ = "campaign_topic"
    __table_args__ = (
        tenant_fk("campaign", "campaign_id", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "campaign_id", "position_no"),
    )

    campaign_id: Mapped[int]
    position_no: Mapped[int]
    title: Mapped[str]
    reason: Mapped[str]
    position: Mapped[str]


class CampaignPick(TenantOwned, Model):
    """An enterprise added to or taken out of the scope by hand, and why."""

    __tablename__ = "campaign_pick"
    __table_args__ = (
        tenant_fk("campaign", "campaign_id", ondelete="CASCADE"),
        tenant_fk("enterprise", "enterprise_id"),
        one_of("pick", ("added", "removed")),
        UniqueConstraint("tenant_id", "campaign_id", "enterprise_id"),
        Index("ix_campaign_pick_enterprise", "tenant_id", "enterprise_id"),
    )

    campaign_id: Mapped[int]
    enterprise_id: Mapped[int]
    pick: Mapped[str]
    note: Mapped[str]


class CampaignAddressee(TenantOwned, Model):
    """An enterprise that a submitted campaign will address, and who offers to it.

    Fixed when the campaign is submitted, so that the leader approves exactly these. `place` is
    its place in the series of numbers; one that has closed since keeps `left_out` instead.
    """

    __tablename__ = "campaign_addressee"
    __table_args__ = (
        tenant_fk("campaign", "campaign_id", ondelete="CASCADE"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("trade_union", "union_id"),
        one_of("acting_mode", ("own", "joint_double_offer", "upper_acts")),
        UniqueConstraint("tenant_id", "campaign_id", "enterprise_id"),
        Index("ix_campaign_addressee_enterprise", "tenant_id", "enterprise_id"),
    )

    campaign_id: Mapped[int]
    enterprise_id: Mapped[int]
    acting_mode: Mapped[str]
    union_id: Mapped[int | None]  # beside, or in place of, the enterprise's own
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    place: Mapped[int | None]
    left_out: Mapped[str | None]
