"""Does a vote pass: a quorum of those present, and a majority of all delegates in every unit.

Order 22, article 36: two thirds must be present, and at least half of *all* delegates or staff
must agree. Some places want more than half. Votes are never counted over those present.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from rules.findings import Finding
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.law import Rule


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of one voting unit, a congress or one enterprise."""

    unit: str
    total: int
    present: int
    in_favour: int
    against: int
    abstained: int
    invalid: int = 0

    @property
    def papers(self) -> int:
        return self.in_favour + self.against + self.abstained + self.invalid


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one unit's vote came out, with the numbers that were needed."""

    unit: str
    quorum_needed: int
    quorum_met: bool
    votes_needed: int
    passed: bool
    text: Text
    article: Text


def needed(rule: Rule, total: int) -> int:
    """The fewest that satisfy a share: of 90, "at least half" is 45 and "more than half" is 46."""
    exact = _share(rule) * total
    whole = exact.numerator // exact.denominator
    if rule.operator == ">":
        return whole + 1
    return whole + (exact.denominator != 1)


def _share(rule: Rule) -> Fraction:
    return Fraction(rule.value) if isinstance(rule.value, Fraction | int) else Fraction(1)


def faults_in(tally: Tally) -> list[Finding]:
    """Why these numbers cannot be right."""
    wrong = [
        (
            min(tally.total, tally.present, tally.in_favour, tally.against) < 0
            or min(tally.abstained, tally.invalid) < 0
            or tally.total < 1,
            Text(
                zh="人数和票数不能为负数，代表总数至少为1。",
                en="Numbers may not be negative and there must be a delegate.",
            ),
        ),
        (
            tally.present > tally.total,
            Text(zh="出席人数多于代表总数。", en="More are present than there are delegates."),
        ),
        (
            tally.papers > tally.present,
            Text(zh="票数合计多于出席人数。", en="There are more votes than people present."),
        ),
    ]
    return [Finding(text, None, tally.unit) for broken, text in wrong if broken]


def outcome(tally: Tally, quorum: Rule, threshold: Rule) -> Outcome:
    """The result of one voting unit under the rules of its place."""
    present, votes = needed(quorum, tally.total), needed(threshold, tally.total)
    quorum_met = tally.present >= present
    passed = quorum_met and tally.in_favour >= votes and not faults_in(tally)
    if not quorum_met:
        text = Text(
            zh=f"应到{tally.total}人，实到{tally.present}人，至少需要{present}人出席，不能表决。",
            en=f"{tally.present} of {tally.total} are present and {present} are needed: no vote.",
        )
    else:
        zh, en = (
            ("表决通过", "The vote passed") if passed else ("表决未通过", "The vote did not pass")
        )
        text = Text(
            zh=f"{zh}：代表总数{tally.total}，同意{tally.in_favour}，需要{votes}。",
            en=f"{en}: {tally.in_favour} of {tally.total} in favour, {votes} needed.",
        )
    article = threshold.citation if quorum_met else quorum.citation
    return Outcome(tally.unit, present, quorum_met, votes, passed, text, article)


def passes_everywhere(outcomes: Iterable[Outcome]) -> bool:
    """True when there is a voting unit and every one of them passed the draft."""
    results = [one.passed for one in outcomes]
    return bool(results) and all(results)
