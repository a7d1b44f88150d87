"""Looking at the whole forecast anew: asked for in a request, done by a job, seen while it runs."""

from collections.abc import Sequence
from datetime import timedelta

from flask import abort
from sqlalchemy import Integer, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert

from blueprints.contracts.forecast.finding import Progress, quietly, refresh
from blueprints.contracts.forecast.run_models import ForecastRun
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.scope import current_tenant_id

ONE_LOOK = 0x464F  # the lock under which one look after another is taken
SILENT = timedelta(minutes=3)
SHOWN = 20


def ask(by_id: int | None) -> ForecastRun:
    """Put a look in the queue's place; one that waits already will do. The caller wakes the job."""
    row = {"tenant_id": current_tenant_id(), "asked_by_id": by_id, "asked_at": now(),
           "heartbeat_at": now()}  # fmt: skip
    made = insert(ForecastRun).values(row).on_conflict_do_nothing().returning(ForecastRun.id)
    ident = db.session.scalar(made)
    if ident is None and (waiting := _waiting()) is not None:
        return waiting
    if ident is None:  # it began between the two statements: that look is not ours
        return ask(by_id)
    run = get_run(ident)
    trail.record("forecast.asked", run)
    return run


def take_turn() -> None:
    """Wait until no other look at this federation's forecast is under way."""
    tenant = cast(current_tenant_id() % 2**31, Integer)
    db.session.execute(select(func.pg_advisory_xact_lock(cast(ONE_LOOK, Integer), tenant)))


def carry_out(run: ForecastRun, progress: Progress = quietly) -> int:
    """Look, and say so in the trail. Returns how many lines the forecast holds."""
    lines = refresh(today(), progress)
    run.total = run.done = run.lines = lines
    run.finished_at = run.heartbeat_at = now()
    trail.record("forecast.swept", run, lines=lines)
    return lines


def break_off(run_id: int) -> None:
    """It failed; the next night, or somebody, looks again."""
    db.session.execute(
        update(ForecastRun)
        .where(ForecastRun.id == run_id, ForecastRun.finished_at.is_(None))
        .values(finished_at=now())
    )


def left_behind() -> Sequence[ForecastRun]:
    """Looks that nobody works on any more."""
    query = select(ForecastRun).where(
        ForecastRun.finished_at.is_(None), ForecastRun.heartbeat_at < now() - SILENT
    )
    return db.session.scalars(query.order_by(ForecastRun.id)).all()


def latest() -> ForecastRun | None:
    """The one under way or, where none is, the last there was."""
    return db.session.scalar(select(ForecastRun).order_by(ForecastRun.id.desc()).limit(1))


def runs() -> Sequence[ForecastRun]:
    return db.session.scalars(
        select(ForecastRun).order_by(ForecastRun.id.desc()).limit(SHOWN)
    ).all()


def get_run(run_id: int) -> ForecastRun:
    return db.session.scalar(select(ForecastRun).where(ForecastRun.id == run_id)) or abort(404)


def _waiting() -> ForecastRun | None:
    query = select(ForecastRun).where(
        ForecastRun.started_at.is_(None), ForecastRun.finished_at.is_(None)
    )
    return db.session.scalar(query)
