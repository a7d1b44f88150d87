"""Taking over existing contracts from a sheet: one run per file, one row per line."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class ImportState(StrEnum):
    CHECKED = "checked"  # the dry run is made; waits for a person's yes
    IMPORTED = "imported"
    DROPPED = "dropped"


class ImportOutcome(StrEnum):
    NEW = "new"
    KNOWN = "known"  # taken over before; nothing is written
    REJECTED = "rejected"


class ContractImport(TenantOwned, Model):
    """One sheet of contracts on its way in. The file stays as a document."""

    __tablename__ = "contract_import"
    __table_args__ = (
        one_of("state", ImportState),
        tenant_fk("document", "document_id"),
        tenant_fk("user", "started_by_id"),
        Index("ix_contract_import_state", "tenant_id", "state"),
    )

    document_id: Mapped[int]
    file_name: Mapped[str]
    sheet: Mapped[str]
    header: Mapped[dict[str, Any]] = mapped_column(JSONB)  # row, labels, mapping
    state: Mapped[str] = mapped_column(server_default=ImportState.CHECKED)
    rows: Mapped[int] = mapped_column(server_default="0")
    new: Mapped[int] = mapped_column(server_default="0")
    known: Mapped[int] = mapped_column(server_default="0")
    rejected: Mapped[int] = mapped_column(server_default="0")
    bound: Mapped[int] = mapped_column(server_default="0")  # enterprises that it says are bound
    reasons: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    started_by_id: Mapped[int | None]
    finished_at: Mapped[datetime | None]


class ContractImportRow(TenantOwned, Model):
    """What becomes of one line, and why."""

    __tablename__ = "contract_import_row"
    __table_args__ = (
        one_of("outcome", ImportOutcome),
        UniqueConstraint("tenant_id", "run_id", "number"),
        tenant_fk("contract_import", "run_id", ondelete="CASCADE"),
        tenant_fk("contract", "contract_id"),
    )

    run_id: Mapped[int]
    number: Mapped[int]  # as the spreadsheet shows it
    outcome: Mapped[str]
    name: Mapped[str]
    contract_id: Mapped[int | None]
    findings: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    cells: Mapped[list[str] | None] = mapped_column(JSONB)  # of a rejected row, as they came
