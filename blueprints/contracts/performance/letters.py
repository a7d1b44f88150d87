"""What fills in the papers of performance: checklist, rectification notice, letter of opinion.

Values are plain JSON, frozen when a paper is issued; a draft shows what is still missing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.contracts.ground.check_models import ClauseFact, PerformanceCheck
from blueprints.contracts.ground.labels import titled
from blueprints.contracts.ground.models import Contract, ContractClause
from blueprints.contracts.ground.parties import contact, employer_side
from blueprints.contracts.ground.queries import clauses, get_contract
from blueprints.contracts.habits.values import partial_weight
from blueprints.contracts.performance import check_queries
from blueprints.contracts.performance.finding_models import Finding
from blueprints.exposures import periods
from blueprints.exposures.letters import NOTHING_SAID
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.registry.models import Enterprise
from blueprints.rulebook import queries as rulebook
from rules.performance import Result, Tally
from rules.words import Text
from tenants.db import db
from tenants.federation import this_federation

RESULTS: Mapping[str, Text] = {
    Result.KEPT: Text("全部", "kept in full"),
    Result.PARTLY: Text("部分", "partly kept"),
    Result.NOT_KEPT: Text("未履行", "not kept"),
    Result.NOT_DUE: Text("未到期", "not yet due"),
    Result.DISPUTED: Text("有争议", "disputed"),
}
NOTHING = Text("无", "none")
MATTER = Text("履行集体合同", "performance of the collective contract")


def enterprise_name(enterprise_id: int | None) -> str | None:
    if enterprise_id is None:
        return None
    return db.session.scalar(select(Enterprise.name).where(Enterprise.id == enterprise_id))


def checklist(check: PerformanceCheck, lang: Lang = "zh") -> Letter:
    """Form 22a: filled in once the check was held, with blanks for the pen before."""
    contract = get_contract(check.contract_id)
    facts = {fact.clause_id: fact for fact in check_queries.facts_of(check.id)}
    rate = Tally.of(fact.result for fact in facts.values()).rate(partial_weight())
    rows = [checked(clause, facts.get(clause.id), lang) for clause in clauses(contract)]
    scope = Text("合同范围内全部企业", "all enterprises under the contract")
    values = {
        "check_no": check.document_no,
        "contract_title": titled(contract).in_(lang),
        "contract_no": contract.document_no,
        "enterprise_name": enterprise_name(check.enterprise_id) or scope.in_(lang),
        "period_from": check.period_from,
        "period_until": check.period_until,
        "checked_on": check.held_on,
        "monitor_names": "、".join(filter(None, (check.worker_monitor, check.employer_monitor)))
        or None,
        "clause_checks": rows,
        "interviewed_count": check.interviewed,
        "interviewed_aware_count": check.interviewed_aware,
        "interview_findings_text": check.interview_text or NOTHING.in_(lang),
        "posted_state": None if check.posted is None else posted(lang, posted_=check.posted),
        "posting_place": check.posting_place or "—",
        "partial_weight": float(partial_weight()),
        "performance_rate": None if rate is None else float(rate),
        "employer_check_comment": check.employer_comment or NOTHING.in_(lang),
        "worker_check_comment": check.worker_comment or NOTHING.in_(lang),
        "signed_on": check.held_on,
    }
    text = text_in_force("22a-performance-checklist")
    drafted = check.held_on is None
    return compose(text, values, lang, draft=drafted, blanks=True, sealed_on=check.held_on)


def posted(lang: Lang, *, posted_: bool) -> str:
    return Text("已公布", "posted").in_(lang) if posted_ else Text("未公布", "not posted").in_(lang)


def checked(clause: ContractClause, fact: ClauseFact | None, lang: Lang) -> dict[str, Any]:
    """One row of the checklist; a dash where there is nothing to say."""
    known = fact or ClauseFact()
    return {
        "clause_no": clause.number,
        "clause_promise": clause.title,
        "clause_due_quantity": known.due_quantity or "—",
        "clause_done_quantity": known.done_quantity or "—",
        "clause_result": RESULTS[known.result].in_(lang) if known.result else "—",
        "evidence_ids": f"E-{known.evidence_id}" if known.evidence_id else "—",
        "clause_gap_reason": known.gap_reason or "—",
        "clause_fix_on": known.fix_on,
    }


def rectification_values(
    check: PerformanceCheck, findings: Sequence[Finding], *, on: date, answer_due_on: date
) -> dict[str, Any]:
    """Letter 22b: every finding of one check, in both languages where rules speak."""
    contract = get_contract(check.contract_id)
    by_id = {clause.id: clause for clause in clauses(contract)}
    book = rulebook.book(on)
    return {
        "issuer_name": this_federation().name,
        "contract_title": titled(contract).to_json(),
        "addressee_name": employer_side(contract, check.enterprise_id).name,
        "checked_on": check.held_on and check.held_on.isoformat(),
        "check_no": check.document_no,
        "chiefs_told_on": on.isoformat(),
        "gaps": [
            {
                "clause_no": by_id[one.clause_id].number,
                "clause_promise": by_id[one.clause_id].title,
                "gap_fact": one.fact,
                "gap_remedy": one.remedy,
                "gap_due_on": one.due_on.isoformat(),
            }
            for one in findings
        ],
        "answer_due_on": answer_due_on.isoformat(),
        "change_rule_article": cited(book, "change/terminate", contract),
        "dispute_performing_rule_article": cited(book, "dispute.performing", contract),
        "issued_on": on.isoformat(),
        **contact(),
    }


def cited(book: Any, key: str, contract: Contract) -> dict[str, str]:
    citation: Text = book.rule(key, law_kind(contract)).citation
    return citation.to_json()


def law_kind(contract: Contract) -> str:
    """The kind of contract as the rulebook asks for it."""
    return "wage" if contract.kind == "wage" or contract.topic == "wages" else "general"


def opinion_values(finding: Finding, said_: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Letter 07 over a finding that was put in writing and not corrected."""
    contract = get_contract(finding.contract_id)
    clause = next(one for one in clauses(contract) if one.id == finding.clause_id)
    book = rulebook.book(on)
    due = periods.count(periods.OPINION, on + ON_THE_WAY).on.isoformat()
    term = periods.term(periods.OPINION, on)
    rule = book.rule("dispute.performing", law_kind(contract))
    firm = finding.enterprise_id or contract.enterprise_id
    code = firm and db.session.scalar(select(Enterprise.credit_code).where(Enterprise.id == firm))
    name = employer_side(contract, finding.enterprise_id).name
    return {
        "issuer_name": this_federation().name,
        "addressee_name": name,
        "enterprise_name": name,
        "enterprise_credit_code": code or "—",
        "supervision_rule_article": cited(book, "supervision.basis", contract),
        "inspection_matter": MATTER.to_json(),
        "findings": [
            {"finding_no": 1, "finding_fact": finding.fact, "evidence_ids": finding.document_no}
        ],
        "provisions": [
            {
                "provision_no": 1,
                "provision_article": f"《{titled(contract).zh}》{clause.number}",
                "provision_text": clause.text,
            },
            {
                "provision_no": 2,
                "provision_article": rule.citation.to_json(),
                "provision_text": rule.text.to_json(),
            },
        ],
        "suggestions": [
            {"suggestion_no": 1, "suggestion_text": finding.remedy, "suggestion_due_on": due}
        ],
        "opinion_reply_period": term.period.words.to_json(),
        "opinion_due_on": due,
        "opinion_reply_rule_article": term.basis.to_json(),
        "enterprise_statement": finding.employer_position or NOTHING_SAID.to_json(),
        "issued_on": on.isoformat(),
        **contact(),
        **said_,
    }


ON_THE_WAY = periods.ONE_DAY * 7  # what a letter may take: a term that runs from receipt allows it


def letter_of(
    text_id: str,
    values: Mapping[str, Any],
    doc_no: str | None,
    lang: Lang = "zh",
    *,
    blanks: bool = False,
) -> Letter:
    """A paper out of its frozen values; a draft until it has a number.

    `blanks` leaves room for the pen where the record knows nothing.
    """
    issued = values.get("issued_on")
    sealed = date.fromisoformat(issued) if issued and doc_no else None
    return compose(
        text_in_force(text_id),
        {**values, "doc_no": doc_no},
        lang,
        draft=doc_no is None,
        blanks=blanks,
        sealed_on=sealed,
    )
