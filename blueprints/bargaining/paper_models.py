"""Papers of a case before the table: requests for information, undertakings, the commitment."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.bargaining.team_models import Side
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
    """A promise of secrecy (保密承诺书) of one representative."""

    __tablename__ = "undertaking"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("representative", "representative_id"),
        tenant_fk("document", "scan_id"),
        UniqueConstraint("tenant_id", "case_id", "representative_id"),
        CheckConstraint("until_on >= signed_on", name="ends_after_it_began"),
    )

    case_id: Mapped[int]
    representative_id: Mapped[int]
    signed_on: Mapped[date]
    until_on: Mapped[date]
    covers: Mapped[str]
    scan_id: Mapped[int | None]


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
