"""Imports found: runs, their rows, the rows that were sent back."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from blueprints.registry.import_models import ImportRow, ImportRun, Outcome, RunState
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db


def get_run(run_id: int, *, lock: bool = False) -> ImportRun:
    query = select(ImportRun).where(ImportRun.id == run_id)
    found: ImportRun = db.one_or_404(query.with_for_update() if lock else query)
    return found


def runs(limit: int = 50) -> Sequence[ImportRun]:
    """The latest imports, newest first."""
    query = select(ImportRun).where(ImportRun.state != RunState.DROPPED)
    return db.session.scalars(query.order_by(ImportRun.id.desc()).limit(limit)).all()


def latest_finished() -> ImportRun | None:
    query = select(ImportRun).where(ImportRun.state == RunState.IMPORTED)
    return db.session.scalars(query.order_by(ImportRun.finished_at.desc()).limit(1)).first()


def rows_of(run: ImportRun, show: str, *, cursor: str | None = None) -> Page:
    """A leaf of what was found: one outcome, or all rows that were warned about."""
    query = select(ImportRow).with_only_columns(
        ImportRow.number,
        ImportRow.outcome,
        ImportRow.enterprise_id,
        ImportRow.name,
        ImportRow.credit_code,
        ImportRow.findings,
        ImportRow.changes,
    )
    query = query.where(ImportRow.run_id == run.id)
    if show == "warned":
        query = query.where(
            ImportRow.outcome != Outcome.REJECTED, func.jsonb_array_length(ImportRow.findings) > 0
        )
    else:
        query = query.where(ImportRow.outcome == show)
    return leaf(query, (Key(ImportRow.number),), cursor=cursor)


def warned_count(run: ImportRun) -> int:
    query = select(func.count()).where(
        ImportRow.run_id == run.id,
        ImportRow.outcome != Outcome.REJECTED,
        func.jsonb_array_length(ImportRow.findings) > 0,
    )
    return db.session.execute(query).scalar_one()


def rejected(run: ImportRun) -> Iterator[Any]:
    """Number, cells and findings of the rows that were sent back."""
    query = (
        select(ImportRow.number, ImportRow.cells, ImportRow.findings)
        .where(ImportRow.run_id == run.id, ImportRow.outcome == Outcome.REJECTED)
        .order_by(ImportRow.number)
        .execution_options(yield_per=500)
    )
    yield from db.session.execute(query)


def rows_about(enterprise_id: int) -> Sequence[Any]:
    """What finished imports did to an enterprise, for its timeline."""
    query = (
        select(
            ImportRun.id,
            ImportRun.file_name,
            ImportRun.finished_at,
            ImportRow.number,
            ImportRow.outcome,
            ImportRow.changes,
            ImportRow.findings,
        )
        .join(ImportRun, ImportRun.id == ImportRow.run_id)
        .where(ImportRow.enterprise_id == enterprise_id, ImportRun.state == RunState.IMPORTED)
        .order_by(ImportRun.id.desc())
        .limit(50)
    )
    return db.session.execute(query).all()
