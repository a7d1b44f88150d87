"""Counting many running deadlines anew, away from the request, after somebody decided so."""

from datetime import timedelta

from sqlalchemy import select

from blueprints.offers.clocks import recounting
from blueprints.rulebook.models import Recount
from jobs.context import job_scope
from jobs.queue import wake
from tenants.acting import Actor, acting
from tenants.clock import now
from tenants.db import db
from tenants.models import User

SILENT = timedelta(minutes=3)


def run(*, tenant_id: int, recount_id: int, at: str | None = None) -> int:
    """Carry out a recount batch by batch; each is committed, so its progress can be seen.

    Safe to run twice, two at once, and again after a crash. Returns how many were moved in all.
    """
    with job_scope(tenant_id, at):
        recount = _held(recount_id)
        if recount is None:
            return 0
        name = db.session.scalar(select(User.name).where(User.id == recount.asked_by_id))
        with acting(Actor(name or "system", recount.asked_by_id)):
            while recount is not None and recount.finished_at is None:
                recounting.step(recount)
                db.session.commit()
                recount = _held(recount_id)
        return recount.moved if recount else 0


def sweep(*, tenant_id: int, at: str | None = None) -> int:
    """Wake a recount that nobody works on any more. Returns how many."""
    with job_scope(tenant_id, at):
        left = select(Recount).where(
            Recount.finished_at.is_(None), Recount.heartbeat_at < now() - SILENT
        )
        found = list(db.session.scalars(left))
        for recount in found:
            recount.heartbeat_at = now()
            wake("jobs.recompute.run", recount_id=recount.id)
        db.session.commit()
        return len(found)


def _held(recount_id: int) -> Recount | None:
    """The row, locked: two workers take turns, and the second finds less to do."""
    query = select(Recount).where(Recount.id == recount_id).with_for_update()
    return db.session.scalar(query, execution_options={"populate_existing": True})
