"""Waking a worker, after the commit. The row is the promise; this is only a nudge."""

from typing import Any

import structlog
from flask import current_app
from redis import RedisError
from rq import Queue
from sqlalchemy import event
from sqlalchemy.orm import Session

from tenants.clock import now, told
from tenants.db import db
from tenants.scope import current_tenant_id

log = structlog.get_logger()
Call = tuple[str, tuple[tuple[str, Any], ...]]


def wake(job: str, **arguments: Any) -> None:
    """Have a worker call `job(tenant_id=…, **arguments)` once this transaction has committed.

    The same call asked for twice in one transaction is queued once. Where Valkey cannot be
    reached the call is logged and dropped: the sweeps find by state what is left undone. A
    moment that a story or a test has set goes along as `at`.
    """
    if moment := told():
        arguments.setdefault("at", moment.isoformat())
    call: Call = (job, tuple(sorted({"tenant_id": current_tenant_id(), **arguments}.items())))
    calls = db.session.info.setdefault("wake", [])
    if call not in calls:
        calls.append(call)


@event.listens_for(Session, "after_commit")
def send(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for job, arguments in session.info.pop("wake", []):
        nudge(job, dict(arguments))


@event.listens_for(Session, "after_rollback")
def forget(session: Session) -> None:
    session.info.pop("wake", None)


def nudge(job: str, arguments: dict[str, Any], *, within: int | None = None) -> bool:
    """Queue a call at once. False when Valkey cannot be reached.

    A call that no worker has taken up `within` so many seconds is forgotten.
    """
    try:
        queue().enqueue(job, kwargs=arguments, result_ttl=60, failure_ttl=86_400, ttl=within)
    except (RedisError, OSError) as error:
        log.warning("queue unreachable", job=job, error=str(error), at=now().isoformat())
        return False
    return True


def queue() -> Queue:
    kept: Queue = current_app.extensions["rq"]
    return kept
