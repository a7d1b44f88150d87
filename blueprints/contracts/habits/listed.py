"""Every habit of the room that can be set, with its default, its limits and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from blueprints.contracts.habits.words import (
    FORM_23,
    GRADE_SAYS,
    NO_NUMBER,
    OURS,
    PLANNING,
    PLANS,
    Group,
)
from rules.acting import WEAKNESS
from rules.assessment import GRADE_NAMES, ITEM_NAMES, Grade, Item
from rules.forecast import GROUND_NAMES, Ground
from rules.words import Text


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    COPIES = "copies"
    LINES = "lines"
    POINTS = "points"
    SHARE = "share"  # of one


@dataclass(frozen=True, slots=True)
class Habit:
    """One thing that can be set: between `low` and `high`; `whole` where only whole numbers do."""

    key: str
    group: Group
    label: Text
    default: Fraction
    unit: Unit
    source: Text
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(730)
    whole: bool = True


def _days(key: str, group: Group, label: Text, default: int, *, within: tuple[int, int]) -> Habit:
    low, high = map(Fraction, within)
    return Habit(key, group, label, Fraction(default), Unit.DAYS, OURS, low, high)


def _share(key: str, group: Group, label: Text, default: Fraction, source: Text) -> Habit:
    return Habit(key, group, label, default, Unit.SHARE, source, high=Fraction(1), whole=False)


def _norm(key: str, ground: Ground, of: Text, default: Fraction) -> Habit:
    named = GROUND_NAMES[ground]
    label = Text(f"{named.zh}：{of.zh}", f"{named.en}: {of.en}")
    return Habit(
        f"{key}.{ground}", Group.NORMS, label, default, Unit.DAYS, PLANNING,
        high=Fraction(60), whole=False,
    )  # fmt: skip


POINTS = dict(zip(Item, (50, 10, 10, 10, 10, 10), strict=True))
GRADE_LIMITS = dict(zip((Grade.EXCELLENT, Grade.GOOD, Grade.ADEQUATE), (90, 75, 60), strict=True))
MATTER = Text("每件", "a matter")
ENTERPRISE = Text("每家企业", "an enterprise")
NORMS: Mapping[Ground, tuple[Fraction, Fraction]] = {  # days a matter, days an enterprise
    Ground.RENEWAL: (Fraction(3), Fraction(1, 4)),
    Ground.WAGE_ROUND: (Fraction(2), Fraction(1, 4)),
    Ground.EXPIRED: (Fraction(3), Fraction(1, 4)),
    Ground.NEVER_BARGAINED: (Fraction(1), Fraction(1, 2)),
    Ground.NEW_ENTERPRISE: (Fraction(0), Fraction(1, 2)),
    Ground.TRIGGER: (Fraction(1), Fraction(1, 10)),
}
_C, _A, _G, _F, _S = Group.CHECKS, Group.POINTS, Group.GRADES, Group.FORECAST, Group.SHARES
_LIST = (
    Habit("weak_lines", Group.ACTING,
          Text("评估中几项为否即属力量薄弱", "Lines of an assessment that make a union weak"),
          Fraction(2), Unit.LINES, OURS, Fraction(1), Fraction(len(WEAKNESS))),
    Habit("copies", Group.FILING, Text("报送的份数", "Copies that are filed"),
          Fraction(3), Unit.COPIES, NO_NUMBER, Fraction(1), Fraction(20)),
    Habit("check_months", _C, Text("两次履约检查的间隔", "Between two checks of a contract"),
          Fraction(6), Unit.MONTHS, OURS, Fraction(1), Fraction(12)),
    _days("correct_days", _C, Text("建议的整改期限", "Proposed for correcting a finding"),
          30, within=(1, 180)),
    _days("answer_days", _C, Text("请对方答复的期限", "In which an answer is asked for"),
          15, within=(1, 90)),
    _days("assess_days", _C,
          Text("期满前多久应完成评估", "Before its end a contract is to be assessed"),
          90, within=(1, 365)),
    _share("partial_weight", _C,
           Text("部分履行的条款计为", "What a partly kept clause counts of a whole one"),
           Fraction(1, 2), FORM_23),
    *(Habit(f"points.{item}", _A, ITEM_NAMES[item], Fraction(points), Unit.POINTS, FORM_23,
            high=Fraction(100)) for item, points in POINTS.items()),
    *(Habit(f"grade.{grade}", _G, GRADE_NAMES[grade], Fraction(least), Unit.POINTS, GRADE_SAYS,
            Fraction(1), Fraction(100)) for grade, least in GRADE_LIMITS.items()),
    _days("ahead_days", _F, Text("预报看到多远", "How far the forecast looks"),
          180, within=(30, 730)),
    _days("new_days", _F, Text("新登记企业算作新企业的时间", "An enterprise counts as new for"),
          180, within=(30, 365)),
    _days("look_back_days", _F,
          Text("期满合同继续跟踪的时间", "A contract that ran out is still asked after for"),
          730, within=(30, 1825)),
    _days("trigger_days", _F, Text("情况变化提示协商的时间", "An event calls for bargaining for"),
          365, within=(30, 730)),
    *(_norm(key, ground, of, norm[n]) for ground, norm in NORMS.items()
      for n, (key, of) in enumerate((("matter", MATTER), ("enterprise", ENTERPRISE)))),
    Habit("check", Group.NORMS, Text("履约检查：每次", "A performance check"), Fraction(1),
          Unit.DAYS, PLANNING, high=Fraction(10), whole=False),
    _share("share.full_time", _S, Text("专职指导员", "Full-time supervisors"),
           Fraction(3, 5), PLANS),
    _share("share.part_time", _S, Text("兼职指导员", "Part-time supervisors"),
           Fraction(1, 5), PLANS),
)  # fmt: skip
HABITS: Mapping[str, Habit] = {habit.key: habit for habit in _LIST}
