"""An import, from the uploaded file to the register: dry run, a person's yes, all or nothing."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select, text

from blueprints.registry import import_writes
from blueprints.registry.areas import City, city_of
from blueprints.registry.columns import Columns, Header, find_header
from blueprints.registry.import_models import ImportRun, Outcome, RunState
from blueprints.registry.import_plan import Summary
from blueprints.registry.import_stage import Progress, fill
from blueprints.registry.ledgers import NO_HEADINGS, Ledger
from blueprints.registry.sheets import Sheet, open_sheet
from blueprints.registry.union_actions import found_area_unions
from blueprints.registry.unpacking import SheetRefused
from jobs.queue import wake
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.acting import current_actor
from tenants.clock import now, today
from tenants.db import db
from tenants.file_types import UNKNOWN
from tenants.files import open_document, store
from tenants.models import Document, Tenant
from tenants.scope import current_tenant_id, tenant_scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
log = structlog.get_logger()
AT_ONCE = 5_000  # lines that are checked while the person waits
ONE_IMPORT = 7_206_173  # advisory lock: a federation's imports follow one another
BROKEN_OFF = Text(
    "导入中断，没有写入任何数据，请重试。", "The import broke off; nothing was written. Try again."
)
NOT_NOW = Text("这次导入已经办完或者正在进行。", "This import is done or under way.")


@dataclass(frozen=True)
class Upload:
    """A file as it came: its bytes and what it was called."""

    data: bytes
    name: str


def city_here() -> City:
    """The city of the federation in scope."""
    return city_of(db.session.get_one(Tenant, current_tenant_id()).division)


def receive(
    upload: Upload, *, sheet: str | None = None, counted_on: date | None = None
) -> ImportRun:
    """Take a ledger in and propose which column is which. Raises SheetRefused, in words."""
    opened = open_sheet(upload.data, sheet=sheet)
    header = find_header(opened.head()) or _bare_header(opened)
    document = store(upload.data, upload.name, purpose="ledger", allow=(XLSX, UNKNOWN))
    run = ImportRun(
        document_id=document.id,
        file_name=document.name,
        sheet=opened.name,
        other_sheets=list(opened.others),
        header=_kept(header),
        counted_on=counted_on or today(),
        total=opened.height,
        started_by_id=current_actor().id,
    )
    db.session.add(run)
    trail.record("import.received", run, file=run.file_name, sha256=document.sha256)
    return run


def set_columns(run: ImportRun, mapping: Columns, *, row: int | None = None) -> None:
    """A person's correction of which column is which."""
    if run.state not in {RunState.UPLOADED, RunState.CHECKED, RunState.FAILED}:
        raise RuleBroken(NOT_NOW)
    if "name" not in mapping:
        raise RuleBroken(NO_HEADINGS)
    header = header_of(run)
    run.header = _kept(Header(row or header.row, header.labels, mapping))


def choose_sheet(run: ImportRun, sheet: str) -> None:
    """Read another sheet of the same workbook."""
    opened = _open(run, sheet)
    run.sheet, run.other_sheets, run.total = opened.name, list(opened.others), opened.height
    run.header = _kept(find_header(opened.head()) or _bare_header(opened))


def check(run: ImportRun, progress: Progress = lambda _: None) -> Summary:
    """The dry run: every line judged and reported, the register untouched."""
    ledger = Ledger(_open(run), city_here(), header=header_of(run))
    summary = fill(ledger, progress)
    import_writes.write_report(run)
    _sum_up(run, summary)
    run.state, run.failure = RunState.CHECKED, None
    return summary


def confirm(run: ImportRun) -> None:
    """A person's yes, after the dry run. The work itself is a job's."""
    if run.state != RunState.CHECKED:
        raise RuleBroken(NOT_NOW)
    run.state, run.done, run.heartbeat_at = RunState.IMPORTING, 0, now()
    trail.record("import.confirmed", run, file=run.file_name, new=run.new, changed=run.changed)
    wake("jobs.imports.run", run_id=run.id)


def take_turn() -> None:
    """Wait until no other import of this federation is under way; held until the commit."""
    db.session.execute(
        text("SELECT pg_advisory_xact_lock(:lock, :tenant)"),
        {"lock": ONE_IMPORT, "tenant": current_tenant_id() % 2**31},
    )


def begin_check(run: ImportRun) -> None:
    """Ask for the dry run. A small ledger's is made at once, a large one's by a job."""
    run.failure, run.done, run.heartbeat_at = None, 0, now()
    if run.total <= AT_ONCE:
        check(run)
    else:
        run.state = RunState.CHECKING
        wake("jobs.imports.run", run_id=run.id)


def carry_out(run: ImportRun, progress: Progress = lambda _: None) -> Summary:
    """Read the ledger again, as the register may have moved on, and write it: all or nothing."""
    take_turn()
    found_area_unions()
    ledger = Ledger(_open(run), city_here(), header=header_of(run))
    summary = fill(ledger, progress)
    import_writes.write_register(run.counted_on)
    import_writes.write_report(run)
    _sum_up(run, summary)
    run.state, run.finished_at, run.failure = RunState.IMPORTED, now(), None
    sha256 = db.session.scalar(select(Document.sha256).where(Document.id == run.document_id))
    counts = {outcome.value: summary.outcomes[outcome] for outcome in Outcome}
    trail.record("import.finished", run, file=run.file_name, sha256=sha256, **counts)
    return summary


def fail(run: ImportRun, reason: Text = BROKEN_OFF) -> None:
    run.state, run.failure, run.finished_at = RunState.FAILED, reason.to_json(), now()
    trail.record("import.failed", run, file=run.file_name, reason=reason.zh)


def drop(run: ImportRun) -> None:
    """Give a ledger up before it was imported."""
    if run.state in {RunState.IMPORTING, RunState.IMPORTED}:
        raise RuleBroken(NOT_NOW)
    run.state, run.finished_at = RunState.DROPPED, now()
    trail.record("import.dropped", run, file=run.file_name)


def import_file(tenant: str, path: str | Path, *, dry_run: bool = False) -> dict[str, Any]:
    """Import a file for a federation named by its slug: what `yaoyue registry import` does.

    Raises SheetRefused for the file, RuleBroken where there is no such federation.
    """
    file = Path(path)
    tenant_id = db.session.scalar(select(Tenant.id).where(Tenant.slug == tenant))
    if tenant_id is None:
        raise RuleBroken(Text(f"没有“{tenant}”。", f"There is no federation “{tenant}”."))
    with tenant_scope(tenant_id):
        data = file.read_bytes()
        if dry_run:
            summary = fill(Ledger(open_sheet(data), city_here()), lambda _: None)
            db.session.rollback()
        else:
            run = receive(Upload(data, file.name))
            if "name" not in header_of(run).mapping:
                raise SheetRefused(NO_HEADINGS)
            summary = carry_out(run)
            db.session.commit()
    return {"file": file.name, "dry_run": dry_run, **summary.to_json()}


def header_of(run: ImportRun) -> Header:
    return Header(run.header["row"], tuple(run.header["labels"]), dict(run.header["mapping"]))


def _kept(header: Header) -> dict[str, Any]:
    return {"row": header.row, "labels": list(header.labels), "mapping": header.mapping}


def _bare_header(sheet: Sheet) -> Header:
    """Where no headings are recognised: the first filled row, for a person to map."""
    first = next(((n, cells) for n, cells in sheet.head() if any(cells)), (1, [""]))
    return Header(first[0], tuple(first[1]), {})


def _open(run: ImportRun, sheet: str | None = None) -> Sheet:
    document = db.session.scalars(select(Document).where(Document.id == run.document_id)).one()
    return open_sheet(open_document(document), sheet=sheet or run.sheet)


def _sum_up(run: ImportRun, summary: Summary) -> None:
    kept = summary.to_json()
    run.rows = run.done = run.total = summary.rows
    for outcome in Outcome:
        setattr(run, outcome.value, kept[outcome.value])
    run.reasons = {"reasons": kept["reasons"], "warnings": kept["warnings"]}
    run.aside = {key: kept[key] for key in ("stated_total", "summed_total", "notes")}


def sample(run: ImportRun, rows: int = 4) -> list[tuple[int, list[str]]]:
    """The first lines below the headings, for a person who checks which column is which."""
    below = ((n, cells) for n, cells in _open(run).head() if n > run.header["row"] and any(cells))
    return list(islice(below, rows))
