"""The room of the supervisors on screen, and what a supervisor sees of the house."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors import (
    contacts,
    handovers,
    plan_actions,
    plan_queries,
    queries,
    studio,
)
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.clock import today
from tenants.db import db
from tests.offers.world import enterprise, issued
from tests.supervisors.world import another, on_roster, planned, served

LONG_AGO = "2026-01-01"


@pytest.fixture
def zhou(ours):
    """The federation's supervisor, on the roster; their id."""
    with ours.scope():
        supervisor = on_roster(ours, phone="0716-0000001", area_code="421002")
        db.session.commit()
        return supervisor.id


def get(federation, supervisor_id):
    return db.session.get(Supervisor, (federation.id, supervisor_id))


def test_an_officer_puts_an_account_on_the_roster(ours, as_):
    page = as_(ours.officer).post(
        ours.url("/supervisors"),
        data={"user_id": ours.supervisor.id, "engagement": "part_time", "area_code": "421002"},
        follow_redirects=True,
    )
    assert page.status_code == 200
    assert "Part time" in page.text
    assert ours.supervisor.name in page.text


def test_the_roster_counts_enterprises_and_running_clocks(ours, as_, zhou):
    with ours.scope():
        served(get(ours, zhou), "示例甲公司", LONG_AGO)
        another(ours, "李某")
        db.session.commit()
    page = as_(ours.officer).get(ours.url("/supervisors?sort=-enterprises"))
    assert page.text.index(ours.supervisor.name) < page.text.index("李某")
    sheet = as_(ours.officer).get(ours.url("/supervisors/export.csv"))
    assert f"{ours.supervisor.name},Full time" in sheet.text


def test_the_count_is_shown_before_anything_is_written(ours, as_, zhou):
    with ours.scope():
        enterprise("示例甲公司")
        served(get(ours, zhou), "示例乙公司", LONG_AGO)
        db.session.commit()
    browser = as_(ours.officer)
    page = browser.get(ours.url("/supervisors/assignments/new?area=421002"))
    assert "1 enterprise is free to be assigned" in page.text
    assert "1 has a supervisor and stays as it is" in page.text
    where = ours.url("/supervisors/assignments?area=421002")
    data = {"supervisor_id": zhou, "valid_from": today().isoformat(), "expected": "7"}
    assert "The count has changed" in browser.post(where, data=data).text
    done = browser.post(where, data={**data, "expected": "1"}, follow_redirects=True)
    assert "now serves 1 more enterprise" in done.text
    with ours.scope():
        assert queries.how_many_served(get(ours, zhou), today())[0] == 2


def test_without_conditions_nobody_is_assigned(ours, as_, zhou):
    with ours.scope():
        enterprise("示例甲公司")
        db.session.commit()
    page = as_(ours.officer).post(
        ours.url("/supervisors/assignments"),
        data={"supervisor_id": zhou, "valid_from": today().isoformat(), "expected": "0"},
    )
    assert page.status_code == 422
    with ours.scope():
        assert db.session.scalars(select(Assignment)).all() == []


def test_picked_in_the_register_assigned_here(ours, as_, zhou):
    with ours.scope():
        picked, _other = enterprise("示例甲公司"), enterprise("示例乙公司")
        db.session.commit()
    page = as_(ours.officer).get(ours.url(f"/supervisors/assignments/new?id={picked.id}"))
    assert "示例甲公司" in page.text
    assert "示例乙公司" not in page.text
    register = as_(ours.officer).get(ours.url("/enterprises"))
    assert "/supervisors/assignments/new" in register.text


def test_ending_and_handing_over_ask_for_a_reason(ours, as_, zhou):
    with ours.scope():
        served(get(ours, zhou), "示例甲公司", LONG_AGO)
        li = another(ours, "李某")
        db.session.commit()
        period = db.session.scalars(select(Assignment)).one()
    browser = as_(ours.officer)
    end = ours.url(f"/supervisors/assignments/{period.id}/end")
    assert browser.get(end).status_code == 200
    assert browser.post(end, data={"on": today().isoformat()}).status_code == 422
    over = ours.url(f"/supervisors/{zhou}/handover")
    assert browser.get(over).status_code == 200
    data = {"taker_id": li.id, "on": today().isoformat(), "reason": "岗位调整"}
    page = browser.post(over, data=data, follow_redirects=True)
    assert "李某 is asked to take over 1 enterprise" in page.text


def test_a_supervisor_sees_the_own_portfolio_and_nothing_else(ours, as_, zhou):
    offer_ids = issued(ours)
    with ours.scope():
        mine, other = db.session.scalars(select(Offer).where(Offer.id.in_(offer_ids))).all()
        period = Assignment(
            supervisor_id=zhou,
            enterprise_id=mine.enterprise_id,
            valid_from=today() - timedelta(days=9),
        )
        db.session.add(period)
        db.session.commit()
    browser = as_(ours.supervisor)
    assert browser.get(ours.url(f"/offers/{mine.id}")).status_code == 200
    assert browser.get(ours.url(f"/offers/{mine.id}/service")).status_code == 200
    assert browser.get(ours.url(f"/enterprises/{mine.enterprise_id}")).status_code == 200
    assert browser.get(ours.url(f"/offers/{other.id}")).status_code == 404
    assert browser.get(ours.url(f"/offers/{other.id}/service")).status_code == 404
    assert browser.post(ours.url(f"/offers/{other.id}/service")).status_code == 404
    assert browser.get(ours.url(f"/offers/{other.id}/letter.pdf")).status_code == 404
    assert browser.get(ours.url(f"/enterprises/{other.enterprise_id}")).status_code == 404
    for where in ("/offers", "/enterprises"):
        page = browser.get(ours.url(where)).text
        assert mine.addressee_name in page
        assert other.addressee_name not in page


def test_a_portfolio_that_has_ended_is_out_of_sight_the_same_day(ours, as_, zhou):
    with ours.scope():
        gone = served(get(ours, zhou), "示例甲公司", LONG_AGO, today().isoformat())
        db.session.commit()
    browser = as_(ours.supervisor)
    assert browser.get(ours.url(f"/enterprises/{gone.id}")).status_code == 404
    assert "示例甲公司" not in browser.get(ours.url("/enterprises")).text


def test_the_roster_is_closed_to_supervisors_and_unknown_to_other_federations(
    ours, theirs, as_, zhou
):
    assert as_(ours.supervisor).get(ours.url("/supervisors")).status_code == 404
    assert as_(ours.auditor).get(ours.url("/supervisors/new")).status_code == 404
    browser = as_(theirs.officer)
    for path in (f"/{zhou}", f"/{zhou}/edit", f"/{zhou}/handover"):
        assert browser.get(theirs.url(f"/supervisors{path}")).status_code == 404


def test_the_register_shows_who_serves_an_enterprise(ours, as_, zhou):
    with ours.scope():
        found = served(get(ours, zhou), "示例甲公司", LONG_AGO)
        db.session.commit()
    browser = as_(ours.officer)
    assert ours.supervisor.name in browser.get(ours.url("/enterprises")).text
    page = browser.get(ours.url(f"/enterprises/{found.id}")).text
    assert "became its supervisor" in page


def test_lists_cost_the_same_for_one_row_and_for_many(ours, as_, zhou):
    browser = as_(ours.officer)

    def queries_of(path):
        count = []
        with ours.app.app_context():
            engine = db.engine
        listen = lambda *_: count.append(1)  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        try:
            assert browser.get(ours.url(path)).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", listen)
        return len(count)

    with ours.scope():
        served(get(ours, zhou), "示例0公司", LONG_AGO)
        db.session.commit()
        plan = planned(ours, source="all").id
        db.session.commit()
    paths = (
        "/supervisors", f"/supervisors/{zhou}", "/enterprises", "/supervisors/load",
        "/supervisors/plans", f"/supervisors/plans/{plan}", "/supervisors/contacts",
        "/supervisors/studio", "/supervisors/handovers",
    )  # fmt: skip
    few = [queries_of(path) for path in paths]
    with ours.scope():
        for n in range(1, 12):
            served(get(ours, zhou), f"示例{n}公司", LONG_AGO)
            li = another(ours, f"李某{n}")
            served(li, f"样例{n}公司", LONG_AGO)
            contacts.link(leader=f"郑某{n}", industry="62", visits_due=1, since_on=today())
            studio.take_in(name=f"冯某{n}", field="law", since_on=today())
            handovers.propose(li, get(ours, zhou), today(), "请接收", by_id=ours.officer.id)
            planned(ours, source="all")
        plan_actions.solve_again(plan_queries.get_plan(plan))
        db.session.commit()
        assert db.session.scalar(select(Enterprise.id).limit(1))
    assert [queries_of(path) for path in paths] == few
    assert date.fromisoformat(LONG_AGO) < today()
