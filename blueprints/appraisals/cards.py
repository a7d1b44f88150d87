"""What the appraisals put on the workbench: what waits for the leader, and for the supervisor."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from blueprints.appraisals import queries
from blueprints.appraisals.models import Appraisal
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Row, card
from blueprints.supervisors.models import Supervisor
from tenants.db import db
from tenants.roles import May

SHOWN = 5


@card(50, May.APPRAISALS_DECIDE)
def to_decide(viewer: Viewer) -> Card | None:
    """Appraisals marked by somebody else, and objections, that wait for a decision."""
    rows = db.session.execute(
        select(
            Appraisal.id, Appraisal.year, Appraisal.state, Supervisor.name,
            func.count().over().label("total"),
        )
        .join(
            Supervisor,
            and_(
                Supervisor.tenant_id == Appraisal.tenant_id,
                Supervisor.id == Appraisal.supervisor_id,
            ),
        )
        .where(
            Appraisal.state.in_(("marked", "objected")),
            Appraisal.marked_by_id != viewer.id,
        )
        .order_by(Appraisal.marked_at, Appraisal.id)
        .limit(SHOWN)
    ).all()  # fmt: skip
    if not rows:
        return None
    return Card(
        _("Appraisals to decide"),
        figure=rows[0].total,
        link=url_for("appraisals.index", year=rows[0].year, state=rows[0].state),
        rows=[
            Row(
                row.name,
                url=url_for("appraisals.show", appraisal_id=row.id),
                note=_("objection") if row.state == "objected" else str(row.year),
            )
            for row in rows
        ],
    )


@card(48, May.SUPERVISORS_OWN)
def my_appraisal(viewer: Viewer) -> Card | None:
    """The own appraisal, while something can be said to it."""
    open_ones = [
        one for one in queries.own_appraisals(viewer.id) if one.state in {"open", "decided"}
    ]
    if not open_ones:
        return None
    words = {"open": _("State your own view"), "decided": _("See the result; object or accept")}
    return Card(
        _("My appraisal"),
        link=url_for("my_appraisals.index"),
        rows=[
            Row(
                str(one.year), url=url_for("my_appraisals.show", appraisal_id=one.id),
                note=words[one.state],
            )
            for one in open_ones
        ],
    )  # fmt: skip
