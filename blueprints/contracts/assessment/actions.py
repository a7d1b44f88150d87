"""The verbs of an assessment: reckoned from the record, commented, confirmed by another person."""

from sqlalchemy import select

from blueprints.contracts.assessment.figures import demands_from, figures_of, found_for
from blueprints.contracts.assessment.models import Assessment, AssessmentState
from blueprints.contracts.ground.models import TOOK_EFFECT, Contract
from blueprints.contracts.habits import values as habits
from rules.assessment import Result, assess, grade_of, tenths
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.numbering import document_number, take

STALE = Text(
    "这份评估刚被别人改过，请看过现在的内容再保存。",
    "Somebody else has just changed this assessment; look at it as it is now, then save again.",
)


def begin(contract: Contract, *, assessors: str, next_round: str, by_id: int) -> Assessment:
    """Score the term so far from what is on record; both sides see it before it is confirmed."""
    if contract.state not in TOOK_EFFECT or contract.effective_on is None:
        raise RuleBroken(Text("合同尚未生效，不能评估。", "The contract has not taken effect."))
    if of_contract(contract.id) is not None:
        raise RuleBroken(
            Text("每份合同每个期限评估一次，已有评估。", "It is assessed once a term, and was.")
        )
    assessment = Assessment(
        contract_id=contract.id,
        state=AssessmentState.DRAFT,
        assessed_on=today(),
        period_from=contract.effective_on,
        period_until=min(today(), contract.term_to or today()),
        assessors=assessors,
        next_round=next_round,
        made_by_id=by_id,
        lines=[],
        figures={},
        demands=[],
        version=1,
    )
    reckon(assessment, contract)
    db.session.add(assessment)
    trail.record(
        "assessment.begun", assessment, contract=contract.document_no,
        total=str(assessment.total) if assessment.total is not None else None,
    )  # fmt: skip
    return assessment


def revise(
    assessment: Assessment,
    contract: Contract,
    *,
    assessors: str,
    next_round: str,
    employer_comment: str | None,
    worker_comment: str | None,
    version: int,
) -> None:
    """What both sides say of it; the points are reckoned again from the record."""
    if assessment.state != AssessmentState.DRAFT:
        raise RuleBroken(Text("评估已经确认，不能再改。", "It was confirmed and stands."))
    if assessment.version != version:
        raise RuleBroken(STALE)
    assessment.assessors, assessment.next_round = assessors, next_round
    assessment.employer_comment, assessment.worker_comment = employer_comment, worker_comment
    assessment.assessed_on = today()
    assessment.period_until = min(today(), contract.term_to or today())
    reckon(assessment, contract)
    assessment.version += 1
    trail.record("assessment.revised", assessment)


def confirm(assessment: Assessment, *, by_id: int) -> None:
    """The upper union confirms; never whoever made it."""
    if assessment.state != AssessmentState.DRAFT:
        raise RuleBroken(Text("评估已经确认。", "It has been confirmed already."))
    if assessment.made_by_id == by_id:
        raise RuleBroken(
            Text("评估由他人确认。", "Another person confirms it."),
            Text("本会办法", "The federation's own measure"),
        )
    if assessment.total is None:
        raise RuleBroken(
            Text(
                "没有任何评分依据，请先完成一次履约检查。",
                "There is nothing to score by; hold a check first.",
            )
        )
    year = today().year
    number = take("assessment", year)[0]
    assessment.document_no = document_number("assessment", year, number)
    assessment.state, assessment.confirmed_by_id = AssessmentState.CONFIRMED, by_id
    assessment.confirmed_at = now()
    trail.record(
        "assessment.confirmed", assessment, number=assessment.document_no, grade=assessment.grade
    )


def reckon(assessment: Assessment, contract: Contract) -> None:
    """Points, grade and what to ask for next, out of the record as it stands."""
    found = found_for(contract, assessment.period_from, assessment.period_until)
    result = assess(found, habits.points())
    assessment.lines = [
        {
            "item": line.item.value,
            "points": float(line.points),
            "counted": float(tenths(line.counted)),
            "score": float(tenths(line.score)) if line.score is not None else None,
            "basis": line.basis.to_json(),
        }
        for line in result.lines
    ]
    assessment.said = result.said.to_json() if result.said else None
    _grade(assessment, result)
    assessment.figures = figures_of(contract, assessment.period_from, assessment.period_until)
    assessment.demands = demands_from(contract, assessment.period_from, assessment.period_until)


def _grade(assessment: Assessment, result: Result) -> None:
    total = assessment.total = result.total
    assessment.grade = None if total is None else grade_of(total, habits.grade_limits())


def of_contract(contract_id: int, *, lock: bool = False) -> Assessment | None:
    query = select(Assessment).where(Assessment.contract_id == contract_id)
    return db.session.scalar(query.with_for_update() if lock else query)
