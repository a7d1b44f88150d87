"""The calendar of the phone: RFC 5545, behind an address that can be taken back."""

from datetime import date, time

import pytest
from sqlalchemy import select

from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind, ServiceMethod
from blueprints.offers.service.actions import Answer, Receipt, record_reply, record_service
from blueprints.supervisors.models import Assignment
from blueprints.visits import actions, feed
from blueprints.visits.models import CalendarFeed, Visit
from tenants.clock import at as clock_at
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.world import NAMES, TODAY, offer_of, walked


@pytest.fixture
def opened(ours):
    world = walked(ours)
    with clock_at(instant(TODAY, 9)):
        with ours.scope(at=instant(TODAY), by=ours.supervisor):
            mine = get(ours, world.mine)
            actions.plan(
                mine, world.firms[0], date(2026, 3, 11), purpose="serve", at=time(9, 30),
                note="带上：要约书2份;回证,\n工作证",
            )  # fmt: skip
            actions.plan(mine, world.firms[1], date(2026, 3, 12), purpose="first_contact")
            world.token = feed.open_feed(mine, "zh")
            db.session.commit()
        yield world


def address(ours, token):
    return ours.url(f"/calendar/{token}.ics")


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_the_feed_holds_the_plan_in_utc_and_needs_no_account(ours, visitor, opened):
    answer = visitor.get(address(ours, opened.token))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = unfolded(answer.text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20260311T013000Z" in lines
    assert "DTSTART;VALUE=DATE:20260312" in lines
    assert "DTEND;VALUE=DATE:20260313" in lines
    assert f"SUMMARY:{NAMES[0]} 当面送达要约书" in lines
    assert "DESCRIPTION:带上：要约书2份\\;回证\\,\\n工作证" in lines
    assert NAMES[2] not in answer.text


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(ours, visitor, opened):
    data = visitor.get(address(ours, opened.token)).data
    assert data.count(b"\n") == data.count(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@pytest.mark.parametrize("words", ["", "a" * 74, "a" * 75, "a" * 76, "走" * 60, "a走" * 50])
def test_folding_can_be_undone(words):
    folded = feed.folded(words)
    assert folded.replace("\r\n ", "") == words
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))


def test_a_visit_keeps_its_name_from_fetch_to_fetch(ours, visitor, opened):
    first, second = (visitor.get(address(ours, opened.token)).text for _ in range(2))
    names = [line for line in unfolded(first) if line.startswith("UID")]
    assert names == [line for line in unfolded(second) if line.startswith("UID")]
    assert len(names) == len(set(names)) == 2


def entries(text):
    """Each entry of a calendar: its properties by name, the entry by the kind in its UID."""
    found = []
    for block in "\n".join(unfolded(text)).split("BEGIN:VEVENT\n")[1:]:
        lines = block.partition("\nEND:VEVENT")[0].splitlines()
        found.append(dict(line.split(":", 1) for line in lines))
    return found


def test_a_visit_that_is_moved_is_the_same_entry_with_a_higher_number(ours, visitor, opened):
    (before, _other) = entries(visitor.get(address(ours, opened.token)).text)
    with ours.scope(at=instant(TODAY), by=ours.supervisor):
        visit = db.session.scalars(select(Visit).where(Visit.purpose == "serve")).one()
        actions.replan(visit, on=date(2026, 3, 13), at=time(15), purpose="serve", note=None)
        db.session.commit()
    found = {one["UID"]: one for one in entries(visitor.get(address(ours, opened.token)).text)}
    after = found[before["UID"]]
    assert len(found) == 2
    assert after["DTSTART"] == "20260313T070000Z"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["STATUS"] == "CONFIRMED"


def test_a_visit_that_is_dropped_stays_as_called_off(ours, visitor, opened):
    with ours.scope(at=instant(TODAY), by=ours.supervisor):
        visit = db.session.scalars(select(Visit).where(Visit.purpose == "serve")).one()
        actions.drop(visit, "对方改期")
        db.session.commit()
        ident = f"visit-{ours.id}-{visit.id}@{ours.slug}.yaoyue"
    states = {one["UID"]: one["STATUS"] for one in entries(
        visitor.get(address(ours, opened.token)).text)}  # fmt: skip
    assert states.pop(ident) == "CANCELLED"
    assert list(states.values()) == ["CONFIRMED"]


def test_the_last_day_of_a_period_is_there_until_it_is_answered(ours, visitor, opened):
    def clock():
        text = visitor.get(address(ours, opened.token)).text
        return [one for one in entries(text) if one["UID"].startswith("clock-")]

    assert clock() == []
    with ours.scope(at=instant(TODAY)):
        receipt = Receipt(
            ServiceMethod.REGISTERED_POST, date(2026, 3, 10), post_number="XA00000000012"
        )
        record_service(offer_of(opened.offers[0]), receipt)
        db.session.commit()
    (before,) = clock()
    assert before["STATUS"] == "CONFIRMED"
    with ours.scope(at=instant(TODAY)):
        answer = Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "企业联系人")
        record_reply(offer_of(opened.offers[0]), answer)
        db.session.commit()
    (after,) = clock()
    assert after["UID"] == before["UID"]
    assert after["STATUS"] == "CANCELLED"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_what_is_handed_on_leaves_the_calendar(ours, visitor, opened):
    with ours.scope(at=instant(TODAY)):
        kept = select(Assignment).where(Assignment.enterprise_id == opened.firms[0])
        db.session.scalars(kept).one().valid_to = date(2026, 3, 10)
        db.session.commit()
    assert NAMES[0] not in visitor.get(address(ours, opened.token)).text


def test_an_assignment_that_ends_next_week_still_shows_what_comes_before(ours, visitor, opened):
    with ours.scope(at=instant(TODAY)):
        kept = select(Assignment).where(Assignment.enterprise_id == opened.firms[0])
        db.session.scalars(kept).one().valid_to = date(2026, 3, 20)
        db.session.commit()
    assert NAMES[0] in visitor.get(address(ours, opened.token)).text


def test_only_a_fingerprint_of_the_secret_is_kept(ours, opened):
    with ours.scope():
        kept = db.session.scalars(select(CalendarFeed)).one()
        assert opened.token not in (kept.token_sha256, str(kept.id))
        assert len(kept.token_sha256) == 64


def test_a_new_address_ends_the_former_one_and_ending_it_ends_it(ours, as_, visitor, opened):
    browser = as_(ours.supervisor)
    page = browser.post(ours.url("/my-day/calendar"))
    fresh = page.text.split("/calendar/")[1].split(".ics")[0]
    assert visitor.get(address(ours, opened.token)).status_code == 404
    assert visitor.get(address(ours, fresh)).status_code == 200
    assert fresh not in browser.get(ours.url("/my-day/calendar")).text, "shown once only"
    browser.post(ours.url("/my-day/calendar/end"))
    assert visitor.get(address(ours, fresh)).status_code == 404


def test_the_address_of_who_has_left_is_dead(ours, visitor, opened):
    with ours.scope():
        get(ours, opened.mine).left_on = date(2026, 3, 10)
        db.session.commit()
    assert visitor.get(address(ours, opened.token)).status_code == 404


def test_another_federation_knows_no_such_address(theirs, visitor, opened):
    assert visitor.get(address(theirs, opened.token)).status_code == 404
