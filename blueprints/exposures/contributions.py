"""What the ladder says on the pages of an enterprise and of an offer: where it stands, visits."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.exposures import lists, visits
from blueprints.exposures.names import VISITS
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.page_parts import Part, part
from blueprints.offers.outward.contributions import records_of
from blueprints.registry.contributions import Panel, panel
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from rules.reasons import reason
from tenants.db import db
from tenants.roles import May

SHOWN = 5


@panel(25)
def ladder_panel(enterprise_id: int, viewer: Viewer) -> Panel | None:
    """Its cases on the ladder, the latest first; nothing where there is none."""
    if not viewer.may(May.EXPOSURES_READ):
        return None
    query = (
        select(Offer.id)
        .where(Offer.enterprise_id.in_(records_of(enterprise_id)), lists.in_group(""))
        .order_by(Offer.id.desc())
        .limit(SHOWN)
    )
    ids = db.session.scalars(query).all()
    if not ids:
        return None
    lines = lists.lines_of(ids)
    return Panel(_("Ladder and exposure"), "exposures/_panel.html", {"lines": lines})


@part(20)
def ladder_visits(offer: Offer, viewer: Viewer) -> Part | None:
    """The visits of the ladder, for those who make them and those who follow the case."""
    may_record, may_read = viewer.may(May.OFFERS_SERVE), viewer.may(May.EXPOSURES_READ)
    lines = visits.visit_lines(offer) if may_record or may_read else []
    if not lines:
        return None
    made = [one.visit for one in lines if one.visit]
    ids = {ident for one in made for ident in (one.recorded_by_id, one.confirmed_by_id)}
    shown = [
        {"name": VISITS[one.purpose], "purpose": one.purpose.value, "visit": one.visit,
         "owed": one.owed, "since": one.since, "before": one.before}
        for one in lines
    ]  # fmt: skip
    return Part(
        "exposures/_offer_visits.html",
        {
            "lines": shown,
            "offer_id": offer.id,
            "people": names_of({ident for ident in ids if ident}),
            "may_record": may_record,
            "case_url": url_for("exposures.show", offer_id=offer.id) if may_read else "",
            "reason_label": lambda code: reason(code).label,
        },
    )
