"""Bargaining cases (协商项目), and the enterprises that take part in each."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.offers.ground.campaign_models import ContractKind
from blueprints.offers.ground.models import ActingMode
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class CaseState(StrEnum):
    """States of the machine `case` in rules/procedure.py."""

    FORECAST = "forecast"
    PREPARING = "preparing"
    TEAM_FORMING = "team_forming"
    OFFERED = "offered"
    REPLIED_YES = "replied_yes"
    REPLIED_NO = "replied_no"
    NO_REPLY = "no_reply"
    INFO_EXCHANGE = "info_exchange"
    NEGOTIATING = "negotiating"
    SUSPENDED = "suspended"
    DRAFT_AGREED = "draft_agreed"
    VOTING = "voting"
    VOTE_LOST = "vote_lost"
    SIGNED = "signed"
    FILED = "filed"
    OBJECTED = "objected"
    EFFECTIVE = "effective"
    PUBLISHED = "published"
    PERFORMING = "performing"
    AMENDING = "amending"
    TERMINATING = "terminating"
    EXPIRED = "expired"
    RENEWED = "renewed"
    DISPUTE_MAKING = "dispute_making"
    LAPSED = "lapsed"


class CaseLevel(StrEnum):
    """For one enterprise, for a trade, or for an area (Labour Contract Law, articles 51 and 53)."""

    ENTERPRISE = "enterprise"
    INDUSTRY = "industry"
    REGIONAL = "regional"


class Ground(StrEnum):
    """Out of what a case grew."""

    OFFER = "offer"  # one accepted offer
    JOINED = "joined"  # several offers of a campaign, bargained together
    FORECAST = "forecast"  # 协商预报
    RENEWAL = "renewal"
    BY_HAND = "by_hand"


class Part(StrEnum):
    """How an enterprise takes part. Who is bound in the end the contract says, not this."""

    CANDIDATE = "candidate"  # addressed, has not joined in
    RECOGNISING = "recognising"  # agreed to bargain, or recognises what is bargained
    MANDATED = "mandated"  # gave somebody a written mandate for this case
    LEFT = "left"


class BargainingCase(TenantOwned, Model):
    """One matter bargained from its ground to a contract, or to its end without one."""

    __tablename__ = "bargaining_case"
    __table_args__ = (
        tenant_fk("campaign", "campaign_id"),
        tenant_fk("trade_union", "union_id"),
        tenant_fk("trade_union", "upper_union_id"),
        tenant_fk("employer_association", "employer_association_id"),
        tenant_fk("user", "owner_id"),
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("document", "survey_document_id"),
        tenant_fk("document", "agreed_document_id"),
        one_of("state", CaseState),
        one_of("level", CaseLevel),
        one_of("ground", Ground),
        one_of("acting_mode", ActingMode),
        one_of("contract_kind", ContractKind),
        UniqueConstraint("tenant_id", "document_no"),
        UniqueConstraint("tenant_id", "year", "number"),
        CheckConstraint("length(btrim(name)) > 0", name="has_a_name"),
        CheckConstraint("level <> 'industry' OR industry IS NOT NULL", name="industry_is_named"),
        CheckConstraint(
            "level <> 'regional' OR area IS NOT NULL OR territory IS NOT NULL",
            name="territory_is_named",
        ),
        CheckConstraint(
            "acting_mode NOT IN ('upper_acts', 'upper_joins') OR upper_union_id IS NOT NULL",
            name="upper_union_is_named",
        ),
        CheckConstraint(
            "(surveyed_on IS NULL) = (survey_note IS NULL)", name="survey_says_what_it_found"
        ),
        CheckConstraint("closed_on IS NULL OR closed_reason IS NOT NULL", name="closed_says_why"),
        Index("ix_bargaining_case_state", "tenant_id", "state", "id"),
        Index("ix_bargaining_case_opened", "tenant_id", "opened_on", "id"),
        Index("ix_bargaining_case_union", "tenant_id", "union_id"),
        Index("ix_bargaining_case_supervisor", "tenant_id", "supervisor_id"),
    )

    name: Mapped[str]
    number: Mapped[int]
    year: Mapped[int]
    document_no: Mapped[str]  # 文号
    state: Mapped[str] = mapped_column(server_default=CaseState.FORECAST)
    level: Mapped[str]
    acting_mode: Mapped[str] = mapped_column(server_default=ActingMode.OWN)
    contract_kind: Mapped[str] = mapped_column(server_default=ContractKind.WAGE)
    subject: Mapped[str] = mapped_column(server_default="")  # 协商事项
    division: Mapped[str]  # GB/T 2260: whose rules hold
    rulebook_version: Mapped[str]  # as it stood on the day of opening
    area: Mapped[str | None]  # GB/T 2260: county or below
    territory: Mapped[str | None]  # street, park, mall or office building
    scope_basis: Mapped[str | None]  # on what the scope rests, in words
    industry: Mapped[str | None]  # GB/T 4754, two digits
    campaign_id: Mapped[int | None]
    opened_on: Mapped[date]
    counted_on: Mapped[date]  # the day as of which the headcounts are taken
    ground: Mapped[str]
    ground_note: Mapped[str] = mapped_column(server_default="")
    union_id: Mapped[int | None]  # the workers' side: enterprise, sector or area union
    upper_union_id: Mapped[int | None]  # acts for it, or joins it
    employer_association_id: Mapped[int | None]
    supersedes_contract_id: Mapped[int | None]  # the contract this case is to follow on
    owner_id: Mapped[int | None]  # the officer in charge
    supervisor_id: Mapped[int | None]
    agreed_on: Mapped[date | None]  # agreed to in writing, where no offer of ours says so
    agreed_document_id: Mapped[int | None]
    surveyed_on: Mapped[date | None]  # 基本情况调查
    survey_note: Mapped[str | None]
    survey_document_id: Mapped[int | None]
    above_size: Mapped[bool] = mapped_column(server_default=text("false"))  # 规模以上: larger teams
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class CaseEnterprise(TenantOwned, Model):
    """An enterprise in a case: how it takes part since when, and its workers as of a day."""

    __tablename__ = "case_enterprise"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("offer", "offer_id"),
        one_of("part", Part),
        UniqueConstraint("tenant_id", "case_id", "enterprise_id"),
        UniqueConstraint("tenant_id", "case_id", "offer_id"),
        CheckConstraint("headcount >= 0", name="headcount_not_negative"),
        CheckConstraint("women <= headcount", name="women_within_headcount"),
        CheckConstraint("frontline <= headcount", name="frontline_within_headcount"),
        CheckConstraint("dispatched <= headcount", name="dispatched_within_headcount"),
        CheckConstraint("(headcount IS NULL) = (counted_on IS NULL)", name="count_has_a_day"),
        CheckConstraint(
            "(part = 'left') = (left_on IS NOT NULL AND left_reason IS NOT NULL)",
            name="left_says_when_and_why",
        ),
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="left_after_joining"),
        Index("ix_case_enterprise_enterprise", "tenant_id", "enterprise_id"),
        Index("ix_case_enterprise_offer", "tenant_id", "offer_id"),
    )

    case_id: Mapped[int]
    enterprise_id: Mapped[int]
    offer_id: Mapped[int | None]
    name: Mapped[str]  # the name on the day it came into the case
    part: Mapped[str] = mapped_column(server_default=Part.CANDIDATE)
    part_on: Mapped[date]  # since when it takes part as it does
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    left_reason: Mapped[str | None]
    headcount: Mapped[int | None]
    women: Mapped[int | None]
    frontline: Mapped[int | None]
    dispatched: Mapped[int | None]
    counted_on: Mapped[date | None]  # the day of the count that these figures are out of
    count_source: Mapped[str | None]
