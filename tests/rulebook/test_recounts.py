"""Running deadlines counted anew: shown first, moved by a decision, and moved once."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.offers.clocks import recount, recounting
from blueprints.offers.ground import queries as offers
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import (
    Deadline,
    ReplyChannel,
    ReplyKind,
    ServiceMethod,
)
from blueprints.offers.service.actions import Answer, Receipt, record_reply, record_service
from blueprints.rulebook import calendar_actions
from blueprints.rulebook.kept import rule_of
from blueprints.rulebook.models import Basis, Recount
from jobs import recompute
from rules.books import book_for
from rules.calendars import prc_calendar
from rules.deadlines import due
from rules.shelf import catalogue, shelf
from tenants import trail
from tenants.db import db
from tenants.models import Event
from tests.offers.world import instant, issued
from tests.rulebook.world import typed

SERVED = "2026-03-05"  # 20 days: Wednesday 2026-03-25
NOTICE = "国办发明电〔2026〕2号"


def served(federation, names=("示例甲餐饮有限公司", "示例乙餐饮有限公司", "示例丙餐饮有限公司")):
    ids = issued(federation, names)
    with federation.scope(at=instant(SERVED)):
        for offer_id in ids:
            offer = offers.get_offer(offer_id, lock=True)
            day = instant(SERVED).date()
            record_service(
                offer, Receipt(ServiceMethod.REGISTERED_POST, day, post_number=f"X{offer_id}")
            )
        db.session.commit()
    return ids


@pytest.fixture
def offer_ids(ours):
    return served(ours)


def reply(federation, offer_id):
    with federation.scope(at=instant("2026-03-10")):
        offer = offers.get_offer(offer_id, lock=True)
        record_reply(offer, Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "孙某某"))
        db.session.commit()


def late_notice(federation):
    """The 25th to the 27th of March become days off."""
    with federation.scope(by=federation.administrator):
        days = [date(2026, 3, day) for day in (25, 26, 27)]
        calendar_actions.enter("临时放假", NOTICE, days, [date(2026, 3, 28)])
        db.session.commit()


def dates(federation):
    with federation.scope():
        rows = db.session.execute(
            select(Deadline.due_on, Deadline.status, Offer.reply_due_on)
            .join(Offer, (Offer.id == Deadline.subject_id))
            .order_by(Deadline.subject_id)
        )
        return [(row.due_on.isoformat(), row.status, row.reply_due_on.isoformat()) for row in rows]


def decide(browser, federation, basis="calendar", reason=NOTICE):
    page = browser.get(federation.url(f"/running-deadlines?basis={basis}")).text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return browser.post(
        federation.url(f"/running-deadlines/{basis}"), data={"reason": reason, "seen": seen}
    )


def test_without_a_change_nothing_would_move(ours, as_, offer_ids):
    page = as_(ours.officer).get(ours.url("/running-deadlines")).text
    assert "No running deadline would move." in page


def test_a_late_notice_is_shown_before_it_moves_anything(ours, as_, offer_ids):
    late_notice(ours)
    page = as_(ours.administrator).get(ours.url("/running-deadlines")).text
    assert "2026-03-25" in page
    assert "2026-03-28" in page
    assert "the calendar has changed" in page
    assert "示例甲餐饮有限公司" in page
    assert "How the new date is counted" in page
    assert {row[0] for row in dates(ours)} == {"2026-03-25"}


def test_a_late_notice_moves_open_deadlines_only_and_says_why(ours, as_, offer_ids):
    reply(ours, offer_ids[0])
    late_notice(ours)
    assert decide(as_(ours.administrator), ours).status_code == 303
    assert dates(ours) == [
        ("2026-03-25", "met", "2026-03-25"),
        ("2026-03-28", "running", "2026-03-28"),
        ("2026-03-28", "running", "2026-03-28"),
    ]
    with ours.scope():
        events = db.session.scalars(select(Event).where(Event.verb == "deadline.recounted")).all()
        assert {event.subject_id for event in events} == set(offer_ids[1:])
        assert {event.actor for event in events} == {ours.administrator.name}
        assert events[0].payload["reason"] == NOTICE
        assert events[0].payload["changed"] == {"due_on": ["2026-03-25", "2026-03-28"]}
        clock = db.session.scalars(select(Deadline).where(Deadline.status == "running")).first()
        assert "临时放假" in str(clock.derivation["steps"])
        assert trail.verify().ok


def test_a_second_run_changes_nothing(ours, as_, offer_ids):
    late_notice(ours)
    browser = as_(ours.administrator)
    decide(browser, ours)
    before = dates(ours)
    with ours.scope():
        events = db.session.scalars(
            select(Event.seq).where(Event.verb == "deadline.recounted")
        ).all()
        done = db.session.scalars(select(Recount)).one()
        assert (done.total, done.moved) == (3, 3)
    assert "No running deadline would move." in browser.get(ours.url("/running-deadlines")).text
    with ours.app.app_context():
        assert recompute.run(tenant_id=ours.id, recount_id=done.id) == 3
    with ours.scope():
        assert recount.preview(Basis.CALENDAR) == []
        again = db.session.scalars(
            select(Event.seq).where(Event.verb == "deadline.recounted")
        ).all()
        assert again == events
    assert dates(ours) == before


def test_lapsed_and_dropped_deadlines_are_never_touched(ours, as_, offer_ids):
    with ours.scope():
        clocks = db.session.scalars(select(Deadline).order_by(Deadline.id)).all()
        for clock, state in zip(clocks, ("lapsed", "dropped"), strict=False):
            clock.status = state
        db.session.commit()
    late_notice(ours)
    decide(as_(ours.administrator), ours)
    assert [row[0] for row in dates(ours)] == ["2026-03-25", "2026-03-25", "2026-03-28"]


def test_a_confirmed_rule_leaves_running_clocks_alone_until_it_is_decided(ours, as_, offer_ids):
    browser = as_(ours.administrator)
    browser.post(ours.url("/rules/offer.reply_days/confirmation"), data=typed())
    assert {row[0] for row in dates(ours)} == {"2026-03-25"}
    assert "No running deadline" in browser.get(ours.url("/running-deadlines")).text
    page = browser.get(ours.url("/running-deadlines?basis=rules")).text
    assert "the rule has changed" in page
    assert "2026-03-19" in page
    assert decide(browser, ours, "rules", "本地规则已核实").status_code == 303
    assert {row[0] for row in dates(ours)} == {"2026-03-19"}
    with ours.scope():
        clock = db.session.scalars(select(Deadline)).first()
        assert (clock.rule_status, clock.longest_on) == ("confirmed", None)
        assert "示范市集体协商办法" in clock.article


def test_a_change_of_days_does_not_bring_a_new_rule_in_with_it(ours, as_, offer_ids):
    browser = as_(ours.administrator)
    browser.post(ours.url("/rules/offer.reply_days/confirmation"), data=typed())
    late_notice(ours)
    decide(browser, ours)
    with ours.scope():
        clock = db.session.scalars(select(Deadline)).first()
        assert (clock.due_on, clock.rule_status) == (date(2026, 3, 28), "unconfirmed")
        assert clock.derivation["value"] == 20


def test_a_setting_of_counting_moves_clocks_too(ours, as_, offer_ids):
    late_notice(ours)
    browser = as_(ours.administrator)
    decide(browser, ours)
    browser.post(ours.url("/calendars/conventions"), data={"make_up_days_count": "y"})
    assert "days are counted otherwise" in browser.get(ours.url("/running-deadlines")).text
    decide(browser, ours)
    assert {row[0] for row in dates(ours)} == {"2026-03-25"}


def test_another_federation_is_not_touched(ours, theirs, as_, offer_ids):
    served(theirs)
    before = dates(theirs)
    late_notice(ours)
    decide(as_(ours.administrator), ours)
    assert dates(theirs) == before
    with ours.scope():
        done = db.session.scalars(select(Recount.id)).one()
    assert (
        as_(theirs.administrator).get(theirs.url(f"/running-deadlines/{done}")).status_code == 404
    )


def test_what_changed_since_it_was_shown_has_to_be_looked_at_again(ours, as_, offer_ids):
    late_notice(ours)
    browser = as_(ours.administrator)
    answer = browser.post(
        ours.url("/running-deadlines/calendar"), data={"reason": NOTICE, "seen": "something else"}
    )
    assert answer.status_code == 409
    assert "look at it once more" in answer.text
    assert {row[0] for row in dates(ours)} == {"2026-03-25"}


def test_a_reason_is_required_and_only_an_administrator_decides(ours, as_, offer_ids):
    late_notice(ours)
    assert decide(as_(ours.administrator), ours, reason=" ").status_code == 422
    for person in (ours.officer, ours.approver, ours.auditor):
        for basis in ("calendar", "rules"):
            answer = as_(person).post(ours.url(f"/running-deadlines/{basis}"), data={"reason": "x"})
            assert answer.status_code == 403
    assert {row[0] for row in dates(ours)} == {"2026-03-25"}


def test_a_supervisor_sees_what_would_move_but_not_whose_offers(ours, as_, offer_ids):
    late_notice(ours)
    page = as_(ours.supervisor).get(ours.url("/running-deadlines")).text
    assert "3 deadlines" in page
    assert "示例甲餐饮有限公司" not in page
    assert "An administrator can move them." in page


def test_the_export_names_every_deadline_that_would_move(ours, as_, offer_ids):
    late_notice(ours)
    sheet = as_(ours.officer).get(ours.url("/running-deadlines/export.csv")).get_data(as_text=True)
    assert sheet.count("2026-03-25,2026-03-28") == 3
    assert as_(ours.supervisor).get(ours.url("/running-deadlines/export.csv")).status_code == 403


def test_many_are_moved_by_a_worker_in_batches(ours, as_, offer_ids, work):
    late_notice(ours)
    with ours.scope(by=ours.administrator):
        groups = recount.preview(Basis.CALENDAR)
        decided = recounting.decide(Basis.CALENDAR, NOTICE, groups, by_id=ours.administrator.id)
        db.session.commit()
    with ours.app.app_context():
        assert recompute.sweep(tenant_id=ours.id) == 0
        assert recompute.sweep(tenant_id=ours.id, at="2199-01-01T00:00:00+00:00") == 1
    work()
    assert {row[0] for row in dates(ours)} == {"2026-03-28"}
    page = as_(ours.administrator).get(ours.url(f"/running-deadlines/{decided.id}")).text
    assert "3 of 3" in page
    part = as_(ours.administrator).get(
        ours.url(f"/running-deadlines/{decided.id}"), headers={"HX-Request": "true"}
    )
    assert part.text.lstrip().startswith('<div class="y-going')
    with ours.scope():
        event = db.session.scalars(select(Event).where(Event.verb == "deadline.recounted")).first()
        assert event.actor_id == ours.administrator.id


def test_one_recount_at_a_time(ours, as_, offer_ids):
    late_notice(ours)
    with ours.scope(by=ours.administrator):
        recounting.decide(Basis.CALENDAR, NOTICE, [], by_id=ours.administrator.id)
        db.session.commit()
    page = as_(ours.administrator).get(ours.url("/running-deadlines")).text
    assert "being counted anew just now" in page
    answer = as_(ours.administrator).post(
        ours.url("/running-deadlines/calendar"), data={"reason": "x", "seen": ""}
    )
    assert answer.status_code == 409


def test_what_cannot_be_counted_stays_and_is_named(theirs, as_):
    served(theirs)  # Hangzhou: working days
    with theirs.scope():
        for clock in db.session.scalars(select(Deadline)):
            clock.anchor_on = date(2099, 12, 30)
        db.session.commit()
    page = as_(theirs.administrator).get(theirs.url("/running-deadlines")).text
    assert "These cannot be counted" in page
    assert "outside the calendar" in page


def test_the_rule_of_a_clock_is_read_back_from_what_was_kept_with_it():
    calendar = prc_calendar()
    on = date(2026, 3, 2)
    for code in shelf():
        for key in catalogue():
            for kind in ("wage", "general"):
                rule = book_for(code, on).rule(key, kind)
                if rule.period is None or rule.window:
                    continue
                kept = due(rule, on, calendar)
                again = due(rule_of(kept), on, calendar)
                assert again.on == kept.on, key
                assert again.to_json() == kept.to_json(), (code, key)
