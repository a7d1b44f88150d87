"""The ladder before an exposure (§3.4, F3 to F5): each step a document with its proof and clock."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class StepKind(StrEnum):
    REMINDER = "reminder"  # 提示函: early and soft; no later step waits for it
    DEMAND = "demand"  # 催告函
    OPINION = "opinion"  # 工会劳动法律监督意见书
    PROPOSAL = "proposal"  # 工会劳动法律监督建议书, to the labour authority
    INTERVIEW = "interview"  # 三方约谈
    REFERRAL = "referral"  # handed over to the labour authority or the credit platform


class StepState(StrEnum):
    PROPOSED = "proposed"
    ISSUED = "issued"
    SERVED = "served"
    DONE = "done"  # lapsed, answered, held or decided; the other columns say which
    DROPPED = "dropped"


class StepMethod(StrEnum):
    """How a document of the ladder reached whom it is for. Mail alone proves nothing."""

    IN_PERSON = "in_person"
    REGISTERED_POST = "registered_post"
    OFFICIAL_EXCHANGE = "official_exchange"


class AnswerFinding(StrEnum):
    SETTLED = "settled"
    UNSETTLED = "unsettled"


class Outcome(StrEnum):
    """What became of a hand-over. Only a finding of the authority may ever be called one."""

    VIOLATION = "violation"  # the authority found a violation, in a document of its own
    NO_VIOLATION = "no_violation"
    CORRECTED = "corrected"  # the employer corrected it while the authority looked into it
    LISTED = "listed"  # the credit platform entered it
    NOT_TAKEN = "not_taken"  # the body did not take it up


class ExposureStep(TenantOwned, Model):
    """One step taken against a silent enterprise; another person than its proposer issues it."""

    __tablename__ = "exposure_step"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("user", "proposed_by_id"),
        tenant_fk("user", "approved_by_id"),
        tenant_fk("document", "evidence_id"),
        tenant_fk("document", "outcome_evidence_id"),
        one_of("kind", StepKind),
        one_of("state", StepState),
        one_of("method", StepMethod),
        one_of("answer_finding", AnswerFinding),
        one_of("outcome", Outcome),
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint("approved_by_id <> proposed_by_id", name="issued_by_another"),
        CheckConstraint(
            "state IN ('proposed', 'dropped') OR (approved_by_id IS NOT NULL "
            "AND approved_at IS NOT NULL AND document_no IS NOT NULL AND text_version IS NOT NULL)",
            name="issued_has_number",
        ),
        CheckConstraint(
            "served_on IS NULL OR evidence_id IS NOT NULL OR post_number IS NOT NULL",
            name="service_has_proof",
        ),
        CheckConstraint("due_on IS NULL OR served_on IS NOT NULL", name="no_service_no_clock"),
        CheckConstraint("held_on IS NULL OR minutes <> '{}'", name="held_has_minutes"),
        CheckConstraint(
            "answer_finding IS NULL OR answered_on IS NOT NULL", name="finding_of_an_answer"
        ),
        CheckConstraint(
            "outcome IS NULL OR (kind IN ('proposal', 'referral') AND outcome_on >= served_on "
            "AND length(btrim(outcome_text)) > 0)",
            name="outcome_of_a_hand_over",
        ),
        CheckConstraint(
            "outcome NOT IN ('violation', 'listed') OR outcome_no IS NOT NULL",
            name="finding_has_a_document",
        ),
        Index(
            "uq_exposure_step_open",
            "tenant_id",
            "offer_id",
            "kind",
            unique=True,
            postgresql_where=text("state <> 'dropped'"),
        ),
        Index("ix_exposure_step_due", "tenant_id", "state", "due_on"),
    )

    offer_id: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=StepState.PROPOSED)
    document_no: Mapped[str | None]
    text_id: Mapped[str]
    text_version: Mapped[str | None]
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    recipient: Mapped[str]  # whom it is addressed to, by name
    proposed_by_id: Mapped[int]
    proposed_at: Mapped[datetime]
    approved_by_id: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    served_on: Mapped[date | None]
    method: Mapped[str | None]
    receiver_name: Mapped[str | None]
    post_number: Mapped[str | None]
    evidence_id: Mapped[int | None]
    due_on: Mapped[date | None]  # its term, by the longest count; no later step may come before
    clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    answered_on: Mapped[date | None]
    answer: Mapped[str | None]  # verbatim
    answer_finding: Mapped[str | None]
    answer_note: Mapped[str | None]
    held_on: Mapped[date | None]
    attended: Mapped[bool | None]
    minutes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    outcome: Mapped[str | None]
    outcome_on: Mapped[date | None]
    outcome_no: Mapped[str | None]  # the number of the body's own document
    outcome_text: Mapped[str | None]  # verbatim
    outcome_evidence_id: Mapped[int | None]
    dropped_reason: Mapped[str | None]


class VisitPurpose(StrEnum):
    REMIND = "remind"  # F1: before the last day
    FEEDBACK = "feedback"  # F2: after silence


class ExposureVisit(TenantOwned, Model):
    """What a supervisor found at the enterprise; an officer confirms the record."""

    __tablename__ = "exposure_visit"
    __table_args__ = (
        tenant_fk("offer", "offer_id"),
        tenant_fk("user", "recorded_by_id"),
        tenant_fk("user", "confirmed_by_id"),
        one_of("purpose", VisitPurpose),
        UniqueConstraint("tenant_id", "offer_id", "purpose"),
        CheckConstraint("length(btrim(words)) > 0", name="says_something"),
        CheckConstraint("confirmed_by_id <> recorded_by_id", name="confirmed_by_another"),
        CheckConstraint("reached OR met_office IS NULL", name="nobody_met_unreached"),
    )

    offer_id: Mapped[int]
    purpose: Mapped[str]
    visited_on: Mapped[date]
    reached: Mapped[bool]
    met_office: Mapped[str | None]  # the office of the person met, not the name
    reason_code: Mapped[str | None]
    words: Mapped[str]
    wished_on: Mapped[date | None]  # the day the enterprise would like
    recorded_by_id: Mapped[int]
    recorded_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
