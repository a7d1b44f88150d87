"""Drafts as the rules see them: the text written out, its fingerprint, its floors, its changes."""

from datetime import date
from decimal import Decimal

import pytest

from rules.books import book_for
from rules.clause_floors import faults_in
from rules.clauses import (
    CLAUSE_KINDS,
    MEASURES,
    ClauseKind,
    Measure,
    Quantity,
    Written,
    chinese,
    fingerprint,
    plain,
    text_of,
)
from rules.comparing import Course, changes, compared, pieces

DAY = date(2026, 3, 2)
WAITER = Quantity(
    "pay", "最低工资", Decimal("2100.00"), "元/月", "服务员", "一级", date(2026, 7, 1)
)
PAY = Written("a", "minimum_wage", "行业最低工资", "各工种最低工资如下。", (WAITER,))
DATE = Written("b", "payment", "工资支付日", "每月15日前支付上月工资。")


def test_every_kind_and_measure_has_words():
    assert set(CLAUSE_KINDS) == set(ClauseKind)
    assert set(MEASURES) == set(Measure)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (0, "0"), (100, "100")],
)
def test_articles_are_counted_as_in_a_contract(number, words):
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [("2100", "2100"), ("2100.00", "2100"), ("2100.50", "2100.5"), ("2.1E+3", "2100")],
)
def test_figures_are_written_plainly(amount, words):
    assert plain(Decimal(amount)) == words


def test_the_text_is_what_stands_on_paper():
    assert text_of("餐饮行业工资专项集体合同 ", [PAY, DATE]) == (
        "餐饮行业工资专项集体合同\n\n"
        "第一条　行业最低工资\n各工种最低工资如下。\n"
        "最低工资（服务员，一级）：2100元/月，自2026年7月1日起执行。\n\n"
        "第二条　工资支付日\n每月15日前支付上月工资。\n"
    )


def test_the_same_clauses_have_the_same_fingerprint_and_a_comma_changes_it():
    text = text_of("合同", [PAY])
    assert fingerprint(text) == fingerprint(text_of("合同", [PAY]))
    assert fingerprint(text) != fingerprint(text.replace("。", "，"))
    assert len(fingerprint(text)) == 64


def quantity(measure, amount, unit):
    return Quantity(measure, "标准", Decimal(amount), unit)


BELOW = [
    ("pay", "1899", "元/月", "低于"),
    ("overtime", "149", "%", "150%"),
    ("overtime_rest", "199", "%", "200%"),
    ("overtime_holiday", "299", "%", "300%"),
    ("overtime_hours", "37", "小时/月", "36小时/月"),
    ("maternity", "97", "天", "98天"),
    ("nursing", "0.5", "小时/天", "1小时/天"),
    ("nursing", "60", "分钟/天", "小时/天"),
    ("pay", "90", "元/天", "没有可比的法定最低工资（已登记：元/月）"),
]
AT_THE_FLOOR = [
    ("pay", "1900", "元/月"),
    ("overtime", "150", "%"),
    ("overtime_rest", "200", "%"),
    ("overtime_holiday", "300", "%"),
    ("overtime_hours", "36", "小时/月"),
    ("maternity", "98", "天"),
    ("nursing", "1", "小时/天"),
    ("piece", "0.01", "元/件"),
    ("other", "1", "次"),
]


@pytest.mark.parametrize(("measure", "amount", "unit", "said"), BELOW)
def test_below_the_floor_is_named_and_blocks(measure, amount, unit, said):
    book = book_for("421000", DAY)
    (found,) = faults_in([quantity(measure, amount, unit)], {"元/月": Decimal(1900)}, book, "wage")
    assert found.blocks
    assert said in found.text.zh
    assert found.text.en


@pytest.mark.parametrize(("measure", "amount", "unit"), AT_THE_FLOOR)
def test_at_the_floor_is_lawful(measure, amount, unit):
    book = book_for("421000", DAY)
    given = [quantity(measure, amount, unit)]
    assert faults_in(given, {"元/月": Decimal(1900)}, book, "wage") == []


def test_where_pay_must_be_higher_the_minimum_itself_is_too_low():
    book = book_for("330100", DAY)
    (found,) = faults_in([quantity("pay", "2000", "元/月")], {"元/月": Decimal(2000)}, book, "wage")
    assert "高于" in found.text.zh


def test_pay_without_any_floor_on_record_is_not_waved_through():
    (found,) = faults_in([WAITER], {}, book_for("421000", DAY), "wage")
    assert "请先登记" in found.text.zh
    assert "服务员" in found.text.zh


def test_a_figure_without_a_subject_is_called_by_its_measure():
    one = Quantity("overtime", "", Decimal(100), "%")
    (found,) = faults_in([one], {}, book_for("421000", DAY), "wage")
    assert "工作日加班工资比例" in found.text.zh


def test_a_change_is_shown_where_it_is():
    found = pieces("每月15日前支付", "每月10日前以银行转账支付")
    assert [(one.mark, one.words) for one in found] == [
        ("", "每月"), ("-", "15"), ("+", "10"), ("", "日前"), ("+", "以银行转账"), ("", "支付"),
    ]  # fmt: skip


def test_versions_are_compared_clause_by_clause():
    later = Written("b", "payment", "工资支付日", "每月10日前支付上月工资。")
    new = Written("c", "bonus", "年终奖", "另行协商。")
    rows = compared([PAY, DATE], [later, new])
    assert [(row.key, row.course) for row in rows] == [
        ("b", Course.CHANGED), ("c", Course.ADDED), ("a", Course.REMOVED),
    ]  # fmt: skip
    assert changes(rows) == 3
    assert changes(compared([PAY], [PAY])) == 0
