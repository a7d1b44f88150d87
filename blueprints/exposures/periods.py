"""The terms of the ladder and the exposure: from the rulebook, or the federation's own measure.

Where the place's rule is not confirmed, the longest of all that is known counts: confirmed periods
elsewhere, what the design suggests, and the federation's own setting, whose measure is named.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from blueprints.exposures.models import Exposure
from blueprints.rulebook import queries as rulebook
from rules.deadlines import Due, due
from rules.law import Period, Rule, Unit
from rules.words import Text
from tenants import trail
from tenants.federation import this_federation

DEMAND = "reminder.new_term_days"
OPINION = "supervision.opinion_reply_days"
AUTHORITY = "supervision.authority_decides_days"
RIGHT_OF_REPLY = "exposure.right_of_reply_days"
OBJECTION = "exposure.objection_decide_days"
WITHDRAW = "exposure.withdraw_days"
ONE_DAY = timedelta(days=1)
LONGEST_SHOWN = 90  # days, where the federation has set nothing shorter


@dataclass(frozen=True)
class Term:
    """A length of time, and on what it rests."""

    period: Period
    basis: Text
    confirmed: bool


def term(key: str, on: date) -> Term:
    """The term that holds for a key on a day: the law's, or the longest of all that is known.

    The federation's own setting lengthens what the enterprise is given, and shortens what the
    federation gives itself to decide.
    """
    known = floor(key, on)
    own = own_setting(key)
    if known.confirmed or own is None or not kinder(key, own, known.period.length):
        return known
    return Term(Period(own, known.period.unit), measure(), confirmed=False)


def kinder(key: str, own: int, known: int) -> bool:
    """Whether an own setting is kinder to the enterprise than what holds without it."""
    return own < known if key == OBJECTION else own > known


def floor(key: str, on: date) -> Term:
    """The same without the federation's own setting."""
    rule = rulebook.book(on).rule(key)
    if rule.confirmed and (period := rule.period):
        return Term(period, rule.citation, confirmed=True)
    unit = Unit(rule.unit)
    lengths = [one.length for one in rule.known if one.unit is unit]
    lengths += [n for n in (rule.suggested, rule.value) if isinstance(n, int)]
    return Term(Period(max(lengths), unit), measure(), confirmed=False)


def count(key: str, anchor: date) -> Due:
    """The last day of a term begun by an event on `anchor`, with its derivation."""
    known = term(key, anchor)
    rule = rulebook.book(anchor).rule(key)
    as_counted: Rule = replace(
        rule, value=known.period.length, unit=known.period.unit.value, lower=None
    )
    return due(as_counted, anchor, rulebook.sure_calendar(), conventions=rulebook.conventions())


def kept(found: Due, key: str) -> dict[str, Any]:
    """The count as it is stored beside its day: derivation, and the basis it rests on."""
    return {**found.to_json(), "basis": term(key, found.anchor_on).basis.to_json()}


def lengthen_window(exposure: Exposure) -> None:
    """Count the right of reply anew: a calendar that has changed since may only lengthen it."""
    served_on, ends_on = exposure.intent_served_on, exposure.window_ends_on
    if served_on is None or ends_on is None:
        return
    counted = count(RIGHT_OF_REPLY, served_on)
    if counted.on > ends_on:
        exposure.window_ends_on = counted.on
        exposure.clocks = {**exposure.clocks, "right_of_reply": kept(counted, RIGHT_OF_REPLY)}
        trail.record("exposure.window_lengthened", exposure, until=counted.on.isoformat())


def longest_shown() -> int:
    """How many days an announcement may stand at most."""
    own = own_setting("exposure.max_days")
    return min(own, LONGEST_SHOWN) if own else LONGEST_SHOWN


def own_setting(key: str) -> int | None:
    found = this_federation().settings.get("exposure", {}).get(key)
    return int(found) if found else None


def measure() -> Text:
    """The federation's own published measure, by its name where it has told us."""
    federation = this_federation()
    said = federation.settings.get("exposure", {})
    if named := said.get("measure"):
        number = said.get("measure_no")
        return Text(
            f"《{named}》（{number}）" if number else f"《{named}》",
            f"{named} ({number})" if number else named,
        )
    return Text(f"{federation.name}本会办法", f"the own measure of {federation.name_en}")


def last_shown_day(published_on: date, days: int) -> date:
    return published_on + timedelta(days=min(days, longest_shown()))
