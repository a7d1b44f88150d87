"""The forecast brought up to the day, every night: lines come, change and go with what is so."""

from blueprints.contracts.forecast_finding import swept
from jobs.context import job_scope
from tenants.clock import today
from tenants.db import db


def sweep(*, tenant_id: int, at: str | None = None) -> int:
    """Look at every contract and enterprise of one federation. Safe to run twice."""
    with job_scope(tenant_id, at):
        lines = swept(today())
        db.session.commit()
        return lines
