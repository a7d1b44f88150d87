"""Checking and importing large ledgers, away from the request; picking up what broke off."""

from datetime import timedelta

import structlog
from sqlalchemy import select, update

from blueprints.registry import imports
from blueprints.registry.import_models import ImportRun, RunState
from blueprints.registry.unpacking import SheetRefused
from jobs.beside import Beside
from jobs.context import job_scope
from jobs.queue import wake
from tenants.clock import now
from tenants.db import db

log = structlog.get_logger()
SILENT = timedelta(minutes=3)
WORKING = (RunState.CHECKING, RunState.IMPORTING)


def run(*, tenant_id: int, run_id: int, at: str | None = None) -> None:
    """Do what the run's state asks for. Safe to run twice, and again after a crash.

    All is written in one transaction; how far it has come is told in others beside it.
    """
    with job_scope(tenant_id, at):
        imports.take_turn()
        found = db.session.scalar(select(ImportRun).where(ImportRun.id == run_id))
        if found is None or found.state not in WORKING:
            return
        try:
            step = imports.check if found.state == RunState.CHECKING else imports.carry_out
            beside = Beside(ImportRun, tenant_id, run_id)
            step(found, lambda done: beside.say(done=done, heartbeat_at=now()))
            db.session.commit()
        except SheetRefused as refused:
            _failed(run_id, refused)
        except Exception:
            _failed(run_id)
            raise


def sweep(*, tenant_id: int, at: str | None = None) -> int:
    """Wake the runs that nobody works on any more. Returns how many."""
    with job_scope(tenant_id, at):
        silent = select(ImportRun.id).where(
            ImportRun.state.in_(WORKING), ImportRun.heartbeat_at < now() - SILENT
        )
        found = list(db.session.scalars(silent))
        for run_id in found:
            wake("jobs.imports.run", run_id=run_id)
        db.session.execute(
            update(ImportRun).where(ImportRun.id.in_(found)).values(heartbeat_at=now())
        )
        db.session.commit()
        return len(found)


def _failed(run_id: int, refused: SheetRefused | None = None) -> None:
    db.session.rollback()
    found = db.session.scalar(select(ImportRun).where(ImportRun.id == run_id))
    if found is not None and found.state in WORKING:
        imports.fail(found, refused.text if refused else imports.BROKEN_OFF)
        db.session.commit()
