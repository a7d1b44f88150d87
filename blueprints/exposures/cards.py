"""What the ladder and the exposure put on the workbench. Nothing there moves by itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from blueprints.exposures import visits
from blueprints.exposures.handing_over import HANDED
from blueprints.exposures.models import SHOWN, Exposure, ExposureState, Ground
from blueprints.exposures.names import STEP_NAMES, VISITS
from blueprints.exposures.step_models import ExposureStep, ExposureVisit, StepState
from blueprints.offers.ground.models import Offer
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.read_once import read_once
from blueprints.shared.workbench_cards import Card, Row, Stuck, card
from rules.procedure import label
from tenants.clock import today
from tenants.db import db
from tenants.roles import May, Scope

SHOWN_ROWS = 5
MOST_WATCHED = 200  # cases read for two cards; objections come first
OF_STEP = (Offer.tenant_id == ExposureStep.tenant_id) & (Offer.id == ExposureStep.offer_id)
OF_CASE = (Offer.tenant_id == Exposure.tenant_id) & (Offer.id == Exposure.offer_id)
TO_DECIDE = (ExposureState.REPLY_RECEIVED, ExposureState.REPLY_WAIVED)


@card(45, May.EXPOSURES_APPROVE)
def steps_to_issue(viewer: Viewer) -> Card | None:
    """Steps of the ladder that wait for somebody else than their proposer."""
    query = (
        select(Offer.id, Offer.addressee_name, ExposureStep.kind, func.count().over().label("n"))
        .join(ExposureStep, OF_STEP)
        .where(ExposureStep.state == StepState.PROPOSED, ExposureStep.proposed_by_id != viewer.id)
        .order_by(ExposureStep.id)
        .limit(SHOWN_ROWS)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Stuck(
        _("Documents of the ladder to issue"),
        figure=rows[0].n,
        link=url_for("exposures.index"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("exposures.show", offer_id=row.id),
                note=said(STEP_NAMES[row.kind]),
                reason=_("It is proposed; another person issues it."),
                waits_for=_("you"),
                act=_("Read and issue"),
            )
            for row in rows
        ],
    )


@card(46, May.EXPOSURES_APPROVE)
def decisions(viewer: Viewer) -> Card | None:
    """Exposures that wait for this leader's approval."""
    query = (
        select(Offer.id, Offer.addressee_name, func.count().over().label("n"))
        .join(Exposure, OF_CASE)
        .where(
            Exposure.state.in_(TO_DECIDE),
            Exposure.proposed_by_id != viewer.id,
            Exposure.reviewed_by_id != viewer.id,
            Exposure.first_approver_id.is_distinct_from(viewer.id),
        )
        .order_by(Exposure.id)
        .limit(SHOWN_ROWS)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Stuck(
        _("Exposures to decide"),
        figure=rows[0].n,
        link=url_for("exposures.index", group="hearing"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("exposures.show", offer_id=row.id),
                reason=_("Two leaders decide; neither the proposer nor the reviewer."),
                waits_for=_("you"),
                act=_("Read and decide"),
            )
            for row in rows
        ],
    )


@card(15, May.OFFERS_SERVE)
def visits_to_make(viewer: Viewer) -> Card | None:
    """What a supervisor of these enterprises should go and ask, before and after the last day."""
    if viewer.reach(May.OFFERS_SERVE) is not Scope.PORTFOLIO:
        return None
    line = (Offer.id, Offer.addressee_name, Offer.state, Offer.reply_due_on,
            func.count().over().label("n"))  # fmt: skip
    rows = db.session.execute(visits.to_make(viewer, *line).limit(SHOWN_ROWS)).all()
    if not rows:
        return None
    return Card(
        _("Visits to make"),
        figure=rows[0].n,
        rows=[
            Row(
                row.addressee_name,
                url=url_for(
                    "exposures.new_visit", offer_id=row.id, purpose=visits.purpose_for(row.state)
                ),
                date=row.reply_due_on,
                note=said(VISITS[visits.purpose_for(row.state)]),
            )
            for row in rows
        ],
    )


@card(48, May.EXPOSURES_PROPOSE)
def visits_to_confirm(viewer: Viewer) -> Card | None:
    """Records of visits that wait for an officer who was not there."""
    query = (
        select(Offer.id, Offer.addressee_name, ExposureVisit.visited_on, ExposureVisit.purpose,
               func.count().over().label("n"))
        .join(ExposureVisit, (Offer.tenant_id == ExposureVisit.tenant_id)
              & (Offer.id == ExposureVisit.offer_id))
        .where(ExposureVisit.confirmed_at.is_(None), ExposureVisit.recorded_by_id != viewer.id)
        .order_by(ExposureVisit.id)
        .limit(SHOWN_ROWS)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Card(
        _("Visits to confirm"),
        figure=rows[0].n,
        link=url_for("exposures.index"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("exposures.show", offer_id=row.id, _anchor="visits"),
                date=row.visited_on,
                note=said(VISITS[row.purpose]),
            )
            for row in rows
        ],
    )


@card(49, May.EXPOSURES_PROPOSE)
def hand_overs_late(_viewer: Viewer) -> Card | None:
    """Hand-overs whose body has had its time and has not said what became of them."""
    query = (
        select(Offer.id, Offer.addressee_name, ExposureStep.recipient, ExposureStep.due_on)
        .join(ExposureStep, OF_STEP)
        .where(
            ExposureStep.kind.in_(HANDED),
            ExposureStep.state == StepState.SERVED,
            ExposureStep.due_on < today(),
        )
        .order_by(ExposureStep.due_on)
        .limit(SHOWN_ROWS)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Card(
        _("Ask what became of it"),
        link=url_for("exposures.index"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("exposures.show", offer_id=row.id),
                date=row.due_on,
                note=row.recipient,
            )
            for row in rows
        ],
    )


@read_once
def watched(viewer: Viewer) -> Sequence[Any]:
    """Cases with an objection for this person to decide, the first due first; then the public.

    With them those that came down because they were wrong, and whose apology is owed.
    """
    objected = and_(
        Exposure.objection_at.is_not(None),
        Exposure.objection_decided_at.is_(None),
        Exposure.state.not_in((ExposureState.WITHDRAWN, ExposureState.DECIDED_DROP)),
        Exposure.proposed_by_id != viewer.id,
    )
    shown = Exposure.state.in_(SHOWN)
    wrong = and_(
        Exposure.state == ExposureState.WITHDRAWN,
        Exposure.withdrawn_ground == Ground.ERROR,
        Exposure.corrected_at.is_(None),
        Exposure.proposed_by_id != viewer.id,
    )
    query = (
        select(
            Offer.id, Offer.addressee_name, Exposure.state, Exposure.expires_on,
            Exposure.objection_due_on, objected.label("objected"), shown.label("shown"),
            wrong.label("wrong"), Exposure.withdrawn_at,
        )
        .join(Exposure, OF_CASE)
        .where(objected | shown | wrong)
        .order_by(objected.desc(), Exposure.objection_due_on, Exposure.expires_on)
        .limit(MOST_WATCHED)
    )  # fmt: skip
    return db.session.execute(query).all()


@card(47, May.EXPOSURES_REVIEW)
def objections(viewer: Viewer) -> Card | None:
    """Objections that somebody else than the proposer must decide, and in time."""
    rows = [row for row in watched(viewer) if row.objected][:SHOWN_ROWS]
    if not rows:
        return None
    return Card(
        _("Objections to decide"),
        link=url_for("exposures.index"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("exposures.show", offer_id=row.id),
                date=row.objection_due_on,
            )
            for row in rows
        ],
    )


@card(48, May.EXPOSURES_REVIEW)
def apologies(viewer: Viewer) -> Card | None:
    """Announcements that were wrong and came down, and nobody has said so yet."""
    rows = [row for row in watched(viewer) if row.wrong][:SHOWN_ROWS]
    if not rows:
        return None
    return Card(
        _("Corrections with an apology owed"),
        link=url_for("exposures.index"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("exposures.show", offer_id=row.id),
                at=row.withdrawn_at,
            )
            for row in rows
        ],
    )


@card(75, May.EXPOSURES_READ)
def public_now(viewer: Viewer) -> Card | None:
    """What is public now, and until when."""
    public = (row for row in watched(viewer) if row.shown)
    rows = sorted(public, key=lambda row: row.expires_on or date.max)[:SHOWN_ROWS]
    if not rows:
        return None
    return Card(
        _("Public now"),
        link=url_for("exposures.index", group="public"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("exposures.show", offer_id=row.id),
                date=row.expires_on,
                note=said(label("exposure", row.state)),
            )
            for row in rows
        ],
    )
