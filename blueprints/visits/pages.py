"""What the pages of visits show, gathered in one place."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for
from sqlalchemy import select

from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Service
from blueprints.registry.models import Enterprise
from blueprints.rulebook import queries as rulebook
from blueprints.shared.htmx import page
from blueprints.shared.trail.words import history
from blueprints.supervisors.models import Supervisor
from blueprints.visits import labels, photos, queries
from blueprints.visits.forms import VisitForm
from blueprints.visits.models import Visit
from rules.deadlines import due
from rules.reasons import reason
from tenants import trail
from tenants.clock import today
from tenants.db import db

WORDS: dict[str, Any] = {
    "states": labels.STATES,
    "looks": labels.LOOKS,
    "purposes": labels.PURPOSES,
    "outcomes": labels.OUTCOMES,
    "outcome_looks": labels.OUTCOME_LOOKS,
    "mets": labels.METS,
    "ways": labels.WAYS,
    "next_steps": labels.NEXT_STEPS,
    "topics": labels.TOPIC_WORDS,
}
REPLY = "offer.reply_days"


def record_page(
    visit: Visit,
    enterprise: Enterprise,
    form: VisitForm,
    status: int = 200,
    *,
    correcting: bool = False,
) -> Response:
    """The form of a visit. `draft` names it to the browser, which keeps what is typed."""
    if correcting:
        action, draft = url_for("visits.update", visit_id=visit.id), f"visit-edit-{visit.id}"
    elif visit.id:
        action, draft = url_for("visits.record", visit_id=visit.id), f"visit-{visit.id}"
    else:
        action = url_for("visits.create", enterprise=enterprise.id)
        draft = f"visit-new-{enterprise.id}"
    return page(
        "visits/record.html",
        fragment="visits/_record.html",
        status=status,
        visit=visit,
        enterprise=enterprise,
        form=form,
        action=action,
        draft=draft,
        correcting=correcting,
        last_day=last_day(form.offer) if form.offer else None,
        times=queries.times_visited([enterprise.id]).get(enterprise.id, 0),
        before=queries.of_enterprise(enterprise.id, newest=3),
        met_lines=labels.MET_LINES,
        **WORDS,
    )


def last_day(offer: Offer) -> Any:
    """The day the reply would be due if the offer were served today, with how it is counted."""
    rule = rulebook.book(today()).known(REPLY, offer.contract_kind)
    return due(rule, today(), rulebook.calendar(), conventions=rulebook.conventions())


def visit_page(visit: Visit) -> dict[str, Any]:
    enterprise = db.session.get_one(Enterprise, (visit.tenant_id, visit.enterprise_id))
    follows = select(Visit.id, Visit.planned_on).where(Visit.planned_by_id == visit.id)
    served: Callable[[], Any] = lambda: db.session.get(  # noqa: E731
        Service, (visit.tenant_id, visit.service_id)
    )
    return {
        "visit": visit,
        "enterprise": enterprise,
        "supervisor": db.session.get_one(Supervisor, (visit.tenant_id, visit.supervisor_id)),
        "photos": photos.of(visit),
        "service": served() if visit.service_id else None,
        "offer": (
            db.session.get(Offer, (visit.tenant_id, visit.offer_id)) if visit.offer_id else None
        ),
        "follows": db.session.execute(follows).first(),
        "reason": reason(visit.refusal_code).label if visit.refusal_code else None,
        "history": history(trail.of(visit, newest=50)),
        **WORDS,
    }
