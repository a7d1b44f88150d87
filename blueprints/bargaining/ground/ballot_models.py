"""The vote on a draft: rounds, voting units with a frozen electorate, and the secret ballot box.

No table leads from a voter to a vote. The roll says who may vote and never which slip is whose; a
slip says only that it was used; the box holds three sums and no votes, and cannot be read by the
service (migration 0013).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class Manner(StrEnum):
    """Who votes."""

    CONGRESS = "congress"  # the workers' congress, of one enterprise or of the trade or area
    ALL_STAFF = "all_staff"
    EACH_ENTERPRISE = "each_enterprise"  # each enterprise to be bound is a unit of its own


class Method(StrEnum):
    PAPER = "paper"
    ONLINE = "online"  # secret, with one-time slips


class UnitState(StrEnum):
    """States of the machine `ballot` in rules/procedure.py."""

    CONVENED = "convened"
    QUORUM_MET = "quorum_met"
    ADJOURNED = "adjourned"
    COUNTED = "counted"
    PASSED = "passed"
    LOST = "lost"
    CERTIFIED = "certified"


class Choice(StrEnum):
    IN_FAVOUR = "in_favour"
    AGAINST = "against"
    ABSTAINED = "abstained"


class Ballot(TenantOwned, Model):
    """One round of voting on one fixed text, under the rules of the place as they then stood."""

    __tablename__ = "ballot"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        ForeignKeyConstraint(
            ["tenant_id", "draft_id", "text_sha256"],
            ["draft.tenant_id", "draft.id", "draft.text_sha256"],
        ),
        one_of("manner", Manner),
        one_of("method", Method),
        one_of("result", ("passed", "lost")),
        UniqueConstraint("tenant_id", "case_id", "round"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint(
            "method <> 'online' OR (opens_at IS NOT NULL AND closes_at IS NOT NULL)",
            name="online_has_hours",
        ),
        CheckConstraint("(result IS NULL) = (decided_at IS NULL)", name="result_has_a_moment"),
        CheckConstraint(
            "result IS NULL OR method <> 'online' OR closed_at IS NOT NULL",
            name="decided_after_closing",
        ),
        CheckConstraint("papers_sent_on <= held_on", name="papers_sent_before"),
        Index(
            "uq_ballot_running",
            "tenant_id",
            "case_id",
            unique=True,
            postgresql_where=text("result IS NULL"),
        ),
        Index("ix_ballot_draft", "tenant_id", "draft_id"),
    )

    case_id: Mapped[int]
    draft_id: Mapped[int]
    text_sha256: Mapped[str]
    round: Mapped[int]
    manner: Mapped[str]
    method: Mapped[str]
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(server_default="")
    papers_sent_on: Mapped[date | None]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]  # the electorate, once voting begins
    closed_at: Mapped[datetime | None]
    rules: Mapped[dict[str, Any]] = mapped_column(JSONB)  # quorum and majority, as frozen
    result: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    revote_clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    revote_due_on: Mapped[date | None]


class VotingUnit(TenantOwned, Model):
    """A congress, a staff, or one enterprise: its electorate, its sums, and how it came out."""

    __tablename__ = "voting_unit"
    __table_args__ = (
        tenant_fk("ballot", "ballot_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("document", "tally_document_id"),
        tenant_fk("document", "minutes_document_id"),
        one_of("state", UnitState),
        UniqueConstraint("tenant_id", "ballot_id", "enterprise_id"),
        CheckConstraint("electorate >= 1", name="somebody_may_vote"),
        CheckConstraint(
            "quorum_needed BETWEEN 0 AND electorate AND votes_needed BETWEEN 1 AND electorate + 1",
            name="needs_lie_within_the_electorate",
        ),
        CheckConstraint("present BETWEEN 0 AND electorate", name="present_within_electorate"),
        CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0 AND invalid >= 0",
            name="votes_not_negative",
        ),
        CheckConstraint(
            "in_favour + against + abstained + invalid <= present", name="votes_within_present"
        ),
        CheckConstraint(
            "state NOT IN ('counted', 'passed', 'lost', 'certified') OR (present IS NOT NULL "
            "AND in_favour IS NOT NULL AND against IS NOT NULL AND abstained IS NOT NULL)",
            name="counted_has_sums",
        ),
        CheckConstraint(
            "passed IS NOT TRUE OR (present >= quorum_needed AND in_favour >= votes_needed)",
            name="passed_has_the_votes",
        ),
        CheckConstraint(
            "passed IS NOT FALSE OR present < quorum_needed OR in_favour < votes_needed",
            name="lost_lacks_the_votes",
        ),
        CheckConstraint(
            "state NOT IN ('passed', 'lost', 'certified') OR passed IS NOT NULL",
            name="decided_says_how",
        ),
        Index("ix_voting_unit_ballot", "tenant_id", "ballot_id"),
    )

    ballot_id: Mapped[int]
    enterprise_id: Mapped[int | None]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=UnitState.CONVENED)
    electorate: Mapped[int]
    quorum_needed: Mapped[int]
    votes_needed: Mapped[int]
    present: Mapped[int | None]
    in_favour: Mapped[int | None]
    against: Mapped[int | None]
    abstained: Mapped[int | None]
    invalid: Mapped[int] = mapped_column(server_default=text("0"))
    passed: Mapped[bool | None]
    tally_document_id: Mapped[int | None]  # the count, signed by the tellers
    minutes_document_id: Mapped[int | None]  # resolution and minutes
    tellers: Mapped[str] = mapped_column(server_default="")
    counted_at: Mapped[datetime | None]
    certified_at: Mapped[datetime | None]


class Elector(TenantOwned, Model):
    """Somebody on the roll of a unit. Which slip they drew is written nowhere."""

    __tablename__ = "elector"
    __table_args__ = (
        tenant_fk("voting_unit", "unit_id"),
        UniqueConstraint("tenant_id", "unit_id", "number"),
        CheckConstraint("length(btrim(name)) > 0", name="has_a_name"),
    )

    unit_id: Mapped[int]
    number: Mapped[int]
    name: Mapped[str]
    delegation: Mapped[str] = mapped_column(server_default="")
    frontline: Mapped[bool] = mapped_column(server_default=text("false"))
    woman: Mapped[bool] = mapped_column(server_default=text("false"))
    manager: Mapped[bool] = mapped_column(server_default=text("false"))


class BallotSlip(TenantOwned, Model):
    """A one-time slip, known by its fingerprint alone. All of a unit are made at one moment."""

    __tablename__ = "ballot_slip"
    __table_args__ = (
        tenant_fk("voting_unit", "unit_id"),
        UniqueConstraint("tenant_id", "slip_hash"),
        CheckConstraint("slip_hash ~ '^[0-9a-f]{64}$'", name="slip_hash_hex"),
        CheckConstraint("used = (receipt IS NOT NULL)", name="used_has_a_receipt"),
        Index("ix_ballot_slip_unit", "tenant_id", "unit_id"),
        Index(
            "uq_ballot_slip_receipt",
            "tenant_id",
            "receipt",
            unique=True,
            postgresql_where=text("receipt IS NOT NULL"),
        ),
    )

    unit_id: Mapped[int]
    slip_hash: Mapped[str]
    used: Mapped[bool] = mapped_column(server_default=text("false"))
    receipt: Mapped[str | None]


class BallotSlot(TenantOwned, Model):
    """Where a ballot is put in. It never holds a row: the database takes it and keeps the sums."""

    __tablename__ = "ballot_slot"
    __table_args__ = (one_of("choice", Choice),)

    slip_hash: Mapped[str]
    choice: Mapped[str]
    receipt: Mapped[str]
    cast_at: Mapped[datetime]


class BallotBox(TenantOwned, Model):
    """Three sums of one unit. Only the database's own triggers read and write it."""

    __tablename__ = "ballot_box"
    __table_args__ = (
        tenant_fk("voting_unit", "unit_id"),
        UniqueConstraint("tenant_id", "unit_id"),
        CheckConstraint("in_favour >= 0 AND against >= 0 AND abstained >= 0", name="not_negative"),
    )

    unit_id: Mapped[int]
    in_favour: Mapped[int] = mapped_column(server_default=text("0"))
    against: Mapped[int] = mapped_column(server_default=text("0"))
    abstained: Mapped[int] = mapped_column(server_default=text("0"))
