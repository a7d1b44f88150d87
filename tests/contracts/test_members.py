"""Whom a contract binds: by which basis, since when, and who has left."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.membership_models import LeavingReason, Membership
from blueprints.contracts.membership import actions as members
from blueprints.registry.merging import merge_enterprises
from blueprints.registry.models import Enterprise
from jobs import contracts as jobs
from rules.binding import Basis
from rules.broken import RuleBroken
from tenants.db import db
from tests.contracts import world as w
from tests.world import found


def rows(town):
    query = select(Membership).where(Membership.contract_id == town.contract_id)
    return db.session.scalars(query.order_by(Membership.id)).all()


@pytest.mark.parametrize(
    ("division", "basis", "bound"),
    [
        ("421000", Basis.MANDATED, 3),  # all in scope
        ("310100", Basis.MANDATED, 0),  # Shanghai: only who recognised it
        ("310100", Basis.RECOGNISED, 3),
        ("370100", Basis.RECOGNISED, 0),  # Shandong: only who sealed it
        ("370100", Basis.SEALED, 3),
    ],
)
def test_the_place_decides_which_basis_binds(app, division, basis, bound):
    town = w.town(found(app, division=division))
    w.signed(town)
    with town.on(w.SIGNED):
        for row in rows(town):
            if basis is not Basis.MANDATED:
                row.state = "candidate"
                members.confirm(row, town.contract, basis, on=w.SIGNED, note="扫描件")
        db.session.commit()
    with town.on(w.RECEIVED):
        w.hand_in(town.contract)
        db.session.commit()
    w.sweep(jobs.take_effect, town.federation, w.IN_FORCE)
    with town.on(w.IN_FORCE):
        assert queries.covered(w.IN_FORCE).enterprises == bound


def test_an_enterprise_under_two_contracts_counts_once(ours):
    town = w.in_force(w.town(ours))
    w.in_force(town, name="沙市区餐饮业女职工权益保护专项集体合同", kind="special", topic="women")
    with town.on(w.IN_FORCE):
        whole = queries.covered(w.IN_FORCE)
        assert (whole.contracts, whole.enterprises, whole.workers) == (2, 3, 90)
        assert len(db.session.execute(queries.membership_on(w.IN_FORCE)).all()) == 6


def test_new_enterprises_of_the_trade_are_flagged_and_bound_by_nobody(ours):
    town = w.in_force(w.town(ours))
    town.register("示例新来餐饮有限公司")
    town.register("示例邻区餐饮有限公司", area="421003")
    town.register("示例纺织有限公司", industries=["17"])
    assert w.sweep(jobs.find_newcomers, ours, "2025-06-02") == 1
    assert w.sweep(jobs.find_newcomers, ours, "2025-06-02") == 0
    with town.on("2025-06-02"):
        newest = rows(town)[-1]
        assert (newest.state, newest.flagged, newest.valid_from) == ("candidate", True, None)
        assert queries.covered(date(2025, 6, 2)).enterprises == 3


def test_a_newcomer_is_bound_from_the_day_its_basis_is_on_record(ours, as_):
    town = w.in_force(w.town(ours))
    town.register("示例新来餐饮有限公司")
    w.sweep(jobs.find_newcomers, ours, "2025-06-02")
    with town.on("2025-06-02"):
        ident = rows(town)[-1].id
    path = ours.url(f"/contracts/{town.contract_id}/members/basis")
    said = {"id": [ident], "basis": "in_scope", "on": "2025-06-10", "note": ""}
    officer = as_(ours.officer)
    assert officer.post(path, data=said).status_code == 422
    assert officer.post(path, data={**said, "note": "实地走访核实"}).status_code == 303
    with town.on("2025-06-10"):
        assert queries.covered(date(2025, 6, 9)).enterprises == 3
        assert queries.covered(date(2025, 6, 10)).enterprises == 4


def test_leaving_is_dated_and_what_held_before_stays(ours, as_):
    town = w.in_force(w.town(ours))
    with town.on("2025-09-01"):
        row = rows(town)[0]
    path = ours.url(f"/contracts/{town.contract_id}/members/{row.id}/leaving")
    said = {"reason": "moved", "on": "2025-09-01", "note": "迁往外市"}
    assert as_(ours.officer).post(path, data=said).status_code == 303
    with town.on("2025-09-02"):
        assert queries.covered(date(2025, 8, 31)).enterprises == 3
        assert queries.covered(date(2025, 9, 1)).enterprises == 2
        left = rows(town)[0]
        assert (left.state, left.left_reason) == ("left", "moved")
        with pytest.raises(RuleBroken):
            members.leave(left, town.contract, LeavingReason.CLOSED, on=date(2025, 9, 2))


def test_two_records_of_one_enterprise_become_one_member(ours):
    town = w.in_force(w.town(ours))
    kept, double, _ = town.firms
    with town.on("2025-06-02"):
        first, second = (db.session.get_one(Enterprise, (ours.id, i)) for i in (kept, double))
        merge_enterprises(first, second)
        db.session.commit()
        assert queries.covered(date(2025, 6, 3)).enterprises == 2


def test_a_supervisor_sees_only_the_contracts_of_own_enterprises(ours, as_):
    town = w.in_force(w.town(ours))
    supervisor = as_(ours.supervisor)
    assert supervisor.get(ours.url("/contracts")).status_code == 200
    assert "沙市区餐饮业2025年度" not in supervisor.get(ours.url("/contracts")).text
    assert supervisor.get(ours.url(f"/contracts/{town.contract_id}")).status_code == 404


def test_the_list_of_members_costs_the_same_for_one_and_for_thirty(ours, as_, count_queries):
    few = w.in_force(w.town(ours, "示例独家餐饮有限公司"))
    many = w.Town(ours)
    many.register(*(f"示例{n:02}号餐饮有限公司" for n in range(30)))
    w.in_force(many, name="另一份合同")
    officer = as_(ours.officer)
    seen = []
    for town in (few, many):
        path = ours.url(f"/contracts/{town.contract_id}/members")
        with count_queries() as counted:
            assert officer.get(path).status_code == 200
        seen.append(len(counted))
    assert seen[0] == seen[1]


def test_the_enterprises_covered_are_found_by_name(desk):
    def shown(query):
        return desk.see(f"/coverage/enterprises?{query}", "2025-06-02").text.split("<main")[1]

    assert "示例乙餐饮有限公司" in shown("")
    assert "示例乙餐饮有限公司" not in shown("q=示例甲")
    assert "示例甲餐饮有限公司" in shown("q=示例甲")
    assert "Nothing matches your filters." in shown("q=没有这家")
    sheet = desk.see("/coverage/export.csv?q=示例甲", "2025-06-02").data.decode("utf-8-sig")
    assert sheet.count("示例") == 1
