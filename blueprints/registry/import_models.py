"""Imports: one run per uploaded ledger, one row per line that said something new."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class RunState(StrEnum):
    UPLOADED = "uploaded"  # columns to be confirmed
    CHECKING = "checking"  # the dry run is under way
    CHECKED = "checked"  # waits for a person's yes
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"  # nothing was written
    DROPPED = "dropped"  # given up by a person


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


class ImportRun(TenantOwned, Model):
    """One ledger on its way into the register. The file stays as a document."""

    __tablename__ = "import_run"
    __table_args__ = (
        one_of("state", RunState),
        tenant_fk("document", "document_id"),
        tenant_fk("user", "started_by_id"),
        Index("ix_import_run_state", "tenant_id", "state"),
    )

    document_id: Mapped[int]
    file_name: Mapped[str]
    sheet: Mapped[str]
    other_sheets: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    header: Mapped[dict[str, Any]] = mapped_column(JSONB)  # row, labels, mapping
    state: Mapped[str] = mapped_column(server_default=RunState.UPLOADED)
    counted_on: Mapped[date]  # the day its headcounts are taken to be of
    total: Mapped[int] = mapped_column(server_default="0")  # lines to read
    done: Mapped[int] = mapped_column(server_default="0")
    rows: Mapped[int] = mapped_column(server_default="0")
    new: Mapped[int] = mapped_column(server_default="0")
    changed: Mapped[int] = mapped_column(server_default="0")
    unchanged: Mapped[int] = mapped_column(server_default="0")
    rejected: Mapped[int] = mapped_column(server_default="0")
    reasons: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    aside: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    started_by_id: Mapped[int | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class ImportRow(TenantOwned, Model):
    """What became of one line. Lines that change nothing and say nothing are only counted."""

    __tablename__ = "import_row"
    __table_args__ = (
        one_of("outcome", Outcome),
        UniqueConstraint("tenant_id", "run_id", "number"),
        tenant_fk("import_run", "run_id", ondelete="CASCADE"),
        Index("ix_import_row_enterprise", "tenant_id", "enterprise_id"),
    )

    run_id: Mapped[int]
    number: Mapped[int]  # as the spreadsheet shows it
    outcome: Mapped[str]
    enterprise_id: Mapped[int | None]
    name: Mapped[str]
    credit_code: Mapped[str | None]
    findings: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    cells: Mapped[list[str] | None] = mapped_column(JSONB)  # of a rejected row, as they came
