"""The cron table names jobs that exist, and whoever runs it twice does no harm."""

import inspect

import pytest
from rq.utils import import_attribute

from jobs import schedule
from jobs.queue import nudge

NAMED = [job for jobs in (*schedule.EVERY.values(), *schedule.DAILY.values()) for job in jobs]


@pytest.mark.parametrize("name", NAMED)
def test_every_scheduled_job_exists_and_takes_a_federation_and_a_moment(name):
    parameters = inspect.signature(import_attribute(name)).parameters
    assert {"tenant_id", "at"} <= parameters.keys()


def test_a_sweep_nobody_took_up_is_forgotten(app, work):
    with app.app_context():
        nudge("jobs.sweeps.sweep_notices", {"tenant_id": 1}, within=300)
        queue = app.extensions["rq"]
        (job_id,) = queue.job_ids
        assert 0 < queue.connection.ttl(f"rq:job:{job_id}") <= 300
        queue.empty()
