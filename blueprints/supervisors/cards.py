"""What the supervisors' room puts on the workbench: what lapses, and what waits for an answer."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Row, Stuck, card
from blueprints.supervisors import roster_queries
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.plan_models import Handover
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 5
OF_TAKER = (Supervisor.tenant_id == Handover.tenant_id) & (Supervisor.id == Handover.taker_id)


@card(60, May.SUPERVISORS_EDIT)
def certificates_and_terms(_viewer: Viewer) -> Card | None:
    """Certificates and terms of engagement that end soon, or have ended."""
    found = roster_queries.ending(today())
    if not found:
        return None
    lapsing = [one for one in found if one.until]
    ending = [one for one in found if one.term_to]
    rows = [
        Row(
            one.name,
            url=url_for("supervisors.show", supervisor_id=one.id),
            date=one.until,
            note=_("certificate"),
        )
        for one in lapsing[:SHOWN]
    ]
    rows += [
        Row(
            one.name,
            url=url_for("supervisors.show", supervisor_id=one.id),
            date=one.term_to,
            note=_("term of engagement"),
        )
        for one in ending[:SHOWN]
    ]
    return Card(
        _("Certificates and terms of supervisors"),
        figure=len(lapsing) + len(ending),
        link=url_for("supervisors.index"),
        rows=rows,
    )


@card(44, May.SUPERVISORS_OWN)
def handovers_to_answer(viewer: Viewer) -> Card | None:
    """Handovers that wait for this supervisor."""
    query = (
        select(Handover.id, Handover.on, Handover.enterprises, func.count().over().label("n"))
        .join(Supervisor, OF_TAKER)
        .where(Handover.state == "proposed", Supervisor.user_id == viewer.id)
        .order_by(Handover.on)
        .limit(SHOWN)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Stuck(
        _("Enterprises to take over"),
        figure=rows[0].n,
        link=url_for("supervisors.my_handovers"),
        rows=[
            Row(
                _("%(num)s enterprises", num=len(row.enterprises)),
                url=url_for("supervisors.my_handover", handover_id=row.id),
                date=row.on,
                reason=_("Until you accept, nothing moves."),
                waits_for=_("you"),
                act=_("Read and answer"),
            )
            for row in rows
        ],
    )
