"""What the ladder says on the page of an enterprise: where it stands and what comes next."""

from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.exposures import lists
from blueprints.offers.contributions import records_of
from blueprints.offers.models import Offer
from blueprints.registry.contributions import Panel, panel
from blueprints.shared.guards import Viewer
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
