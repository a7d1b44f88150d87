"""Visits (走访) of supervisors to enterprises: planned, made, or dropped."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class VisitState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


class Way(StrEnum):
    """How they met."""

    ON_SITE = "on_site"
    TELEPHONE = "telephone"
    VIDEO = "video"
    CAME_TO_US = "came_to_us"


class Purpose(StrEnum):
    SERVE = "serve"
    REPLY = "reply"  # ask for the answer to an offer
    FIRST_CONTACT = "first_contact"
    PREPARE = "prepare"  # representatives, proposals, papers
    MEETING = "meeting"
    FOLLOW_UP = "follow_up"  # is the contract kept; a finding to follow
    DISPUTE = "dispute"
    OTHER = "other"


class Met(StrEnum):
    DECIDER = "decider"
    STAFF = "staff"
    NOBODY = "nobody"


class Outcome(StrEnum):
    WILL_BARGAIN = "will_bargain"
    TALK_AGAIN = "talk_again"
    WILL_NOT = "will_not"
    NOBODY_THERE = "nobody_there"
    CONTACT_CORRECTED = "contact_corrected"
    SETTLED = "settled"  # a dispute was prevented or settled


class NextStep(StrEnum):
    NONE = "none"
    VISIT_AGAIN = "visit_again"
    HELP_REPLY = "help_reply"
    PREPARE_TALKS = "prepare_talks"
    CHECK_AGAIN = "check_again"
    TELL_OFFICER = "tell_officer"


TOPICS = (
    "wages", "minimum_pay", "overtime", "piece_rates", "rest", "insurance", "safety", "women",
    "how_to_reply", "representatives",
)  # fmt: skip


class Visit(TenantOwned, Model):
    """One visit to one enterprise. What was made stands; a correction leaves a line in the trail.

    Of the person met only the post is kept (27c): a name belongs to the proof of service alone.
    """

    __tablename__ = "visit"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("offer", "offer_id"),
        tenant_fk("service", "service_id"),
        tenant_fk("visit", "planned_by_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("state", VisitState),
        one_of("way", Way),
        one_of("purpose", Purpose),
        one_of("met", Met),
        one_of("outcome", Outcome),
        one_of("next_step", NextStep),
        CheckConstraint(
            "state <> 'done' OR (visited_on IS NOT NULL AND visit_no IS NOT NULL AND met IS NOT "
            "NULL AND outcome IS NOT NULL AND minutes IS NOT NULL AND recorded_at IS NOT NULL)",
            name="done_is_recorded",
        ),
        CheckConstraint("state <> 'planned' OR planned_on IS NOT NULL", name="planned_has_a_day"),
        CheckConstraint("state <> 'dropped' OR dropped_why IS NOT NULL", name="dropped_says_why"),
        CheckConstraint(
            "outcome <> 'will_not' OR refusal_code IS NOT NULL", name="refusal_has_a_reason"
        ),
        CheckConstraint("minutes BETWEEN 1 AND 960", name="minutes_of_a_day"),
        CheckConstraint(
            "next_on IS NULL OR visited_on IS NULL OR next_on > visited_on",
            name="next_comes_after",
        ),
        UniqueConstraint("tenant_id", "visit_no"),
        Index("ix_visit_plan", "tenant_id", "supervisor_id", "state", "planned_on"),
        Index("ix_visit_made", "tenant_id", "visited_on", "id"),
        Index("ix_visit_enterprise", "tenant_id", "enterprise_id", "visited_on"),
        Index(
            "uq_visit_planned_by",
            "tenant_id",
            "planned_by_id",
            unique=True,
            postgresql_where=text("planned_by_id IS NOT NULL"),
        ),
    )

    supervisor_id: Mapped[int]
    enterprise_id: Mapped[int]
    offer_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(server_default=VisitState.PLANNED)
    purpose: Mapped[str]
    planned_on: Mapped[date | None]
    planned_at: Mapped[time | None]
    plan_note: Mapped[str | None]  # what to do there, what to bring
    planned_by_id: Mapped[int | None]  # the visit at which this one was agreed
    dropped_why: Mapped[str | None]
    visit_no: Mapped[str | None]
    visited_on: Mapped[date | None]
    visited_at: Mapped[time | None]
    minutes: Mapped[int | None]
    way: Mapped[str | None]
    place: Mapped[str | None]
    met: Mapped[str | None]
    met_post: Mapped[str | None]
    topics: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    said: Mapped[str | None]  # what they said, as they said it
    help_given: Mapped[str | None]
    outcome: Mapped[str | None]
    refusal_code: Mapped[str | None]  # a refusal code of rules/reasons.yaml
    next_step: Mapped[str | None]
    next_on: Mapped[date | None]
    service_id: Mapped[int | None]  # the service, or the attempt, made at this visit
    recorded_by_id: Mapped[int | None]
    recorded_at: Mapped[datetime | None]


class CalendarFeed(TenantOwned, Model):
    """The secret address of somebody's calendar. Only its fingerprint is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        tenant_fk("supervisor", "supervisor_id"),
        UniqueConstraint("tenant_id", "token_sha256"),
        CheckConstraint("length(token_sha256) = 64", name="fingerprint_whole"),
        Index(
            "uq_calendar_feed_open",
            "tenant_id",
            "supervisor_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    supervisor_id: Mapped[int]
    token_sha256: Mapped[str]
    lang: Mapped[str] = mapped_column(server_default="zh")
    revoked_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]  # when a calendar last fetched it
