"""Handing over (移送): what the labour authority or the credit platform did with it, by its papers.

Only the competent authority says whether the law was broken. Its finding is kept word for word
with the number of its document, and an announcement shows it apart or not at all.
"""

from dataclasses import dataclass
from datetime import date

from blueprints.exposures import feedback, names, publishing
from blueprints.exposures.step_models import ExposureStep, Outcome, StepKind, StepState
from blueprints.offers.ground.queries import get_offer
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import today

HANDED = (StepKind.PROPOSAL, StepKind.REFERRAL)
NEEDS_NUMBER = (Outcome.VIOLATION, Outcome.LISTED)
CLEARED = {  # what the authority cleared is not exposed, until another person lifts it
    Outcome.NO_VIOLATION: "exposure.proper_reason",
    Outcome.CORRECTED: "exposure.bargaining",
}


@dataclass(frozen=True)
class Found:
    """What became of a hand-over, and the document that says so."""

    outcome: Outcome
    on: date
    words: str
    number: str | None = None
    evidence_id: int | None = None


def record_outcome(step: ExposureStep, found: Found, *, by_id: int) -> None:
    """Record the outcome once; a finding of a violation needs the number of its document."""
    if step.kind not in HANDED or step.state != StepState.SERVED or step.served_on is None:
        raise RuleBroken(
            Text("移送送达后才有结果。", "An outcome follows a hand-over that arrived.")
        )
    if not step.served_on <= found.on <= today():
        raise RuleBroken(Text("结果日期不对。", "The day of the outcome cannot be right."))
    if not found.words.strip() or (found.outcome in NEEDS_NUMBER and not found.number):
        raise RuleBroken(
            Text("请照录原文并填写文书文号。", "Its words and the number of its document, please.")
        )
    step.outcome, step.outcome_on, step.outcome_no = found.outcome, found.on, found.number
    step.outcome_text, step.outcome_evidence_id = found.words, found.evidence_id
    step.state = StepState.DONE
    offer = get_offer(step.offer_id)
    trail.record(
        "exposure.outcome_recorded", step, offer=offer.id, outcome=found.outcome,
        number=found.number,
    )  # fmt: skip
    if code := CLEARED.get(found.outcome):
        publishing.exclude(offer, code, found.words, by_id=by_id)
    feedback.give(step, feedback.OUTCOME_KNOWN, _named(found), name=names.STEP_NAMES[step.kind])


def _named(found: Found) -> str:
    return f"{names.OUTCOMES[found.outcome].zh} {found.number or ''}".strip()
