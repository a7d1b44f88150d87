"""What an assessment is reckoned from: checks, publications, reports, findings and surveys."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import func, or_, select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.check_models import CheckState, PerformanceCheck
from blueprints.contracts.ground.filing_models import PublicationKind
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.sources import NotSurveyed, survey_of
from blueprints.contracts.habits import values as habits
from blueprints.contracts.performance import check_queries
from blueprints.contracts.performance.finding_models import Finding
from blueprints.contracts.reports import queries as report_queries
from blueprints.contracts.reports.models import ReportState
from rules.assessment import Found, Item
from rules.performance import Result, Tally
from rules.words import Text
from tenants.clock import today
from tenants.db import db

FULL, HALF, FIFTH = Fraction(1), Fraction(1, 2), Fraction(1, 5)
POSTED, SUMMARY, REPORTED = HALF, Fraction(3, 10), FIFTH  # 5, 3 and 2 of 10 points: form 23


def found_for(contract: Contract, first: date, last: date) -> Mapping[Item, Found]:
    facts = latest_facts(contract.id, first, last)
    tally = Tally.of(fact.result for fact in facts.values())
    share = tally.settled_rate(habits.partial_weight())
    return {
        Item.FULFILMENT: Found(
            share,
            Text(
                f"检查条款{tally.checked}条，全部履行{tally.kept}条，部分{tally.partly}条，"
                f"未履行{tally.not_kept}条；未到期{tally.not_due}条、有争议{tally.disputed}条不计入",
                f"{tally.checked} clauses checked: {tally.kept} kept, {tally.partly} partly, "
                f"{tally.not_kept} not; left out: {tally.not_due} not due, "
                f"{tally.disputed} disputed",
            )
            if tally.checked
            else Text("尚无履约检查", "no check was held yet"),
        ),
        Item.TIMELINESS: timeliness(facts.values()),
        Item.PUBLICITY: publicity(contract),
        Item.SUPERVISION: supervision(contract.id, last),
        Item.RECTIFICATION: rectification(contract.id, last),
        Item.WORKERS: workers(contract.id, first, last),
    }


def workers(contract_id: int, first: date, last: date) -> Found:
    """How many of the workers who answered are satisfied; the other two rates stand beside it."""
    survey = survey_of(contract_id, first, last)
    if isinstance(survey, NotSurveyed):
        return Found(None, survey.why)
    return Found(
        survey.satisfaction.share,
        Text(
            f"发放问卷{survey.asked}份，有效{survey.answers}份：知晓率{survey.awareness}，"
            f"参与率{survey.participation}，满意率{survey.satisfaction}；问卷版本{survey.instrument}",
            f"{survey.answers} valid forms of {survey.asked} asked: aware {survey.awareness}, took "
            f"part {survey.participation}, satisfied {survey.satisfaction}; {survey.instrument}",
        ),
    )


def timeliness(facts: Any) -> Found:
    """Of the clauses done that have a day, how many were done by it."""
    timed = [fact.in_time for fact in facts if fact.in_time is not None]
    if not timed:
        return Found(None, Text("没有登记按时情况", "nobody recorded whether it was in time"))
    kept = sum(timed)
    return Found(
        Fraction(kept, len(timed)),
        Text(f"{len(timed)}条中{kept}条按时", f"{kept} of {len(timed)} clauses in time"),
    )


def publicity(contract: Contract) -> Found:
    """Full text posted, and the report heard; the summary hangs with the text."""
    posted = [
        one for one in queries.publications_of(contract.id) if one.kind == PublicationKind.WORKERS
    ]
    reports = report_queries.of_contract(contract.id)
    due = [one for one in reports if one.due_on <= today() or one.state == ReportState.PRESENTED]
    heard = sum(one.state == ReportState.PRESENTED for one in due)
    share = (POSTED + SUMMARY if posted else Fraction(0)) + (
        REPORTED * Fraction(heard, len(due)) if due else REPORTED
    )
    return Found(
        share,
        Text(
            f"公布记录{len(posted)}处；应报告{len(due)}次，已报告{heard}次",
            f"posted at {len(posted)} places; {heard} of {len(due)} reports heard",
        ),
    )


def supervision(contract_id: int, until: date) -> Found:
    """Checks held as planned, and findings put in writing; full points where none were found."""
    planned, held = db.session.execute(
        select(
            func.count().filter(PerformanceCheck.planned_on <= until),
            func.count().filter(
                PerformanceCheck.planned_on <= until, PerformanceCheck.state == CheckState.HELD
            ),
        ).where(
            PerformanceCheck.contract_id == contract_id,
            PerformanceCheck.state != CheckState.CANCELLED,
        )
    ).one()
    found, put = _findings(contract_id, Finding.put_on.is_not(None))
    if not planned and not held:
        return Found(None, Text("尚无到期的检查计划", "no check was due yet"))
    share = HALF * Fraction(held, planned) + (HALF * Fraction(put, found) if found else HALF)
    return Found(
        share,
        Text(
            f"计划检查{planned}次，完成{held}次；发现问题{found}件，书面告知{put}件",
            f"{held} of {planned} checks held; {put} of {found} findings put in writing",
        ),
    )


def rectification(contract_id: int, until: date) -> Found:
    """Corrected in time of what was to be corrected by then; full points where nothing was."""
    settled = Finding.fixed_on <= Finding.due_on
    _, whole = _findings(contract_id, or_(Finding.due_on <= until, settled))
    _, in_time = _findings(contract_id, settled)
    if not whole:
        return Found(FULL, Text("没有应整改事项，按满分计", "nothing was to be corrected"))
    return Found(
        Fraction(in_time, whole),
        Text(f"应整改{whole}件，按期{in_time}件", f"{in_time} of {whole} corrected in time"),
    )


def _findings(contract_id: int, *conditions: Any) -> tuple[int, int]:
    """All findings of a contract, and how many of them meet a condition."""
    whole, some = db.session.execute(
        select(func.count(), func.count().filter(*conditions)).where(
            Finding.contract_id == contract_id
        )
    ).one()
    return int(whole), int(some)


def latest_facts(contract_id: int, first: date, last: date) -> dict[int, Any]:
    """The last thing found of each clause within a period."""
    rows = check_queries.facts_under(contract_id, first, last)
    return {fact.clause_id: fact for fact, _held_on in rows}


def figures_of(contract: Contract, first: date, last: date) -> dict[str, Any]:
    tally = Tally.of(fact.result for fact in latest_facts(contract.id, first, last).values())
    rate, survey = tally.settled_rate(habits.partial_weight()), survey_of(contract.id, first, last)
    found = None if isinstance(survey, NotSurveyed) else survey
    return {
        "performance_rate": float(rate) if rate is not None else None,
        "satisfaction_rate": float(found.satisfaction.share) if found else None,
        "valid_answers": found.answers if found else 0,
        "survey": found.to_json() if found else None,
        "disputed": tally.disputed,
    }


def demands_from(contract: Contract, first: date, last: date) -> list[dict[str, Any]]:
    """What was not wholly kept: what the next round should ask for, clause by clause."""
    facts = latest_facts(contract.id, first, last)
    short = {Result.PARTLY, Result.NOT_KEPT, Result.DISPUTED}
    return [
        {
            "clause": clause.number,
            "title": clause.title,
            "result": facts[clause.id].result,
            "why": facts[clause.id].gap_reason or facts[clause.id].worker_position or "",
        }
        for clause in queries.clauses(contract)
        if clause.id in facts and facts[clause.id].result in short
    ]
