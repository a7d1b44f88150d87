"""Votes, teams, mandates, binding force and floors: small sums that must never be wrong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import ballots, floors, mandates
from rules.ballots import Tally, needed, outcome, passes_everywhere
from rules.binding import Mode, mode_of, resolve
from rules.books import book_for
from rules.broken import RuleBroken
from rules.findings import require
from rules.floors import Amount
from rules.mandates import Mandate
from rules.representation import Member, Staff, check_teams

TODAY = date(2026, 3, 2)


def rule(division, key, kind="wage"):
    return book_for(division, TODAY).rule(key, kind)


@given(total=st.integers(1, 5000), votes=st.integers(0, 5000))
def test_at_least_half_and_more_than_half_differ_by_exactly_the_even_split(total, votes):
    half, more = rule("000000", "vote.threshold"), rule("330000", "vote.threshold")
    assert (votes >= needed(half, total)) == (2 * votes >= total)
    assert (votes >= needed(more, total)) == (2 * votes > total)


def test_a_threshold_without_a_share_means_everyone():
    assert needed(replace(rule("000000", "vote.quorum"), value="all"), 7) == 7
    assert needed(replace(rule("000000", "vote.quorum"), value=1), 7) == 7


@pytest.mark.parametrize(
    ("tally", "reason"),
    [
        (Tally("u", 0, 0, 0, 0, 0), "at least"),
        (Tally("u", 10, 10, -1, 0, 0), "negative"),
        (Tally("u", 10, 11, 5, 5, 0), "More are present"),
        (Tally("u", 10, 8, 5, 3, 1), "more votes than people"),
        (Tally("u", 10, 8, 5, 2, 0, 2), "more votes than people"),
    ],
)
def test_numbers_that_cannot_be_right_are_found(tally, reason):
    texts = " ".join(f.text.en + f.text.zh for f in ballots.faults_in(tally))
    assert reason in texts or "至少" in texts


def test_a_congress_without_a_quorum_does_not_vote():
    result = outcome(
        Tally("c", 90, 59, 59, 0, 0),
        rule("000000", "vote.quorum"),
        rule("000000", "vote.threshold"),
    )
    assert (result.quorum_met, result.passed) == (False, False)
    assert result.text.en == "59 of 90 are present and 60 are needed: no vote."


def test_several_units_pass_only_together_and_none_do_not_pass():
    rules = rule("000000", "vote.quorum"), rule("000000", "vote.threshold")
    good = outcome(Tally("a", 3, 3, 2, 1, 0), *rules)
    bad = outcome(Tally("b", 3, 3, 1, 2, 0), *rules)
    wrong = outcome(Tally("c", 3, 3, 3, 1, 0), *rules)
    assert passes_everywhere([good])
    assert not passes_everywhere([good, bad])
    assert not passes_everywhere([])
    assert not wrong.passed


def side(prefix, count, *, outsiders=0, groups=(), roles=()):
    return [
        Member(
            f"{prefix}{n}",
            chief=n == 0,
            outsider=n >= count - outsiders,
            groups=groups if n else (),
            roles=roles if n == 1 else (),
        )
        for n in range(count)
    ]


def found(division, workers, employer, staff=None, **how):
    staff = staff or Staff(100)
    return [
        f.text.en for f in check_teams(book_for(division, TODAY), workers, employer, staff, **how)
    ]


def test_a_team_of_three_against_three_is_in_order():
    assert found("000000", side("w", 3), side("e", 3)) == []


@pytest.mark.parametrize(
    ("division", "workers", "employer", "how", "reason"),
    [
        ("000000", 2, 3, {}, "at least 3 are needed"),
        ("330000", 4, 4, {"above_designated_size": True}, "at least 5 are needed"),
        ("330100", 10, 9, {}, "at most 9 are allowed"),
        ("220000", 4, 4, {}, "must be odd"),
        ("000000", 4, 3, {}, "Both sides need the same number"),
        ("330000", 3, 4, {}, "may not outnumber"),
    ],
)
def test_the_numbers_of_two_teams(division, workers, employer, how, reason):
    assert any(
        reason in text for text in found(division, side("w", workers), side("e", employer), **how)
    )


def test_a_smaller_employers_side_is_fine_where_it_only_may_not_be_larger():
    assert found("330000", side("w", 5), side("e", 3)) == []


def test_outsiders_are_at_most_a_third_and_never_chief():
    assert found("000000", side("w", 3, outsiders=1), side("e", 3)) == []
    assert "more than 1/3" in found("000000", side("w", 3, outsiders=2), side("e", 3))[0]
    texts = found("000000", side("w", 3, outsiders=3), side("e", 3))
    assert "An external representative cannot be chief." in texts
    assert (
        "advisers"
        in found("370000", side("w", 3, outsiders=1, groups=["front_line"]), side("e", 3))[0]
    )


def test_each_side_has_one_chief():
    nobody = [replace(member, chief=False) for member in side("w", 3)]
    assert found("000000", nobody, side("e", 3)) == ["The workers' side needs one chief and has 0."]


def test_nobody_sits_on_both_sides_and_barred_people_on_neither():
    same = side("w", 3)
    assert found("000000", same, same)[-1] == "A person cannot represent both sides."
    line = ["front_line"]
    assert found("370000", side("w", 3, groups=line, roles=["investor"]), side("e", 3)) == [
        "Investors may not represent the workers' side."
    ]
    assert found("410000", side("w", 3, groups=line), side("e", 3, roles=["union_staff"])) == [
        "Union staff may not represent the employer's side."
    ]


def test_front_line_women_and_dispatched_workers_have_their_seats():
    assert "1 are needed" in found("370000", side("w", 3), side("e", 3))[0]
    few = Staff(100, {"women": 19, "dispatched": 5})
    many = Staff(100, {"women": 20, "dispatched": 6})
    assert found("500000", side("w", 3), side("e", 3), few) == []
    assert len(found("500000", side("w", 3), side("e", 3), many)) == 2
    women = Staff(100, {"women": 60})
    assert "3 are needed" in found("330000", side("w", 5), side("e", 5), women)[0]
    assert found("330000", side("w", 5, groups=["women"]), side("e", 5), women) == []
    assert found("330000", side("w", 5), side("e", 5), Staff(0)) == []


MANDATE = Mandate(
    "饭店协会", "行业工资协商", ("negotiate",), date(2026, 1, 1), date(2026, 12, 31), sealed=True
)


@pytest.mark.parametrize(
    ("lack", "subject"),
    [
        ({"agent": " "}, "agent"),
        ({"matter": ""}, "matter"),
        ({"powers": ()}, "powers"),
        ({"to": None}, "period"),
        ({"sealed": False}, "seal"),
        ({"to": date(2025, 1, 1)}, "period"),
        ({"delegated_by": "协会"}, "agent"),
    ],
)
def test_a_mandate_that_lacks_a_part_is_found_and_holds_nothing(lack, subject):
    form = rule("000000", "mandate.form")
    broken = replace(MANDATE, **lack)
    assert [f.subject for f in mandates.faults_in(broken, form)] == [subject]
    assert mandates.fault_on(broken, TODAY, "negotiate", form).subject == subject


@pytest.mark.parametrize(
    ("change", "on", "power", "reason"),
    [
        ({}, date(2026, 12, 31), "negotiate", None),
        ({}, date(2027, 1, 1), "negotiate", "expired or was revoked"),
        ({}, date(2025, 12, 31), "negotiate", "has not begun"),
        ({}, TODAY, "sign", "does not cover"),
        ({"revoked_on": TODAY}, TODAY, "negotiate", "expired or was revoked"),
        ({"revoked_on": TODAY}, date(2026, 3, 1), "negotiate", None),
        ({"delegated_by": "协会", "delegation_agreed": True}, TODAY, "negotiate", None),
    ],
)
def test_a_mandate_covers_an_act_on_its_day(change, on, power, reason):
    fault = mandates.fault_on(replace(MANDATE, **change), on, power, rule("000000", "mandate.form"))
    assert fault is None if reason is None else reason in fault.text.en


@pytest.mark.parametrize(
    ("division", "bases", "bound"),
    [
        ("330000", ["in_scope"], True),
        ("310000", ["in_scope", "mandated"], False),
        ("310000", ["recognised"], True),
        ("310000", ["sealed"], True),
        ("370000", ["recognised"], False),
        ("370000", ["sealed"], True),
        ("330000", [], False),
    ],
)
def test_whom_a_contract_binds_hangs_on_the_place(division, bases, bound):
    answer = resolve(rule(division, "binding.mode"), bases, effective=True)
    assert answer.bound is bound
    assert answer.article.zh
    assert not resolve(rule(division, "binding.mode"), bases, effective=False).bound


def test_the_binding_mode_of_an_unconfirmed_place_says_it_is_not_confirmed():
    unsure = rule("421000", "binding.mode")
    assert mode_of(unsure) is Mode.ALL_IN_SCOPE
    assert not resolve(unsure, ["in_scope"], effective=True).confirmed


@pytest.mark.parametrize(
    ("division", "amount", "fine"),
    [
        ("000000", "2010", True),
        ("000000", "2009.99", False),
        ("330000", "2010", False),
        ("330000", "2010.01", True),
    ],
)
def test_pay_at_or_above_the_legal_minimum(division, amount, fine):
    minimum = Amount("最低工资", Decimal(2010), "元/月")
    fault = floors.against_minimum(
        Amount("最低工资", Decimal(amount), "元/月"), minimum, rule(division, "floor")
    )
    assert (fault is None) is fine


def test_two_units_are_left_to_a_person_and_do_not_block():
    minimum = Amount("最低工资", Decimal(2010), "元/月")
    hourly = Amount("最低工资", Decimal(21), "元/小时")
    fault = floors.against_minimum(hourly, minimum, rule("000000", "floor"))
    assert not fault.blocks
    require([fault])


def test_an_enterprise_contract_only_improves_on_the_industrys():
    industry = [
        Amount("收银员", Decimal(1925), "元/月"),
        Amount("保安", Decimal(1925), "元/月"),
        Amount("计件", Decimal(1), "元/件"),
    ]
    own = [
        Amount("收银员", Decimal(1900), "元/月"),
        Amount("保安", Decimal(1925), "元/月"),
        Amount("计件", Decimal(1), "元/单"),
        Amount("厨师", Decimal(1), "元/月"),
    ]
    faults = floors.against_industry(own, industry, rule("370000", "industry.hierarchy"))
    assert [(f.subject, f.blocks) for f in faults] == [("收银员", True), ("计件", False)]
    with pytest.raises(RuleBroken, match="below the industry"):
        require(faults)
    assert Fraction(1, 3) == rule("000000", "reps.external_max_ratio").value
