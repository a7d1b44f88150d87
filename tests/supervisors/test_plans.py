"""Plans of assignment: worked out, explained, adjusted, applied as one act."""

from datetime import date

import pytest
from sqlalchemy import select, update

from blueprints.notices.models import Notice
from blueprints.registry.models import Enterprise
from blueprints.supervisors import plan_actions, plan_queries, planning, queries
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.plan_models import PlanItem
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.world import another, certified, firm, on_roster, planned, served, tied

MARCH = instant("2026-03-02")
DAY = date(2026, 3, 2)
HERE, THERE = "421002", "421003"


def who(plan):
    """enterprise → supervisor, by name."""
    rows = plan_queries.items(plan, plan_queries.Narrowed()).rows
    return {row.name: row.then for row in rows}


@pytest.fixture
def two(ours):
    """Zhou at home in one area, Li in another, both certified; the ids."""
    with ours.scope(at=MARCH):
        zhou = certified(on_roster(ours, area_code=HERE, industries=["62"]))
        li = certified(another(ours, "李某", area_code=THERE, industries=["62"]))
        db.session.commit()
        return zhou, li


def test_each_goes_to_the_one_who_is_near(ours, two):
    zhou, li = two
    with ours.scope(at=MARCH):
        firm("示例甲公司", area=HERE)
        firm("示例乙公司", area=THERE)
        plan = planned(ours)
        assert who(plan) == {"示例甲公司": zhou.name, "示例乙公司": li.name}
        assert plan.figures["optimal"]
        assert plan.figures["points"] == 0
        assert (plan.figures["fresh"], plan.figures["moved"]) == (2, 0)


def test_nothing_changes_until_it_is_applied_and_then_all_of_it(ours, two):
    zhou, li = two
    with ours.scope(at=MARCH):
        far = served(zhou, "示例甲公司", "2026-01-01")
        far.area = THERE
        new = firm("示例乙公司", area=HERE)
        plan = planned(ours, source="all")
        assert queries.supervisor_of(far.id, DAY).id == zhou.id
        assert plan_actions.apply(plan, by_id=ours.officer.id) == 2
        db.session.commit()
        assert queries.supervisor_of(far.id, DAY).id == li.id
        assert queries.supervisor_of(far.id, date(2026, 3, 1)).id == zhou.id
        assert queries.supervisor_of(new.id, DAY).id == zhou.id
        assert {one.plan_id for one in db.session.scalars(select(Assignment)) if one.plan_id} == {
            plan.id
        }
        told = db.session.scalars(select(Notice).where(Notice.kind == "supervisor_assignment"))
        assert {one.recipient_name for one in told} == {zhou.name, li.name}
        assert trail.of(plan)[0].verb == "plan.applied"
        with pytest.raises(RuleBroken, match="applied or dropped"):
            plan_actions.apply(plan, by_id=ours.officer.id)


def test_a_plan_that_time_has_overtaken_is_refused(ours, two):
    zhou, _ = two
    with ours.scope(at=MARCH):
        one = firm("示例甲公司", area=THERE)
        plan = planned(ours)
        db.session.add(
            Assignment(supervisor_id=zhou.id, enterprise_id=one.id, valid_from=date(2026, 3, 1))
        )
        db.session.flush()
        with pytest.raises(RuleBroken, match="assigned otherwise since"):
            plan_actions.apply(plan, by_id=ours.officer.id)
        plan_actions.solve_again(plan)
        assert plan.figures["targets"] == 0  # somebody serves it now


def test_whoever_is_tied_away_or_uncertified_is_given_nobody(ours, two):
    zhou, li = two
    with ours.scope(at=MARCH):
        one = firm("示例甲公司", area=HERE)
        tied(zhou, one, "2026-01-01")
        on_leave = another(ours, "王某", area_code=HERE)
        plan = planned(ours)
        assert who(plan) == {"示例甲公司": li.name}
        item = plan_queries.get_item(plan, one.id)
        bars = {option["id"]: option["barred"] for option in item.why["options"]}
        assert bars[zhou.id] == "conflict"
        assert plan.figures["base"][str(on_leave.id)][3] == "certificate"
        assert plan.figures["conflicts"] == 1


def test_one_that_nobody_may_serve_says_why(ours, two):
    zhou, li = two
    with ours.scope(at=MARCH):
        one = firm("示例甲公司")
        tied(zhou, one, "2026-01-01")
        tied(li, one, "2026-01-01")
        plan = planned(ours)
        assert plan_queries.get_item(plan, one.id).reason == "conflict"
        assert plan.figures["left_out"] == 1


def test_capacity_in_weighted_cases_is_never_exceeded(ours, two):
    with ours.scope(at=MARCH):
        db.session.execute(update(Supervisor).values(capacity=3))
        for n in range(8):
            firm(f"示例{n}公司", area=HERE, headcount=400)
        plan = planned(ours)
        loads = planning.loads_of(plan)
        assert all(one["load"] <= one["capacity"] for one in loads)
        assert plan.figures["reasons"] == {"capacity": plan.figures["left_out"]}
        assert plan.figures["assigned"] == 2  # one of 1.6 cases each fits into three, not two
        assert [one["load"] for one in loads] == [1.6, 1.6]


def test_by_hand_is_kept_when_it_is_worked_out_again_and_can_be_taken_back(ours, two):
    zhou, li = two
    with ours.scope(at=MARCH):
        one = firm("示例甲公司", area=HERE)
        plan = planned(ours)
        item = plan_queries.get_item(plan, one.id)
        plan_actions.put(plan, item, li.id, "熟悉该企业")
        assert who(plan) == {"示例甲公司": li.name}
        assert item.unmet == ["far"]
        plan_actions.solve_again(plan)
        item = plan_queries.get_item(plan, one.id)
        assert (item.supervisor_id, item.by_hand) == (li.id, True)
        plan_actions.release(plan, item)
        assert who(plan) == {"示例甲公司": zhou.name}
        plan_actions.exclude(plan, plan_queries.get_item(plan, one.id), zhou.id)
        assert who(plan) == {"示例甲公司": li.name}


def test_by_hand_no_conflict_is_overruled(ours, two):
    zhou, _ = two
    with ours.scope(at=MARCH):
        one = firm("示例甲公司")
        tied(zhou, one, "2026-01-01")
        plan = planned(ours)
        with pytest.raises(RuleBroken, match="tied to this firm"):
            plan_actions.put(plan, plan_queries.get_item(plan, one.id), zhou.id)


def test_when_somebody_leaves_only_their_enterprises_change_hands(ours, two):
    """Zhou leaves; Wang takes over Zhou's, and Li keeps even what is far from Li."""
    zhou, li = two
    with ours.scope(at=MARCH):
        certified(another(ours, "王某", area_code=HERE))
        gone = [served(zhou, f"示例{n}公司", "2026-01-01") for n in range(3)]
        stays = [served(li, f"样例{n}公司", "2026-01-01") for n in range(3)]
        for one in (*gone, *stays):
            one.area = HERE
        plan = planned(ours, source="served", mode="fewest", without=[zhou.id])
        assert plan.figures["moved"] == 3
        assert plan.figures["kept"] == 3
        moved = db.session.scalars(
            select(PlanItem.enterprise_id).where(PlanItem.supervisor_id != PlanItem.current_id)
        ).all()
        assert set(moved) == {one.id for one in gone}


def test_an_empty_plan_is_refused(ours, two):
    with ours.scope(at=MARCH), pytest.raises(RuleBroken, match="No enterprise"):
        planned(ours, source="served")


def test_the_way_of_a_plan_on_screen(ours, as_, two):
    zhou, li = two
    with ours.scope():
        firm("示例甲公司", area=HERE)
        db.session.commit()
    browser = as_(ours.officer)
    assert browser.get(ours.url("/supervisors/plans")).status_code == 200
    data = {"title": "三月指派", "source": "unserved", "valid_from": "2026-03-02", "mode": "best",
            "side": "any"}  # fmt: skip
    assert (
        browser.post(ours.url("/supervisors/plans"), data={**data, "title": ""}).status_code == 422
    )
    page = browser.post(ours.url("/supervisors/plans"), data=data, follow_redirects=True)
    assert "Optimal" in page.text
    with ours.scope():
        plan = plan_queries.plans().rows[0].id
        one = db.session.scalars(select(Enterprise.id)).one()
    where = ours.url(f"/supervisors/plans/{plan}")
    why = browser.get(f"{where}/enterprises/{one}")
    assert f"In this plan {zhou.name} serves it" in why.text
    assert "李某" in why.text
    changed = browser.post(
        f"{where}/enterprises/{one}", data={"supervisor_id": li.id, "act": "put"},
        follow_redirects=True,
    )  # fmt: skip
    assert "In this plan 李某 serves it" in changed.text
    assert "李某" in browser.get(f"{where}/export.csv").text
    done = browser.post(f"{where}/apply", follow_redirects=True)
    assert "1 enterprise has a new supervisor" in done.text
    assert browser.post(f"{where}/drop").status_code in {409, 422}


def test_a_plan_of_another_federation_is_unknown(ours, theirs, as_, two):
    with ours.scope(at=MARCH):
        firm("示例甲公司", area=HERE)
        plan = planned(ours)
        db.session.commit()
        path = f"/supervisors/plans/{plan.id}"
    assert as_(theirs.officer).get(theirs.url(path)).status_code == 404
    assert as_(ours.auditor).post(ours.url(f"{path}/apply")).status_code == 404
