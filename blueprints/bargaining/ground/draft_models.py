"""Drafts of a contract, clause by clause, and the text that was fixed when both sides agreed."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rules.clauses import ClauseKind, Measure
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class DraftState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"  # its text is fixed; nothing in it changes any more
    SUPERSEDED = "superseded"  # another version took its place before it was agreed


class Draft(TenantOwned, Model):
    """One version of the text. Once `text` is there, the database lets nothing in it change."""

    __tablename__ = "draft"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("draft", "based_on_id"),
        one_of("state", DraftState),
        UniqueConstraint("tenant_id", "case_id", "version"),
        UniqueConstraint("tenant_id", "id", "text_sha256"),
        CheckConstraint("length(btrim(title)) > 0", name="has_a_title"),
        CheckConstraint(
            "(text IS NULL) = (text_sha256 IS NULL) AND (text_sha256 IS NULL "
            "OR text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'))",
            name="text_matches_its_hash",
        ),
        CheckConstraint(
            "(state = 'agreed') = (text_sha256 IS NOT NULL AND agreed_on IS NOT NULL)",
            name="agreed_is_fixed",
        ),
        Index(
            "uq_draft_open",
            "tenant_id",
            "case_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )

    case_id: Mapped[int]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=DraftState.OPEN)
    title: Mapped[str]
    note: Mapped[str] = mapped_column(server_default="")  # what this version changes, and why
    explanation: Mapped[str] = mapped_column(server_default="")  # 草案说明, for the congress
    based_on_id: Mapped[int | None]
    text: Mapped[str | None]
    text_sha256: Mapped[str | None]
    agreed_on: Mapped[date | None]
    agreed_at: Mapped[datetime | None]


class Clause(TenantOwned, Model):
    """One clause of a version. `key` stays the same from version to version."""

    __tablename__ = "clause"
    __table_args__ = (
        tenant_fk("draft", "draft_id"),
        tenant_fk("user", "changed_by_id"),
        one_of("kind", ClauseKind),
        UniqueConstraint("tenant_id", "draft_id", "key"),
        CheckConstraint("length(btrim(heading)) > 0", name="has_a_heading"),
        Index("ix_clause_draft", "tenant_id", "draft_id", "place"),
    )

    draft_id: Mapped[int]
    key: Mapped[str]
    place: Mapped[int]
    kind: Mapped[str]
    heading: Mapped[str]
    body: Mapped[str] = mapped_column(server_default="")
    suggestion: Mapped[str | None]  # id of the suggested clause it grew out of
    template_text: Mapped[str] = mapped_column(server_default="")  # the suggestion as it was then
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by_id: Mapped[int | None]
    changed_at: Mapped[datetime]


class ClauseAmount(TenantOwned, Model):
    """A figure in a clause: how much, in what unit, for which trade and grade, from when."""

    __tablename__ = "clause_amount"
    __table_args__ = (
        tenant_fk("clause", "clause_id"),
        one_of("measure", Measure),
        CheckConstraint("length(btrim(subject)) > 0", name="has_a_subject"),
        CheckConstraint("length(btrim(unit)) > 0", name="has_a_unit"),
        CheckConstraint("amount >= 0", name="not_negative"),
        Index("ix_clause_amount_clause", "tenant_id", "clause_id"),
    )

    clause_id: Mapped[int]
    measure: Mapped[str]
    subject: Mapped[str]
    trade: Mapped[str] = mapped_column(server_default="")
    grade: Mapped[str] = mapped_column(server_default="")
    amount: Mapped[Decimal]
    unit: Mapped[str]
    from_on: Mapped[date | None]


class CaseFloor(TenantOwned, Model):
    """A legal floor that somebody looked up for a case, with where it stands."""

    __tablename__ = "case_floor"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("user", "recorded_by_id"),
        one_of("measure", Measure),
        UniqueConstraint("tenant_id", "case_id", "measure", "unit"),
        CheckConstraint("amount > 0", name="more_than_nothing"),
        CheckConstraint("length(btrim(source)) > 0", name="has_a_source"),
    )

    case_id: Mapped[int]
    measure: Mapped[str]
    amount: Mapped[Decimal]
    unit: Mapped[str]
    from_on: Mapped[date]
    source: Mapped[str]
    recorded_by_id: Mapped[int | None]
