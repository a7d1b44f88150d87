"""Filing, review, publication (报送、审查、公布): what was handed in, answered, made known."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class Filer(StrEnum):
    EMPLOYER = "employer"
    ASSOCIATION = "association"
    UNION = "union"


class FilingState(StrEnum):
    ASSEMBLING = "assembling"
    FILED = "filed"  # with the authority, the review runs
    SUPPLEMENT = "supplement"  # the authority asked for more
    PASSED = "passed"
    OBJECTED = "objected"


class ReviewKind(StrEnum):
    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"


class PublicationKind(StrEnum):
    WORKERS = "workers"  # to the workers of one enterprise
    UPPER_UNION = "upper_union"  # a copy to the upper union


class Filing(TenantOwned, Model):
    """One handing-in of a contract for review; after an objection another follows."""

    __tablename__ = "filing"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("document", "receipt_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("state", FilingState),
        one_of("filer", Filer),
        UniqueConstraint("tenant_id", "contract_id", "round"),
        CheckConstraint(
            "state = 'assembling' OR (handed_in_on IS NOT NULL AND received_on IS NOT NULL "
            "AND (receipt_no IS NOT NULL OR receipt_id IS NOT NULL) "
            "AND review_ends_on IS NOT NULL)",
            name="filed_has_a_receipt",
        ),
        CheckConstraint("received_on >= handed_in_on", name="received_after_handing_in"),
        CheckConstraint(
            "review_ends_on IS NULL OR review_ends_on >= received_on + 15",
            name="review_long_enough",  # LL 34, LCL 54: the same everywhere
        ),
        Index("ix_filing_review", "tenant_id", "state", "review_ends_on"),
    )

    contract_id: Mapped[int]
    round: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=FilingState.ASSEMBLING)
    filer: Mapped[str]
    filer_name: Mapped[str]
    authority_name: Mapped[str]
    due_on: Mapped[date | None]
    text_hash: Mapped[str]
    handed_in_on: Mapped[date | None]
    received_on: Mapped[date | None]  # by the authority: the review runs from it
    receipt_no: Mapped[str | None]
    receipt_id: Mapped[int | None]
    review_ends_on: Mapped[date | None]
    review_clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    supplement_text: Mapped[str | None]
    supplement_asked_on: Mapped[date | None]
    supplement_due_on: Mapped[date | None]
    supplied_on: Mapped[date | None]
    letter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    recorded_by_id: Mapped[int | None]


class FilingPaper(TenantOwned, Model):
    """One paper of the set: what the place's list asks for, and whether it is there."""

    __tablename__ = "filing_paper"
    __table_args__ = (
        tenant_fk("filing", "filing_id"),
        tenant_fk("document", "document_id"),
        UniqueConstraint("tenant_id", "filing_id", "key"),
    )

    filing_id: Mapped[int]
    position: Mapped[int]
    key: Mapped[str]
    title: Mapped[dict[str, str]] = mapped_column(JSONB)
    required: Mapped[bool] = mapped_column(server_default=text("true"))
    made: Mapped[bool] = mapped_column(server_default=text("false"))  # written by the service
    document_id: Mapped[int | None]
    note: Mapped[str | None]


class Review(TenantOwned, Model):
    """What the labour authority answered, word for word."""

    __tablename__ = "review"
    __table_args__ = (
        tenant_fk("filing", "filing_id"),
        tenant_fk("document", "document_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("kind", ReviewKind),
        UniqueConstraint("tenant_id", "filing_id"),
        CheckConstraint("kind <> 'objection' OR points <> '[]'", name="objection_names_its_points"),
    )

    filing_id: Mapped[int]
    kind: Mapped[str]
    letter_no: Mapped[str | None]
    delivered_on: Mapped[date]
    opinion: Mapped[str]
    points: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    document_id: Mapped[int | None]
    late: Mapped[bool] = mapped_column(server_default=text("false"))  # after the period had ended
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None]


class Publication(TenantOwned, Model):
    """Where a contract was made known, from when, until when, with what proof."""

    __tablename__ = "publication"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("document", "photo_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("kind", PublicationKind),
        CheckConstraint(
            "(kind = 'workers') = (enterprise_id IS NOT NULL)", name="workers_of_an_enterprise"
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="period_runs_forward"),
        Index("ix_publication_contract", "tenant_id", "contract_id", "enterprise_id"),
        Index("ix_publication_enterprise", "tenant_id", "enterprise_id"),
    )

    contract_id: Mapped[int]
    kind: Mapped[str] = mapped_column(server_default=PublicationKind.WORKERS)
    enterprise_id: Mapped[int | None]
    place: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    photo_id: Mapped[int | None]
    note: Mapped[str | None]
    recorded_by_id: Mapped[int | None]
