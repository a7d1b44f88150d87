"""Withdrawing an offer, and closing one whose enterprise is gone."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.offers.ground.models import Offer
from blueprints.offers.register.forms import GoneForm, WithdrawalForm
from blueprints.offers.register.views import bp, seen
from blueprints.offers.service.closing import close
from blueprints.registry.actions import correct_enterprise
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/<int:offer_id>/withdrawal")
@requires(May.CAMPAIGNS_ISSUE)
def withdrawal(offer_id: int) -> ResponseReturnValue:
    """What exactly would happen, and the place for the reason."""
    return closing_page(seen(offer_id, May.CAMPAIGNS_ISSUE), "withdraw", WithdrawalForm())


@bp.post("/<int:offer_id>/withdrawal")
@requires(May.CAMPAIGNS_ISSUE)
def withdraw(offer_id: int) -> ResponseReturnValue:
    offer = seen(offer_id, May.CAMPAIGNS_ISSUE, lock=True)
    form = WithdrawalForm()
    if not form.validate():
        return closing_page(offer, "withdraw", form), 422
    close(offer, "withdraw", form.reason.data or "")
    db.session.commit()
    flash(_("The offer is withdrawn."), "ok")
    return moved(url_for(".show", offer_id=offer.id))


@bp.get("/<int:offer_id>/gone")
@requires(May.CAMPAIGNS_ISSUE)
def gone(offer_id: int) -> ResponseReturnValue:
    return closing_page(seen(offer_id, May.CAMPAIGNS_ISSUE), "enterprise_gone", GoneForm())


@bp.post("/<int:offer_id>/gone")
@requires(May.CAMPAIGNS_ISSUE)
def record_gone(offer_id: int) -> ResponseReturnValue:
    """Close the offer, and say on the register what became of the enterprise."""
    offer = seen(offer_id, May.CAMPAIGNS_ISSUE, lock=True)
    form = GoneForm()
    if not form.validate():
        return closing_page(offer, "enterprise_gone", form), 422
    close(offer, "enterprise_gone", form.reason.data or "")
    if form.register.data != "keep":
        query = select(Enterprise).where(Enterprise.id == offer.enterprise_id).with_for_update()
        enterprise = db.session.scalars(query).one()
        correct_enterprise(enterprise, {"status": form.register.data}, today=today())
    db.session.commit()
    flash(_("The offer is closed: the enterprise is gone."), "ok")
    return moved(url_for(".show", offer_id=offer.id))


def closing_page(offer: Offer, event: str, form: WithdrawalForm) -> str:
    return render_template("offers/closing.html", offer=offer, event=event, form=form)
