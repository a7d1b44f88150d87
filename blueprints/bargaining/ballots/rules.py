"""What the place's rule says of a vote: who votes, how many are needed, how early papers go out."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from blueprints.bargaining.ground.ballot_models import Manner, VotingUnit
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel
from blueprints.rulebook import queries as rulebook
from rules.ballots import Tally, needed
from rules.deadlines import due
from rules.findings import Finding
from rules.law import Period, Rule, Unit
from rules.words import Text

QUORUM, THRESHOLD = "vote.quorum", "vote.threshold"
PAPERS = "congress.materials_days"
BY_EACH = "each_enterprise_more_than_half_then_seal"


@dataclass(frozen=True)
class Needs:
    """How many of an electorate must be present, and how many must agree."""

    electorate: int
    quorum: int
    votes: int
    strict: int  # what "more than half" would need, where the place's rule is not confirmed


def needs(case: BargainingCase, electorate: int, on: date) -> Needs:
    """Counted over all who may vote, never over those present (Order 22, article 36)."""
    quorum, threshold = rule_for(case, QUORUM, on), rule_for(case, THRESHOLD, on)
    return Needs(
        electorate,
        needed(quorum, electorate),
        needed(threshold, electorate),
        electorate // 2 + 1,
    )


def frozen_rules(case: BargainingCase, on: date) -> dict[str, Any]:
    """The rules a round runs under, in words, as they stand on its day."""
    return {key: _kept(rule_for(case, key, on)) for key in (QUORUM, THRESHOLD)}


def _kept(rule: Rule) -> dict[str, Any]:
    return {
        "value": str(rule.value),
        "operator": rule.operator,
        "article": rule.citation.to_json(),
        "text": rule.text.to_json(),
        "label": rule.label.to_json(),
        "confirmed": rule.confirmed,
        "version": rule.version,
    }


def share_words(rule: dict[str, Any]) -> Text:
    """The share as people say it: 三分之二以上, 过半数."""
    share, more = Fraction(rule["value"]), rule["operator"] == ">"
    if share == Fraction(1, 2):
        return Text("过半数", "more than half") if more else Text("半数以上", "at least half")
    zh = f"{share.denominator}分之{share.numerator}"
    return Text(f"超过{zh}" if more else f"{zh}以上",
                f"more than {share}" if more else f"at least {share}")  # fmt: skip


def manner_of(case: BargainingCase, on: date) -> tuple[Manner, Text]:
    """Who votes by the rule of the place, and the article."""
    rule = rule_for(case, "industry.approval", on)
    if case.level != CaseLevel.ENTERPRISE and rule.value == BY_EACH:
        return Manner.EACH_ENTERPRISE, rule.citation
    cited = rule if rule.value and case.level != CaseLevel.ENTERPRISE else None
    return Manner.CONGRESS, (cited or rule_for(case, THRESHOLD, on)).citation


def faults_in_papers(case: BargainingCase, sent_on: date | None, held_on: date) -> list[Finding]:
    """Whether the papers went out early enough; unconfirmed, the longest known term is advised."""
    if sent_on is None or sent_on > held_on:
        text = Text(
            "请登记会议材料送交代表的日期，不得晚于会议日期。",
            "Record the day on which the papers were sent; it is not after the meeting.",
        )
        return [Finding(text, Text("《集体合同规定》第36条", "Order 22, art. 36"))]
    rule = rule_for(case, PAPERS, held_on)
    if rule.period is not None:
        counted = due(rule, held_on, rulebook.calendar(), conventions=rulebook.conventions())
        last, article, blocks = counted.on, rule.citation, rule.confirmed
    else:
        longest = max((one.length for one in rule.known if one.unit is Unit.DAY), default=0)
        if (held_on - sent_on).days >= longest:
            return []
        text = Text(
            f"当地规则尚未确认；已知最长的要求是会前{Period(longest, Unit.DAY).words.zh}送交。",
            f"The local rule is not confirmed; the longest known asks for {longest} days before.",
        )
        return [Finding(text, None, blocks=False)]
    if sent_on <= last:
        return []
    text = Text(f"材料最迟应当在{last.isoformat()}送交。",
                f"The papers should have been sent by {last.isoformat()}.")  # fmt: skip
    return [Finding(text, article, blocks=blocks)]


def tally_of(unit: VotingUnit) -> Tally:
    return Tally(
        unit.name, unit.electorate, unit.present or 0, unit.in_favour or 0, unit.against or 0,
        unit.abstained or 0, unit.invalid,
    )  # fmt: skip
