"""Letters on paper of a campaign: the list to post by, and one PDF to print."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.offers.campaigns.queries import get_campaign
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.labels import CAUSES
from blueprints.offers.ground.lists import campaigns_with_offers
from blueprints.offers.register.views import bp
from blueprints.offers.service import paper, tasks
from blueprints.registry.areas import area_name
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from tenants.db import db
from tenants.files import open_document
from tenants.models import Document
from tenants.roles import May


@bp.get("/paper")
@requires(May.CAMPAIGNS_ISSUE)
def paper_letters() -> ResponseReturnValue:
    """Who is owed a letter on paper, and the files to print."""
    return page("offers/paper.html", fragment="offers/_printing.html", **shown(chosen()))


@bp.post("/paper")
@requires(May.CAMPAIGNS_ISSUE)
def create_print() -> ResponseReturnValue:
    """A few letters at once; many by a worker. `again`: also those that were printed before."""
    campaign = chosen() or abort(404)
    fresh = "again" not in request.form
    count = paper.how_many(campaign, fresh=fresh)
    if not count:
        flash(_("No letter on paper is owed."), "warning")
    elif count <= paper.AT_ONCE:
        made = paper.print_now(campaign, fresh=fresh)
        db.session.commit()
        return attachment(made, f"{campaign.name}.pdf", "application/pdf")
    elif paper.printing(campaign) is None:
        paper.print_later(campaign, fresh=fresh)
        db.session.commit()
    return moved(url_for(".paper_letters", campaign=campaign.id))


@bp.get("/paper/<int:document_id>.pdf")
@requires(May.CAMPAIGNS_ISSUE)
def printed(document_id: int) -> ResponseReturnValue:
    campaign = chosen() or abort(404)
    known = {run.document_id for run in paper.prints(campaign)}
    document = db.session.get(Document, (campaign.tenant_id, document_id))
    if document is None or document.id not in known:
        abort(404)
    return attachment(open_document(document), document.name, document.media_type)


@bp.get("/paper/list.<any(xlsx, csv):kind>")
@requires(May.CAMPAIGNS_ISSUE)
def posting_list(kind: str) -> ResponseReturnValue:
    """The list for the post office; filled in, it can be brought back as a list of service."""
    campaign = chosen() or abort(404)
    heads = [
        _("Document number"), _("Enterprise"), _("Area"), _("Address"), _("Contact"),
        _("Telephone"), _("Day of posting"), _("Registered number"), _("Day of receipt"),
    ]  # fmt: skip
    lines = (
        (
            row.document_no, row.addressee_name, said(area_name(row.area)),
            " ".join(filter(None, (row.locality, row.address))), row.contact_name, row.phone,
            None, None, None,
        )
        for row in paper.rows(campaign)
    )  # fmt: skip
    return sheet(kind, f"{campaign.name}-{_('Letters on paper')}", heads, lines)


def chosen() -> Campaign | None:
    """The campaign that is asked for, or the latest one that is out."""
    asked = request.args.get("campaign", type=int)
    if asked is None:
        latest = campaigns_with_offers()[:1]
        return get_campaign(latest[0][0], viewer()) if latest else None
    return get_campaign(asked, viewer())


def shown(campaign: Campaign | None) -> dict[str, Any]:
    known: dict[str, Any] = {
        "campaign": campaign,
        "campaigns": campaigns_with_offers(),
        "at_once": paper.AT_ONCE,
        "causes": CAUSES,
        "area": area_name,
    }
    if campaign is not None:
        known |= {
            "total": paper.how_many(campaign),
            "fresh": paper.how_many(campaign, fresh=True),
            "posted": tasks.posted_waiting(campaign.id),
            "leaf": paper.page_of(campaign, cursor=request.args.get("cursor")),
            "runs": paper.prints(campaign),
            "printing": paper.printing(campaign),
        }
    return known
