"""Over twenty thousand periods, counted by the rules and walked day by day, come out the same.

A thousand seeds of twenty questions each give the number; two thousand questions drawn one value
at a time shrink to a readable case when something breaks.
"""

from datetime import date, timedelta
from random import Random

import holidays as published
import pytest
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

from rules.broken import NoCalendar
from rules.calendars import prc_calendar
from rules.law import Direction, Period, Unit
from rules.reckoning import Conventions, Tolling, reckon
from rules.words import Text
from tests.rules.oracle import NoAnswer, last_day

CHINA = published.country_holidays("CN", years=range(2001, 2041))
REST, MAKE_UP = frozenset(CHINA), frozenset(CHINA.weekend_workdays)
YEARS = frozenset(range(2001, 2027))
WHY = Text(zh="不可抗力", en="force majeure")
EVERY_TIME = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

FIRST, DAYS = date(2019, 1, 1), 3287  # to the end of 2027, a year without a calendar
LEAP = (date(2020, 2, 29), date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31))
YEAR_ENDS = tuple(date(year, 12, 31) for year in range(2019, 2027))
BEFORE_MAKE_UP = tuple(sorted(day for day in MAKE_UP if day.year >= 2019))
LONGEST = {"day": 120, "working_day": 60, "month": 14}


def question_from(number):
    """A question made of `number(lowest, highest)`, wherever the numbers come from."""
    unit = ("day", "working_day", "month")[number(0, 2)]
    anchor = (
        FIRST + timedelta(days=number(0, DAYS)),
        LEAP[number(0, 3)],
        YEAR_ENDS[number(0, 7)] - timedelta(days=number(0, 20)),
        BEFORE_MAKE_UP[number(0, len(BEFORE_MAKE_UP) - 1)] - timedelta(days=number(0, 14)),
    )[number(0, 3)]
    before = number(0, 3) == 0
    stops = []
    for _ in range(0 if before else max(0, number(-6, 3))):
        first = anchor + timedelta(days=number(-5, 90))
        stops.append((first, first + timedelta(days=number(0, 40))))
    return {
        "n": number(1, LONGEST[unit]),
        "unit": unit,
        "anchor": anchor,
        "before": before,
        "stops": tuple(stops),
        "roll": number(0, 1) == 1,
        "count_make_up": number(0, 1) == 1,
    }


def by_the_rules(question):
    return reckon(
        Period(question["n"], Unit(question["unit"])),
        question["anchor"],
        prc_calendar(),
        direction=Direction.BEFORE if question["before"] else Direction.AFTER,
        tolling=[Tolling(first, last, WHY) for first, last in question["stops"]],
        conventions=Conventions(
            roll_off_rest_days=question["roll"], make_up_days_count=question["count_make_up"]
        ),
    )


def both_agree(question):
    try:
        expected = last_day(**question, holidays=REST, make_up=MAKE_UP, years=YEARS)
    except NoAnswer:
        with pytest.raises(NoCalendar):
            by_the_rules(question)
        return
    answer = by_the_rules(question)
    assert (answer.on, answer.provisional) == expected


@settings(EVERY_TIME, max_examples=1_000)
@given(st.integers(0, 2**64))
def test_twenty_thousand_periods_end_where_a_walk_through_the_calendar_ends(seed):
    pick = Random(seed)
    for _ in range(20):
        question = question_from(pick.randint)
        note(str(question))
        both_agree(question)


@settings(EVERY_TIME, max_examples=2_000)
@given(st.data())
def test_a_period_drawn_value_by_value_ends_there_too(data):
    both_agree(question_from(lambda low, high: data.draw(st.integers(low, high))))


@settings(EVERY_TIME, max_examples=500)
@given(st.sampled_from([*LEAP, *YEAR_ENDS]), st.sampled_from(list(LONGEST)), st.integers(1, 14))
@example(date(2024, 1, 31), "month", 1)
def test_leap_days_and_year_ends_agree(anchor, unit, n):
    both_agree(
        {
            "n": n,
            "unit": unit,
            "anchor": anchor,
            "before": False,
            "stops": (),
            "roll": True,
            "count_make_up": True,
        }
    )


def test_the_oracle_and_the_rules_know_the_same_years():
    assert prc_calendar().years == YEARS
