"""Clauses of a contract taken over from a sheet, recorded afterwards so that they can be checked.

A contract that was bargained here has the clauses that were voted on, and no others: the database
refuses to change them.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from blueprints.contracts.ground.check_models import CheckState, ClauseFact, PerformanceCheck
from blueprints.contracts.ground.models import TOOK_EFFECT, Contract, ContractClause, Origin
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db

VOTED_ON = Text(
    "这份合同的条款经过表决，不能补录或者改动。",
    "The clauses of this contract were voted on; none is added or changed.",
)
SIGNED = Text(
    "双方已就这一条签过检查记录，不能再改。",
    "Both sides signed a check of this clause; it cannot be changed.",
)


def may_be_recorded(contract: Contract) -> bool:
    """Whether clauses come from a sheet's paper rather than from a vote."""
    return contract.origin == Origin.IMPORTED and contract.state in TOOK_EFFECT


def record_clause(contract: Contract, said: Mapping[str, Any]) -> ContractClause:
    """Copy a clause out of the signed paper. Raises RuleBroken for a contract voted on here."""
    _demand_taken_over(contract)
    last = select(func.max(ContractClause.position)).where(
        ContractClause.contract_id == contract.id
    )
    clause = ContractClause(
        contract_id=contract.id, position=int(db.session.scalar(last) or 0) + 1, **said
    )
    db.session.add(clause)
    db.session.flush()
    trail.record("contract.clause_recorded", contract, clause=f"{clause.number} {clause.title}")
    return clause


def correct_clause(contract: Contract, clause: ContractClause, said: Mapping[str, Any]) -> None:
    """Put right what was copied wrongly, until both sides have signed a check of it."""
    _demand_taken_over(contract)
    if _signed(clause):
        raise RuleBroken(SIGNED)
    changed = {
        name: [str(getattr(clause, name) or ""), str(value or "")]
        for name, value in said.items()
        if getattr(clause, name) != value
    }
    for name, value in said.items():
        setattr(clause, name, value)
    if changed:
        trail.record("contract.clause_corrected", contract, clause=clause.number, changed=changed)


def _demand_taken_over(contract: Contract) -> None:
    if not may_be_recorded(contract):
        raise RuleBroken(VOTED_ON)


def _signed(clause: ContractClause) -> bool:
    query = (
        select(func.count())
        .select_from(ClauseFact)
        .join(
            PerformanceCheck,
            (PerformanceCheck.tenant_id == ClauseFact.tenant_id)
            & (PerformanceCheck.id == ClauseFact.check_id),
        )
        .where(ClauseFact.clause_id == clause.id, PerformanceCheck.state == CheckState.HELD)
    )
    return bool(db.session.scalar(query))
