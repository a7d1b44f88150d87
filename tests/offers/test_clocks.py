"""The sweeps: lapses and reminders, each exactly once, however late and however often."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from blueprints.notices.models import Notice
from blueprints.offers.ground import queries
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Feedback, ReplyChannel, ReplyKind, ServiceMethod
from blueprints.offers.service.actions import Answer, Receipt, record_reply, record_service
from jobs.clocks import sweep_clocks
from tenants import trail
from tenants.db import db
from tenants.models import Event
from tenants.scope import NoTenant
from tests.offers.world import instant, issued

SERVED = "2026-03-05"  # last day 2026-03-25, a Wednesday


@pytest.fixture
def offer_ids(ours):
    """Two offers, both served."""
    ids = issued(ours)
    with ours.scope(at=instant(SERVED)):
        for offer_id in ids:
            offer = queries.get_offer(offer_id, lock=True)
            day = instant(SERVED).date()
            record_service(
                offer, Receipt(ServiceMethod.REGISTERED_POST, day, post_number=f"X{offer_id}")
            )
        db.session.commit()
    return ids


def sweep(federation, day, hour=9):
    with federation.app.app_context():
        return sweep_clocks(tenant_id=federation.id, at=instant(day, hour).isoformat())


def count(federation, query):
    with federation.scope():
        return db.session.scalar(query)


LAPSES = select(func.count()).select_from(Event).where(Event.verb == "offer.lapsed")
FEEDBACKS = select(func.count()).select_from(Feedback)
REMINDERS = select(func.count()).select_from(Notice).where(Notice.kind == "reminder")


def test_nothing_lapses_on_the_last_day_itself(ours, offer_ids):
    assert sweep(ours, "2026-03-25", hour=23)["lapsed"] == 0
    assert sweep(ours, "2026-03-26", hour=0)["lapsed"] == 2


def test_a_sweep_three_weeks_late_finds_each_lapse_once_and_the_next_finds_none(ours, offer_ids):
    assert sweep(ours, "2026-04-15")["lapsed"] == 2
    assert sweep(ours, "2026-04-15") == {"lapsed": 0, "reminded": 0}
    assert count(ours, LAPSES) == count(ours, FEEDBACKS) == 2


def test_four_sweeps_at_once_make_each_event_once(ours, offer_ids):
    with ThreadPoolExecutor(4) as pool:
        lapsed = sum(pool.map(lambda _: sweep(ours, "2026-04-15")["lapsed"], range(4)))
    assert lapsed == count(ours, LAPSES) == 2
    with ours.scope():
        assert trail.verify().ok


def test_the_enterprise_is_reminded_once_before_the_last_day(ours, offer_ids):
    for day in ("2026-03-20", "2026-03-21", "2026-03-25"):
        sweep(ours, day)
    assert count(ours, REMINDERS) == 2


def test_a_reply_stops_the_clock_so_nothing_lapses(ours, offer_ids):
    with ours.scope(at=instant("2026-03-10")):
        offer = queries.get_offer(offer_ids[0], lock=True)
        record_reply(offer, Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "孙某某"))
        db.session.commit()
    assert sweep(ours, "2026-04-15")["lapsed"] == 1
    with ours.scope():
        states = db.session.scalars(select(Offer.state).order_by(Offer.number)).all()
        assert states == ["answered_yes", "overdue"]


def test_a_late_reply_is_taken_after_the_lapse(ours, offer_ids):
    sweep(ours, "2026-04-15")
    with ours.scope(at=instant("2026-04-16")):
        offer = queries.get_offer(offer_ids[0], lock=True)
        reply = record_reply(offer, Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "孙某某"))
        db.session.commit()
        assert reply.late
        assert offer.state == "answered_yes"


def test_a_sweep_of_one_federation_leaves_the_other_alone(ours, theirs, offer_ids):
    sweep(theirs, "2026-04-15")
    assert count(ours, LAPSES) == 0


def test_a_sweep_without_a_federation_refuses_to_run(app):
    with app.app_context(), pytest.raises(NoTenant):
        sweep_clocks(tenant_id=None)


def test_the_offer_page_shows_the_clock_that_is_past_and_those_that_come_next(ours, as_, offer_ids):
    with ours.scope(at=instant("2026-03-10")):
        offer = queries.get_offer(offer_ids[0], lock=True)
        record_reply(offer, Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "孙某某"))
        db.session.commit()
    page = as_(ours.officer).get(ours.url(f"/offers/{offer_ids[0]}")).text
    chain = page[page.index('id="chain"') :]
    assert "is-past" in chain
    assert "is-next" in chain
    assert chain.index("Time to answer an offer") < chain.index("Time to file")
