"""What must not happen to a campaign whatever happens to the machine it goes out from.

Real workers, a real Valkey, a real PostgreSQL and a real SMTP socket, of this file's own: they are
killed, emptied, stopped and restarted. Nothing is lost, and what goes out twice says so.
"""

import os
import random
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from blueprints.notices.models import Delivery, Notice
from blueprints.offers.ground import queries
from blueprints.offers.ground.service_models import Feedback, ServiceMethod
from blueprints.offers.service.actions import Receipt, record_service
from tenants import trail
from tenants.db import db
from tenants.models import Event
from tests.jobs.house import House
from tests.jobs.house import house as a_house
from tests.notices.world import owe_many, states
from tests.offers.world import instant, issued

pytestmark = pytest.mark.services
QUEUE_AWAY = float(os.environ.get("YAOYUE_QUEUE_AWAY", "0"))  # seconds; 180 for a thorough trial


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Iterator[House]:
    with a_house(tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture
def house(kept: House) -> Iterator[House]:
    yield kept
    kept.clear()


def campaign(house, count):
    federation = house.federation()
    with federation.scope():
        owe_many(count)
        db.session.commit()
    return federation


def none_lost_none_doubled_in_silence(house, federation, count):
    """Every address got its mail; each further copy bears its number and stands in the record."""
    assert house.settled(federation) == {"sent": count}
    times = house.mailroom.counts
    assert len(times) == count
    idents: dict[str, set[str]] = {}
    for mail in house.mailroom.mails:
        idents.setdefault(mail.recipient, set()).add(mail.raw.partition(b"Message-ID: ")[2][:60])
    assert all(len(seen) == 1 for seen in idents.values())
    with federation.scope():
        lost = func.count().filter(Delivery.outcome == "unknown")
        query = (
            select(Notice.address, lost)
            .join(Delivery, Delivery.notice_id == Notice.id)
            .group_by(Notice.address)
        )
        owned_up = dict(tuple(row) for row in db.session.execute(query))
    silent = {who: n for who, n in times.items() if n > 1 and owned_up[who] < n - 1}
    assert silent == {}


def test_twenty_kills_at_chance_moments_of_a_campaign_of_three_thousand(house):
    chance = random.Random(20)
    federation = campaign(house, 3000)
    for _ in range(20):
        worker = house.worker()
        reached = len(house.mailroom.mails) + chance.randrange(1, 140)
        house.sent(reached)
        house.kill(worker)
        assert house.sweep_later(federation)
    house.worker()
    none_lost_none_doubled_in_silence(house, federation, 3000)


def test_a_queue_wiped_in_mid_campaign_and_its_worker_dead(house):
    federation = campaign(house, 600)
    worker = house.worker()
    house.sent(100)
    house.app.extensions["redis"].flushall()
    house.kill(worker)
    house.worker()  # finds nothing in line
    assert house.app.extensions["rq"].is_empty()
    assert house.sweep_later(federation)
    none_lost_none_doubled_in_silence(house, federation, 600)


def test_a_queue_that_is_away_while_a_campaign_goes_out_and_another_is_written(house):
    """Away for a moment, or for as many seconds as YAOYUE_QUEUE_AWAY says."""
    federation = campaign(house, 400)
    house.worker()
    house.sent(50)
    house.services.valkey.stop()
    back = time.monotonic() + QUEUE_AWAY
    try:
        assert house.settled(federation) == {"sent": 400}  # what is in hand needs no queue
        written = 0
        while written == 0 or time.monotonic() < back:
            with federation.scope():
                owe_many(30, first=401 + written)
                db.session.commit()
            written += 30
            assert house.sweep() == 0  # nobody can be told
            house.look_after()
            time.sleep(min(5.0, max(0.0, back - time.monotonic())))
        with federation.scope():
            assert states() == {"sent": 400, "queued": written}
        assert len(house.mailroom.mails) == 400
    finally:
        house.services.valkey.start()
        house.services.valkey.wait()
    house.look_after()
    house.sent(400 + written)
    none_lost_none_doubled_in_silence(house, federation, 400 + written)
    assert len(house.mailroom.mails) == 400 + written


def test_a_database_restarted_in_mid_campaign(house):
    federation = campaign(house, 900)
    house.worker()
    house.sent(150)
    house.services.postgres.stop()
    house.services.postgres.start()
    house.services.postgres.wait()
    house.clear()
    house.worker()
    house.sweep_later(federation)
    none_lost_none_doubled_in_silence(house, federation, 900)


def test_four_schedulers_after_three_days_of_silence_make_each_event_once_and_date_it_back(house):
    """Served on 5 March, due on the 25th; nothing ran before the 28th, and then four at once."""
    federation = house.federation()
    offers = issued(federation)
    with federation.scope(at=instant("2026-03-05")):
        for ident in offers:
            day = instant("2026-03-05").date()
            receipt = Receipt(ServiceMethod.REGISTERED_POST, day, post_number=f"X{ident}")
            record_service(queries.get_offer(ident, lock=True), receipt)
        db.session.commit()
    house.app.extensions["redis"].flushall()
    moment = instant("2026-03-28", 9).isoformat()
    schedulers = [
        house.start("-m", "rq.cli", "cron", "--logging-level", "ERROR",
                    "-u", house.environment["REDIS_URL"], "tests.jobs.late_schedule",
                    MOMENT=moment)
        for _ in range(4)
    ]  # fmt: skip
    waits_for(lambda: lapsed_jobs(house) >= 4)
    for scheduler in schedulers:
        scheduler.kill()
    house.worker()
    house.worker()
    waits_for(lambda: house.app.extensions["rq"].is_empty() and told(federation) >= 2)
    waits_for(lambda: not house.app.extensions["rq"].started_job_registry.get_job_ids())
    with federation.scope():
        lapses = select(Event).where(Event.verb == "offer.lapsed").order_by(Event.id)
        assert {event.subject_id for event in db.session.scalars(lapses)} == set(offers)
        assert [event.payload["due_on"] for event in db.session.scalars(lapses)] == [
            "2026-03-25"
        ] * 2
        to_officer = select(func.count()).where(
            Notice.kind == "feedback", Notice.recipient.like("user:%")
        )
        assert db.session.scalar(to_officer) == 2  # one catch-up notice for each, not three
        assert trail.verify().ok


def lapsed_jobs(house):
    """How often the schedulers have asked for the clocks to be looked at."""
    queue = house.app.extensions["rq"]
    jobs = [queue.fetch_job(ident) for ident in queue.job_ids]
    return sum(
        job is not None and job.kwargs.get("job") == "jobs.clocks.sweep_clocks" for job in jobs
    )


def told(federation):
    with federation.scope():
        return db.session.scalar(select(func.count()).select_from(Feedback))


def waits_for(ask, seconds=40.0):
    until = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)
