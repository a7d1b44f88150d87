"""The roster: engagement by the machine, certificates, leave, ties, quotas, the load explained."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.notices.models import Notice
from blueprints.supervisors import balance, people, queries, roster_actions, roster_queries
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.roster_models import SupervisorTie
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.world import another, certified, firm, on_roster, served

MARCH = instant("2026-03-02")
DAY = date(2026, 3, 2)
TERM = {"term_from": date(2026, 3, 1), "term_to": date(2026, 12, 31)}


def test_a_candidate_is_trained_certified_and_engaged_and_no_step_is_skipped(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours, state="candidate")
        with pytest.raises(RuleBroken, match="not possible while"):
            roster_actions.step(zhou, "engage", **TERM)
        with pytest.raises(RuleBroken, match="no record of training"):
            roster_actions.step(zhou, "train")
        roster_actions.step(zhou, "train", trained_on=DAY)
        with pytest.raises(RuleBroken, match="examination is not passed"):
            roster_actions.step(zhou, "certify")
        certified(zhou)
        roster_actions.step(zhou, "certify")
        with pytest.raises(RuleBroken, match="Set the term"):
            roster_actions.step(zhou, "engage")
        roster_actions.step(zhou, "engage", **TERM)
        assert zhou.state == "engaged"
        letter = db.session.scalars(
            select(Notice).where(Notice.kind == "supervisor_engagement")
        ).one()
        assert letter.recipient == f"user:{zhou.user_id}"
        assert zhou.engagement_no in str(letter.fields)
        with pytest.raises(RuleBroken, match="State the reason"):
            roster_actions.step(zhou, "end")
        roster_actions.step(zhou, "end", reason="个人原因")
        assert trail.of(zhou)[0].verb == "supervisor.step_end"


def test_a_tie_found_out_makes_them_step_aside_the_same_day(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours)
        one = served(zhou, "示例甲公司", "2026-01-01")
        since = date(2025, 6, 1)
        assert roster_actions.add_tie(zhou, one.id, kind="relative", from_on=since)
        assert queries.supervisor_of(one.id, DAY) is None
        assert queries.supervisor_of(one.id, date(2026, 3, 1)).id == zhou.id
        assert db.session.scalars(select(SupervisorTie.from_on)).one() == DAY


def test_a_tie_to_a_firm_served_long_ago_counts_from_the_day_after(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours)
        one = served(zhou, "示例甲公司", "2025-01-01", "2025-07-01")
        start = date(2025, 6, 1)
        assert not roster_actions.add_tie(zhou, one.id, kind="holding", from_on=start)
        assert db.session.scalars(select(SupervisorTie.from_on)).one() == date(2025, 7, 1)


def test_what_bars_somebody_on_a_day(ours):
    with ours.scope(at=MARCH):
        good = certified(on_roster(ours))
        lapsed = certified(another(ours, "李某"), "2026-02-28")
        away = certified(another(ours, "王某"))
        over = certified(
            another(ours, "郑某", term_from=date(2025, 1, 1), term_to=date(2026, 3, 1))
        )
        roster_actions.add_leave(away, DAY, DAY, "")
        db.session.flush()
        found = {one.id: one.barred for one in people.people(DAY, people.policy())}
        assert found == {
            good.id: "", lapsed.id: "certificate", away.id: "leave", over.id: "term_over",
        }  # fmt: skip
        neutral = people.people(DAY, people.policy(), side="neutral")
        assert next(one for one in neutral if one.id == good.id).barred == "side"


def test_certificates_that_lapse_are_told_in_time(ours, as_):
    with ours.scope():
        zhou = certified(on_roster(ours), today().isoformat())
        certified(another(ours, "李某"))
        db.session.commit()
        assert [one.id for one in roster_queries.ending(today()) if one.until] == [zhou.id]
    page = as_(ours.officer).get(ours.url("/"))
    assert "Certificates and terms of supervisors" in page.text


def test_quotas_count_due_against_present_and_who_works_elsewhere(ours):
    with ours.scope(at=MARCH):
        on_roster(ours, elsewhere_percent=50, elsewhere_note="街道工作")
        another(ours, "李某")
        another(ours, "王某", engagement="part_time", level="county", area_code="421002")
        roster_actions.set_quota("city", None, full_time=5, part_time=0)
        roster_actions.set_quota("city", None, full_time=4, part_time=1)
        db.session.flush()
        rows = {(row.level, row.area_code): row for row in roster_queries.quotas(DAY)}
        city, county = rows["city", None], rows["county", "421002"]
        assert (city.full_due, city.full_have, city.elsewhere, city.percent) == (4, 2, 1, 50)
        assert (county.id, county.part_have) == (None, 1)


def test_the_load_is_explained_by_capacity_weight_ties_and_history(ours):
    with ours.scope(at=MARCH):
        zhou = certified(on_roster(ours, capacity=200))
        li = certified(another(ours, "李某", elsewhere_percent=50, elsewhere_note="街道工作"))
        certified(another(ours, "王某"))
        for n in range(6):
            served(zhou, f"示例{n}公司", "2026-01-01")
        for n in range(2):
            served(li, f"样例{n}公司", "2026-01-01").headcount = 500
        roster_actions.add_tie(li, firm("某某公司").id, kind="relative", from_on=DAY)
        db.session.flush()
        whole = balance.balance(DAY)
        why = {
            row.supervisor.name: [key for key, _ in balance.reasons(row, whole)]
            for row in whole.rows
        }
        assert why[zhou.name] == ["capacity", "lighter", "history"]
        assert why["李某"] == ["capacity", "elsewhere", "heavier", "ties", "history"]
        assert [row.cases for row in whole.rows] == [2, 6, 0]


def test_everything_of_one_person_is_entered_on_screen(ours, as_):
    with ours.scope():
        zhou = on_roster(ours).id
        firm("示例甲公司")
        db.session.commit()
    officer, leader = as_(ours.officer), as_(ours.approver)
    where = ours.url(f"/supervisors/{zhou}")
    ok = {"follow_redirects": True}
    cert = {"kind": "supervisor", "number": "示证01", "issued_on": "2025-01-01"}
    assert "示证01" in officer.post(f"{where}/certificates", data=cert, **ok).text
    again = officer.post(f"{where}/certificates", data=cert)
    assert again.status_code == 422
    assert "entered already" in again.text
    leave = {"from_on": "2027-01-04", "until_on": "2027-01-01"}
    assert officer.post(f"{where}/leave", data=leave).status_code == 422
    tie = {"enterprise": "没有的公司", "kind": "relative", "from_on": "2026-01-01"}
    assert "No enterprise of the register" in officer.post(f"{where}/ties", data=tie).text
    tied = officer.post(f"{where}/ties", data={**tie, "enterprise": "示例甲公司"}, **ok)
    assert "A close relative works or owns there" in tied.text
    assert officer.get(f"{where}/engagement/end").status_code == 404
    done = leader.post(f"{where}/engagement/end", data={"reason": "个人原因"}, **ok)
    assert "个人原因" in done.text
    with ours.scope():
        assert db.session.get(Supervisor, (ours.id, zhou)).state == "ended"
    assert leader.get(f"{where}/engagement.pdf").data.startswith(b"%PDF")


def test_the_roster_filters_by_language_and_certificate(ours, as_):
    with ours.scope():
        certified(on_roster(ours, languages=["zh", "mn"]))
        another(ours, "李某")
        db.session.commit()
    browser = as_(ours.officer)
    mongolian = browser.get(ours.url("/supervisors?language=mn")).text
    assert ours.supervisor.name in mongolian
    assert "李某" not in mongolian
    assert "李某" in browser.get(ours.url("/supervisors?certificate=none")).text
    sheet = browser.get(ours.url("/supervisors/export.csv?language=mn")).text
    assert "Mongolian" in sheet


def test_weights_are_set_and_the_trail_says_what_changed(ours, as_):
    browser = as_(ours.officer)
    page = browser.get(ours.url("/supervisors/weights"))
    assert page.status_code == 200
    with ours.scope():
        known = {
            name: value
            for name, value in people.policy().to_json().items()
            if isinstance(value, int) and not isinstance(value, bool)
        }
    data = {**known, "far": 77, "circuit-421002": "1", "difficult": "62"}
    assert browser.post(ours.url("/supervisors/weights"), data=data).status_code == 303
    with ours.scope():
        stored = people.policy()
        assert (stored.far, stored.circuits, stored.difficult) == (77, {"421002": "1"}, ("62",))
        assert not stored.needs_certificate  # unticked
