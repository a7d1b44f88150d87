"""The yearly report to the congress, and wage facts by half-year where the place asks for them.

When a contract takes effect every report of its term is put down with its last day and derivation.
Where no rule of the place is known the report is planned all the same, as our own habit.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.check_models import CheckState, PerformanceCheck
from blueprints.contracts.ground.contributions import when_effective
from blueprints.contracts.ground.labels import titled
from blueprints.contracts.ground.models import Contract, ContractKind
from blueprints.contracts.ground.sources import RATES, NotSurveyed, survey_of
from blueprints.contracts.habits.values import partial_weight
from blueprints.contracts.performance import check_queries
from blueprints.contracts.performance.letters import law_kind
from blueprints.contracts.reports.models import PerformanceReport, ReportState, WageFact
from blueprints.rulebook import queries as rulebook
from rules.broken import RuleBroken
from rules.deadlines import Due, due
from rules.performance import YEAR, Result, Stretch, Tally, reported_by, reporting, stretches
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

RULE = "performance.report"
NONE_GIVEN = Text("无", "none")
OUR_HABIT = Text("本会履约监督工作安排", "our own arrangements for watching performance")


@when_effective
def plan_reports(contract: Contract) -> None:
    """Every report of the term and, where the place wants them, wages by half-year; only once."""
    if contract.effective_on is None or contract.term_to is None:
        return
    first = max(contract.effective_on, contract.term_from or contract.effective_on)
    rule = rulebook.book(first).rule(RULE, law_kind(contract))
    calendar, counting = rulebook.calendar(), rulebook.conventions()
    asked = reporting(rule)
    for stretch in stretches(first, contract.term_to, asked.report or YEAR):
        found = reported_by(rule, stretch, asked.report or YEAR, calendar, counting)
        db.session.add(
            PerformanceReport(
                contract_id=contract.id, period_from=stretch.first, period_until=stretch.last,
                due_on=found.on, clock=found.to_json(), state=ReportState.DUE,
            )
        )  # fmt: skip
    if asked.wages and contract.kind != ContractKind.SPECIAL:
        for stretch in stretches(first, contract.term_to, asked.wages):
            found = reported_by(rule, stretch, asked.wages, calendar, counting)
            db.session.add(_half(contract, stretch, found))
    trail.record("report.planned", contract, rule_confirmed=asked.confirmed)


def _half(contract: Contract, stretch: Stretch, found: Due) -> WageFact:
    return WageFact(
        contract_id=contract.id, half_from=stretch.first, half_until=stretch.last,
        due_on=found.on, clock=found.to_json(),
    )  # fmt: skip


def write(
    report: PerformanceReport,
    *,
    problems: str,
    remarks: int | None,
    remarks_settled: int | None,
    remarks_text: str | None,
    by_id: int,
) -> None:
    """Draw the report up from what the checks of its period found; again, until it was heard."""
    if report.state == ReportState.PRESENTED:
        raise RuleBroken(Text("已向职工代表大会报告。", "The congress has heard it already."))
    report.problems, report.remarks = problems, remarks
    report.remarks_settled, report.remarks_text = remarks_settled, remarks_text
    report.letter = values_of(report)
    report.written_at, report.written_by_id = now(), by_id
    report.state = ReportState.WRITTEN
    trail.record("report.written", report, until=report.period_until.isoformat())


def present(report: PerformanceReport, *, on: date, congress: str, evidence_id: int | None) -> None:
    """When and to whom it was reported."""
    if report.state != ReportState.WRITTEN:
        raise RuleBroken(Text("报告尚未写好。", "The report has not been written."))
    report.presented_on, report.congress, report.evidence_id = on, congress, evidence_id
    report.state = ReportState.PRESENTED
    trail.record("report.presented", report, on=on.isoformat(), congress=congress)


def record_wages(
    fact: WageFact, said: Mapping[str, Any], *, evidence_id: int | None = None, by_id: int
) -> None:
    """What was paid in a half-year, when it was published, and what shows it."""
    for name, value in said.items():
        setattr(fact, name, value)
    fact.evidence_id = evidence_id or fact.evidence_id
    fact.recorded_by_id = by_id
    trail.record("wages.recorded", fact, half_from=fact.half_from.isoformat())


def values_of(report: PerformanceReport) -> dict[str, Any]:
    """Form 22c out of the record, frozen as it is today."""
    contract = queries.get_contract(report.contract_id)
    rows = check_queries.facts_under(contract.id, report.period_from, report.period_until)
    latest = {fact.clause_id: fact for fact, _held_on in rows}  # the last check counts
    tally = Tally.of(fact.result for fact in latest.values())
    rate = tally.rate(partial_weight())
    enterprises, workers = queries.bound_counts([contract.id], today()).get(contract.id, (0, 0))
    opens = renewal_of(contract)
    rule = rulebook.book(today()).rule(RULE, law_kind(contract))
    return {
        "contract_title": titled(contract).to_json(),
        "report_year": year_of(report.period_from, report.period_until),
        "performance_rule_article": (rule.citation if rule.value else OUR_HABIT).to_json(),
        "period_from": report.period_from.isoformat(),
        "period_until": report.period_until.isoformat(),
        "check_count": checks_held(contract.id, report.period_from, report.period_until),
        "scope_enterprise_count": enterprises,
        "scope_worker_count": workers,
        "clauses_due_count": tally.due,
        "clauses_full_count": tally.kept,
        "clauses_partial_count": tally.partly,
        "clauses_not_count": tally.not_kept,
        "clauses_disputed_count": tally.disputed,
        "performance_rate": float(rate) if rate is not None else "—",
        "clause_checks": list(_lines(contract, latest)),
        "complaint_count": report.remarks or 0,
        "complaint_closed_count": report.remarks_settled or 0,
        "complaint_text": report.remarks_text or NONE_GIVEN.to_json(),
        **_surveyed(report),
        "report_problem_text": report.problems or NONE_GIVEN.to_json(),
        "contract_until": contract.term_to and contract.term_to.isoformat(),
        "renewal_opens_on": opens.on.isoformat(),
        "renewal_rule_article": opens.citation.to_json(),
        "worker_chief_name": contract.worker_chief or "—",
        "employer_chief_name": contract.employer_chief or "—",
        "issued_on": today().isoformat(),
    }


def year_of(first: date, last: date) -> int:
    """The year a report is called by: that in which the middle of its period lies."""
    return (first + (last - first) / 2).year


def _surveyed(report: PerformanceReport) -> dict[str, Any]:
    survey = survey_of(report.contract_id, report.period_from, report.period_until)
    if isinstance(survey, NotSurveyed):
        none: dict[str, Any] = {f"{name}_rate": "—" for name in RATES}
        return {**none, "survey_version": survey.why.to_json(), "valid_answer_count": 0}
    return {
        **{f"{name}_rate": float(getattr(survey, name).share) for name in RATES},
        "survey_version": survey.instrument,
        "valid_answer_count": survey.answers,
    }


def _lines(contract: Contract, latest: Mapping[int, Any]) -> Iterator[dict[str, Any]]:
    words = {
        Result.KEPT: Text("已落实", "done"),
        Result.PARTLY: Text("部分落实", "partly done"),
        Result.NOT_KEPT: Text("未落实", "not done"),
        Result.NOT_DUE: Text("未到期", "not yet due"),
        Result.DISPUTED: Text("有争议", "disputed"),
    }
    for clause in queries.clauses(contract):
        fact = latest.get(clause.id)
        if fact is not None:
            yield {
                "clause_no": clause.number,
                "clause_promise": clause.title,
                "clause_done_quantity": fact.done_quantity or words[fact.result].to_json(),
                "clause_beneficiaries": fact.beneficiaries,
                "clause_gap_reason": fact.gap_reason or "—",
            }


def renewal_of(contract: Contract) -> Due:
    """When renewal may first be proposed, and why."""
    if contract.term_to is None:
        raise RuleBroken(Text("合同没有期限。", "The contract has no term."))
    rule = rulebook.book(contract.term_to).rule("renewal.window", law_kind(contract))
    return due(rule, contract.term_to, rulebook.calendar(), conventions=rulebook.conventions())


def checks_held(contract_id: int, first: date, last: date) -> int:
    query = select(func.count()).where(
        PerformanceCheck.contract_id == contract_id,
        PerformanceCheck.state == CheckState.HELD,
        PerformanceCheck.period_until.between(first, last),
    )
    return int(db.session.scalar(query) or 0)
