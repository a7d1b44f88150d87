"""The workbench about service on site: whom this person has to go to."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func

from blueprints.offers.ground.labels import CAUSES
from blueprints.offers.service import on_site
from blueprints.registry.areas import area_name
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.workbench_cards import Card, Row, Stuck, card
from tenants.db import db
from tenants.roles import May

SHOWN = 5


@card(44, May.OFFERS_SERVE)
def to_visit(viewer: Viewer) -> Card | None:
    """Mail and post did not reach them: somebody goes there, with a witness."""
    total = func.count().over().label("total")
    query = on_site.visits(viewer, on_site.Asked(), *on_site.COLUMNS, total)
    rows = db.session.execute(query.order_by(on_site.SORTS["since"]).limit(SHOWN)).all()
    if not rows:
        return None
    return Stuck(
        _("Service on site"),
        figure=rows[0].total,
        link=url_for("offers.on_site"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("offers.new_service", offer_id=row.id),
                note=" ".join(filter(None, (said(area_name(row.area)), row.address))),
                reason=said(CAUSES[row.cause][0]),
                waits_for=row.supervisor or _("a supervisor to be assigned"),
                act=_("Record service"),
                mine=True,
                about=f"offer:{row.id}",
            )
            for row in rows
        ],
    )
