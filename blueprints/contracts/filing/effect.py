"""How a contract comes into force and how its term ends: by letter, by silence, by time.

Each happens once. The database refuses a day of effect without receipt and either a letter of no
objection or the whole review period behind it, whoever asks.
"""

from datetime import date, timedelta

from blueprints.contracts.ground import clocks, queries
from blueprints.contracts.ground.contributions import tell_effective
from blueprints.contracts.ground.filing_models import FilingState, ReviewKind
from blueprints.contracts.ground.models import IN_FORCE, Contract, ContractState, EffectBasis
from blueprints.contracts.ground.moves import move, unmet
from blueprints.contracts.making.case_link import tell_case
from blueprints.contracts.membership import actions as members
from rules.broken import RuleBroken
from rules.words import Text
from tenants.clock import now, today
from tenants.db import db

ONE_DAY = timedelta(days=1)


def take_effect_by_letter(contract: Contract) -> None:
    """A letter of no objection was delivered: in force from the day of its delivery."""
    filing = queries.filings_of(contract.id)[0]
    review = queries.review_of(filing.id)
    if review is None or review.kind != ReviewKind.NO_OBJECTION:
        raise RuleBroken(Text("没有无异议意见。", "There is no letter of no objection."))
    _take_effect(contract, review.delivered_on, EffectBasis.LETTER)


def take_effect_by_silence(contract: Contract) -> bool:
    """In force from the instant the review period has ended without an objection.

    False while it runs, while the calendar of its last day is missing, or where the contract is
    in force already.
    """
    if contract.state != ContractState.FILED:
        return False
    filing = queries.filings_of(contract.id)[0]
    if filing.state != FilingState.FILED or filing.review_ends_on is None:
        return False
    clocks.settle_review_clock(filing, contract)
    if filing.review_clock.get("provisional") or filing.review_ends_on >= today():
        return False
    _take_effect(contract, filing.review_ends_on + ONE_DAY, EffectBasis.DEEMED)
    return True


def _take_effect(contract: Contract, on: date, basis: EffectBasis) -> None:
    filing = queries.filings_of(contract.id)[0]
    lacking = set(unmet(contract, on))
    clocks.start_publication_clock(contract, on)
    facts = {
        "receipt_on_file": "receipt_on_file" not in lacking,
        "no_objection": "no_objection" not in lacking,
    }
    filing.state = FilingState.PASSED
    # The day and the state in one statement: the database lets neither come without the other.
    contract.effective_on, contract.effective_at, contract.effective_basis = on, now(), basis
    move(contract, "take_effect", facts, on=on.isoformat(), basis=str(basis))
    members.activate_all(contract, on)
    tell_case(contract, "take_effect", **facts)
    replace(contract)
    tell_effective(contract)


def replace(contract: Contract) -> None:
    """What this contract takes the place of ends on the day it came into force."""
    if contract.supersedes_id is None or contract.effective_on is None:
        return
    earlier = queries.get_contract(contract.supersedes_id, lock=True)
    if earlier.state not in (*IN_FORCE, ContractState.EXPIRED):
        return
    if earlier.state != ContractState.EXPIRED:
        earlier.ended_on = contract.effective_on
    move(earlier, "renew", {"new_case_linked": True}, by=contract.document_no)
    tell_case(earlier, "keep", "renew", both_sides_agree=True, new_case_linked=True)
    members.release_all(earlier, contract.effective_on)


def expire(contract: Contract) -> bool:
    """Its term is over. False, and nothing is changed, where it is not."""
    over = contract.term_to is not None and contract.term_to < today()
    if contract.state not in IN_FORCE or not over or contract.term_to is None:
        return False
    contract.ended_on = contract.term_to + ONE_DAY
    move(contract, "expire", {"term_over": over})
    members.release_all(contract, contract.ended_on)
    tell_case(contract, "expire", term_over=over)
    db.session.flush()
    return True
