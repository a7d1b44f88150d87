"""What a federation sets for itself about performance, assessment and the forecast; none is law.

`habit_list.HABITS` is the whole list. What the federation has set stands in its settings under
`habits`, by the same keys; all else stands at its default.
"""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

from blueprints.contracts.habits.listed import GRADE_LIMITS, HABITS, NORMS
from rules.assessment import Item
from tenants.federation import this_federation

PART = "habits"
VERSION = "version"  # counts the changes, so that nobody overwrites another's


def kept() -> Mapping[str, Any]:
    """What this federation has set, by key; what is not there stands at its default."""
    found = this_federation().settings.get(PART, {})
    return {key: said for key, said in found.items() if key != VERSION}


def version() -> int:
    """How often they were changed."""
    return int(this_federation().settings.get(PART, {}).get(VERSION, 0))


def value(key: str) -> Fraction:
    """What holds now."""
    said = kept().get(key)
    return HABITS[key].default if said is None else Fraction(str(said))


def partial_weight() -> Fraction:
    """What a partly kept clause counts of a whole one."""
    return value("partial_weight")


def points() -> dict[Item, int]:
    return {item: int(value(f"points.{item}")) for item in Item}


def grade_limits() -> tuple[int, ...]:
    """The least points of the first three grades, from the top."""
    return tuple(int(value(f"grade.{grade}")) for grade in GRADE_LIMITS)


def check_months() -> int:
    """How many months lie between two checks of a contract."""
    return int(value("check_months"))


def weak_lines() -> int:
    """How many lines of the assessment must say no for a union to be weak."""
    return int(value("weak_lines"))


def copies() -> int:
    """How many copies are filed where the list of the place names no number."""
    return int(value("copies"))


def correct_within() -> timedelta:
    """What is proposed for correcting a finding, until both sides agree on a day."""
    return _time("correct_days")


def answer_within() -> timedelta:
    return _time("answer_days")


def assess_before() -> timedelta:
    """How long before its end a contract should have been assessed."""
    return _time("assess_days")


def ahead() -> timedelta:
    """How far the forecast looks."""
    return _time("ahead_days")


def new_within() -> timedelta:
    """How long an enterprise counts as new on the register."""
    return _time("new_days")


def asked_after() -> timedelta:
    """How long a contract that ran out is still asked after."""
    return _time("look_back_days")


def event_within() -> timedelta:
    """How long an event on record calls for bargaining."""
    return _time("trigger_days")


def norms() -> dict[str, Fraction]:
    """Supervisor days by matter and by enterprise."""
    return {f"{key}.{ground}": value(f"{key}.{ground}")
            for ground in NORMS for key in ("matter", "enterprise")}  # fmt: skip


def check_days() -> Fraction:
    """Supervisor days of one check."""
    return value("check")


def share_for_bargaining(engagement: str) -> Fraction:
    """How much of the working days of a supervisor goes to bargaining."""
    return value(f"share.{'full_time' if engagement == 'full_time' else 'part_time'}")


def _time(key: str) -> timedelta:
    return timedelta(days=int(value(key)))
