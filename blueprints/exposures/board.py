"""The board: who stands on which step, what is next and when, what blocks it and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from blueprints.exposures import ladder
from blueprints.exposures.conditions import WORDS
from blueprints.exposures.models import ENDED, SHOWN, Exposure
from blueprints.exposures.names import LOOKS, STATES, STEP_NAMES
from blueprints.exposures.queries import steps_of, unmet
from blueprints.exposures.step_models import ExposureStep, StepKind, StepState
from blueprints.offers.deadlines import reply_clock
from blueprints.offers.models import Offer, OfferState
from blueprints.offers.queries import get_offer
from blueprints.shared.paging import Key, Page, leaf
from rules.procedure import label
from rules.words import Text
from tenants.clock import today
from tenants.db import db

ORDER = (StepKind.DEMAND, StepKind.OPINION, StepKind.INTERVIEW)
CLIMBING = (OfferState.OVERDUE, OfferState.REMINDED, OfferState.ESCALATED)
GROUPS: Mapping[str, Text] = {
    "": Text("全部", "All"),
    "overdue": Text("尚未催告", "No demand letter yet"),
    "reminded": Text("已催告", "Demand letter"),
    "escalated": Text("监督中", "Supervision"),
    "exposure": Text("公开程序", "Exposure"),
}


@dataclass(frozen=True)
class Line:
    """One enterprise on the board."""

    offer: Offer
    at: Text
    look: str
    next: Text
    on: date | None
    why: Text | None


def asked(group: str, *columns: Any) -> Select[Any]:
    running = (
        select(Exposure.id)
        .where(
            Exposure.tenant_id == Offer.tenant_id,
            Exposure.offer_id == Offer.id,
            Exposure.state.not_in(ENDED),
        )
        .exists()
    )
    query = select(*columns).select_from(Offer)
    if group == "exposure":
        return query.where(running)
    if group in CLIMBING:
        return query.where(Offer.state == group)
    return query.where(Offer.state.in_(CLIMBING) | running)


def page_of(*, cursor: str | None, group: str) -> Page:
    query = asked(group, Offer.id, Offer.reply_due_on)
    return leaf(query, (Key(Offer.reply_due_on), Key(Offer.id)), cursor=cursor)


def counts() -> dict[str, int]:
    return {name: int(db.session.scalar(asked(name, func.count())) or 0) for name in GROUPS}


def lines(rows: Sequence[Any]) -> list[Line]:
    return [line_of(get_offer(row.id)) for row in rows]


def line_of(offer: Offer) -> Line:
    """Where it stands. What comes next is an act of a person; no day brings it about."""
    query = select(Exposure).where(Exposure.offer_id == offer.id, Exposure.state.not_in(ENDED))
    if (exposure := db.session.scalar(query)) is not None:
        return _of_exposure(offer, exposure)
    steps = {step.kind: step for step in steps_of(offer.id) if step.state != StepState.DROPPED}
    for kind in ORDER:
        step = steps.get(kind)
        if step is None:
            return _waits_for(offer, kind, steps)
        if not _over(step):
            return _of_step(offer, step)
    ready = Text("可以提出公开建议", "A publication may be proposed")
    return Line(offer, STEP_NAMES[StepKind.INTERVIEW], "ok", ready, None, None)


def _over(step: ExposureStep) -> bool:
    return step.held_on is not None if step.kind == StepKind.INTERVIEW else ladder.over(step)


def _waits_for(offer: Offer, kind: StepKind, steps: Mapping[str, ExposureStep]) -> Line:
    before = ORDER[: ORDER.index(kind)]
    at = STEP_NAMES[before[-1]] if before else label("offer", offer.state)
    due = steps[before[-1]].due_on if before else _longest(offer)
    fault = ladder.fault_in(offer, kind)
    named = STEP_NAMES[kind]
    return Line(
        offer, at, "late" if fault is None else "run",
        Text(f"提出{named.zh}", f"Propose: {named.en}"), due, fault,
    )  # fmt: skip


def _longest(offer: Offer) -> date | None:
    clock = reply_clock(offer)
    return (clock.longest_on or clock.due_on) if clock else None


def _of_step(offer: Offer, step: ExposureStep) -> Line:
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
    at = Text(f"{named.zh}：{words.zh}", f"{named.en}: {words.en}")
    return Line(offer, at, look, following, step.due_on, None)


def _of_exposure(offer: Offer, exposure: Exposure) -> Line:
    at = label("exposure", exposure.state)
    if exposure.state in SHOWN or exposure.state == "corrected":
        words = Text("期满自动撤下", "Comes down by itself")
        return Line(offer, at, LOOKS[exposure.state], words, exposure.expires_on, None)
    missing = unmet(exposure, today())
    why = WORDS[missing[0]] if missing else None
    following = Text("逐道关口办理", "Pass the gates one by one")
    if not missing:
        following = Text("可以公布，由人决定", "May be published; a person decides")
    on = exposure.window_ends_on
    return Line(offer, at, LOOKS[exposure.state], following, on, why)
