"""The feedback sheet of a campaign, on screen and to take away."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.offers.feedback.sheet import COUNTS, heads, sheet_of, sheet_rows
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from tenants.db import db
from tenants.roles import May, Scope
from tenants.scope import current_tenant_id

bp = Blueprint("feedback", __name__, url_prefix="/<tenant>/campaigns/<int:campaign_id>/feedback")


@bp.get("")
@requires(May.CAMPAIGNS_READ)
def show(campaign_id: int) -> ResponseReturnValue:
    """Reached, served, answered by class, silent: all, by area and by trade."""
    campaign = issued(campaign_id)
    return render_template(
        "offers/feedback.html",
        campaign=campaign,
        sheet=sheet_of(campaign.id),
        names=COUNTS,
        heads=heads(),
        area=area_name,
        industry=industry_name,
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CAMPAIGNS_READ)
def export(campaign_id: int, kind: str) -> ResponseReturnValue:
    campaign = issued(campaign_id)
    columns = [_("By"), _("Name"), *heads(), _("Reply rate")]
    return sheet(
        kind, f"{campaign.name}-{_('Feedback')}", columns, sheet_rows(sheet_of(campaign.id))
    )


def issued(campaign_id: int) -> Campaign:
    """A campaign that is out, or 404; partners see those that are shared with them."""
    campaign = db.session.get(Campaign, (current_tenant_id(), campaign_id))
    shared_only = viewer().reach(May.CAMPAIGNS_READ) is Scope.SHARED
    if campaign is None or campaign.issued_at is None:
        abort(404)
    if shared_only and campaign.shared_at is None:
        abort(404)
    return campaign
