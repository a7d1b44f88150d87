"""Where a case stands, what is next and when, what blocks it and why: one line of the board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from blueprints.exposures import ladder
from blueprints.exposures.conditions import WORDS
from blueprints.exposures.handing_over import HANDED
from blueprints.exposures.models import SHOWN, Exposure, ExposureState
from blueprints.exposures.names import LOOKS, STATES, STEP_NAMES
from blueprints.exposures.reading import Case
from blueprints.exposures.step_models import ExposureStep, StepKind, StepState
from blueprints.offers.ground.models import Offer
from rules.procedure import label
from rules.words import Text
from tenants.clock import today

ORDER = (StepKind.DEMAND, StepKind.OPINION, StepKind.INTERVIEW)
NEXT = {
    ExposureState.PROPOSED: Text("送法律审核", "Send it to the legal check"),
    ExposureState.LEGAL_CHECK: Text("法律审核", "Pass the legal check"),
    ExposureState.NOTICED: Text("等待陈述申辩期满", "Wait for the right of reply to end"),
    ExposureState.REPLY_RECEIVED: Text(
        "审核陈述，由两位领导决定", "Examine it; two leaders decide"
    ),
    ExposureState.REPLY_WAIVED: Text("由两位领导决定", "Two leaders decide"),
    ExposureState.DECIDED_PUBLISH: Text("复核后公布，由人办理", "A person rechecks and publishes"),
}
SERVE_INTENT = Text("送达拟公开告知书并登记证明", "Serve the notice of intent, with proof")
EXAMINE = Text("审核企业陈述", "Examine the statement")
DECIDE_OBJECTION = Text("处理异议", "Decide the objection")
COMES_DOWN = Text("期满自动撤下", "Comes down by itself")
READY = Text("可以提出公开建议", "A publication may be proposed")
HAND_OVER = Text("移送劳动行政部门依法处理", "Hand it over to the labour authority")


@dataclass(frozen=True)
class Line:
    """One enterprise on the board."""

    offer: Offer
    at: Text
    look: str
    next: Text
    on: date | None
    why: Text | None
    handed: ExposureStep | None = None  # a hand-over that has no outcome yet

    @property
    def ready(self) -> bool:
        """Whether the ladder is climbed, so that a publication may be proposed."""
        return self.next is READY

    @property
    def overdue(self) -> bool:
        return self.on is not None and self.on < today() and self.look not in {"ok", "stop"}


def lines(cases: Iterable[Case]) -> list[Line]:
    return [line_of(case) for case in cases]


def line_of(case: Case) -> Line:
    """Where it stands. What comes next is an act of a person; no day brings it about."""
    handed = next((s for s in case.steps if s.kind in HANDED and s.state == StepState.SERVED), None)
    if (exposure := case.open_exposure) is not None:
        return _of_exposure(case, exposure, handed)
    for kind in ORDER:
        step = case.step(kind)
        if step is None:
            return _waits_for(case, kind, handed)
        if not _over(step):
            return _of_step(case.offer, step, handed)
    at = STEP_NAMES[StepKind.INTERVIEW]
    if case.reply is not None:  # who has answered is never exposed, whatever the answer was
        why = WORDS["no_reply_on_file"]
        return Line(case.offer, at, "stop", HAND_OVER, None, why, handed)
    if (ended := case.exposure) is not None:
        return Line(case.offer, label("exposure", ended.state), "stop", READY, None, None, handed)
    return Line(case.offer, at, "ok", READY, None, None, handed)


def _over(step: ExposureStep) -> bool:
    return step.held_on is not None if step.kind == StepKind.INTERVIEW else ladder.over(step)


def _waits_for(case: Case, kind: StepKind, handed: ExposureStep | None) -> Line:
    before = ORDER[: ORDER.index(kind)]
    last = case.step(before[-1]) if before else None
    at = STEP_NAMES[before[-1]] if before else label("offer", case.offer.state)
    fault = ladder.fault_in(case, kind)
    named = STEP_NAMES[kind]
    return Line(
        case.offer, at, "late" if fault is None else "run",
        Text(f"提出{named.zh}", f"Propose: {named.en}"),
        last.due_on if last else case.longest_on, fault, handed,
    )  # fmt: skip


def _of_step(offer: Offer, step: ExposureStep, handed: ExposureStep | None) -> Line:
    words, look = STATES[step.state]
    named = STEP_NAMES[step.kind]
    following = {
        StepState.PROPOSED: Text("由他人签发", "Another person issues it"),
        StepState.ISSUED: Text("送达并登记证明", "Serve it, with proof"),
    }.get(StepState(step.state), Text("等待期限届满", "Wait for its term to end"))
    if step.kind == StepKind.INTERVIEW and step.state == StepState.SERVED:
        following = Text("举行约谈，登记纪要", "Hold it and record the minutes")
    if step.answered_on is not None:
        following = Text("审核企业答复", "Examine the answer")
    if step.answer_finding == "settled":
        following = Text("已经解决，可以办结", "Settled; nothing follows")
    at = Text(f"{named.zh}：{words.zh}", f"{named.en}: {words.en}")
    return Line(offer, at, look, following, step.due_on, None, handed)


def _of_exposure(case: Case, exposure: Exposure, handed: ExposureStep | None) -> Line:
    at = label("exposure", exposure.state)
    look = LOOKS[exposure.state]
    if exposure.objection_at is not None and exposure.objection_decided_at is None:
        due = exposure.objection_due_on
        return Line(case.offer, at, look, DECIDE_OBJECTION, due, WORDS["objection_decided"], handed)
    if exposure.state in SHOWN or exposure.state == ExposureState.CORRECTED:
        return Line(case.offer, at, look, COMES_DOWN, exposure.expires_on, None, handed)
    why = WORDS[case.unmet[0]] if case.unmet else None
    following = NEXT[ExposureState(exposure.state)]
    if exposure.state == ExposureState.LEGAL_CHECK and exposure.reviewed_at is not None:
        following = SERVE_INTENT
    elif "statement_examined" in case.unmet and exposure.state == ExposureState.REPLY_RECEIVED:
        following, why = EXAMINE, WORDS["statement_examined"]
    return Line(case.offer, at, look, following, exposure.window_ends_on, why, handed)
