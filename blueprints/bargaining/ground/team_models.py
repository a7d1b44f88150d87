"""Who bargains: the two teams of a case, their representatives, and the employers' mandates."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class Side(StrEnum):
    WORKERS = "workers"
    EMPLOYER = "employer"


class Seat(StrEnum):
    """What somebody is in the room. Only members count as representatives."""

    MEMBER = "member"
    ADVISER = "adviser"  # 顾问: where outsiders may not be representatives
    RECORDER = "recorder"  # 记录员: jointly chosen, neutral, no representative


class Chosen(StrEnum):
    """How a representative was chosen."""

    ELECTED_CONGRESS = "elected_congress"  # 职工代表大会选举
    ELECTED_ALL = "elected_all"  # 全体职工选举
    RECOMMENDED = "recommended"  # 民主推荐, agreed by at least half
    UNION_CHAIR = "union_chair"  # chief by office
    UNION_APPOINTED = "union_appointed"  # 工会委派
    LEGAL_REPRESENTATIVE = "legal_representative"  # chief by office
    EMPLOYER_APPOINTED = "employer_appointed"  # 企业指派
    ASSOCIATION_ELECTED = "association_elected"  # by the employers of the trade or area
    MANDATE = "mandate"  # by a written mandate
    JOINTLY = "jointly"  # by both sides: the recorder


BY_VOTE = (Chosen.ELECTED_CONGRESS, Chosen.ELECTED_ALL, Chosen.RECOMMENDED)


class Team(TenantOwned, Model):
    """One side of a case (协商代表团), and how its roster was made known to the workers."""

    __tablename__ = "team"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("document", "posting_evidence_id"),
        one_of("side", Side),
        UniqueConstraint("tenant_id", "case_id", "side"),
        CheckConstraint(
            "posted_on IS NULL OR posting_place IS NOT NULL", name="posting_says_where"
        ),
        CheckConstraint(
            "posted_until IS NULL OR posted_until >= posted_on", name="posting_ends_after_it_began"
        ),
    )

    case_id: Mapped[int]
    side: Mapped[str]
    posted_on: Mapped[date | None]  # 公示
    posted_until: Mapped[date | None]
    posting_place: Mapped[str | None]
    posting_evidence_id: Mapped[int | None]
    posting_clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    posting_no: Mapped[str | None]  # 文号 of the letter
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Representative(TenantOwned, Model):
    """Somebody of a team: who, how chosen, with what proof, from when to when."""

    __tablename__ = "representative"
    __table_args__ = (
        tenant_fk("team", "team_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("document", "record_id"),
        tenant_fk("representative", "replaces_id"),
        UniqueConstraint("tenant_id", "room_token"),
        one_of("seat", Seat),
        one_of("chosen", Chosen),
        CheckConstraint("length(btrim(name)) > 0", name="has_a_name"),
        CheckConstraint("NOT chief OR seat = 'member'", name="chief_is_a_member"),
        CheckConstraint(
            "votes_for >= 0 AND votes_for <= electorate", name="votes_within_electorate"
        ),
        CheckConstraint("(left_on IS NULL) = (left_reason IS NULL)", name="left_says_why"),
        CheckConstraint("left_on IS NULL OR left_on >= chosen_on", name="left_after_chosen"),
        CheckConstraint(
            "protected_until IS NULL OR protected_until >= chosen_on", name="protected_from_choice"
        ),
        CheckConstraint("replaces_id <> id", name="replaces_another"),
        Index("ix_representative_team", "tenant_id", "team_id"),
        Index(
            "uq_representative_chief",
            "tenant_id",
            "team_id",
            unique=True,
            postgresql_where=text("chief AND left_on IS NULL"),
        ),
        Index(
            "ix_representative_protected",
            "tenant_id",
            "protected_until",
            postgresql_where=text("protected_until IS NOT NULL"),
        ),
    )

    team_id: Mapped[int]
    name: Mapped[str]
    title: Mapped[str | None]  # office held
    enterprise_id: Mapped[int | None]  # where they work; None for a union's or association's own
    phone: Mapped[str | None]
    email: Mapped[str | None]
    seat: Mapped[str] = mapped_column(server_default=Seat.MEMBER)
    chief: Mapped[bool] = mapped_column(server_default=text("false"))
    outsider: Mapped[bool] = mapped_column(server_default=text("false"))
    groups: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    chosen: Mapped[str]
    chosen_on: Mapped[date]
    electorate: Mapped[int | None]
    votes_for: Mapped[int | None]
    record_id: Mapped[int | None]  # minutes of the election, appointment, or the mandate
    note: Mapped[str | None]
    room_token: Mapped[str | None]  # the private way of this person to what is for the teams only
    replaces_id: Mapped[int | None]
    left_on: Mapped[date | None]
    left_reason: Mapped[str | None]
    vacancy_due_on: Mapped[date | None]  # by when the empty seat is to be filled
    vacancy_clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    protected_until: Mapped[date | None]  # whose employment may not be ended before
    protection_basis: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class MandateState(StrEnum):
    """States of the machine `mandate` in rules/procedure.py."""

    GRANTED = "granted"
    ACTIVE = "active"
    REVOKED = "revoked"
    EXPIRED = "expired"
    CONSUMED = "consumed"


STANDING = (MandateState.GRANTED, MandateState.ACTIVE)


class Mandate(TenantOwned, Model):
    """What one enterprise put in writing for its agent (授权委托书, Civil Code, article 165)."""

    __tablename__ = "mandate"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("employer_association", "association_id"),
        tenant_fk("document", "scan_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("state", MandateState),
        CheckConstraint(
            "(state = 'revoked') = (revoked_on IS NOT NULL AND revoked_reason IS NOT NULL)",
            name="revoked_says_when_and_why",
        ),
        CheckConstraint("NOT sealed OR scan_id IS NOT NULL", name="seal_has_a_scan"),
        Index("ix_mandate_case", "tenant_id", "case_id"),
        Index(
            "uq_mandate_standing",
            "tenant_id",
            "case_id",
            "enterprise_id",
            unique=True,
            postgresql_where=text("state IN ('granted', 'active')"),
        ),
    )

    case_id: Mapped[int]
    enterprise_id: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=MandateState.GRANTED)
    agent: Mapped[str] = mapped_column(server_default="")  # 受托人
    agent_title: Mapped[str | None]
    association_id: Mapped[int | None]  # through which the agent acts
    matter: Mapped[str] = mapped_column(server_default="")
    powers: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    signed_on: Mapped[date | None]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    sealed: Mapped[bool] = mapped_column(server_default=text("false"))
    scan_id: Mapped[int | None]
    delegated_by: Mapped[str | None]
    delegation_agreed: Mapped[bool] = mapped_column(server_default=text("false"))
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str | None]
    recorded_by_id: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
