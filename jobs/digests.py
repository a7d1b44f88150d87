"""The weekly and daily digests: whoever has not had theirs gets it, however late the day."""

from blueprints.delivery import digests
from jobs.context import job_scope
from tenants.clock import today
from tenants.db import db

BATCH = 50


def send(*, tenant_id: int, at: str | None = None) -> int:
    """Post what is due. Safe to run again: a digest is owed once a week, or once a day.

    Returns how many readers there were something to say to.
    """
    with job_scope(tenant_id, at):
        told = 0
        for number, reader in enumerate(list(digests.readers()), start=1):
            told += digests.send_to(reader, today())
            if number % BATCH == 0:
                db.session.commit()
        db.session.commit()
        return told
