"""What the place's rule says of meetings: who presides, who signs, how long a pause may last."""

from collections.abc import Sequence
from datetime import date

from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.meeting_models import Attendance
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.rulebook import queries as rulebook
from rules.deadlines import due
from rules.findings import Finding
from rules.law import Rule
from rules.words import Text

WORKERS, EMPLOYER, BOTH = "workers", "employer", "both"


def chair_of(case: BargainingCase, number: int) -> str:
    """Which side's chief presides over the n-th meeting: `workers`, `employer` or `both`.

    Order 22, article 34: the chiefs in turn. Where a place has the offering side preside first,
    that is the side that made the offer; ours are made by the workers' side.
    """
    value = rule_for(case, "meeting.chair").value
    if value == "chiefs_jointly":
        return BOTH
    return WORKERS if number % 2 else EMPLOYER


def all_sign(case: BargainingCase) -> bool:
    """Whether every representative who was there signs, or the chiefs alone."""
    return rule_for(case, "minutes.sign").value == "all_representatives"


def signers_of(case: BargainingCase, rows: Sequence[Attendance]) -> list[Attendance]:
    """Who of those that came must sign the minutes."""
    whole = all_sign(case)
    return [one for one in rows if one.present and (whole or one.chief)]


def faults_in_suspension(
    case: BargainingCase,
    from_on: date,
    until_on: date,
    earlier_days: int,
    *,
    force_majeure: bool,
) -> list[Finding]:
    """What the place's rule says against a suspension: its ground, or its cap over all of them."""
    rule = rule_for(case, "suspension", from_on)
    if rule.value == "force_majeure_only" and not force_majeure:
        text = Text("当地规定仅因不可抗力可以中止协商。",
                    "Here bargaining may be suspended for force majeure only.")  # fmt: skip
        return [Finding(text, rule.citation)]
    last = cap_of(case, from_on, rule)
    if last is None or (until_on - from_on).days + earlier_days <= (last - from_on).days:
        return []
    most, whole = (last - from_on).days, (until_on - from_on).days + earlier_days
    text = Text(
        f"中止期限累计最长{most}日，本次连同以前的中止共{whole}日。",
        f"Suspensions may last {most} days in all; with this one they would be {whole}.",
    )
    return [Finding(text, rule.citation)]


def cap_of(case: BargainingCase, from_on: date, rule: Rule | None = None) -> date | None:
    """The last day until which bargaining may be suspended from a day on; None without a cap."""
    rule = rule or rule_for(case, "suspension", from_on)
    if rule.period is None:
        return None
    return due(rule, from_on, rulebook.calendar(), conventions=rulebook.conventions()).on
