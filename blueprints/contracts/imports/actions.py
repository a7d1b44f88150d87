"""Taking over existing contracts from a sheet: dry run, a person's yes, all or nothing.

Nothing is guessed: a line without a receipt, of an enterprise that is not on the register, or that
took effect on a day that has not come, is sent back with its reason. Who is bound is only counted
where the sheet names the enterprises; an industry code binds nobody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select

from blueprints.contracts.ground.models import Contract
from blueprints.contracts.imports import writes as import_writes
from blueprints.contracts.imports.columns import (
    FIELDS,
    REASONS,
    WARNINGS,
    Finding,
    Reader,
    Record,
    find_header,
)
from blueprints.contracts.imports.models import (
    ContractImport,
    ContractImportRow,
    ImportOutcome,
    ImportState,
)
from blueprints.contracts.membership.ladder_end import end_for_taken_over
from blueprints.registry.areas import city_of
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from blueprints.registry.sheets import Sheet, open_sheet
from blueprints.registry.unpacking import SheetRefused
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.acting import current_actor
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation
from tenants.file_types import UNKNOWN
from tenants.files import open_document, store
from tenants.models import Document
from tenants.scope import current_tenant_id

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEEDED = ("name", "signed_on", "effective_on")
NO_HEADINGS = Text(
    "没有找到表头：表中应有“合同名称”“签订日期”“生效日期”等栏目。",
    "No heading row was found: there should be columns such as 合同名称, 签订日期 and 生效日期.",
)
NOT_NOW = Text("这次导入已经办完。", "This import is done.")
Key = tuple[str, Any, str]


@dataclass(slots=True)
class Judged:
    """One line and what becomes of it."""

    number: int
    cells: list[str]
    record: Record
    findings: list[Finding]
    outcome: ImportOutcome
    enterprise_id: int | None = None
    bound: list[int] = field(default_factory=list)
    contract_id: int | None = None


def receive(data: bytes, name: str) -> ContractImport:
    """Take a sheet in and make the dry run. Raises SheetRefused, in words."""
    opened = open_sheet(data)
    number, labels, mapping = find_header(opened.head())
    if not set(NEEDED) <= set(mapping):
        raise SheetRefused(NO_HEADINGS)
    document = store(data, name, purpose="contracts", allow=(XLSX, UNKNOWN))
    run = ContractImport(
        document_id=document.id,
        file_name=document.name,
        sheet=opened.name,
        header={"row": number, "labels": labels, "mapping": mapping},
        state=ImportState.CHECKED,
        started_by_id=current_actor().id,
    )
    db.session.add(run)
    trail.record("contracts.sheet_received", run, file=run.file_name, sha256=document.sha256)
    look(run, opened)
    return run


def set_columns(run: ContractImport, mapping: Mapping[str, int]) -> None:
    """A person's correction of which column is which; the dry run is made again."""
    if run.state != ImportState.CHECKED:
        raise RuleBroken(NOT_NOW)
    known = {name: column for name, column in mapping.items() if name in FIELDS}
    if not set(NEEDED) <= set(known):
        raise RuleBroken(NO_HEADINGS)
    run.header = {**run.header, "mapping": known}
    look(run, _open(run))


def look(run: ContractImport, sheet: Sheet) -> list[Judged]:
    """The dry run: every line judged and reported, nothing taken over."""
    lines = list(judge(sheet, run.header))
    report(run, lines)
    return lines


def carry_out(run: ContractImport) -> dict[str, Any]:
    """Judge again, as the register may have moved on, and take everything over at once."""
    if run.state != ImportState.CHECKED:
        raise RuleBroken(NOT_NOW)
    lines = list(judge(_open(run), run.header))
    fresh = [one for one in lines if one.outcome is ImportOutcome.NEW]
    import_writes.write(fresh)
    end_for_taken_over([one.contract_id for one in fresh if one.contract_id])
    report(run, lines)
    run.state, run.finished_at = ImportState.IMPORTED, now()
    trail.record(
        "contracts.imported", run, file=run.file_name, new=run.new, known=run.known,
        rejected=run.rejected, bound=run.bound,
    )  # fmt: skip
    return summary(run)


def drop(run: ContractImport) -> None:
    """Give a sheet up before anything was taken over."""
    if run.state != ImportState.CHECKED:
        raise RuleBroken(NOT_NOW)
    run.state, run.finished_at = ImportState.DROPPED, now()
    trail.record("contracts.import_dropped", run, file=run.file_name)


def judge(sheet: Sheet, header: Mapping[str, Any]) -> Iterator[Judged]:
    """Each line of data with its outcome."""
    reader = Reader(header["mapping"], city_of(this_federation().division), today())
    codes, known = register(), contracts_known()
    taken: dict[Key, int] = {}
    for number, cells in sheet.rows():
        if number <= header["row"] or not any(cells):
            continue
        record, found = reader.read(cells)
        firm = codes.get(record.code or "")
        if record.code and firm is None and not any(one.field == "code" for one in found):
            found.append(Finding("code", record.code, "enterprise_unknown"))
        bound = [codes[one] for one in record.bound if one in codes]
        if missing := len(record.bound) - len(bound):
            found.append(Finding("bound", "", "bound_unknown", {"count": missing}))
        if firm is not None and record.level == "enterprise":
            bound = [firm]
        elif not bound:
            found.append(Finding("bound", "", "bound_missing"))
        key = (record.name, record.signed_on, record.kind)
        first = taken.setdefault(key, number)
        if first != number:
            found.append(Finding("name", record.name, "twice", {"row": first}))
        line = Judged(number, cells, record, found, ImportOutcome.NEW, firm, bound)
        if any(one.rejects for one in found):
            line.outcome = ImportOutcome.REJECTED
        elif key in known:
            line.outcome, line.contract_id = ImportOutcome.KNOWN, known[key]
        yield line


def register() -> dict[str, int]:
    """Every enterprise of the register by its credit code."""
    query = select(Enterprise.credit_code, Enterprise.id).where(
        Enterprise.credit_code.is_not(None), Enterprise.status != Status.MERGED
    )
    rows = db.session.execute(query.execution_options(yield_per=2000))
    return {str(row[0]): row[1] for row in rows}


def contracts_known() -> dict[Key, int]:
    query = select(Contract.name, Contract.signed_on, Contract.kind, Contract.id)
    rows = db.session.execute(query.execution_options(yield_per=2000))
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def report(run: ContractImport, lines: list[Judged]) -> None:
    """Keep what was found, line by line, in place of what an earlier look had found."""
    db.session.flush()
    db.session.execute(delete(ContractImportRow).where(ContractImportRow.run_id == run.id))
    rows = [
        {
            "tenant_id": current_tenant_id(),
            "run_id": run.id,
            "number": line.number,
            "outcome": line.outcome,
            "name": line.record.name or "—",
            "contract_id": line.contract_id,
            "findings": [one.to_json() for one in line.findings],
            "cells": line.cells if line.outcome is ImportOutcome.REJECTED else None,
        }
        for line in lines
    ]
    if rows:
        db.session.execute(insert(ContractImportRow), rows)
    counts = Counter(line.outcome for line in lines)
    run.rows, run.new = len(lines), counts[ImportOutcome.NEW]
    run.known, run.rejected = counts[ImportOutcome.KNOWN], counts[ImportOutcome.REJECTED]
    fresh = (line for line in lines if line.outcome is ImportOutcome.NEW)
    run.bound = len({firm for line in fresh for firm in line.bound})
    run.reasons = reasons_of(lines)


def reasons_of(lines: list[Judged]) -> dict[str, Any]:
    why: Counter[str] = Counter()
    warned: Counter[str] = Counter()
    for line in lines:
        for code in {one.code for one in line.findings}:
            (why if code in REASONS else warned)[code] += 1
    return {"reasons": dict(why.most_common()), "warnings": dict(warned.most_common())}


def summary(run: ContractImport) -> dict[str, Any]:
    """What `yaoyue contracts import` prints."""
    codes = (*run.reasons["reasons"], *run.reasons["warnings"])
    words = {code: (REASONS.get(code) or WARNINGS[code]).zh for code in codes}
    return {
        "rows": run.rows, "new": run.new, "known": run.known, "rejected": run.rejected,
        "enterprises_bound": run.bound, **run.reasons, "words": words,
    }  # fmt: skip


def _open(run: ContractImport) -> Sheet:
    document = db.session.scalars(select(Document).where(Document.id == run.document_id)).one()
    return open_sheet(open_document(document), sheet=run.sheet)
