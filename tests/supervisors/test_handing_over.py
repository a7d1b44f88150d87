"""Handing over waits for the other supervisor, and carries a note."""

from datetime import date

import pytest

from blueprints.supervisors import handovers, queries
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.world import another, firm, on_roster, served, tied
from tests.world import sign_in

MARCH = instant("2026-03-02")
DAY = date(2026, 3, 2)


def test_nothing_moves_until_it_is_accepted(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        one = served(zhou, "示例甲公司", "2026-01-01")
        asked = handovers.propose(zhou, li, DAY, "周二上午能见到负责人", by_id=ours.officer.id)
        db.session.flush()
        assert queries.supervisor_of(one.id, DAY).id == zhou.id
        assert handovers.accept(asked, "", by_id=li.user_id) == 1
        assert queries.supervisor_of(one.id, DAY).id == li.id
        assert queries.supervisor_of(one.id, date(2026, 3, 1)).id == zhou.id
        assert trail.of(asked)[0].verb == "handover.accepted"
        with pytest.raises(RuleBroken):
            handovers.decline(asked, "晚了", by_id=li.user_id)


def test_declining_needs_a_reason_and_leaves_everything_as_it_is(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        one = served(zhou, "示例甲公司", "2026-01-01")
        asked = handovers.propose(zhou, li, DAY, "请接收", by_id=ours.officer.id)
        with pytest.raises(RuleBroken, match="State the reason"):
            handovers.decline(asked, " ", by_id=li.user_id)
        handovers.decline(asked, "已满负荷", by_id=li.user_id)
        assert (asked.state, asked.answer) == ("declined", "已满负荷")
        assert queries.supervisor_of(one.id, DAY).id == zhou.id


def test_the_same_enterprise_is_not_offered_twice_at_once(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        served(zhou, "示例甲公司", "2026-01-01")
        asked = handovers.propose(zhou, li, DAY, "请接收", by_id=ours.officer.id)
        with pytest.raises(RuleBroken, match="waits for acceptance already"):
            handovers.propose(zhou, li, DAY, "请接收", by_id=ours.officer.id)
        handovers.withdraw(asked, by_id=ours.officer.id)
        assert handovers.propose(zhou, li, DAY, "请接收", by_id=ours.officer.id).id != asked.id


def test_a_conflict_stops_the_handover_in_words(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        one = served(zhou, "示例甲公司", "2026-01-01")
        tied(li, one, "2026-01-01")
        asked = handovers.propose(zhou, li, DAY, "请接收", by_id=ours.officer.id)
        with pytest.raises(RuleBroken, match="must step aside"):
            handovers.accept(asked, "", by_id=li.user_id)


@pytest.fixture
def asked(ours):
    """A handover from Li to the federation's own supervisor; the ids of it and the enterprise."""
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        one = firm("示例甲公司")
        db.session.flush()
        served(li, "示例乙公司", "2026-01-01")
        found = handovers.propose(li, zhou, DAY, "周二上午能见到负责人", by_id=ours.officer.id)
        db.session.commit()
        return found.id, one.id


def test_the_supervisor_reads_the_note_and_accepts(ours, as_, asked):
    browser = as_(ours.supervisor)
    assert "1 enterprises" in browser.get(ours.url("/")).text
    assert "李某" in browser.get(ours.url("/supervisors/handovers/mine")).text
    where = ours.url(f"/supervisors/handovers/mine/{asked[0]}")
    assert "周二上午能见到负责人" in browser.get(where).text
    assert browser.post(f"{where}/decline", data={"answer": ""}).status_code == 422
    done = browser.post(f"{where}/accept", data={"answer": "好的"}, follow_redirects=True)
    assert "The answer is recorded" in done.text
    assert "示例乙公司" in browser.get(ours.url("/enterprises")).text


def test_nobody_else_sees_it_or_answers_it(app, ours, theirs, as_, asked):
    with ours.scope(at=MARCH):
        wang = another(ours, "王某")
        db.session.commit()
        account = db.session.get(type(ours.supervisor), (ours.id, wang.user_id))
    where = f"/supervisors/handovers/mine/{asked[0]}"
    other = sign_in(app, account)
    assert other.get(ours.url(where)).status_code == 404
    assert other.post(ours.url(f"{where}/accept")).status_code == 404
    assert as_(theirs.supervisor).get(theirs.url(where)).status_code == 404
    path = f"/supervisors/handovers/{asked[0]}"
    assert as_(theirs.officer).get(theirs.url(path)).status_code == 404


def test_an_officer_records_what_was_answered_by_word_of_mouth(ours, as_, asked):
    browser = as_(ours.officer)
    where = ours.url(f"/supervisors/handovers/{asked[0]}")
    assert browser.get(where).status_code == 200
    done = browser.post(f"{where}/accept", data={"answer": "电话答复"}, follow_redirects=True)
    assert "The answer is recorded" in done.text
    with ours.scope():
        assert trail.of(handovers.get(asked[0]))[0].actor_id == ours.officer.id
