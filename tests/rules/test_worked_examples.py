"""The worked examples of the field's handbook: a place, an event, and the day it leads to."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from rules.ballots import Tally, needed, outcome
from rules.books import book_for
from rules.broken import RuleBroken
from rules.calendars import prc_calendar
from rules.days import local_day
from rules.deadlines import Conventions, due

MONDAY = date(2025, 3, 3)


def last_day(division, key, anchor, kind="wage", **how):
    rule = book_for(division, anchor).known(key, kind)
    return due(rule, anchor, prc_calendar(), **how).on


@pytest.mark.parametrize(
    ("place", "division", "kind", "answer"),
    [
        ("Shandong, 10 days", "370000", "wage", date(2025, 3, 13)),
        ("Shanghai, 15 days", "310000", "wage", date(2025, 3, 18)),
        ("Zhejiang, 10 working days", "330000", "wage", date(2025, 3, 17)),
        ("Hangzhou, 10 working days", "330100", "wage", date(2025, 3, 17)),
        ("Ningbo, 10 working days", "330200", "wage", date(2025, 3, 17)),
        ("Ningbo, any other contract: Zhejiang", "330200", "general", date(2025, 3, 17)),
        ("Henan, wages", "410000", "wage", date(2025, 3, 17)),
        ("Henan, other contracts", "410000", "general", date(2025, 3, 18)),
        ("Beijing, 20 days", "110000", "general", date(2025, 3, 24)),
        ("Chongqing, 20 days", "500000", "wage", date(2025, 3, 24)),
        ("the nation, 20 days", "000000", "wage", date(2025, 3, 24)),
        ("Jingzhou: the nation's, not confirmed", "421000", "wage", date(2025, 3, 24)),
    ],
)
def test_an_offer_received_on_a_monday_is_answered_by(place, division, kind, answer):
    assert last_day(division, "offer.reply_days", MONDAY, kind) == answer


def test_twenty_days_end_on_a_sunday_where_days_of_rest_are_not_moved():
    stays = Conventions(roll_off_rest_days=False)
    assert last_day("000000", "offer.reply_days", MONDAY, conventions=stays) == date(2025, 3, 23)


@pytest.mark.parametrize(
    ("division", "kind", "answer"),
    [
        ("000000", "general", date(2025, 4, 21)),
        ("000000", "wage", date(2025, 4, 18)),
        ("410000", "wage", date(2025, 4, 18)),
    ],
)
def test_a_contract_signed_on_a_friday_is_filed_by(division, kind, answer):
    assert last_day(division, "file.days", date(2025, 4, 11), kind) == answer


def test_silence_of_the_authority_ends_after_the_may_holiday():
    assert last_day("330000", "review.days", date(2025, 4, 21)) == date(2025, 5, 6)


@pytest.mark.parametrize(
    ("make_up", "answer"), [(True, date(2025, 5, 6)), (False, date(2025, 5, 7))]
)
def test_publication_counts_the_make_up_sunday_or_does_not(make_up, answer):
    counted = Conventions(make_up_days_count=make_up)
    assert last_day("330000", "publish.days", date(2025, 4, 25), conventions=counted) == answer


@pytest.mark.parametrize(
    ("division", "votes", "passes"),
    [("000000", 40, False), ("000000", 45, True), ("330000", 45, False), ("330000", 46, True)],
)
def test_a_congress_of_ninety_counts_its_majority_over_all_ninety(division, votes, passes):
    book = book_for(division, MONDAY)
    quorum, threshold = book.rule("vote.quorum"), book.rule("vote.threshold")
    tally = Tally("congress", 90, 60, votes, 60 - votes, 0)
    result = outcome(tally, quorum, threshold)
    assert (result.quorum_needed, result.quorum_met, result.passed) == (60, True, passes)
    assert str(result.votes_needed) in result.text.zh
    assert needed(quorum, 91) == 61


def test_a_share_of_two_thirds_stays_a_share():
    assert book_for("000000", MONDAY).rule("vote.quorum").value == Fraction(2, 3)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC), date(2026, 3, 9)),
        (datetime(2026, 3, 9, 16, 0, 1, tzinfo=UTC), date(2026, 3, 10)),
    ],
)
def test_a_second_before_and_after_midnight_in_shanghai_on_a_server_in_utc(instant, day):
    assert local_day(instant) == day


def test_a_time_without_a_zone_has_no_day():
    with pytest.raises(RuleBroken, match="names no zone"):
        local_day(datetime(2026, 3, 9, 16))  # noqa: DTZ001
