"""Offers served when the holidays of the next year are not announced yet."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.offers.clocks import recount, recounting
from blueprints.offers.ground import queries
from blueprints.offers.ground.models import ReplyLink
from blueprints.offers.ground.service_models import Deadline, ServiceMethod
from blueprints.offers.service.actions import Receipt, record_service
from blueprints.rulebook import calendar_actions
from blueprints.rulebook.models import Basis
from blueprints.shared.workbench_cards import Stuck
from jobs import recompute
from jobs.clocks import sweep_clocks
from rules.calendars import prc_calendar
from tenants.clock import at as clock_at
from tenants.db import db
from tests.offers.test_cards import cards, rows
from tests.offers.world import instant, issued

LONG_AFTER = "2099-12-01"
UNKNOWN = 2098  # no notice will be known for it in our time
SERVED = f"{UNKNOWN}-03-05"


def serve(federation, offer_id):
    with federation.scope(at=instant(SERVED)):
        record_service(
            queries.get_offer(offer_id, lock=True),
            Receipt(ServiceMethod.REGISTERED_POST, instant(SERVED).date(), post_number="X1"),
        )
        db.session.commit()


def clock(federation):
    with federation.scope():
        return db.session.scalars(select(Deadline)).one()


def sweep(federation, day):
    with federation.app.app_context():
        return sweep_clocks(tenant_id=federation.id, at=instant(day).isoformat())["lapsed"]


@pytest.fixture(params=["ours", "theirs"])
def federation(request):
    """A place whose own rule is not confirmed, and one that counts in working days."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def offer_id(federation):
    return issued(federation, at=instant(f"{UNKNOWN}-03-01"))[0]


def test_the_enterprise_confirms_receipt_and_reads_a_provisional_day(app, federation, offer_id):
    with federation.scope():
        query = select(ReplyLink.token).where(ReplyLink.offer_id == offer_id)
        page = federation.url(f"/reply/{db.session.scalars(query).one()}")
    desk = app.test_client()
    with clock_at(instant(SERVED)):
        data = {"receiver_name": "孙某某", "receiver_title": "人事"}
        assert desk.post(f"{page}/receipt", data=data).status_code == 303
        text = desk.get(page).text
    assert "该年度节假日安排尚未公布" in text
    assert clock(federation).provisional
    with federation.scope():
        assert queries.get_offer(offer_id).served_on == date.fromisoformat(SERVED)


def test_nothing_lapses_on_a_provisional_day_until_the_calendar_is_entered(federation, offer_id):
    serve(federation, offer_id)
    assert sweep(federation, LONG_AFTER) == 0
    with federation.scope(at=instant(f"{UNKNOWN}-06-01"), by=federation.administrator):
        calendar_actions.complete(UNKNOWN, f"国办发明电〔{UNKNOWN}〕1号")
        groups = recount.preview(Basis.CALENDAR)
        assert [group.causes for group in groups] == [["calendar", "sure"]]
        decided = recounting.decide(
            Basis.CALENDAR, "calendar", groups, by_id=federation.administrator.id
        )
        db.session.commit()
        decided_id = decided.id
    with federation.app.app_context():
        recompute.run(tenant_id=federation.id, recount_id=decided_id)
    assert not clock(federation).provisional
    assert sweep(federation, LONG_AFTER) == 1


def test_the_administrator_is_told_which_year_the_clocks_wait_for(federation, offer_id):
    serve(federation, offer_id)
    found = cards(federation, federation.administrator, SERVED)
    assert f"{UNKNOWN}年节假日安排" in rows(found, Stuck)
    others = cards(federation, federation.officer, SERVED)
    assert f"{UNKNOWN}年节假日安排" not in rows(others, Stuck)


def test_a_lenient_calendar_is_the_same_calendar_and_says_which_days_are_sure():
    strict = prc_calendar()
    lenient = strict.as_far_as_known()
    assert lenient.version == strict.version
    assert strict.strict
    assert not lenient.covers(date(UNKNOWN, 1, 1), date(UNKNOWN, 1, 2))
