"""Visits on the ladder (F1, F2): a supervisor goes there before the last day, and after silence.

A visit is a task by state: it is there as soon as the clock says so and gone with the record of
it or with a reply. What the supervisor found is confirmed by an officer.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from blueprints.exposures.reading import case_of
from blueprints.exposures.step_models import ExposureVisit, VisitPurpose
from blueprints.offers.ground.deadlines import REPLY
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.roles import May


@dataclass(frozen=True)
class Found:
    """What was found at the enterprise. The person met is named by office only."""

    visited_on: date
    reached: bool
    words: str
    met_office: str | None = None
    reason_code: str | None = None
    wished_on: date | None = None


def record_visit(offer: Offer, purpose: VisitPurpose, found: Found, *, by_id: int) -> ExposureVisit:
    """Record a visit once; it says what was found and concludes nothing."""
    case = case_of(offer)
    if any(one.purpose == purpose for one in case.visits):
        raise RuleBroken(Text("这次走访已经登记。", "This visit is on record already."))
    if case.service is None or case.offer.served_on is None:
        raise RuleBroken(Text("送达之后才走访。", "A visit follows proven service."))
    if not case.offer.served_on <= found.visited_on <= today():
        raise RuleBroken(Text("走访日期不对。", "The day of the visit cannot be right."))
    visit = ExposureVisit(
        offer_id=offer.id,
        purpose=purpose,
        visited_on=found.visited_on,
        reached=found.reached,
        met_office=found.met_office if found.reached else None,
        reason_code=found.reason_code,
        words=found.words,
        wished_on=found.wished_on,
        recorded_by_id=by_id,
        recorded_at=now(),
    )
    db.session.add(visit)
    db.session.flush()
    trail.record("exposure.visit_recorded", visit, offer=offer.id, purpose=purpose)
    return visit


def confirm_visit(visit: ExposureVisit, *, by_id: int) -> None:
    """An officer who was not there confirms that the record is complete."""
    if visit.confirmed_at is not None:
        raise RuleBroken(Text("已经确认。", "It is confirmed already."))
    if visit.recorded_by_id == by_id:
        raise RuleBroken(Text("须由他人确认。", "Another person confirms it."))
    visit.confirmed_by_id, visit.confirmed_at = by_id, now()
    trail.record("exposure.visit_confirmed", visit, offer=visit.offer_id)


def get_visit(visit_id: int) -> ExposureVisit:
    query = select(ExposureVisit).where(ExposureVisit.id == visit_id).with_for_update()
    return db.session.scalar(query) or abort(404)


def offer_within_reach(offer_id: int, viewer: Viewer, *, lock: bool = False) -> Offer:
    """The offer, if it is one of this person's portfolio; else it does not exist."""
    query = (
        select(Offer)
        .join(Enterprise, _SAME_ENTERPRISE)
        .where(Offer.id == offer_id, within_reach(viewer, May.OFFERS_SERVE))
    )
    return db.session.scalar(query.with_for_update(of=Offer) if lock else query) or abort(404)


_SAME_ENTERPRISE = and_(
    Enterprise.tenant_id == Offer.tenant_id, Enterprise.id == Offer.enterprise_id
)


def _unvisited(purpose: VisitPurpose) -> ColumnElement[bool]:
    return ~exists().where(
        ExposureVisit.tenant_id == Offer.tenant_id,
        ExposureVisit.offer_id == Offer.id,
        ExposureVisit.purpose == purpose,
    )


def to_make(viewer: Viewer, *columns: Any) -> Select[*tuple[Any, ...]]:
    """The visits that this person owes today: before the last day, and after silence."""
    near = exists().where(
        Deadline.tenant_id == Offer.tenant_id,
        Deadline.subject_kind == Offer.__tablename__,
        Deadline.subject_id == Offer.id,
        Deadline.rule_key == REPLY,
        Deadline.status == DeadlineStatus.RUNNING,
        Deadline.warn_on <= today(),
    )
    before = and_(Offer.state == OfferState.SERVED, near, _unvisited(VisitPurpose.REMIND))
    after = and_(Offer.state == OfferState.OVERDUE, _unvisited(VisitPurpose.FEEDBACK))
    return (
        select(*columns)
        .select_from(Offer)
        .join(Enterprise, _SAME_ENTERPRISE)
        .where(within_reach(viewer, May.OFFERS_SERVE), or_(before, after))
        .order_by(Offer.reply_due_on, Offer.id)
    )


@dataclass(frozen=True)
class VisitLine:
    """A visit of the ladder on an offer's page: made, owed now, or on a day to come."""

    purpose: VisitPurpose
    visit: ExposureVisit | None
    owed: bool
    since: date | None = None  # the day it falls due
    before: date | None = None  # the last day for a reply, where the visit precedes it


def visit_lines(offer: Offer) -> list[VisitLine]:
    """What the offer's page says of its visits; nothing where none was made and none is due."""
    case = case_of(offer)
    made = {one.purpose: one for one in case.visits}
    found = []
    if (remind := made.get(VisitPurpose.REMIND)) or offer.state == OfferState.SERVED:
        since = case.clock.warn_on if case.clock else None
        owed = since is not None and since <= today()
        if remind or since:
            found.append(VisitLine(VisitPurpose.REMIND, remind, owed, since, offer.reply_due_on))
    if (after := made.get(VisitPurpose.FEEDBACK)) or offer.state == OfferState.OVERDUE:
        found.append(VisitLine(VisitPurpose.FEEDBACK, after, owed=True))
    return found


def purpose_for(state: str) -> VisitPurpose:
    return VisitPurpose.FEEDBACK if state == OfferState.OVERDUE else VisitPurpose.REMIND
