"""The verbs of a check: planned, prepared clause by clause, held and signed, or called off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from blueprints.contracts.ground.check_models import CheckState, ClauseFact, PerformanceCheck
from blueprints.contracts.ground.contributions import when_effective
from blueprints.contracts.ground.models import IN_FORCE, Contract, ContractClause
from blueprints.contracts.ground.queries import clauses
from blueprints.contracts.habits.values import check_months, correct_within
from blueprints.contracts.performance import check_queries as queries
from blueprints.contracts.performance.finding_models import Finding
from blueprints.rulebook.queries import name_of
from rules.broken import RuleBroken
from rules.performance import Result, stretches
from rules.reckoning import add_months
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.numbering import take

GAPS = (Result.PARTLY, Result.NOT_KEPT)
STALE = Text(
    "这次检查刚被别人改过，请看过现在的内容再保存。",
    "Somebody else has just changed this check; look at it as it is now, then save again.",
)
OVER = Text("这次检查已经结束，不能再改。", "This check is over and cannot be changed.")


@dataclass(frozen=True)
class Signed:
    """How a check ended: who checked, whom they asked, what both sides say of it."""

    held_on: date
    worker_monitor: str
    employer_monitor: str | None = None
    interviewed: int | None = None
    interviewed_aware: int | None = None
    interview_text: str | None = None
    posted: bool | None = None
    posting_place: str | None = None
    worker_comment: str | None = None
    employer_comment: str | None = None


@when_effective
def plan_checks(contract: Contract) -> None:
    """A check after every stretch of the term, planned once, when the contract takes effect."""
    if contract.effective_on is None or contract.term_to is None:
        return
    first = max(contract.effective_on, contract.term_from or contract.effective_on)
    for stretch in stretches(first, contract.term_to, check_months()):
        if add_months(stretch.first, 1) <= stretch.last:
            plan(contract, planned_on=stretch.last, period=(stretch.first, stretch.last))


def plan(
    contract: Contract,
    *,
    planned_on: date,
    period: tuple[date, date],
    enterprise_id: int | None = None,
    owner_id: int | None = None,
    joint: bool = True,
) -> PerformanceCheck:
    """Plan a check of what was to be done in a period."""
    if contract.state not in IN_FORCE:
        raise RuleBroken(
            Text("合同尚未生效或者已经终止，不安排检查。", "Only a contract in force is checked.")
        )
    check = PerformanceCheck(
        contract_id=contract.id,
        enterprise_id=enterprise_id,
        planned_on=planned_on,
        owner_id=owner_id,
        joint=joint,
        period_from=period[0],
        period_until=period[1],
        state=CheckState.PLANNED,
        version=1,
    )
    db.session.add(check)
    trail.record(
        "check.planned", check, contract=contract.document_no, planned_on=planned_on.isoformat(),
        period=[day.isoformat() for day in period],
    )  # fmt: skip
    return check


def change(
    check: PerformanceCheck, *, planned_on: date, owner_id: int | None, joint: bool, version: int
) -> None:
    """Another day, another person; refused when somebody else changed it meanwhile."""
    editable(check, version)
    was = check.planned_on
    check.planned_on, check.owner_id, check.joint = planned_on, owner_id, joint
    check.version += 1
    trail.record(
        "check.changed", check, owner=name_of(owner_id),
        changed={"planned_on": [was.isoformat(), planned_on.isoformat()]},
    )  # fmt: skip


def call_off(check: PerformanceCheck, reason: str) -> None:
    editable(check)
    if not reason.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    check.state, check.cancelled_reason = CheckState.CANCELLED, reason.strip()
    trail.record("check.called_off", check, reason=reason)


def save_fact(
    check: PerformanceCheck, clause: ContractClause, found: Mapping[str, Any]
) -> ClauseFact:
    """What was found of one clause; saved again, the last word counts until both have signed."""
    editable(check)
    if clause.contract_id != check.contract_id:
        raise RuleBroken(Text("不是这份合同的条款。", "It is not a clause of this contract."))
    fact = queries.fact_of(check.id, clause.id)
    if fact is None:
        fact = ClauseFact(check_id=check.id, clause_id=clause.id)
        db.session.add(fact)
    for name, value in found.items():
        setattr(fact, name, value)
    trail.record("check.clause_checked", check, clause=clause.number, result=fact.result)
    return fact


def hold(check: PerformanceCheck, signed: Signed, *, by_id: int) -> list[Finding]:
    """Both sides sign; every promise not wholly kept becomes a finding."""
    editable(check)
    facts = queries.facts_of(check.id)
    if not facts:
        raise RuleBroken(Text("还没有检查任何条款。", "No clause has been checked yet."))
    if check.joint and not signed.employer_monitor:
        raise RuleBroken(
            Text("共同检查须由双方监督员签名。", "A joint check is signed by both sides.")
        )
    for name in signed.__dataclass_fields__:
        setattr(check, name, getattr(signed, name))
    check.worker_signed_at = now()
    check.employer_signed_at = now() if signed.employer_monitor else None
    check.document_no = number_of(signed.held_on.year)
    check.state, check.recorded_by_id = CheckState.HELD, by_id
    check.version += 1
    db.session.flush()
    found = [noted(check, fact, signed.held_on) for fact in facts if fact.result in GAPS]
    db.session.add_all(found)
    trail.record(
        "check.held", check, number=check.document_no, checked_on=signed.held_on.isoformat(),
        clauses=len(facts), findings=len(found),
    )  # fmt: skip
    return found


def noted(check: PerformanceCheck, fact: ClauseFact, on: date) -> Finding:
    return Finding(
        contract_id=check.contract_id,
        check_id=check.id,
        clause_id=fact.clause_id,
        enterprise_id=check.enterprise_id,
        noted_on=on,
        fact="；".join(filter(None, (fact.done_quantity, fact.gap_reason))),
        remedy="",
        evidence_id=fact.evidence_id,
        due_on=fact.fix_on or on + correct_within(),
    )


def number_of(year: int) -> str:
    """履检2026-018: the next number of the checklists of a year."""
    return f"履检{year}-{take('check', year)[0]:03}"


def editable(check: PerformanceCheck, version: int | None = None) -> None:
    """Raises RuleBroken once it is over, or when it was changed since it was looked at."""
    if check.state != CheckState.PLANNED:
        raise RuleBroken(OVER)
    if version is not None and check.version != version:
        raise RuleBroken(STALE)


def clause_in(contract: Contract, clause_id: int) -> ContractClause | None:
    return next((one for one in clauses(contract) if one.id == clause_id), None)


def default_period(contract: Contract) -> tuple[date, date]:
    """What a check planned by hand looks at: since the last one, until today."""
    last = queries.last_held(contract.id)
    begin = contract.effective_on or today()
    if last is not None:
        begin = max(begin, last.period_until + timedelta(days=1))
    return min(begin, today()), today()
