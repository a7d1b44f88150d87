"""Performance, assessment and forecast as arithmetic: tables of places, days and shares."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rules.assessment import Found, Grade, Item, assess, grade_of
from rules.books import Confirmed, book_for
from rules.calendars import prc_calendar
from rules.forecast import (
    Ground,
    Need,
    days_needed,
    last_of,
    load,
    months_from,
    next_round,
    whole_days,
    working_days,
)
from rules.performance import Result, Tally, reported_by, reporting, stretches
from rules.words import Text

HALF = Fraction(1, 2)
ON = date(2026, 3, 2)
FORM = dict(zip(Item, (50, 10, 10, 10, 10, 10), strict=True))
SAID = Text("记录", "the record")


def test_a_partly_kept_clause_counts_for_its_weight():
    tally = Tally.of(["kept"] * 11 + ["partly"] * 2 + ["not_kept"] + ["not_due"] * 3)
    assert (tally.checked, tally.due, tally.settled) == (17, 14, 14)
    assert tally.rate(HALF) == Fraction(12, 14)
    assert float(round(tally.rate(HALF), 3)) == 0.857, "as the checklist prints it"


def test_a_disputed_clause_waits_in_the_assessment_and_counts_on_the_checklist():
    tally = Tally.of([Result.KEPT, Result.DISPUTED])
    assert tally.rate(HALF) == HALF
    assert tally.settled_rate(HALF) == 1


def test_where_nothing_was_due_there_is_no_rate():
    assert Tally(not_due=2).rate(HALF) is None
    assert Tally(disputed=2).settled_rate(HALF) is None


@pytest.mark.parametrize(
    ("division", "report", "wages", "confirmed"),
    [
        ("330100", 12, None, True),
        ("500000", 12, 6, True),
        ("370100", 12, None, True),
        ("421000", None, None, False),
    ],
)
def test_how_often_a_place_wants_to_hear(division, report, wages, confirmed):
    found = reporting(book_for(division, ON).rule("performance.report"))
    assert (found.report, found.wages, found.confirmed) == (report, wages, confirmed)


def test_a_federation_may_have_confirmed_a_rule_in_months():
    own = Confirmed(
        key="performance.report", kind="any", value=6, unit="month", operator="≤", article="9",
        text=Text("每6个月报告一次。", "Reported every 6 months."), verified_by="周某某",
        valid_from=date(2025, 1, 1), anchor="effective", direction="after",
        title=Text("示范市办法", "Model City Measures"), valid_to=None,
    )  # fmt: skip
    found = reporting(book_for("421000", ON, [own]).rule("performance.report"))
    assert (found.report, found.wages, found.confirmed) == (6, None, True)


def test_the_term_is_cut_into_years_from_its_first_day():
    cut = list(stretches(date(2025, 7, 1), date(2027, 3, 31), 12))
    assert [(one.first, one.last) for one in cut] == [
        (date(2025, 7, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2027, 3, 31)),
    ]
    assert list(stretches(date(2025, 7, 1), date(2025, 6, 30), 12)) == []


def test_the_report_is_due_a_year_after_the_stretch_began_and_says_whose_rule_that_is():
    stretch = next(stretches(date(2025, 7, 1), date(2026, 6, 30), 12))
    here = reported_by(
        book_for("330100", ON).rule("performance.report"), stretch, 12, prc_calendar()
    )
    assert here.on == date(2026, 7, 1)
    assert "37" in here.citation.zh
    assert here.status == "confirmed"
    nowhere = reported_by(
        book_for("421000", ON).rule("performance.report"), stretch, 12, prc_calendar()
    )
    assert (nowhere.on, nowhere.status) == (date(2026, 7, 1), "unconfirmed")


def test_points_without_a_basis_go_to_the_others_and_the_result_says_so():
    found = {item: Found(Fraction(1), SAID) for item in Item}
    found[Item.FULFILMENT] = Found(Fraction(4, 5), SAID)
    found[Item.WORKERS] = Found(None, Text("尚无问卷", "no survey yet"))
    result = assess(found, FORM)
    # 50 of 90 points at four fifths, 40 of 90 in full
    assert result.total == Decimal("88.9")
    assert result.redistributed
    assert "尚无问卷" in result.said.zh
    assert "no survey yet" in result.said.en
    lines = {line.item: line for line in result.lines}
    assert lines[Item.WORKERS].score is None
    assert sum(line.counted for line in result.lines) == 100


def test_with_everything_known_nothing_is_shared_out():
    result = assess({item: Found(Fraction(1), SAID) for item in Item}, FORM)
    assert (result.total, result.said, result.redistributed) == (Decimal("100.0"), None, False)


def test_with_nothing_known_there_is_no_total():
    result = assess({item: Found(None, SAID) for item in Item}, FORM)
    assert result.total is None


def test_an_item_set_to_no_points_is_not_missed():
    found = {item: Found(Fraction(1), SAID) for item in Item} | {Item.WORKERS: Found(None, SAID)}
    result = assess(found, FORM | {Item.WORKERS: 0})
    assert (result.total, result.left_out) == (Decimal("100.0"), ())


@pytest.mark.parametrize(
    ("total", "grade"),
    [("90.0", Grade.EXCELLENT), ("89.9", Grade.GOOD), ("60", Grade.ADEQUATE),
     ("59.9", Grade.TO_IMPROVE)],
)  # fmt: skip
def test_the_limits_of_the_grades_are_reached_not_passed(total, grade):
    assert grade_of(Decimal(total), (90, 75, 60)) is grade


@pytest.mark.parametrize(
    ("first", "last", "on", "turn"),
    [
        ((2025, 7, 1), (2028, 6, 30), (2026, 3, 2), (2026, 7, 1)),
        ((2025, 7, 1), (2028, 6, 30), (2026, 7, 2), (2027, 7, 1)),
        ((2025, 7, 1), (2028, 6, 30), (2027, 7, 2), None),
        ((2025, 7, 1), (2026, 6, 30), (2026, 3, 2), None),
        ((2025, 7, 1), (2026, 6, 30), (2029, 1, 1), None),
    ],
)
def test_the_yearly_wage_round_of_a_longer_contract(first, last, on, turn):
    found = next_round(date(*first), date(*last), date(*on))
    assert found == (date(*turn) if turn else None)


def test_days_are_a_share_for_the_matter_and_one_for_each_enterprise():
    norms = {"matter.renewal": Fraction(2), "enterprise.renewal": Fraction(1, 4)}
    need = Need("421002", date(2026, 4, 20), Ground.RENEWAL, 5)
    assert days_needed(need, norms) == Fraction(13, 4)
    assert days_needed(Need("421002", ON, Ground.TRIGGER, 5), norms) == 0
    assert load([need, need], norms) == {("421002", date(2026, 4, 1)): Fraction(13, 2)}
    assert whole_days(Fraction(13, 4)) == 4


def test_months_and_their_working_days():
    assert months_from(date(2026, 11, 27), 3) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
    ]  # fmt: skip
    assert last_of(date(2026, 2, 1)) == date(2026, 2, 28)
    assert working_days(date(2025, 4, 1), prc_calendar()) == 22, "Sunday 27 April is made up"
    assert working_days(date(2039, 1, 1), prc_calendar()) == 16, "the spring festival is expected"
