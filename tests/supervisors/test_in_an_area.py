"""An officer bound to an area among the supervisors: no shut door, and no figure of two wholes."""

from datetime import date

import pytest

from blueprints.supervisors import balance, plan_queries, planning, queries, roster_queries
from tenants.db import db, held
from tenants.scope import area_scope
from tests.offers.world import instant
from tests.settings.test_officer_area import HERE, THERE, bind
from tests.supervisors.world import another, certified, firm, on_roster, planned, served

DAY = date(2026, 3, 10)
MARCH = instant("2026-03-10")


@pytest.fixture
def people(ours):
    """Three: one of the area and only there, one of both, one of elsewhere alone; ids by name."""
    with ours.scope(at=MARCH):
        own = certified(on_roster(ours, capacity=80, area_code=HERE, level="county"))
        both = certified(another(ours, "李某", capacity=80, area_code=THERE, level="county"))
        away = certified(another(ours, "王某", capacity=160, area_code=THERE))
        served(own, "示例甲公司", "2026-01-01").area = HERE
        for name, area in (("示例乙公司", HERE), ("示例丙公司", THERE)):
            served(both, name, "2026-01-01").area = area
        for n in range(3):
            served(away, f"样例{n}公司", "2026-01-01").area = THERE
        db.session.commit()
        return {"own": own.id, "both": both.id, "away": away.id}


def test_loads_and_what_they_are_held_against_are_the_whole_citys(ours, people):
    with ours.scope():
        city = balance.balance(DAY)
        with area_scope(HERE):
            found = balance.balance(DAY)
        rows = {row.supervisor.id: row for row in found.rows}
        assert set(rows) == {people["own"], people["both"]}
        assert (rows[people["both"]].cases, rows[people["both"]].here) == (2, 1)
        assert rows[people["both"]].gained == 2
        assert (found.average_cases, found.average_share) == (
            city.average_cases,
            city.average_share,
        )
        assert found.average_cases == city.average_cases == 2.0


def test_posts_elsewhere_are_not_counted_by_those_who_serve_here(ours, people):
    with ours.scope():
        with area_scope(HERE):
            assert [row.area_code for row in roster_queries.quotas(DAY)] == [HERE]
        rows = {(row.level, row.area_code) for row in roster_queries.quotas(DAY)}
    assert rows == {("county", HERE), ("county", THERE), ("city", None)}


def test_a_plan_of_the_city_says_how_much_of_it_lies_elsewhere(ours, people):
    with ours.scope(at=MARCH):
        plan = planned(ours, source="served", valid_from=date(2026, 3, 11))
        whole = {one["id"]: one["cases"] for one in planning.loads_of(plan)}
        assert plan_queries.elsewhere(plan) == 0
        with area_scope(HERE):
            assert plan_queries.elsewhere(plan) == 4
            seen = {one["id"]: one["cases"] for one in planning.loads_of(plan)}
        assert seen.items() <= whole.items()
        assert people["own"] in seen


def test_only_who_lies_wholly_here_is_edited_and_hands_over(ours, as_, people):
    with ours.scope(), area_scope(HERE):
        assert held(queries.get_supervisor(people["own"]))
        assert not held(queries.get_supervisor(people["both"]))
    bind(ours, as_)
    officer = as_(ours.officer)
    own = officer.get(ours.url(f"/supervisors/{people['own']}")).text
    both = officer.get(ours.url(f"/supervisors/{people['both']}")).text
    for path in ("edit", "handover", "certificates/new"):
        assert f"/supervisors/{people['own']}/{path}" in own
        assert f"/supervisors/{people['both']}/{path}" not in both
        assert officer.get(ours.url(f"/supervisors/{people['own']}/{path}")).status_code == 200
        assert officer.get(ours.url(f"/supervisors/{people['both']}/{path}")).status_code == 404
    assert "this supervisor works in other areas too" in both
    assert ours.url("/appraisals") not in officer.get(ours.url("/work")).text
    assert officer.get(ours.url(f"/supervisors/{people['away']}")).status_code == 404


def test_an_enterprise_of_the_area_is_assigned_to_whoever_may_be_seen(ours, as_, people):
    with ours.scope():
        fresh = firm("示例丁公司", area=HERE).id
        db.session.commit()
    bind(ours, as_)
    answer = as_(ours.officer).post(
        ours.url(f"/supervisors/assignments?id={fresh}"),
        data={"supervisor_id": people["both"], "valid_from": "2026-03-11", "expected": "1"},
    )
    assert answer.status_code == 303
    with ours.scope(at=instant("2026-03-11")):
        assert queries.supervisor_of(fresh, date(2026, 3, 11)).id == people["both"]
