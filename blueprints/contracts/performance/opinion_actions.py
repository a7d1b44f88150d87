"""Handing a finding over to a letter of opinion: asked by one, issued or declined by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from blueprints.contracts.ground.parties import employer_side
from blueprints.contracts.ground.queries import get_contract
from blueprints.contracts.performance.finding_models import (
    Finding,
    FindingState,
    OpinionRequest,
    OpinionState,
)
from blueprints.contracts.performance.finding_queries import opinion_of
from blueprints.contracts.performance.letters import opinion_values
from blueprints.exposures import periods
from blueprints.notices.actions import post
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.numbering import document_number, take

LETTER = "07-supervision-opinion"
HANDED_OVER_FROM = (FindingState.PUT_TO_CHIEFS, FindingState.PLAN, FindingState.DISPUTED)


@dataclass(frozen=True)
class Served:
    """Proven service of a letter: the day, who took it, and the proof."""

    served_on: date
    receiver_name: str | None = None
    post_number: str | None = None
    evidence_id: int | None = None


def fault_in(finding: Finding) -> Text | None:
    """Why a finding cannot be handed over now; None when it can."""
    standing = opinion_of(finding.id)
    if standing is not None and standing.state != OpinionState.DECLINED:
        return Text("已经移交监督意见。", "It has been handed over already.")
    if finding.state not in HANDED_OVER_FROM:
        return Text(
            "须先书面告知双方首席代表，且尚未整改。",
            "It must have been put to both chiefs in writing and not be corrected.",
        )
    if finding.state != FindingState.DISPUTED and finding.due_on >= today():
        return Text(
            f"整改期限至{finding.due_on}，届满后才能移交。",
            f"It may be corrected until {finding.due_on}; it is handed over after that.",
        )
    return None


def ask(finding: Finding, *, reason: str, said: Mapping[str, Any], by_id: int) -> OpinionRequest:
    """Hand it over: what was found, why it is not settled, who looked into it."""
    if (fault := fault_in(finding)) is not None:
        raise RuleBroken(fault)
    request = OpinionRequest(
        finding_id=finding.id,
        reason=reason,
        said=dict(said),
        asked_by_id=by_id,
        asked_at=now(),
        state=OpinionState.ASKED,
    )
    db.session.add(request)
    trail.record("finding.handed_over", finding, reason=reason)
    return request


def issue(request: OpinionRequest, finding: Finding, *, by_id: int) -> None:
    """Another person issues the opinion; it is numbered, frozen, and sent."""
    _waiting(request, by_id)
    year = today().year
    request.letter = opinion_values(finding, request.said, today())
    request.document_no = document_number("opinion", year, take("opinion", year)[0])
    request.decided_by_id, request.decided_at = by_id, now()
    request.state = OpinionState.ISSUED
    trail.record("opinion.issued", request, number=request.document_no)
    who = employer_side(get_contract(finding.contract_id), finding.enterprise_id)
    post(
        "performance_opinion", subject=request, recipient=who.key, name=who.name,
        address=who.address, text_id=LETTER, locale=who.locale,
        values={**request.letter, "doc_no": request.document_no, "addressee_name": who.name},
    )  # fmt: skip


def decline(request: OpinionRequest, reason: str, *, by_id: int) -> None:
    _waiting(request, by_id)
    request.decided_by_id, request.decided_at = by_id, now()
    request.declined_reason, request.state = reason, OpinionState.DECLINED
    trail.record("opinion.declined", request, reason=reason)


def record_service(request: OpinionRequest, receipt: Served) -> None:
    """Proven service starts the term of the answer; no service, no clock."""
    if request.state != OpinionState.ISSUED or request.decided_at is None:
        raise RuleBroken(Text("意见书尚未发出。", "The opinion has not been issued."))
    if receipt.evidence_id is None and not receipt.post_number:
        raise RuleBroken(Text("送达需要证明。", "Service needs proof."))
    due = periods.count(periods.OPINION, receipt.served_on)
    request.served_on, request.receiver_name = receipt.served_on, receipt.receiver_name
    request.post_number, request.service_evidence_id = receipt.post_number, receipt.evidence_id
    request.due_on, request.clock = due.on, periods.kept(due, periods.OPINION)
    request.state = OpinionState.SERVED
    trail.record(
        "opinion.served", request, served_on=receipt.served_on.isoformat(),
        due_on=due.on.isoformat(),
    )  # fmt: skip


def record_answer(request: OpinionRequest, words: str, *, on: date) -> None:
    """What the other side answered, word for word, late or not."""
    if request.state not in {OpinionState.ISSUED, OpinionState.SERVED}:
        raise RuleBroken(Text("没有待答复的意见书。", "No opinion waits for an answer."))
    request.answered_on, request.answer = on, words
    request.state = OpinionState.ANSWERED
    trail.record("opinion.answered", request, answered_on=on.isoformat())


def _waiting(request: OpinionRequest, by_id: int) -> None:
    if request.state != OpinionState.ASKED:
        raise RuleBroken(Text("这件移交已经办结。", "This hand-over has been decided."))
    if request.asked_by_id == by_id:
        raise RuleBroken(
            Text("由您提出的事项，须由他人办理。", "You asked for it; another must decide."),
            Text("本会办法", "The federation's own measure"),
        )
