"""Leaders' contacts and what came of their visits; experts, bookings, advice."""

from datetime import date, datetime, timedelta

import pytest

from blueprints.supervisors import contacts, studio
from rules.broken import RuleBroken
from tenants.clock import ZONE
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.world import firm

MARCH = instant("2026-03-02", 12)
DAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def linked(**facts):
    known = {"leader": "郑某某", "visits_due": 2, "since_on": date(2026, 1, 1)}
    return contacts.link(**{**known, **facts})


def test_a_visit_counts_against_those_due_and_its_next_step_stays_open(ours):
    with ours.scope(at=MARCH):
        contact = linked(enterprise_id=firm("示例甲公司").id)
        said = {"findings": "愿意协商", "visited_on": DAY}
        visit = contacts.visit(
            contact, by_id=ours.officer.id, outcome="open", follow_up="送要约书", **said
        )
        contacts.visit(contact, by_id=ours.officer.id, outcome="bargaining_begun", **said)
        db.session.flush()
        row = contacts.listing(contacts.Wanted(), DAY).rows[0]
        assert (row.visited, row.visits_due, row.results, row.open_steps) == (2, 2, 1, 1)
        assert contacts.sums(DAY)["open_steps"] == 1
        contacts.settle(visit, DAY, "已送达")
        db.session.flush()
        assert contacts.sums(DAY)["open_steps"] == 0
        assert not contacts.listing(contacts.Wanted(show="due"), DAY)


def test_nobody_is_linked_twice_and_nobody_visits_the_future_or_what_is_over(ours):
    with ours.scope(at=MARCH):
        contact = linked(industry="62")
        db.session.flush()
        with pytest.raises(RuleBroken, match="already"):
            linked(industry="62")
        said = {"findings": "了解情况", "outcome": "none", "by_id": ours.officer.id}
        with pytest.raises(RuleBroken, match="future"):
            contacts.visit(contact, visited_on=date(2026, 3, 3), **said)
        contacts.end(contact, date(2026, 3, 1))
        with pytest.raises(RuleBroken, match="over"):
            contacts.visit(contact, visited_on=DAY, **said)
        assert linked(industry="62") is not contact


def test_an_expert_is_booked_once_at_a_time_and_leaves_advice(ours):
    with ours.scope(at=MARCH):
        expert = studio.take_in(name="冯某某", field="law", since_on=DAY, industries=["62"])
        db.session.flush()
        asked = {"by_id": ours.officer.id, "topic": "计件单价"}
        first = studio.book(expert, from_at=NINE, until_at=NINE + HOUR, **asked)
        with pytest.raises(RuleBroken, match="booked at that time"):
            studio.book(expert, from_at=NINE + HOUR / 2, until_at=NINE + 2 * HOUR, **asked)
        later = studio.book(expert, from_at=NINE + 9 * HOUR, until_at=NINE + 10 * HOUR, **asked)
        with pytest.raises(RuleBroken, match="not taken place yet"):
            studio.hold(later, "意见")
        studio.hold(first, "单价应当按工时测算")
        studio.cancel(later, "改期")
        with pytest.raises(RuleBroken, match="over or cancelled"):
            studio.cancel(first, "误登记")
        db.session.flush()
        row = studio.listing(studio.Wanted(industry="62"), DAY).rows[0]
        assert (row.held, row.booked) == (1, 0)


def test_both_are_entered_on_screen_and_unknown_elsewhere(ours, theirs, as_):
    with ours.scope():
        firm("示例甲公司")
        db.session.commit()
    browser, ok = as_(ours.officer), {"follow_redirects": True}
    link = {"leader": "郑某某", "visits_due": "2", "since_on": "2026-01-01"}
    refused = browser.post(ours.url("/supervisors/contacts"), data=link)
    assert refused.status_code == 422
    assert "Choose an enterprise or an industry" in refused.text
    both = {**link, "enterprise": "示例甲公司", "industry": "62"}
    assert "not both" in browser.post(ours.url("/supervisors/contacts"), data=both).text
    made = browser.post(
        ours.url("/supervisors/contacts"), data={**link, "enterprise": "示例甲公司"}, **ok
    )
    visits = f"{made.request.path}/visits"
    visit = {"visited_on": "2026-01-05", "findings": "愿意协商", "outcome": "open"}
    assert "Say what the next step is" in browser.post(visits, data=visit).text
    page = browser.post(visits, data={**visit, "follow_up": "送要约书"}, **ok)
    assert "送要约书" in page.text
    expert = browser.post(
        ours.url("/supervisors/studio"),
        data={"name": "冯某某", "field": "law", "since_on": "2026-01-01"},
        **ok,
    )
    when = {"topic": "单价", "on": "2026-01-06", "begins": "10:00", "ends": "09:00"}
    bookings = f"{expert.request.path}/bookings"
    assert browser.post(bookings, data=when).status_code == 422
    booked = browser.post(bookings, data={**when, "ends": "11:00"}, **ok)
    assert "Keep the advice" in booked.text
    stranger = as_(theirs.officer)
    for path in (made.request.path, expert.request.path):
        foreign = path.replace(f"/{ours.slug}/", f"/{theirs.slug}/")
        assert stranger.get(foreign).status_code == 404
