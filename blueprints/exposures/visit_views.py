"""The pages of the visits: what the supervisor found, and the officer's confirmation."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.exposures import visits
from blueprints.exposures.names import VISITS
from blueprints.exposures.step_models import VisitPurpose
from blueprints.exposures.views import bp
from blueprints.exposures.visit_forms import VisitForm
from blueprints.offers.ground.models import Offer
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

PURPOSE = "<any(remind, feedback):purpose>"


@bp.get(f"/offers/<int:offer_id>/visits/{PURPOSE}")
@requires(May.OFFERS_SERVE)
def new_visit(offer_id: int, purpose: str) -> ResponseReturnValue:
    offer = visits.offer_within_reach(offer_id, viewer())
    return visit_page(offer, purpose, VisitForm(formdata=None, data={"visited_on": today()}))


@bp.post(f"/offers/<int:offer_id>/visits/{PURPOSE}")
@requires(May.OFFERS_SERVE)
def create_visit(offer_id: int, purpose: str) -> ResponseReturnValue:
    """Record what was found; an officer confirms it."""
    offer = visits.offer_within_reach(offer_id, viewer(), lock=True)
    form = VisitForm()
    if not form.validate():
        return visit_page(offer, purpose, form), 422
    visits.record_visit(offer, VisitPurpose(purpose), form.found(), by_id=viewer().id)
    db.session.commit()
    flash(_("The visit is on record; an officer confirms it."), "ok")
    return redirect(url_for("offers.show", offer_id=offer_id), 303)


@bp.post("/visits/<int:visit_id>/confirmation")
@requires(May.EXPOSURES_PROPOSE)
def confirm_visit(visit_id: int) -> ResponseReturnValue:
    visit = visits.get_visit(visit_id)
    visits.confirm_visit(visit, by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".show", offer_id=visit.offer_id))


def visit_page(offer: Offer, purpose: str, form: Any) -> str:
    return render_template(
        "exposures/visit.html", offer=offer, purpose=purpose, form=form, name=VISITS[purpose]
    )
