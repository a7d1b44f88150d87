"""A draft beside the contracts on file: what was agreed before, and what binds its enterprise."""

from datetime import date
from decimal import Decimal

from blueprints.bargaining.drafts import queries as draft_queries
from blueprints.bargaining.drafts.earlier_texts import as_one_text
from blueprints.contracts.making.case_texts import written
from blueprints.contracts.making.drawing import Line
from rules.clauses import Written
from tests.bargaining.table_world import AGREED, Table, opened, table
from tests.bargaining.world import by_hand
from tests.contracts import world

WAITER = Line("第三条", "minimum_wage", "最低工资标准", "服务员：2050元/月。", measure="pay",
              subject="最低工资", amount=Decimal(2050), unit="元/月", trade="服务员")  # fmt: skip
LINES = (
    Line("第三条", "minimum_wage", "最低工资标准", "各岗位最低工资如下。"),
    WAITER,
    Line("第四条", "insurance_benefits", "工作餐", "提供免费工作餐。"),
)


def before(federation, **more):
    """The contract of the trade for the year before, as the ledger has it."""
    return world.signed(world.town(federation), lines=LINES, **more)


def page(federation, as_, case, against=""):
    with case.at(AGREED):
        draft = draft_queries.open_draft(case.case_id)
    return as_(federation.officer).get(federation.url(f"/drafts/{draft.id}?against={against}"))


def test_a_draft_is_compared_with_an_older_contract_of_the_same_trade_and_area(ours, as_):
    old = before(ours)
    case = table(ours).meet().write()
    plain = page(ours, as_, case).text
    assert f"against=contract-{old.contract_id}" in plain
    shown = page(ours, as_, case, f"contract-{old.contract_id}").text
    assert "<del>2050</del><ins>2150</ins>" in shown
    assert "工作餐" in shown  # a clause that was dropped is named


def test_contracts_of_another_trade_area_or_kind_are_not_offered(ours, as_):
    for more in ({"industry": "61"}, {"area": "421003"}, {"kind": "comprehensive"}):
        before(ours, name=f"示例{more}", **more)
    case = table(ours).meet().write()
    assert "against=contract-" not in page(ours, as_, case).text


def test_another_federations_contract_is_never_compared(ours, theirs, as_):
    other = before(theirs, area="421002")
    case = table(ours).meet().write()
    shown = page(ours, as_, case, f"contract-{other.contract_id}").text
    assert "工作餐" not in shown
    assert 'id="comparison"' not in shown


def test_rows_of_one_number_are_one_clause_and_figures_are_said_as_in_a_draft(ours):
    old = before(ours)
    with old.on("2026-05-06"):
        first, second = written(old.contract_id)
    assert (first.body, first.quantities[0].amount) == ("各岗位最低工资如下。", Decimal(2050))
    assert first.quantities[0].whom == "服务员"
    assert second.quantities == ()


def test_clauses_meet_by_heading_and_else_by_a_kind_that_stands_alone():
    old = [Written("一", "minimum_wage", "最低工资标准", ""), Written("二", "payment", "支付", ""),
           Written("三", "welfare", "餐", ""), Written("四", "welfare", "车", "")]  # fmt: skip
    new = [Written("a", "minimum_wage", "行业最低工资", ""), Written("b", "payment", "支付", ""),
           Written("c", "welfare", "福利", "")]  # fmt: skip
    assert [one.key for one in as_one_text(old, new)] == ["a", "b", "earlier-三", "earlier-四"]


def test_a_figure_below_the_industry_contract_of_the_ledger_blocks_the_enterprises_draft(ours):
    old = world.town(ours)
    world.in_force(old, lines=(WAITER,), term_to=date(2027, 4, 30))
    case = by_hand(ours, enterprise_ids=old.firms[:1], agreed_on=date(2026, 3, 20))
    own = Table(ours, case.id).seat().meet().write(2040)
    with own.at(AGREED):
        draft = draft_queries.open_draft(own.case_id)
        faults = draft_queries.faults_of(own.case, draft)
    assert any("2050" in one.text.zh and one.blocks for one in faults)


def test_pay_stands_beside_the_legal_minimum(ours, as_):
    case = opened(ours).meet().write(2150)
    assert "140 above the minimum" in page(ours, as_, case).text
    low = opened(ours, "示例乙项目").meet().write(1990)
    assert "20 below the minimum" in page(ours, as_, low).text
