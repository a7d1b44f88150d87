"""Going round: what by its state should have happened is found, however late, and done once.

A sweep never asks what changed since the last one. It asks which rows stand as they should not
stand, in one statement, and what it does to them makes them stand otherwise: run four at once,
or after three days, it does each thing once. A sweep is a job like any other, for one federation;
`every_tenant` queues it for all.
"""

from blueprints.notices import outbox, repairs, sending
from jobs.context import active_tenant_ids, job_scope
from jobs.queue import nudge, wake
from tenants.db import db

STALE = 300  # seconds after which a sweep nobody took up is left to the next


def every_tenant(*, job: str, at: str | None = None) -> int:
    """Queue `job` for each active federation; returns for how many. The only job without one."""
    moment = {"at": at} if at else {}
    return sum(
        nudge(job, {"tenant_id": tenant_id, **moment}, within=STALE)
        for tenant_id in active_tenant_ids()
    )


def sweep_notices(*, tenant_id: int, at: str | None = None) -> int:
    """Find notices that nobody holds: unsent, due again, or left by a worker that died.

    Returns how many were left. Each of them is `uncertain` from here on.
    """
    with job_scope(tenant_id, at):
        lost = outbox.lapse()
        outbox.resend()
        repairs.hold_back()
        if sending.anything_due():
            wake("jobs.notices.drain")
        db.session.commit()
        return lost
