"""What the rooms of the ladder and the exposure read."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import abort
from sqlalchemy import ColumnElement, Select, func, literal_column, select

from blueprints.exposures.models import (
    ENDED,
    SHOWN,
    Channel,
    Exposure,
    ExposureExclusion,
    ExposurePublication,
)
from blueprints.exposures.reading import FRESH, unmet_of
from blueprints.exposures.statement_models import SupplementaryStatement
from blueprints.exposures.step_models import ExposureStep, StepKind, StepState
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from tenants.db import db
from tenants.models import Document


def get_exposure(exposure_id: int, *, lock: bool = False) -> Exposure:
    """An exposure, or 404. To change it, its offer is locked first, as a reply locks it."""
    query = select(Exposure).where(Exposure.id == exposure_id)
    found = db.session.scalar(query, execution_options=FRESH) or abort(404)
    if not lock:
        return found
    get_offer(found.offer_id, lock=True)
    db.session.execute(
        select(Offer).where(Offer.id == found.offer_id), execution_options=FRESH
    ).one()
    return db.session.scalars(query.with_for_update(), execution_options=FRESH).one()


def get_step(step_id: int, *, lock: bool = False) -> ExposureStep:
    query = select(ExposureStep).where(ExposureStep.id == step_id)
    found = db.session.scalar(query, execution_options=FRESH) or abort(404)
    if not lock:
        return found
    get_offer(found.offer_id, lock=True)
    return db.session.scalars(query.with_for_update(), execution_options=FRESH).one()


def steps_of(offer_id: int) -> Sequence[ExposureStep]:
    """The steps taken for an offer, in the order they were proposed."""
    query = select(ExposureStep).where(ExposureStep.offer_id == offer_id)
    return db.session.scalars(query.order_by(ExposureStep.id), execution_options=FRESH).all()


def standing_step(offer_id: int, kind: StepKind) -> ExposureStep | None:
    return db.session.scalar(
        select(ExposureStep).where(
            ExposureStep.offer_id == offer_id,
            ExposureStep.kind == kind,
            ExposureStep.state != StepState.DROPPED,
        ),
        execution_options=FRESH,
    )


def open_exposure(offer_id: int) -> Exposure | None:
    """The exposure of an offer that has not ended."""
    return db.session.scalar(
        select(Exposure).where(Exposure.offer_id == offer_id, Exposure.state.not_in(ENDED)),
        execution_options=FRESH,
    )


def shown_of(offer_ids: Sequence[int]) -> Sequence[Exposure]:
    """What is public about these offers now, locked; the offers are locked already."""
    query = select(Exposure).where(Exposure.offer_id.in_(offer_ids), Exposure.state.in_(SHOWN))
    locked = query.order_by(Exposure.id).with_for_update()
    return db.session.scalars(locked, execution_options=FRESH).all()


def file_of_case(offer_id: int, document_id: int) -> Document:
    """A file that belongs to the case of this offer, or 404."""
    of_steps = select(ExposureStep.evidence_id, ExposureStep.outcome_evidence_id)
    of_cases = select(Exposure.intent_evidence_id, Exposure.statement_file_id)
    of_supplements = select(SupplementaryStatement.file_id).join(
        Exposure,
        (Exposure.tenant_id == SupplementaryStatement.tenant_id)
        & (Exposure.id == SupplementaryStatement.exposure_id),
    )
    rows = [
        *db.session.execute(of_steps.where(ExposureStep.offer_id == offer_id)),
        *db.session.execute(of_supplements.where(Exposure.offer_id == offer_id)),
        *db.session.execute(of_cases.where(Exposure.offer_id == offer_id)),
    ]
    if document_id not in {ident for row in rows for ident in row}:
        abort(404)
    return db.session.scalars(select(Document).where(Document.id == document_id)).one()


def publications(exposure_id: int) -> Sequence[ExposurePublication]:
    query = select(ExposurePublication).where(ExposurePublication.exposure_id == exposure_id)
    ordered = query.order_by(ExposurePublication.rank)
    return db.session.scalars(ordered, execution_options=FRESH).all()


def exclusions(offer_id: int) -> Sequence[ExposureExclusion]:
    query = select(ExposureExclusion).where(ExposureExclusion.offer_id == offer_id)
    return db.session.scalars(query.order_by(ExposureExclusion.id.desc())).all()


def unmet(exposure: Exposure, day: date) -> list[str]:
    """What the database itself finds missing for a publication on that day."""
    db.session.flush()
    return unmet_of([exposure.id], day)[exposure.id]


def offers_of(exposures: Sequence[Exposure]) -> Mapping[int, Offer]:
    """The offers of these exposures by their ids, in one statement for one or for many."""
    ids = {one.offer_id for one in exposures}
    found = db.session.scalars(select(Offer).where(Offer.id.in_(ids))) if ids else ()
    return {offer.id: offer for offer in found}


def shown_publicly(day: date) -> Sequence[Exposure]:
    """Announcements on the public board on that day, the newest first."""
    shown = _on_the_board().where(Exposure.state.in_(SHOWN), holds(day))
    return db.session.scalars(shown.order_by(Exposure.published_at.desc())).all()


def holds(day: date) -> ColumnElement[bool]:
    """Whether the record still bears an announcement: it is hidden before a job takes it down.

    An objection that is being decided hides nothing; the announcement says so.
    """
    unmet = func.exposure_unmet(literal_column("exposure"), day)
    lacks = func.cardinality(func.array_remove(unmet, "objection_decided"))
    return (Exposure.expires_on > day) & (lacks == 0)


def stands(exposure: Exposure, day: date) -> bool:
    """Whether this announcement may be read by the public on that day."""
    query = select(Exposure.id).where(
        Exposure.id == exposure.id, Exposure.state.in_(SHOWN), holds(day)
    )
    return db.session.scalar(query) is not None


def apology_until(exposure: Exposure) -> date | None:
    """The last day on which its correction stands in its place; None where there is none."""
    until = exposure.correction.get("correction_until")
    return date.fromisoformat(until) if until else None


def no_longer_holding(day: date) -> Sequence[int]:
    """Announcements, in whatever channel, that the record bears no longer."""
    query = select(Exposure.id).where(Exposure.state.in_(SHOWN), ~holds(day))
    return db.session.scalars(query.order_by(Exposure.id)).all()


def taken_down_publicly(since: date) -> Sequence[Exposure]:
    """What stood on the board and came down since a day: remedied, expired, or corrected."""
    ended = func.coalesce(Exposure.withdrawn_at, Exposure.corrected_at)
    return db.session.scalars(
        _on_the_board()
        .where(Exposure.state.not_in(SHOWN), func.exposure_day(ended) >= since)
        .order_by(ended.desc())
    ).all()


def _on_the_board() -> Select[Exposure]:
    return (
        select(Exposure)
        .join(
            ExposurePublication,
            (ExposurePublication.tenant_id == Exposure.tenant_id)
            & (ExposurePublication.exposure_id == Exposure.id),
        )
        .where(ExposurePublication.channel == Channel.UNION_SITE)
    )
