"""Answers in a few plain words, as a table cell shows them."""

from datetime import date
from fractions import Fraction

import pytest

from rules.books import book_for
from rules.saying import answer_of, value_words
from rules.shelf import rules_of, shelf


@pytest.mark.parametrize(
    ("value", "unit", "operator", "en", "zh"),
    [
        (20, "day", "≤", "20 days", "20日"),
        (7, "day", "≥", "at least 7 days", "不少于7日"),
        (10, "working_day", "=", "10 working days", "10个工作日"),
        (1, "person", "≥", "at least 1 person", "不少于1名"),
        (10, "person", "odd", "an odd number, at most 10 people", "不超过且为奇数10名"),
        (Fraction(1, 2), "share", ">", "more than 1/2", "超过1/2"),
        ((150, 200, 300), "percent", "≥", "at least 150%, 200%, 300%", "不少于150%、200%、300%"),
        (("a", "b"), "list", "=", "a, b", "a、b"),
        (True, "yes_no", "=", "yes", "是"),
        (98, "days_of_leave", "<", "less than 98 days", "少于98日"),
        (80, "text", "=", "80", "80"),
    ],
)
def test_a_value_is_said_with_its_unit_and_comparison(value, unit, operator, en, zh):
    said = value_words(value, unit, operator)
    assert (said.en, said.zh) == (en, zh)


def test_a_rule_of_words_says_itself_and_an_unknown_one_says_so():
    nation = book_for("000000", date(2026, 3, 2))
    assert answer_of(nation.rule("offer.form")) == nation.rule("offer.form").text
    assert answer_of(nation.rule("reps.parity")) == nation.rule("reps.parity").text
    assert answer_of(nation.rule("exposure.withdraw_days")).en == "not verified"
    assert answer_of(nation.rule("offer.reply_days", "general")).en == "20 days"


def test_every_rule_of_every_book_can_be_said_in_both_languages():
    for code in shelf():
        for rule in rules_of(code):
            said = answer_of(rule)
            assert said.zh
            assert said.en
            assert "Fraction" not in said.en
