"""The verbs of a finding: in writing to both chiefs, a day agreed, corrected, disputed.

The caller has locked the rows (`finding_queries.seen(lock=True)`), and commits.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from blueprints.contracts.ground.check_models import CheckState, PerformanceCheck
from blueprints.contracts.ground.parties import both_chiefs
from blueprints.contracts.ground.queries import get_contract
from blueprints.contracts.habits.values import answer_within
from blueprints.contracts.performance import check_queries
from blueprints.contracts.performance import finding_queries as queries
from blueprints.contracts.performance.finding_models import Finding, FindingState
from blueprints.contracts.performance.letters import rectification_values
from blueprints.notices.actions import post
from rules.broken import RuleBroken
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.numbering import document_number, take

MACHINE = "finding"
LETTER = "22b-rectification-notice"
STALE = Text(
    "这个问题刚被别人改过，请看过现在的内容再保存。",
    "Somebody else has just changed this finding; look at it as it is now, then save again.",
)


def amend(finding: Finding, *, remedy: str, due_on: date, evidence_id: int | None) -> None:
    """What is suggested, by when, and the proof; as long as nobody was told."""
    if finding.state != FindingState.NOTED:
        raise RuleBroken(
            Text("已书面告知，内容不能再改。", "It was put in writing and cannot be changed.")
        )
    finding.remedy, finding.due_on = remedy, due_on
    if evidence_id is not None:
        finding.evidence_id = evidence_id
    finding.version += 1
    trail.record("finding.amended", finding, remedy=remedy, due_on=due_on.isoformat())


def put(
    check: PerformanceCheck, remedies: Mapping[int, str] | None = None, *, by_id: int
) -> list[Finding]:
    """Every finding of a check in one letter to both chiefs, numbered and told at once."""
    if check.state != CheckState.HELD:
        raise RuleBroken(Text("检查尚未结束。", "The check is not over yet."))
    found = list(queries.noted(check.id, lock=True))
    if not found:
        raise RuleBroken(Text("没有待告知的问题。", "There is nothing to be put in writing."))
    told, answer_due = today(), today() + answer_within()
    for one in found:
        one.remedy = (remedies or {}).get(one.id) or one.remedy
        if not one.remedy.strip():
            raise RuleBroken(
                Text("请先写明每个问题的整改建议。", "First suggest a remedy for every finding.")
            )
        advance(MACHINE, one.state, "put", {"evidence_given": one.evidence_id is not None})
    values = rectification_values(check, found, on=told, answer_due_on=answer_due)
    year = told.year
    number = document_number("rectification", year, take("rectification", year)[0])
    for one in found:
        one.document_no, one.letter = number, values
        one.put_on, one.put_by_id, one.answer_due_on = told, by_id, answer_due
        _step(one, "put", evidence_given=True)
    trail.record_many("finding.put", [(one, {"number": number}) for one in found])
    tell_both_chiefs(check, found[0])
    return found


def tell_both_chiefs(check: PerformanceCheck, finding: Finding) -> None:
    """The letter to both sides; whoever has no address gets it on paper."""
    contract = get_contract(check.contract_id)
    for who in both_chiefs(contract, check.enterprise_id):
        post(
            "rectification", subject=check, recipient=who.key, name=who.name,
            address=who.address, text_id=LETTER, locale=who.locale, batch=("contract", contract.id),
            values={**finding.letter, "doc_no": finding.document_no, "addressee_name": who.name},
        )  # fmt: skip


def agree_plan(finding: Finding, *, plan_on: date, plan_text: str, version: int) -> None:
    """Both sides agree by when it will be done."""
    _fresh(finding, version)
    if plan_on < (finding.put_on or finding.noted_on):
        raise RuleBroken(Text("整改日期早于告知日期。", "The day agreed is before they were told."))
    finding.plan_on = finding.due_on = plan_on
    finding.plan_text = plan_text
    _step(finding, "agree_plan", date_agreed=True)
    trail.record("finding.planned", finding, due_on=plan_on.isoformat(), plan=plan_text)


def dispute(
    finding: Finding, *, worker_position: str, employer_position: str, version: int
) -> None:
    """The sides disagree; both positions are kept word for word."""
    _fresh(finding, version)
    given = bool(worker_position.strip() and employer_position.strip())
    finding.worker_position, finding.employer_position = worker_position, employer_position
    finding.disputed_on = today()
    _step(finding, "dispute", positions_recorded=given)
    trail.record("finding.disputed", finding)


def fix(
    finding: Finding,
    *,
    fixed_on: date,
    note: str,
    evidence_id: int | None,
    by_id: int,
    version: int,
) -> None:
    """Checked and found corrected."""
    _fresh(finding, version)
    finding.fixed_on, finding.fix_note, finding.fixed_by_id = fixed_on, note, by_id
    finding.fix_evidence_id = evidence_id
    _step(finding, "fix", correction_checked=bool(note.strip()) and fixed_on <= today())
    trail.record("finding.fixed", finding, fixed_on=fixed_on.isoformat(), note=note)


def facts_of(finding: Finding) -> dict[str, bool]:
    """What holds of a finding before anybody types, for the buttons of its page."""
    return {
        "evidence_given": finding.evidence_id is not None,
        "date_agreed": True,
        "correction_checked": True,
        "positions_recorded": True,
    }


def check_behind(finding: Finding) -> PerformanceCheck:
    return next(
        one for one in check_queries.of_contract(finding.contract_id) if one.id == finding.check_id
    )


def settled(findings: Sequence[Finding]) -> int:
    return sum(one.state == FindingState.FIXED for one in findings)


def _fresh(finding: Finding, version: int) -> None:
    if finding.version != version:
        raise RuleBroken(STALE)


def _step(finding: Finding, event: str, **known: bool) -> None:
    finding.state = advance(MACHINE, finding.state, event, known)
    finding.version += 1
    db.session.flush()
