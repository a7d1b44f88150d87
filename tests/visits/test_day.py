"""My day: what is to be done, in which order, and for nobody else's enterprises."""

from datetime import date, time

import pytest
from flask import g
from sqlalchemy import event

from blueprints.offers.ground.service_models import ServiceMethod
from blueprints.offers.service.actions import Receipt, record_service
from blueprints.registry.models import Enterprise
from blueprints.visits import actions, agenda
from blueprints.visits.agenda import Day, Item, Where, day_of
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.models import Tenant
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.world import NAMES, TODAY, offer_of, walked

ON = date.fromisoformat(TODAY)


@pytest.fixture
def day(ours):
    world = walked(ours)
    with clock_at(instant(TODAY, 9)):
        yield world


def of(ours, day, *, by_place=False, on=ON, supervisor=None):
    """The day as the page would lay it out; links need an address to lead from."""
    with ours.app.test_request_context(ours.url("/my-day")):
        g.tenant = db.session.get(Tenant, ours.id)
        return day_of(get(ours, supervisor or day.mine), on, by_place=by_place)


def kinds(found):
    return [(item.kind, item.where.name) for item in found.items]


def plan(ours, day, firm, on=ON, **known):
    return actions.plan(get(ours, day.mine), day.firms[firm], on, purpose="serve", **known)


def served(day, firm, on):
    receipt = Receipt(ServiceMethod.REGISTERED_POST, on, post_number=f"XA0000000{firm}")
    record_service(offer_of(day.offers[firm]), receipt)


def test_offers_of_ones_own_portfolio_wait_to_be_served_and_no_others(ours, day):
    with ours.scope(at=instant(TODAY)):
        assert set(kinds(of(ours, day))) == {("serve", NAMES[0]), ("serve", NAMES[1])}
        assert kinds(of(ours, day, supervisor=day.other)) == [("serve", NAMES[2])]


def test_a_time_comes_first_then_what_ends_soonest_then_the_rest(ours, day):
    with ours.scope(at=instant("2026-03-20")):
        served(day, 0, date(2026, 3, 3))  # ends on 23 March
        plan(ours, day, 1, date(2026, 3, 20), at=time(14, 30))
        found = of(ours, day, on=date(2026, 3, 20))
        assert kinds(found) == [("visit", NAMES[1]), ("clock", NAMES[0])]
        assert found.pressing == 1
        assert found.first.at == time(14, 30)
        assert found.items[1].due == date(2026, 3, 23)


def test_a_planned_visit_says_how_urgent_it_is_and_is_not_listed_twice(ours, day):
    with ours.scope(at=instant("2026-03-20")):
        served(day, 0, date(2026, 3, 3))
        plan(ours, day, 0, date(2026, 3, 20))
        found = of(ours, day, on=date(2026, 3, 20))
        assert [kind for kind, name in kinds(found) if name == NAMES[0]] == ["visit"]
        assert found.items[0].due == date(2026, 3, 23)


def test_by_place_the_home_area_comes_first_and_a_street_stays_together(ours, day):
    with ours.scope(at=instant(TODAY)):
        far = db.session.get_one(Enterprise, (ours.id, day.firms[0]))
        far.area, far.locality = "421003", "中山街道"
        db.session.flush()
        found = of(ours, day, by_place=True)
        assert [place for place, _items in found.places] == [
            ("421002", "胜利街道"),
            ("421003", "中山街道"),
        ]


def test_a_long_day_shows_what_is_near_and_counts_the_rest_by_what_is_to_be_done():
    where = Where(1, "示例甲餐饮有限公司")
    todo = ["Serve an offer"] * 4 + ["Ask for the reply"] * 3 + ["Serve an offer"] * 2
    items = [Item("serve", where, what, "/", "Open") for what in todo]
    day = Day(date(2026, 3, 10), items, [])
    assert [item.what for item in day.near] == todo[1:6]
    assert [(what, len(found)) for what, found in day.later] == [
        ("Ask for the reply", 1), ("Serve an offer", 2),
    ]  # fmt: skip


def test_what_was_planned_and_not_recorded_is_left_over(ours, day):
    with ours.scope(at=instant("2026-03-09")):
        plan(ours, day, 0, date(2026, 3, 9))
        db.session.commit()
    with ours.scope(at=instant(TODAY)):
        found = of(ours, day)
        assert [item.where.name for item in found.left_over] == [NAMES[0]]
        assert found.left_over[0].due == date(2026, 3, 9)


def test_a_room_above_hands_in_meetings_and_findings(ours, day, monkeypatch):
    monkeypatch.setattr(agenda, "_agendas", dict(agenda._agendas))

    @agenda.on_the_agenda(40)
    def meetings(supervisor, on):
        where = Where(day.firms[0], NAMES[0])
        yield Item("meeting", where, "第二次协商会", "/x", "打开", at=time(9, 0))

    with ours.scope(at=instant(TODAY)):
        plan(ours, day, 1, at=time(10, 0))
        assert kinds(of(ours, day))[:2] == [("meeting", NAMES[0]), ("visit", NAMES[1])]


def test_the_page_leads_to_what_is_needed_in_one_tap(ours, as_, day):
    with ours.scope(at=instant(TODAY)):
        ident = plan(ours, day, 0).id
        db.session.commit()
    page = as_(ours.supervisor).get(ours.url("/my-day"))
    assert f'href="/{ours.slug}/visits/{ident}/record"' in page.text
    assert f"/visits/new?enterprise={day.firms[1]}&amp;purpose=serve" in page.text
    assert NAMES[2] not in page.text


def test_the_page_travels_packed_unless_the_address_asks_something(ours, as_, day):
    browser = as_(ours.supervisor)
    packed = browser.get(ours.url("/my-day"), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    asked = browser.get(ours.url("/my-day?q=secret"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in asked.headers


def test_who_is_not_on_the_roster_is_told_what_to_do(ours, as_):
    page = as_(ours.supervisor).get(ours.url("/my-day"))
    assert "You are not on the roster" in page.text


def test_the_officer_sees_the_day_of_a_supervisor(ours, as_, day):
    page = as_(ours.officer).get(ours.url(f"/supervisors/{day.mine}/day"))
    assert NAMES[0] in page.text
    assert "Start the visit" not in page.text


def test_the_workbench_leads_to_the_day(ours, as_, day):
    page = as_(ours.supervisor).get(ours.url("/"))
    assert f'href="/{ours.slug}/my-day"' in page.text
    assert NAMES[0] in page.text


def statements(ours, browser, path):
    counted = []

    def count(*_args):
        counted.append(1)

    with ours.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert browser.get(ours.url(path)).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(counted)


def test_thirty_cost_as_many_statements_as_two(ours, theirs, as_):
    counts = []
    for federation, number in ((ours, 3), (theirs, 31)):
        names = tuple(f"示例第{n}餐饮有限公司" for n in range(number))
        with clock_at(instant(TODAY, 9)):
            world = walked(federation, names)
            with federation.scope(at=instant(TODAY)):
                for firm in range(number // 2):
                    plan(federation, world, firm)
                db.session.commit()
            browser = as_(federation.supervisor)
            counts.append(
                [statements(federation, browser, path) for path in ("/my-day", "/visits")]
            )
    assert counts[0] == counts[1]
