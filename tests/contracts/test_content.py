"""The content of a contract counts by clauses that carry a figure of the parties' own."""

from datetime import date
from decimal import Decimal

import pytest

from blueprints.contracts.making.drawing import Line
from rules.books import book_for
from rules.clause_floors import repeats_the_law
from rules.clauses import Quantity
from tenants.db import db
from tests.contracts import world as w
from tests.contracts.test_field_work import measured, serve
from tests.supervisors.world import another, on_roster


def line(number, kind, *figure, trade=None):
    known = dict(zip(("measure", "amount", "unit"), figure, strict=False))
    subject = "标准" if figure else None
    return Line(number, kind, "标题", "条文。", subject=subject, trade=trade, **known)


LINES = (
    line("第一条", "term"),  # settled in words: not asked
    line("第二条", "minimum_wage", "pay", Decimal(2260), "元/月", trade="服务员"),
    line("第二条", "minimum_wage", "pay", Decimal(3350), "元/月", trade="厨师"),  # the same clause
    line("第三条", "overtime", "overtime", Decimal(150), "%"),  # the law says it anyway
    line("第四条", "overtime", "overtime_holiday", Decimal(350), "%"),
    line("第五条", "allowance"),  # copied, without any figure
    line("第六条", "supervision"),
)


@pytest.fixture
def town(ours):
    found = w.town(ours)
    w.signed(found, level="enterprise", enterprise_id=found.firms[0], lines=LINES)
    with found.on("2025-04-12"):
        found.mine = on_roster(ours, area_code="421002").id
        found.other = another(ours, "吴某某").id
        serve(found.mine, found.firms[0])
        serve(found.other, found.firms[1])
        db.session.commit()
    return found


def test_a_clause_counts_once_when_a_figure_in_it_is_the_parties_own(town):
    found = measured(town, "content", "2025-12-31")
    assert (found.done, found.of) == (2, 4)
    (item,) = found.items
    assert item.parts == (2, 4)
    assert item.on == w.SIGNED
    assert item.door == ("contracts.show", "contract_id", town.contract_id)
    assert str(item.note).endswith("2")


def test_it_is_counted_from_the_day_of_signature_and_for_nobody_else(town):
    assert measured(town, "content", "2025-04-10").of == 0
    assert measured(town, "content", "2025-12-31", town.other).of == 0


def test_a_contract_without_clauses_on_record_is_not_held_against_anybody(ours):
    found = w.town(ours)
    w.signed(found, level="enterprise", enterprise_id=found.firms[0], lines=())
    with found.on("2025-04-12"):
        found.mine = on_roster(ours, area_code="421002").id
        serve(found.mine, found.firms[0])
        db.session.commit()
    assert measured(found, "content", "2025-12-31").of == 0


@pytest.mark.parametrize(
    ("measure", "amount", "unit", "repeated"),
    [
        ("pay", 2010, "元/月", True),
        ("pay", 2011, "元/月", False),
        ("pay", 20, "元/小时", False),
        ("overtime", 150, "%", True),
        ("overtime_rest", 200, "%", True),
        ("overtime_holiday", 300, "%", True),
        ("overtime_holiday", 320, "%", False),
        ("overtime_hours", 36, "小时/月", True),
        ("overtime_hours", 20, "小时/月", False),
        ("maternity", 98, "天", True),
        ("nursing", 1, "小时/天", True),
        ("nursing", 2, "小时/天", False),
        ("piece", 5, "元/件", False),
        ("other", 5, "次", False),
    ],
)
def test_a_figure_of_the_law_is_nobodys_own(measure, amount, unit, repeated):
    figure = Quantity(measure, "标准", Decimal(amount), unit)
    minima, law = {"元/月": Decimal(2010)}, book_for("421000", date(2026, 3, 2))
    assert repeats_the_law(figure, minima, law, "wage") is repeated
