"""The forecast brought up to the day: every night, and whenever somebody asks for it."""

from sqlalchemy import func, select

from blueprints.contracts.forecast import runs
from blueprints.contracts.forecast.run_models import ForecastRun
from jobs.beside import Beside
from jobs.context import job_scope
from jobs.queue import wake
from tenants.acting import Actor, acting
from tenants.clock import now
from tenants.db import db
from tenants.models import User


def run(*, tenant_id: int, run_id: int, at: str | None = None) -> int:
    """Take the look that was asked for. Safe to run twice, two at once, and after a crash.

    All is written in one transaction; how far it has come is told in others beside it. Returns how
    many lines the forecast holds; 0 where the look was taken already.
    """
    with job_scope(tenant_id, at):
        runs.take_turn()
        look = db.session.scalar(select(ForecastRun).where(ForecastRun.id == run_id))
        if look is None or not look.going:
            return 0
        beside = Beside(ForecastRun, tenant_id, run_id)
        beside.say(started_at=func.coalesce(ForecastRun.started_at, now()), heartbeat_at=now())
        with acting(_who(look.asked_by_id)):
            try:
                lines = runs.carry_out(
                    look,
                    lambda done, total: beside.say(done=done, total=total, heartbeat_at=now()),
                )
                db.session.commit()
            except Exception:
                db.session.rollback()
                runs.break_off(run_id)
                db.session.commit()
                raise
        return lines


def sweep(*, tenant_id: int, at: str | None = None) -> int:
    """The look of every night at every contract and enterprise of one federation."""
    with job_scope(tenant_id, at):
        run_id = runs.ask(None).id
        db.session.commit()
    return run(tenant_id=tenant_id, run_id=run_id, at=at)


def resume(*, tenant_id: int, at: str | None = None) -> int:
    """Wake the looks that nobody works on: the queue lost them, or a worker died. How many."""
    with job_scope(tenant_id, at):
        found = runs.left_behind()
        for look in found:
            look.heartbeat_at = now()
            wake("jobs.forecast.run", run_id=look.id)
        db.session.commit()
        return len(found)


def _who(user_id: int | None) -> Actor:
    name = user_id and db.session.scalar(select(User.name).where(User.id == user_id))
    return Actor(name or "system", user_id)
