"""What the habits of the room are called, and where their defaults come from."""

from collections.abc import Mapping
from enum import StrEnum

from rules.words import Text


class Group(StrEnum):
    """The habits as they stand together on the page."""

    ACTING = "acting"
    FILING = "filing"
    CHECKS = "checks"
    POINTS = "points"
    GRADES = "grades"
    FORECAST = "forecast"
    NORMS = "norms"
    SHARES = "shares"


GROUP_WORDS: Mapping[str, Text] = {
    Group.ACTING: Text("上代下", "Acting for lower unions"),
    Group.FILING: Text("报送审查", "Filing"),
    Group.CHECKS: Text("检查、整改和评估", "Checks, corrections and assessment"),
    Group.POINTS: Text("履约评估的分值（合计100分）", "Points of an assessment (100 together)"),
    Group.GRADES: Text("等次的最低分", "Least points of each grade"),
    Group.FORECAST: Text("协商预报", "Forecast"),
    Group.NORMS: Text("指导员工作日定额", "Supervisor days"),
    Group.SHARES: Text("指导员用于协商的时间占比", "Share of a supervisor's time for bargaining"),
}
FORM_23 = Text("履约评估表（23号文书）", "Performance assessment (form 23)")
GRADE_SAYS = Text(
    "履约评估表（23号文书）：界限由本会评估办法确定",
    "Form 23 leaves the limits to the federation",
)
NO_NUMBER = Text(
    "当地材料清单写明份数的，从其规定；未写明的用此数",
    "Only where the list of the place names no number",
)
OURS = Text("法律未作规定", "No law sets it")
PLANNING = Text("供测算用工，不是考核指标", "For planning; no target")
PLANS = Text("供测算用工", "For planning")
