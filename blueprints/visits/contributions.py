"""What this room says on the register and on the roster: visits to an enterprise, visits made."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select, update

from blueprints.registry.contributions import Entry, Panel, events, panel, when_merged
from blueprints.shared.guards import Viewer
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import supervisor_of
from blueprints.supervisors.roster import Load, counts_as_load
from blueprints.visits import queries
from blueprints.visits.exports import NOBODY_SERVES
from blueprints.visits.labels import OUTCOME_LOOKS, OUTCOMES, PURPOSES
from blueprints.visits.models import Visit, VisitState
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@when_merged
def follow_merge(kept_id: int, double_id: int) -> None:
    """The visits to a double are visits to the enterprise that is kept."""
    db.session.execute(
        update(Visit).where(Visit.enterprise_id == double_id).values(enterprise_id=kept_id)
    )


@panel(35)
def visits_panel(enterprise_id: int, viewer: Viewer) -> Panel | None:
    """The visits to the enterprise, and the way to the next."""
    if not viewer.may(May.VISITS_READ):
        return None
    return Panel(
        _("Visits"),
        "visits/_panel.html",
        {
            "enterprise_id": enterprise_id,
            "rows": queries.of_enterprise(enterprise_id),
            "may_record": viewer.may(May.VISITS_RECORD),
            "by_whom": queries.own(viewer.id) or supervisor_of(enterprise_id, today()),
            "nobody": NOBODY_SERVES,
            "purposes": PURPOSES,
            "outcomes": OUTCOMES,
            "looks": OUTCOME_LOOKS,
        },
    )


@events
def visit_events(enterprise_id: int) -> Iterator[Entry]:
    """Lines of the timeline: who went there, and what came of it."""
    for row in queries.of_enterprise(enterprise_id, newest=50):
        if row.state == VisitState.DONE:
            words = _("%(name)s visited it", name=row.supervisor)
            link = (_("Record"), url_for("visits.show", visit_id=row.id))
            yield Entry(row.visited_on, words, str(OUTCOMES[row.outcome]), [link])


def visits_this_month(on: date) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Visit)
        .where(
            Visit.tenant_id == Supervisor.tenant_id,
            Visit.supervisor_id == Supervisor.id,
            Visit.state == VisitState.DONE,
            Visit.visited_on.between(on.replace(day=1), on),
        )
        .correlate(Supervisor)
        .scalar_subquery()
    )


counts_as_load(
    Load(
        "visits",
        _l("Visits this month"),
        visits_this_month,
        lambda supervisor_id: url_for("visits.index", supervisor=supervisor_id),
    )
)
