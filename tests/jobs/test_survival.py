"""Workers killed, Valkey wiped or away: nothing is lost, and what goes twice says so."""

import time
from datetime import timedelta
from functools import partial

import pytest

from blueprints.notices.models import Notice
from jobs.notices import drain
from jobs.sweeps import every_tenant, sweep_notices
from tenants.clock import now
from tenants.db import db
from tenants.scope import NoTenant
from tests.notices.world import deliveries, owe_many, states


def settled(federation, seconds=60.0):
    """Wait until nothing is in anybody's hands or in line."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with federation.scope():
            if not {"queued", "sending", "uncertain"} & states().keys():
                return
        time.sleep(0.1)
    raise AssertionError(states())


def eventually(ask, seconds=60.0):
    """The database lets go of a killed worker's locks when it notices."""
    until = time.monotonic() + seconds
    while not (answer := ask()) and time.monotonic() < until:
        time.sleep(0.05)
    return answer


def test_two_workers_at_once_send_nothing_twice(ours, mailroom, start):
    mailroom.waits_for_sessions = 2
    with ours.scope():
        owe_many(450)
        db.session.commit()
    with ours.app.app_context():
        for _ in range(3):
            ours.app.extensions["rq"].enqueue(
                "jobs.notices.drain", kwargs={"tenant_id": ours.id}, result_ttl=60
            )
    start()
    start()
    mailroom.wait_for(450)
    settled(ours)
    assert len(mailroom.mails) == len(mailroom.counts) == 450


def test_a_worker_killed_at_work_loses_nothing_and_doubles_nothing_in_silence(
    ours, mailroom, start
):
    with ours.scope():
        owe_many(240)
        db.session.commit()
    later = now()
    for reached in (30, 150):
        mailroom.hold_at = reached  # however slow this process is, the worker dies at work
        worker = start()
        mailroom.wait_for(reached)
        worker.kill()
        worker.wait()
        mailroom.hold_at = None
        with ours.scope():
            assert states().get("sending", 0) > 0
        with ours.app.app_context():
            later += timedelta(minutes=10)
            assert eventually(partial(sweep_notices, tenant_id=ours.id, at=later.isoformat()))
    with ours.app.app_context():
        drain(tenant_id=ours.id, at=(later + timedelta(minutes=10)).isoformat())
    with ours.scope():
        assert states() == {"sent": 240}
        assert len(mailroom.counts) == 240
        for address, times in mailroom.counts.items():
            if times > 1:
                assert len({mail.ident for mail in mailroom.to(address)}) == 1
                notice = db.session.query(Notice).filter_by(address=address).one()
                outcomes = [outcome for outcome, _ in deliveries(notice.id)]
                assert outcomes.count("unknown") >= times - 1


def test_the_real_worker_forks_sends_and_stops_when_asked(ours, mailroom, start):
    with ours.scope():
        owe_many(30)
        db.session.commit()
    worker = start("jobs.worker")
    mailroom.wait_for(30)
    settled(ours)
    worker.terminate()
    assert worker.wait(60) == 0


def test_a_wiped_queue_is_made_up_for_by_the_next_sweep(ours, mailroom, work):
    with ours.scope():
        owe_many(20)
        db.session.commit()
    ours.app.extensions["redis"].flushall()
    work()
    assert mailroom.mails == []
    with ours.app.app_context():
        every_tenant(job="jobs.sweeps.sweep_notices")
    work()
    work()
    mine = [
        mail.recipient for mail in mailroom.mails if mail.ident.startswith(f"<notice-{ours.id}-")
    ]
    assert len(mine) == len(set(mine)) == 20


def test_without_valkey_rows_stay_and_go_out_later(ours, mailroom, work, unreachable_queue):
    with ours.scope():
        owe_many(3)
        with unreachable_queue():
            db.session.commit()
        assert states() == {"queued": 3}
    work()
    assert mailroom.mails == []
    with ours.app.app_context():
        sweep_notices(tenant_id=ours.id)
    work()
    assert len(mailroom.mails) == 3


def test_a_sweep_that_finds_nothing_queues_nothing(ours, work):
    with ours.app.app_context():
        sweep_notices(tenant_id=ours.id)
    assert ours.app.extensions["rq"].is_empty()


@pytest.mark.parametrize("job", [drain, sweep_notices])
def test_a_job_without_a_federation_or_with_a_closed_one_refuses(app, ours, job):
    from tenants import provisioning

    with app.app_context():
        with pytest.raises(NoTenant):
            job(tenant_id=None)
        with pytest.raises(NoTenant):
            job(tenant_id=987_654_321)
        provisioning.suspend(app.extensions["settings"], ours.slug)
        with pytest.raises(NoTenant):
            job(tenant_id=ours.id)


def test_the_sweeps_of_every_federation_are_queued_and_of_no_closed_one(ours, theirs, app, work):
    from tenants import provisioning

    provisioning.suspend(app.extensions["settings"], theirs.slug)
    with app.app_context():
        every_tenant(job="jobs.sweeps.sweep_notices", at="2026-04-01T01:00:00+00:00")
    queue = app.extensions["rq"]
    tenants = [queue.fetch_job(job_id).kwargs["tenant_id"] for job_id in queue.job_ids]
    assert ours.id in tenants
    assert theirs.id not in tenants
