"""Registering, correcting, merging, searching; who reaches what."""

from datetime import date

import pytest
from sqlalchemy import func, select, text

from blueprints.registry import actions, merging, union_actions
from blueprints.registry.contributions import when_merged
from blueprints.registry.kinds import Level
from blueprints.registry.models import Enterprise, EnterpriseName, Headcount, TradeUnion
from blueprints.registry.queries import Wanted, found_by, patterns, totals, visible_enterprises
from blueprints.registry.union_queries import acting_union
from blueprints.shared.guards import _viewer_of
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tests.registry.making import code

DAY = date(2026, 3, 1)


def register(number, **facts):
    known = {
        "name": f"荆州北湖{number}号酒店有限公司",
        "credit_code": code(number),
        "area": "421002",
        "industries": ["61"],
        "headcount": 40,
    }
    return actions.register_enterprise(known | facts, today=DAY)


def names_found(typed):
    return set(db.session.scalars(select(Enterprise.name).where(found_by(typed))))


def test_an_enterprise_is_found_by_substring_initials_code_former_name_and_chair(ours):
    with ours.scope():
        one = register(1, name="荆州北湖渔家餐饮管理有限公司")
        register(2, name="沙市临江阁大饭店有限公司")
        actions.correct_enterprise(one, {"name": "荆州南湖渔家餐饮管理有限公司"}, today=DAY)
        union_actions.set_own_union(one, {"name": "渔家工会", "chair": "韩丽", "area": "421002"})
        db.session.commit()
        for typed in ("渔家", "南湖 餐饮", "jznhyj", code(1)[4:], code(1).lower(), "北湖", "韩丽"):
            assert names_found(typed) == {"荆州南湖渔家餐饮管理有限公司"}, typed
        assert names_found("%") == names_found("_") == set()
        assert names_found("有限公司 饭店") == {"沙市临江阁大饭店有限公司"}


def test_the_search_function_tells_nothing_of_another_federation(ours, theirs):
    with ours.scope():
        register(1)
        db.session.commit()
    with theirs.scope():
        asked = {"tenant": ours.id, "patterns": patterns("酒店")}
        found = db.session.execute(text("SELECT find_enterprises(:tenant, :patterns)"), asked)
        assert found.all() == []


def test_a_code_is_given_once(ours):
    with ours.scope():
        register(1)
        with pytest.raises(RuleBroken):
            register(2, credit_code=code(1))
        with pytest.raises(RuleBroken):
            register(3, credit_code=code(1)[:-1] + "0")


def test_a_correction_keeps_the_old_name_and_leaves_a_trace(ours):
    with ours.scope():
        one = register(1)
        assert not actions.correct_enterprise(one, {"email": None}, today=DAY)
        assert actions.correct_enterprise(one, {"name": "新名有限公司", "phone": "1"}, today=DAY)
        assert db.session.scalars(select(EnterpriseName.until_on)).all() == [DAY]
        event = trail.of(one)[0]
        assert set(event.payload["changes"]) == {"name", "phone"}


def test_headcounts_are_kept_by_day_and_the_latest_is_shown(ours):
    with ours.scope():
        one = register(1)
        later, earlier = date(2026, 6, 1), date(2025, 1, 1)
        counted = {"headcount": 50, "women": 20, "frontline": None}
        assert actions.count_workers(one, counted, on=later, source="manual")
        assert not actions.count_workers(one, counted, on=date(2026, 7, 1), source="manual")
        assert actions.count_workers(one, {"headcount": 9}, on=earlier, source="manual")
        assert (one.headcount, one.counted_on) == (50, later)
        assert db.session.scalar(select(func.count()).select_from(Headcount)) == 3


def test_a_merge_fills_gaps_keeps_history_and_tells_the_rooms_above(ours):
    told = []
    when_merged(lambda kept, double: told.append((kept, double)))
    with ours.scope():
        kept = register(1, credit_code=None, phone=None)
        double = register(2, name="荆州北湖旧号酒店有限公司", phone="13800000000", headcount=60)
        merging.merge_enterprises(kept, double)
        db.session.commit()
        assert (kept.credit_code, kept.phone, kept.headcount) == (code(2), "13800000000", 40)
        assert (double.status, double.merged_into_id) == ("merged", kept.id)
        assert "荆州北湖旧号" in kept.search_key
        assert (kept.id, double.id) in told
        with pytest.raises(RuleBroken):
            merging.merge_enterprises(kept, double)


def test_the_nearest_able_union_acts_where_there_is_none(ours):
    with ours.scope():
        county = union_actions.found_area_unions()
        one, two = register(1), register(2, area="421003", industries=["62"])
        sector = union_actions.found_union(
            {"name": "沙市区住宿业工会", "level": Level.SECTOR, "area": "421002", "industry": "61"}
        )
        db.session.commit()
        acting = dict(db.session.execute(select(Enterprise.id, acting_union())).all())
        assert acting == {one.id: sector.id, two.id: county["421003"]}
        assert union_actions.found_area_unions() == county


def test_a_union_cannot_stand_above_itself(ours):
    with ours.scope():
        county = union_actions.found_area_unions()
        city = db.session.scalars(select(TradeUnion).where(TradeUnion.level == "city")).one()
        with pytest.raises(RuleBroken):
            union_actions.correct_union(city, {"parent_id": county["421002"]})


def test_closing_a_union_leaves_its_enterprise_without_one(ours):
    with ours.scope():
        one = register(1)
        union_actions.set_own_union(one, {"name": "北湖工会", "area": "421002"})
        assert one.union_id is not None
        union_actions.set_own_union(one, None)
        assert one.union_id is None
        assert db.session.scalars(select(TradeUnion.status)).all() == ["dissolved"]


def test_each_role_reaches_its_own_enterprises(ours):
    with ours.scope():
        county = union_actions.found_area_unions()
        register(1), register(2, area="421003")
        db.session.commit()
        officer, supervisor, union = (
            _viewer_of(person, 1) for person in (ours.officer, ours.supervisor, ours.union)
        )
        all_of = totals(Wanted(), officer, DAY)
        assert (all_of.enterprises, all_of.workers) == (2, 80)
        assert totals(Wanted(), supervisor, DAY).enterprises == 0
        assert db.session.scalars(visible_enterprises(union)).all() == []
        ours.union.union_id = county["421002"]
        county_account = _viewer_of(ours.union, 1)
        assert [e.area for e in db.session.scalars(visible_enterprises(county_account))] == [
            "421002"
        ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"area": "421002"}, 2),
        ({"industry": ("62",)}, 1),
        ({"industry": ("61", "62")}, 3),
        ({"size": "25+"}, 2),
        ({"size": "0-24"}, 1),
        ({"standing": "none"}, 2),
        ({"standing": "unionised"}, 1),
        ({"email": "yes"}, 1),
        ({"email": "no"}, 2),
        ({"contract": "valid"}, 1),
        ({"contract": "expired"}, 1),
        ({"contract": "none"}, 1),
        ({"code": "missing"}, 1),
        ({"q": "3号"}, 1),
        ({"status": "closed"}, 0),
    ],
)
def test_each_filter_narrows_the_list(ours, asked, found):
    with ours.scope():
        one = register(1, email="a@b.example", contract_claimed=True)
        register(2, headcount=10, contract_claimed=True, contract_claimed_until=date(2025, 1, 1))
        register(3, area="421003", industries=["62", "61"], credit_code=None)
        union_actions.set_own_union(one, {"name": "北湖工会"})
        db.session.commit()
        wanted = Wanted(**asked)
        assert wanted.narrowed()
        assert totals(wanted, _viewer_of(ours.officer, 1), DAY).enterprises == found
