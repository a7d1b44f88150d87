"""Exposures (公开): proposal, safeguards, decision, publication by channel, withdrawal.

The conditions of publication are in the database itself (migration 0007): `exposure_unmet` names
what is missing, and triggers refuse a publication that lacks anything, whoever asks for it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class ExposureState(StrEnum):
    """States of the machine `exposure` in rules/procedure.py."""

    PROPOSED = "proposed"
    LEGAL_CHECK = "legal_check"
    NOTICED = "noticed"
    REPLY_RECEIVED = "reply_received"
    REPLY_WAIVED = "reply_waived"
    DECIDED_PUBLISH = "decided_publish"
    DECIDED_DROP = "decided_drop"
    PUBLISHED = "published"
    OBJECTION_MARKED = "objection_marked"
    CORRECTED = "corrected"
    UPHELD = "upheld"
    WITHDRAWN = "withdrawn"


SHOWN = (ExposureState.PUBLISHED, ExposureState.OBJECTION_MARKED, ExposureState.UPHELD)
ENDED = (ExposureState.WITHDRAWN, ExposureState.DECIDED_DROP)


class Channel(StrEnum):
    """Where an announcement stands, in rising order."""

    CIRCULAR = "circular"  # inside the unions
    UNION_SITE = "union_site"  # the federation's public board
    MEDIA = "media"


class Heard(StrEnum):
    """How the enterprise's own words reached us."""

    ONLINE = "online"
    PAPER = "paper"


class Ground(StrEnum):
    """Why an announcement was taken down."""

    REMEDIED = "remedied"
    EXPIRED = "expired"
    ERROR = "error"


class Exposure(TenantOwned, Model):
    """One proposal to publish facts of procedure about one silent enterprise."""

    __tablename__ = "exposure"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("user", "proposed_by_id"),
        tenant_fk("user", "reviewed_by_id"),
        tenant_fk("user", "first_approver_id"),
        tenant_fk("user", "second_approver_id"),
        tenant_fk("user", "examined_by_id"),
        tenant_fk("user", "objection_decided_by_id"),
        tenant_fk("document", "intent_evidence_id"),
        tenant_fk("document", "statement_file_id"),
        one_of("state", ExposureState),
        one_of("withdrawn_ground", Ground),
        one_of("statement_channel", Heard),
        one_of("objection_channel", Heard),
        UniqueConstraint("tenant_id", "document_no"),
        UniqueConstraint("tenant_id", "intent_no"),
        CheckConstraint("reviewed_by_id <> proposed_by_id", name="reviewed_by_another"),
        CheckConstraint(
            "first_approver_id <> proposed_by_id AND first_approver_id <> reviewed_by_id",
            name="first_approver_is_another",
        ),
        CheckConstraint(
            "second_approver_id <> proposed_by_id AND second_approver_id <> reviewed_by_id "
            "AND second_approver_id <> first_approver_id",
            name="second_approver_is_another",
        ),
        CheckConstraint("examined_by_id <> proposed_by_id", name="statement_examined_by_another"),
        CheckConstraint(
            "intent_served_on IS NULL OR intent_evidence_id IS NOT NULL "
            "OR intent_post_number IS NOT NULL",
            name="intent_service_has_proof",
        ),
        CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawn_ground IS NOT NULL)",
            name="withdrawn_says_why",
        ),
        CheckConstraint(
            "state <> 'decided_drop' OR dropped_reason IS NOT NULL", name="drop_has_reason"
        ),
        CheckConstraint("length(btrim(body)) > 0", name="has_a_text"),
        CheckConstraint(
            "statement IS NULL OR (statement_at IS NOT NULL AND statement_channel IS NOT NULL)",
            name="statement_says_how_it_came",
        ),
        CheckConstraint(
            "window_ends_on IS NULL OR window_ends_on >= intent_served_on + 5",
            name="window_long_enough",
        ),
        Index(
            "uq_exposure_open",
            "tenant_id",
            "offer_id",
            unique=True,
            postgresql_where=text("state NOT IN ('withdrawn', 'decided_drop')"),
        ),
        Index("ix_exposure_state", "tenant_id", "state"),
    )

    offer_id: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=ExposureState.PROPOSED)
    document_no: Mapped[str | None]
    facts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # out of the record, with proofs
    body: Mapped[str]  # the exact text, fixed once the legal check has passed it
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text))
    duration_days: Mapped[int]
    proposed_by_id: Mapped[int]
    proposed_at: Mapped[datetime]
    reviewed_by_id: Mapped[int | None]
    reviewed_at: Mapped[datetime | None]
    review_note: Mapped[str | None]
    tripartite_opinion: Mapped[str | None]
    tripartite_on: Mapped[date | None]
    intent_no: Mapped[str | None]
    intent_served_on: Mapped[date | None]
    intent_receiver: Mapped[str | None]
    intent_post_number: Mapped[str | None]
    intent_evidence_id: Mapped[int | None]
    window_ends_on: Mapped[date | None]
    clocks: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    statement: Mapped[str | None]  # verbatim
    statement_open: Mapped[bool | None]  # whether it may be shown beside the announcement
    statement_at: Mapped[datetime | None]
    statement_channel: Mapped[str | None]
    statement_by: Mapped[str | None]  # who filed it; never shown to the public
    statement_file_id: Mapped[int | None]
    examined_by_id: Mapped[int | None]
    examined_at: Mapped[datetime | None]
    examined_note: Mapped[str | None]
    first_approver_id: Mapped[int | None]
    first_approved_at: Mapped[datetime | None]
    first_note: Mapped[str | None]
    second_approver_id: Mapped[int | None]
    second_approved_at: Mapped[datetime | None]
    second_note: Mapped[str | None]
    recheck_at: Mapped[datetime | None]
    recheck_xact: Mapped[str | None]  # the transaction that rechecked; the database writes it
    published_at: Mapped[datetime | None]
    expires_on: Mapped[date | None]
    objection: Mapped[str | None]
    objection_at: Mapped[datetime | None]
    objection_channel: Mapped[str | None]
    objection_due_on: Mapped[date | None]
    objection_decision: Mapped[str | None]
    objection_decided_at: Mapped[datetime | None]
    objection_decided_by_id: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_ground: Mapped[str | None]
    withdrawn_note: Mapped[str | None]
    withdrawal_told_at: Mapped[datetime | None]
    correction: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    corrected_at: Mapped[datetime | None]
    dropped_reason: Mapped[str | None]


class ExposurePublication(TenantOwned, Model):
    """An announcement in one channel, and when it came down there."""

    __tablename__ = "exposure_publication"
    __table_args__ = (
        tenant_fk("exposure", "exposure_id"),
        tenant_fk("user", "published_by_id"),
        one_of("channel", Channel),
        UniqueConstraint("tenant_id", "exposure_id", "channel"),
        UniqueConstraint("tenant_id", "exposure_id", "rank"),
        CheckConstraint(
            "(channel, rank) IN (('circular', 1), ('union_site', 2), ('media', 3))",
            name="rank_of_channel",
        ),
    )

    exposure_id: Mapped[int]
    channel: Mapped[str]
    rank: Mapped[int]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int]
    withdrawn_at: Mapped[datetime | None]


class ExposureExclusion(TenantOwned, Model):
    """A reason of the record for which nothing may be published; it holds until it is lifted."""

    __tablename__ = "exposure_exclusion"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("user", "recorded_by_id"),
        tenant_fk("user", "lifted_by_id"),
        CheckConstraint("lifted_by_id <> recorded_by_id", name="lifted_by_another"),
        CheckConstraint(
            "recorded_by_id IS NOT NULL "
            "OR code IN ('exposure.signed', 'exposure.answered_elsewhere')",
            name="recorded_by_somebody",
        ),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
        CheckConstraint("length(btrim(note)) > 0", name="has_a_note"),
        Index("ix_exposure_exclusion_offer", "tenant_id", "offer_id"),
    )

    offer_id: Mapped[int]
    code: Mapped[str]  # an exposure_exclusion code of rules/reasons.yaml
    note: Mapped[str]
    recorded_by_id: Mapped[int | None]  # None: the record says it itself, nobody has to
    recorded_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None]


class ExposureLink(TenantOwned, Model):
    """The enterprise's own way to its case: an unguessable token, a code for paper, revocable."""

    __tablename__ = "exposure_link"
    __table_args__ = (
        tenant_fk("exposure", "exposure_id"),
        UniqueConstraint("tenant_id", "token"),
        UniqueConstraint("tenant_id", "code"),
        CheckConstraint("length(token) >= 40", name="cannot_be_guessed"),
        Index(
            "uq_exposure_link_open",
            "tenant_id",
            "exposure_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    exposure_id: Mapped[int]
    token: Mapped[str]
    code: Mapped[str]
    opened_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
