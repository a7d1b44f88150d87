"""Change, termination and succession: the same procedure once more, and what stands above what.

A contract in force is never rewritten. A change is a contract of its own that takes the place of
the earlier one on the day it comes into force; until then the earlier one binds.
"""

from datetime import date

from blueprints.contracts.ground import clocks, queries
from blueprints.contracts.ground.models import Contract, ContractState
from blueprints.contracts.ground.moves import move
from blueprints.contracts.making.case_link import tell_case
from blueprints.contracts.membership import actions as members
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import today


def agree_to_change(contract: Contract, reason: str, *, both_agree: bool) -> None:
    """Both sides agreed to change it (R22 39–41): it binds as it is until the change holds."""
    facts = {"both_sides_agree": both_agree, "reason_recorded": bool(reason.strip())}
    contract.agreed_reason = reason.strip()
    move(contract, "amend", facts, reason=reason.strip())
    tell_case(contract, "amend", **facts)


def agree_to_end(contract: Contract, reason: str, *, both_agree: bool) -> None:
    """Both sides agreed to end it early; the congress still has to pass that."""
    facts = {"both_sides_agree": both_agree, "reason_recorded": bool(reason.strip())}
    contract.agreed_reason = reason.strip()
    move(contract, "terminate", facts, reason=reason.strip())
    tell_case(contract, "terminate", **facts)


def keep(contract: Contract, *, both_agree: bool) -> None:
    """Neither changed nor ended: it stays as it is."""
    move(contract, "keep", {"both_sides_agree": both_agree})
    tell_case(contract, "keep", both_sides_agree=both_agree)


def end(contract: Contract, *, on: date, voted_on: date, passed: bool) -> None:
    """The congress passed the termination: nobody is bound from this day on; the report is due."""
    if not voted_on <= on <= today():
        raise RuleBroken(
            Text("解除日期应在表决之后、今天之前。", "It ends after the vote and not after today.")
        )
    contract.ended_on, contract.ended_reason = on, contract.agreed_reason or ""
    due = clocks.count(clocks.REPORT_END, contract, on)
    contract.end_report_due_on = due.on if due else None
    facts = {"termination_passed": passed}
    move(contract, "end", facts, on=on.isoformat(), voted_on=voted_on.isoformat())
    members.release_all(contract, on)
    tell_case(contract, "end", **facts)


def report_end(contract: Contract, *, on: date) -> None:
    """The authority was told that it ended."""
    if contract.state != ContractState.TERMINATED or on > today():
        raise RuleBroken(Text("请在解除后登记。", "Record it once the contract has ended."))
    contract.end_reported_on = on
    trail.record("contract.end_reported", contract, on=on.isoformat())


def chain(contract: Contract) -> list[Contract]:
    """The contracts before this one, the nearest first."""
    found: list[Contract] = []
    at = contract
    while at.supersedes_id is not None and len(found) < 50:
        at = queries.get_contract(at.supersedes_id)
        found.append(at)
    return found
