"""The page that says which contract holds for an enterprise, clause by clause."""

from decimal import Decimal

import pytest

from blueprints.contracts.making.drawing import Line
from tests.contracts import world as w
from tests.contracts.desk import Desk

DAY = "2025-06-02"


def pay(amount):
    return Line("第一条", "minimum_wage", "工资", f"服务员：{amount}元/月。", measure="pay",
                subject="月工资", amount=Decimal(amount), unit="元/月", trade="服务员")  # fmt: skip


@pytest.fixture
def town(ours):
    return w.in_force(w.town(ours))


def own_contract(town, amount):
    firm = town.firms[0]
    town.firms, kept = [firm], town.firms
    w.in_force(
        town, level="enterprise", enterprise_id=firm, industry=None, name="示例甲公司合同",
        lines=(pay(amount),),
    )  # fmt: skip
    town.firms = kept


def shown(town, as_, day=DAY, firm=0):
    path = f"/contracts/enterprises/{town.firms[firm]}?on={day}"
    answer = Desk(town, as_).see(path, DAY)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_the_enterprises_own_contract_holds_where_it_is_better(town, as_):
    own_contract(town, 2400)
    page = shown(town, as_)
    assert page.index("示例甲公司合同") < page.index("沙市区餐饮业2025年度工资专项集体合同")
    assert "the enterprise&#39;s own is not below the industry&#39;s, so it holds" in page
    assert "goes on holding as the floor" in page


def test_a_special_contract_comes_before_a_comprehensive_one(ours, as_):
    town = w.in_force(w.town(ours), kind="comprehensive", name="综合合同")
    w.in_force(town, kind="wage", name="工资合同")
    page = shown(town, as_)
    assert page.index(">工资合同<") < page.index(">综合合同<")
    assert "a special contract comes before a comprehensive one" in page


def test_what_only_one_contract_says_stands_apart(town, as_):
    own_contract(town, 2400)
    page = shown(town, as_)
    assert "每月15日前发放上月工资。" in page.split("Only one contract speaks of it")[-1]


def test_before_anything_bound_it_the_page_says_so(town, as_):
    assert "No contract binds this enterprise on that day." in shown(town, as_, "2025-05-01")


def test_the_register_leads_to_it_once_two_contracts_bind(town, as_):
    own_contract(town, 2400)
    desk = Desk(town, as_)
    page = desk.see(f"/enterprises/{town.firms[0]}", DAY)
    assert f"/contracts/enterprises/{town.firms[0]}" in page.text


def test_a_supervisor_of_other_enterprises_and_another_federation_find_nothing(town, theirs, as_):
    path = f"/contracts/enterprises/{town.firms[0]}"
    assert Desk(town, as_).see(path, DAY, town.federation.supervisor).status_code == 404
    assert as_(theirs.officer).get(theirs.url(path)).status_code == 404
