"""Papers of a case before the table: requests for information, undertakings, the commitment."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.bargaining.ground.team_models import Side
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class InfoRequest(TenantOwned, Model):
    """What one side asks the other to show before a meeting (W9, article 18)."""

    __tablename__ = "info_request"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("by_side", Side),
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint("length(btrim(asked)) > 0", name="says_what"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= asked_on", name="withdrawn_after"),
        Index("ix_info_request_case", "tenant_id", "case_id"),
    )

    case_id: Mapped[int]
    document_no: Mapped[str]
    by_side: Mapped[str]
    asked: Mapped[str]
    asked_on: Mapped[date]
    meeting_on: Mapped[date | None]  # the meeting before which it is needed
    due_on: Mapped[date | None]
    clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    answer: Mapped[str | None]  # what the other side said, word for word
    answered_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    recorded_by_id: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class InfoItem(TenantOwned, Model):
    """Something that was handed over. Its file is for the two teams and nobody else."""

    __tablename__ = "info_item"
    __table_args__ = (
        tenant_fk("info_request", "request_id"),
        tenant_fk("document", "document_id"),
        tenant_fk("user", "recorded_by_id"),
        CheckConstraint("length(btrim(what)) > 0", name="says_what"),
        Index("ix_info_item_request", "tenant_id", "request_id"),
    )

    request_id: Mapped[int]
    what: Mapped[str]
    handed_on: Mapped[date]
    handed_by: Mapped[str]
    confidential: Mapped[bool] = mapped_column(server_default=text("false"))
    document_id: Mapped[int | None]
    recorded_by_id: Mapped[int]


class Undertaking(TenantOwned, Model):
    """A promise of secrecy (保密承诺书) of one representative: asked for, then signed.

    One that is confirmed on line keeps the text it was given for, its hash, the name typed and the
    moment; one on paper has its scan. A later promise is a row of its own.
    """

    __tablename__ = "undertaking"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("representative", "representative_id"),
        tenant_fk("document", "scan_id"),
        CheckConstraint("until_on >= signed_on", name="ends_after_it_began"),
        CheckConstraint(
            "text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')", name="hash_is_of_text"
        ),
        CheckConstraint("(text IS NULL) = (text_sha256 IS NULL)", name="text_has_its_hash"),
        CheckConstraint("signed_on IS NOT NULL OR text IS NOT NULL", name="asked_in_words"),
        CheckConstraint(
            "confirmed_at IS NULL OR (signed_on IS NOT NULL AND text IS NOT NULL "
            "AND confirmed_name IS NOT NULL)",
            name="confirmed_is_signed",
        ),
        Index(
            "uq_undertaking_standing",
            "tenant_id",
            "case_id",
            "representative_id",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    case_id: Mapped[int]
    representative_id: Mapped[int]
    signed_on: Mapped[date | None]  # None: asked for, and not signed yet
    until_on: Mapped[date]
    covers: Mapped[str]
    scan_id: Mapped[int | None]
    text: Mapped[str | None]  # what was put before the person
    text_sha256: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]  # on line, by the private link
    confirmed_name: Mapped[str | None]  # as typed
    replaced_at: Mapped[datetime | None]  # another one was asked for or given since


class CommitmentEnd(StrEnum):
    KEPT = "kept"  # bargaining was opened as promised
    LAPSED = "lapsed"
    REPLACED = "replaced"


class Commitment(TenantOwned, Model):
    """A promise to open bargaining (协商约定书). It sets no standards and is no contract."""

    __tablename__ = "commitment"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("document", "scan_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("ended", CommitmentEnd),
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint("ends_on > signed_on", name="ends_after_signature"),
        CheckConstraint(
            "bargain_by IS NULL OR (bargain_by >= signed_on AND bargain_by <= ends_on)",
            name="bargains_within_its_term",
        ),
        CheckConstraint("(ended IS NULL) = (ended_on IS NULL)", name="ended_on_a_day"),
        Index("ix_commitment_case", "tenant_id", "case_id"),
        Index("ix_commitment_open", "tenant_id", "ends_on", postgresql_where=text("ended IS NULL")),
    )

    case_id: Mapped[int]
    document_no: Mapped[str]
    workers_name: Mapped[str]
    employer_name: Mapped[str]
    matters: Mapped[str]
    signed_on: Mapped[date]
    bargain_by: Mapped[date | None]
    ends_on: Mapped[date]
    scan_id: Mapped[int | None]
    ended: Mapped[str | None]
    ended_on: Mapped[date | None]
    ended_note: Mapped[str | None]
    recorded_by_id: Mapped[int]
