"""Watching exposures: the recheck after publication, expiry, the rights of reply that ended.

Nothing here moves anything toward publication: a sweep only takes down, ends, or tells.
"""

from collections import Counter
from collections.abc import Iterator, MutableMapping

from sqlalchemy import select

from blueprints.exposures import feedback, hearing, ladder, publishing, queries
from blueprints.exposures.conditions import CODES
from blueprints.exposures.models import SHOWN, Exposure, ExposureState, Ground
from blueprints.exposures.step_models import ExposureStep, StepState
from blueprints.offers.ground.service_models import Reply
from jobs.context import job_scope
from tenants.clock import now, today
from tenants.db import db

REPLIED = "exposure.replied"
LATE = "exposure.objection_late"
CLOSED_BY = {"no_reply_on_file"}  # the enterprise has done its part; all else is our error


def tell(*, tenant_id: int, at: str | None = None) -> int:
    """Tell of what a reply took down in the database; take down what has lost its ground.

    Every minute; each is told of once.
    """
    with job_scope(tenant_id, at):
        told = 0
        query = select(Exposure.id).where(
            Exposure.state == ExposureState.WITHDRAWN, Exposure.withdrawal_told_at.is_(None)
        )
        for exposure in _held(list(db.session.scalars(query))):
            if exposure.withdrawal_told_at is None:
                publishing.tell_withdrawal(exposure)
                told += 1
            db.session.commit()
        _take_down_what_no_longer_holds()
        return told + _tell_of_ends()


def _take_down_what_no_longer_holds() -> None:
    """What the record bears no longer is off the board already; now it comes down everywhere."""
    counts: Counter[str] = Counter()
    for exposure in _held(list(queries.no_longer_holding(today()))):
        if exposure.state in SHOWN:
            _look_at(exposure, counts)
        db.session.commit()


def _tell_of_ends() -> int:
    """Cases that a reply ended before publication: those who heard of them hear of that."""
    query = select(Exposure.id).where(
        Exposure.state == ExposureState.DECIDED_DROP,
        Exposure.dropped_reason == REPLIED,
        Exposure.reviewed_at.is_not(None),
        Exposure.withdrawal_told_at.is_(None),
    )
    told = 0
    for exposure in _held(list(db.session.scalars(query))):
        if exposure.withdrawal_told_at is None:
            exposure.withdrawal_told_at = now()
            feedback.give(exposure, feedback.ENDED)
            told += 1
        db.session.commit()
    return told


def recheck(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Look at every announcement once more: what no longer holds or has run its time comes down.

    So does one whose objection was not decided in time: the federation's delay is not the
    enterprise's burden. Hourly, and safe to run at any time.
    """
    with job_scope(tenant_id, at):
        counts = {"rechecked": 0, "expired": 0, "withdrawn": 0, "waived": 0, "dropped": 0}
        shown = (*SHOWN, ExposureState.CORRECTED)
        ids = list(db.session.scalars(select(Exposure.id).where(Exposure.state.in_(shown))))
        for exposure in _held(ids):
            if exposure.state in shown:
                counts["rechecked"] += 1
                _look_at(exposure, counts)
            db.session.commit()
        _end_rights_of_reply(counts)
        _drop_overtaken_steps(counts)
        return counts


def _look_at(exposure: Exposure, counts: MutableMapping[str, int]) -> None:
    ends_on = queries.apology_until(exposure) or exposure.expires_on
    if ends_on is not None and ends_on <= today():
        publishing.withdraw(exposure, Ground.EXPIRED, "exposure.expired")
        counts["expired"] += 1
        return
    if exposure.state == ExposureState.CORRECTED:
        return
    if exposure.objection_decided_at is None and (exposure.objection_due_on or today()) < today():
        publishing.withdraw(exposure, Ground.ERROR, LATE)
        counts["withdrawn"] += 1
        return
    missing = set(publishing.recheck(exposure)) - {"objection_decided"}
    if missing:
        ground = Ground.REMEDIED if missing & CLOSED_BY else Ground.ERROR
        publishing.withdraw(exposure, ground, CODES[min(missing)])
        counts["withdrawn"] += 1


def _end_rights_of_reply(counts: dict[str, int]) -> None:
    """Note that a right of reply ended without a statement. A person decides what follows."""
    query = select(Exposure.id).where(
        Exposure.state == ExposureState.NOTICED, Exposure.window_ends_on < today()
    )
    for exposure in _held(list(db.session.scalars(query))):
        if exposure.state == ExposureState.NOTICED:
            hearing.waive_statement(exposure)
            counts["waived"] += 1
        db.session.commit()


def _drop_overtaken_steps(counts: dict[str, int]) -> None:
    """A step that waits for its approver ends where the enterprise has answered meanwhile."""
    query = (
        select(ExposureStep.id)
        .join(
            Reply,
            (Reply.tenant_id == ExposureStep.tenant_id)
            & (Reply.offer_id == ExposureStep.offer_id)
            & Reply.replaced_at.is_(None)
            & (Reply.received_at > ExposureStep.proposed_at),
        )
        .where(ExposureStep.state == StepState.PROPOSED)
    )
    for step_id in list(db.session.scalars(query)):
        step = queries.get_step(step_id, lock=True)
        if step.state == StepState.PROPOSED:
            ladder.drop_step(step, REPLIED)
            counts["dropped"] += 1
        db.session.commit()


def _held(ids: list[int]) -> Iterator[Exposure]:
    """Each under its offer's lock, as a reply takes it; the caller commits after each."""
    for exposure_id in ids:
        yield queries.get_exposure(exposure_id, lock=True)
