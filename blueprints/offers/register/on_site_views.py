"""Service on site: the list of whom to go to, and sending somebody."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.offers.ground.labels import CAUSES
from blueprints.offers.ground.task_models import Cause
from blueprints.offers.register.views import bp, seen
from blueprints.offers.service import on_site as room
from blueprints.offers.service import tasks
from blueprints.registry.areas import area_name
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from tenants.db import db
from tenants.roles import May

WHY = (Cause.POST_RETURNED, Cause.POST_SILENT, Cause.BY_HAND)


@bp.get("/on-site")
@requires(May.OFFERS_SERVE)
def on_site() -> ResponseReturnValue:
    """Whom somebody has to go to: a supervisor sees the own portfolio, an officer all."""
    asked = room.Asked.of(request.args)
    return page(
        "offers/on_site.html",
        fragment="offers/_on_site.html",
        asked=asked,
        page=room.page_of(viewer(), asked),
        total=room.how_many(viewer(), asked),
        areas=room.areas(viewer()),
        causes=CAUSES,
        choices=[(cause, said(CAUSES[cause][0])) for cause in WHY],
        area=area_name,
        exports=[
            (kind.upper(), same_questions(url_for(".export_on_site", kind=kind)))
            for kind in ("xlsx", "csv")
        ],
    )


@bp.get("/on-site/export.<any(xlsx, csv):kind>")
@requires(May.OFFERS_SERVE)
def export_on_site(kind: str) -> ResponseReturnValue:
    asked = room.Asked.of(request.args)
    return sheet(kind, _("Service on site"), room.heads(), room.lines(viewer(), asked))


@bp.post("/<int:offer_id>/visit")
@requires(May.CAMPAIGNS_ISSUE)
def order_visit(offer_id: int) -> ResponseReturnValue:
    """Have somebody go there now, whatever mail and post do."""
    offer = seen(offer_id, May.OFFERS_READ, lock=True)
    tasks.send_somebody(offer)
    db.session.commit()
    flash(_("It is on the list of whom to go to."), "success")
    return moved(url_for(".show", offer_id=offer.id))
