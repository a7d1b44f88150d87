"""The clocks of a contract: filing, review, publication, report of its end; each with its count.

All from the rulebook of the place. Where the local rule is not confirmed the national one counts,
and the shortest known period is what reminds.
"""

from datetime import date
from typing import Any

from blueprints.contracts.ground.filing_models import Filing
from blueprints.contracts.ground.models import Contract, ContractKind
from blueprints.rulebook import queries as rulebook
from rules.broken import NoLaw
from rules.deadlines import Due, due
from rules.law import Kind, Rule

FILE, REVIEW, PUBLISH = "file.days", "review.days", "publish.days"
SUPPLEMENT, REPORT_END = "file.supplement_days", "change/terminate"
VOTE_REPORTED = "vote_reported"


def law_kind(contract: Contract) -> str:
    """Which of the place's clocks runs: a province may have one for wages and one for the rest."""
    return Kind.WAGE if contract.kind == ContractKind.WAGE else Kind.GENERAL


def rule_of(key: str, contract: Contract, on: date) -> Rule:
    return rulebook.book(on).rule(key, law_kind(contract))


def count(key: str, contract: Contract, anchor: date) -> Due | None:
    """The last day of a period that began on `anchor`; None where the place sets no period."""
    rule = rule_of(key, contract, anchor)
    if rule.period is None:
        return None
    return due(rule, anchor, rulebook.calendar(), conventions=rulebook.conventions())


def must_count(key: str, contract: Contract, anchor: date) -> Due:
    found = count(key, contract, anchor)
    if found is None:
        rule = rule_of(key, contract, anchor)
        raise NoLaw(rule.text, rule.citation)
    return found


def filing_anchor(contract: Contract) -> date | None:
    """From when the time to file runs: the signature, or the report of the vote (Shanghai)."""
    if contract.signed_on is None:
        return None
    if rule_of(FILE, contract, contract.signed_on).anchor == VOTE_REPORTED:
        return contract.vote_reported_on
    return contract.signed_on


def start_review_clock(filing: Filing, contract: Contract, received_on: date) -> date:
    """Count the review from the day the authority had everything; returns its last day."""
    found = must_count(REVIEW, contract, received_on)
    filing.review_ends_on, filing.review_clock = found.on, found.to_json()
    return found.on


def settle_review_clock(filing: Filing, contract: Contract) -> None:
    """Count a provisional review again once its calendar is there; it never ends earlier."""
    before, received_on = filing.review_ends_on, filing.supplied_on or filing.received_on
    if before is None or received_on is None or not filing.review_clock.get("provisional"):
        return
    found = must_count(REVIEW, contract, received_on)
    if not found.provisional:
        filing.review_ends_on, filing.review_clock = max(before, found.on), found.to_json()


def start_filing_clock(contract: Contract) -> None:
    """Count the time to file and keep the count; without an anchor no clock runs."""
    anchor = filing_anchor(contract)
    found = count(FILE, contract, anchor) if anchor else None
    contract.file_due_on = found.on if found else None
    contract.file_clock = kept(found)


def start_publication_clock(contract: Contract, effective_on: date) -> None:
    found = count(PUBLISH, contract, effective_on)
    contract.publish_due_on = found.on if found else None
    contract.publish_clock = kept(found)


def kept(found: Due | None) -> dict[str, Any]:
    """The count as it is stored beside its day."""
    return found.to_json() if found else {}


def explained(clock: dict[str, Any]) -> Due | None:
    """The count behind a date, as it was made then."""
    return Due.from_json(clock) if clock else None
