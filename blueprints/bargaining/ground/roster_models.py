"""The workers' vote on their roster: by which assembly, on whom, when, and how many agreed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class Assembly(StrEnum):
    """Who voted on the list."""

    CONGRESS = "congress"  # 职工代表大会 of the enterprise, or the joint one of a trade or an area
    ALL_STAFF = "all_staff"  # 全体职工


class RosterVote(TenantOwned, Model):
    """One vote on the list of the workers' representatives. It stands; a slip is struck out."""

    __tablename__ = "roster_vote"
    __table_args__ = (
        tenant_fk("team", "team_id"),
        tenant_fk("document", "record_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("assembly", Assembly),
        CheckConstraint("cardinality(people) > 0", name="somebody_stood"),
        CheckConstraint("present > 0 AND present <= electorate", name="present_of_the_electorate"),
        CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND abstained >= 0 "
            "AND in_favour + against + abstained <= present",
            name="votes_of_those_present",
        ),
        CheckConstraint("(struck_at IS NULL) = (struck_reason IS NULL)", name="struck_says_why"),
        Index("ix_roster_vote_team", "tenant_id", "team_id"),
    )

    team_id: Mapped[int]
    assembly: Mapped[str]
    place: Mapped[str] = mapped_column(server_default=text("''"))
    held_on: Mapped[date]
    people: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))  # representatives on the list
    electorate: Mapped[int]
    present: Mapped[int]
    in_favour: Mapped[int]
    against: Mapped[int]
    abstained: Mapped[int]
    record_id: Mapped[int | None]  # minutes or count sheet
    note: Mapped[str | None]
    recorded_by_id: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    struck_at: Mapped[datetime | None]  # entered by mistake
    struck_reason: Mapped[str | None]
