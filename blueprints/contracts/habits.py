"""What a federation sets for itself about performance and the forecast; none of it is law.

The defaults stand where it has set nothing: the points of form 23, a partly kept clause as half,
a check every half-year, a forecast half a year ahead, and planning norms in supervisor days.
"""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

from rules.assessment import Item
from rules.forecast import Ground
from tenants.federation import this_federation

POINTS = dict(zip(Item, (50, 10, 10, 10, 10, 10), strict=True))
GRADE_LIMITS = (90, 75, 60)
CHECK_MONTHS = 6
CORRECT_DAYS = 30
ANSWER_DAYS = 15
AHEAD_DAYS = 180
NEW_DAYS = 180
ASSESS_DAYS = 90
FULL_TIME, PART_TIME = Fraction(3, 5), Fraction(1, 5)
NORMS: Mapping[str, Fraction] = {
    f"matter.{Ground.RENEWAL}": Fraction(3),
    f"enterprise.{Ground.RENEWAL}": Fraction(1, 4),
    f"matter.{Ground.WAGE_ROUND}": Fraction(2),
    f"enterprise.{Ground.WAGE_ROUND}": Fraction(1, 4),
    f"matter.{Ground.EXPIRED}": Fraction(3),
    f"enterprise.{Ground.EXPIRED}": Fraction(1, 4),
    f"matter.{Ground.NEVER_BARGAINED}": Fraction(1),
    f"enterprise.{Ground.NEVER_BARGAINED}": Fraction(1, 2),
    f"matter.{Ground.NEW_ENTERPRISE}": Fraction(0),
    f"enterprise.{Ground.NEW_ENTERPRISE}": Fraction(1, 2),
    f"matter.{Ground.TRIGGER}": Fraction(1),
    f"enterprise.{Ground.TRIGGER}": Fraction(1, 10),
}


def own(room: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = this_federation().settings.get(room, {})
    return found


def partial_weight() -> Fraction:
    """What a partly kept clause counts of a whole one."""
    return Fraction(str(own("performance").get("partial_weight", "1/2")))


def points() -> dict[Item, int]:
    kept = own("performance").get("points", {})
    return {item: int(kept.get(item.value, POINTS[item])) for item in Item}


def grade_limits() -> tuple[int, ...]:
    return tuple(int(one) for one in own("performance").get("grade_limits", GRADE_LIMITS))


def check_months() -> int:
    """How many months lie between two checks of a contract."""
    return int(own("performance").get("check_months", CHECK_MONTHS))


def correct_within() -> timedelta:
    """What is proposed for correcting a finding, until both sides agree on a day."""
    return timedelta(days=int(own("performance").get("correct_days", CORRECT_DAYS)))


def answer_within() -> timedelta:
    return timedelta(days=int(own("performance").get("answer_days", ANSWER_DAYS)))


def assess_before() -> timedelta:
    """How long before its end a contract should have been assessed."""
    return timedelta(days=int(own("performance").get("assess_days", ASSESS_DAYS)))


def ahead() -> timedelta:
    """How far the forecast looks."""
    return timedelta(days=int(own("forecast").get("ahead_days", AHEAD_DAYS)))


def new_within() -> timedelta:
    """How long an enterprise counts as new on the register."""
    return timedelta(days=int(own("forecast").get("new_days", NEW_DAYS)))


def norms() -> dict[str, Fraction]:
    """Supervisor days by matter and by enterprise."""
    kept = {key: Fraction(str(days)) for key, days in own("forecast").get("norms", {}).items()}
    return {**NORMS, **kept}


def share_for_bargaining(engagement: str) -> Fraction:
    """How much of the working days of a supervisor goes to bargaining."""
    kept = own("forecast").get("shares", {}).get(engagement)
    if kept is not None:
        return Fraction(str(kept))
    return FULL_TIME if engagement == "full_time" else PART_TIME
