"""The steps before an exposure (F3 to F5). Each verb asks the rules under the offer's lock.

A step is proposed by one person and issued by another; nothing moves on by itself.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from blueprints.exposures import feedback, letters, names, periods, queries, telling
from blueprints.exposures.reading import Case, case_of
from blueprints.exposures.step_models import (
    AnswerFinding,
    ExposureStep,
    StepKind,
    StepMethod,
    StepState,
)
from blueprints.notices.wordings import text_in_force
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.moves import move
from rules.broken import RuleBroken
from rules.days import local_day
from rules.procedure import machines, missing
from rules.reasons import reason
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.numbering import document_number, take

SERIES = {
    StepKind.REMINDER: "reminder",
    StepKind.DEMAND: "demand",
    StepKind.OPINION: "opinion",
    StepKind.PROPOSAL: "proposal",
    StepKind.INTERVIEW: "interview",
    StepKind.REFERRAL: "referral",
}
NEEDS_OPINION = (StepKind.INTERVIEW, StepKind.PROPOSAL, StepKind.REFERRAL)
CLOCKS = {
    StepKind.DEMAND: periods.DEMAND,
    StepKind.OPINION: periods.OPINION,
    StepKind.PROPOSAL: periods.AUTHORITY,
    StepKind.REFERRAL: periods.AUTHORITY,
}
# Where the offer stands already when a document that was dropped, as one that came back, is redone.
AGAIN = {StepKind.DEMAND: OfferState.REMINDED, StepKind.OPINION: OfferState.ESCALATED}
ANOTHER = Text(
    "由您提出的事项，须由他人审批。", "You proposed this, so another person must approve it."
)
REPLIED = Text(
    "企业已有书面答复，催告和监督到此为止。", "The enterprise has replied; the ladder ends here."
)
OVERTAKEN = Text(
    "企业其间已有答复，文书内容不再符合事实，请重新提出。",
    "The enterprise has answered meanwhile; the document no longer tells the truth. Propose anew.",
)


@dataclass(frozen=True)
class Served:
    """How a document reached whom it is for, and what proves it."""

    method: StepMethod
    served_on: date
    receiver_name: str | None = None
    post_number: str | None = None
    evidence_id: int | None = None


def fault_in(case: Case, kind: StepKind) -> Text | None:
    """Why this step cannot be taken now; None when it can."""
    if case.step(kind) is not None:
        return Text("这一步已经办理。", "This step has been taken already.")
    return fault_in_conditions(case, kind)


def fault_in_conditions(case: Case, kind: StepKind) -> Text | None:
    if kind is StepKind.REMINDER:
        return _fault_in_reminder(case)
    if case.offer.state == AGAIN.get(kind):
        return None if case.reply is None else REPLIED
    facts = {**case.facts, "new_term_given": True, "no_reply_on_file": not case.answered}
    if kind is StepKind.DEMAND:
        return _unmet(case.offer, "remind", facts)
    if kind is StepKind.OPINION:
        ended = over(case.step(StepKind.DEMAND))
        return _unmet(case.offer, "escalate", {**facts, "new_term_ended": ended})
    return _fault_in_what_follows(case)


def _fault_in_what_follows(case: Case) -> Text | None:
    """Interview and hand-over come after an opinion whose time is over."""
    if case.answered or not _with_upper_union(case):
        return REPLIED if case.answered else reason("exposure.ladder_skipped").say
    if not over(case.step(StepKind.OPINION)):
        return Text(
            "监督意见书的答复期限尚未届满，或者答复尚未审核。",
            "The time to answer the opinion has not ended, or the answer is not examined.",
        )
    return None


def _with_upper_union(case: Case) -> bool:
    """Whether an opinion was issued: who refuses afterwards, without a proper reason, is led on."""
    refused = case.offer.state == OfferState.ANSWERED_NO and case.facts["reason_found_improper"]
    return case.offer.state == OfferState.ESCALATED or refused


def _fault_in_reminder(case: Case) -> Text | None:
    """A reminder letter is early and soft: from service on, while nothing has come back."""
    if case.reply is not None:
        return REPLIED
    if case.offer.state not in {OfferState.SERVED, OfferState.OVERDUE}:
        return Text(
            "送达之后、催告之前才发提示函。",
            "A reminder letter goes out after service and before the demand letter.",
        )
    return None


def _unmet(offer: Offer, event: str, facts: dict[str, bool]) -> Text | None:
    machine = machines()["offer"]
    if machine.step(offer.state, event) is None:
        return Text(
            f"要约目前为“{machine.states[offer.state].label.zh}”，不能办理。",
            f"Not possible while the offer is '{machine.states[offer.state].label.en}'.",
        )
    return next((guard.why for guard in missing(machine, offer.state, event, facts)), None)


def over(step: ExposureStep | None) -> bool:
    """Whether its term has run out, on proven service, with nothing settled by an answer."""
    return (
        step is not None
        and step.state in {StepState.SERVED, StepState.DONE}
        and step.due_on is not None
        and step.due_on < today()
        and (step.answered_on is None or step.answer_finding == AnswerFinding.UNSETTLED)
    )


def propose_step(
    offer: Offer, kind: StepKind, said: dict[str, Any], *, by_id: int, recipient: str | None = None
) -> ExposureStep:
    """Put a step forward; another person issues it. `said` is what the form adds to the record."""
    if (fault := fault_in(case_of(offer), kind)) is not None:
        raise RuleBroken(fault)
    step = ExposureStep(
        offer_id=offer.id,
        kind=kind,
        text_id=letters.text_for(kind, offer),
        recipient=recipient or offer.addressee_name,
        letter=_values(offer, kind, said),
        proposed_by_id=by_id,
        proposed_at=now(),
    )
    db.session.add(step)
    db.session.flush()
    trail.record("exposure.step_proposed", step, offer=offer.id, kind=kind)
    return step


def _values(offer: Offer, kind: StepKind, said: dict[str, Any]) -> dict[str, Any]:
    if kind is StepKind.REMINDER:
        return letters.common(offer)
    if kind is StepKind.DEMAND:
        least = periods.count(periods.DEMAND, today() + letters.ON_THE_WAY).on
        asked = said.get("new_due_on")
        return letters.demand_values(offer, new_due_on=max(asked or least, least))
    if kind is StepKind.OPINION:
        return letters.opinion_values(offer, said)
    if kind is StepKind.INTERVIEW:
        return letters.interview_values(offer, said)
    steps = {step.kind: step for step in queries.steps_of(offer.id)}
    return letters.hand_over_values(offer, steps, said)


def issue_step(step: ExposureStep, offer: Offer, *, by_id: int) -> None:
    """Number and issue it: the person who proposed it cannot, and a reply stops it."""
    if step.state != StepState.PROPOSED:
        raise RuleBroken(Text("这一步已经签发或者终止。", "It is issued or dropped already."))
    if step.proposed_by_id == by_id:
        raise RuleBroken(ANOTHER, Text("本会办法", "The federation's own measure"))
    kind = StepKind(step.kind)
    if (fault := fault_in_conditions(case_of(offer), kind)) is not None:
        raise RuleBroken(fault)
    if step.text_id != letters.text_for(kind, offer):
        raise RuleBroken(OVERTAKEN)
    year = today().year
    number = take(SERIES[kind], year)[0]
    step.document_no = document_number(SERIES[kind], year, number)
    step.text_version = text_in_force(step.text_id).version
    step.approved_by_id, step.approved_at = by_id, now()
    step.letter = {**step.letter, "issued_on": today().isoformat(), "as_of_at": now().isoformat()}
    step.state = StepState.ISSUED
    if offer.state != AGAIN.get(kind):
        _lead_on(offer, kind)
    trail.record("exposure.step_issued", step, offer=offer.id, number=step.document_no)
    telling.step_issued(step, offer)


def _lead_on(offer: Offer, kind: StepKind) -> None:
    """Take the offer along: a demand letter reminds, an opinion escalates."""
    if kind is StepKind.DEMAND:
        move(offer, "remind", new_term_given=True)
    elif kind is StepKind.OPINION:
        unanswered = not case_of(offer).answered
        move(offer, "escalate", new_term_ended=True, no_reply_on_file=unanswered)


def serve_step(step: ExposureStep, receipt: Served) -> None:
    """Record proven service of a step; its term runs from that day, never shorter than written."""
    if step.state != StepState.ISSUED or step.approved_at is None:
        raise RuleBroken(Text("签发后才能登记送达。", "Only an issued document can be served."))
    if receipt.evidence_id is None and not receipt.post_number:
        raise RuleBroken(
            Text(
                "送达需要证明，请上传材料或者填写挂号信编号。",
                "Service needs proof: a document, or the number of the registered letter.",
            )
        )
    if not local_day(step.approved_at) <= receipt.served_on <= today():
        raise RuleBroken(
            Text("送达日期应在签发之后、今天之前。", "The day lies between issue and today.")
        )
    for name in Served.__dataclass_fields__:
        setattr(step, name, getattr(receipt, name))
    step.state = StepState.SERVED
    if key := CLOCKS.get(StepKind(step.kind)):
        counted = periods.count(key, receipt.served_on)
        step.due_on = max(counted.on, _written(step) or counted.on)
        step.clock = periods.kept(counted, key)
    trail.record(
        "exposure.step_served",
        step,
        served_on=receipt.served_on.isoformat(),
        due_on=step.due_on.isoformat() if step.due_on else None,
    )
    _give(step, feedback.STEP_SERVED, str(step.due_on or ""))


def _written(step: ExposureStep) -> date | None:
    """The last day that the letter itself names."""
    names = {StepKind.DEMAND: "new_due_on", StepKind.OPINION: "opinion_due_on"}
    name = names.get(StepKind(step.kind))
    return date.fromisoformat(step.letter[name]) if name else None


def record_answer(step: ExposureStep, words: str, *, on: date) -> None:
    """What came back to a document of the ladder, verbatim; it must be examined."""
    if step.state != StepState.SERVED or not words.strip():
        raise RuleBroken(Text("送达后才能登记答复。", "An answer follows proven service."))
    step.answer, step.answered_on, step.answer_finding = words, on, None
    trail.record("exposure.step_answered", step, on=on.isoformat())
    _give(step, feedback.STEP_ANSWERED)


def examine_answer(step: ExposureStep, finding: AnswerFinding, note: str, *, by_id: int) -> None:
    """Whether the answer settles the matter; the person who proposed the step does not judge."""
    if step.answered_on is None or not note.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    if step.proposed_by_id == by_id:
        raise RuleBroken(ANOTHER)
    step.answer_finding, step.answer_note, step.state = finding, note, StepState.DONE
    trail.record("exposure.step_examined", step, finding=finding, note=note)
    _give(step, feedback.STEP_EXAMINED, note)


def record_interview(
    step: ExposureStep, *, held_on: date, attended: bool, minutes: dict[str, Any]
) -> None:
    """The minutes of a tripartite interview, whoever came."""
    if step.kind != StepKind.INTERVIEW or step.state != StepState.SERVED:
        raise RuleBroken(
            Text("约谈通知送达后才能登记纪要。", "Minutes follow a notice that was served.")
        )
    if not step.served_on or not step.served_on <= held_on <= today() or not minutes:
        raise RuleBroken(Text("约谈日期不对。", "The day of the interview cannot be right."))
    step.held_on, step.attended, step.minutes = held_on, attended, minutes
    step.state = StepState.DONE
    trail.record("exposure.interview_held", step, held_on=held_on.isoformat(), attended=attended)
    _give(step, feedback.MINUTES_KEPT)


def drop_step(step: ExposureStep, why: str) -> None:
    """End a step that has not been issued or does not hold; it stays on file."""
    if step.state == StepState.DROPPED or not why.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    step.state, step.dropped_reason = StepState.DROPPED, why
    trail.record("exposure.step_dropped", step, reason=why)


def _give(step: ExposureStep, news: feedback.News, detail: str = "") -> None:
    feedback.give(step, news, detail, name=names.STEP_NAMES[step.kind])
