"""What the supervisors' room says on the register: who serves an enterprise, and since when."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.registry.contributions import (
    Cell,
    Entry,
    Panel,
    bulk_act,
    column,
    events,
    panel,
    when_merged,
)
from blueprints.shared.guards import Viewer
from blueprints.supervisors import queries
from blueprints.supervisors.actions import follow_merge
from tenants.clock import today
from tenants.roles import May

bulk_act(20, _l("Assign supervisor"), "supervisors.new_assignment", May.SUPERVISORS_ASSIGN)
when_merged(follow_merge)


@column(40, _l("Supervisor"))
def supervisor_column(ids: Sequence[int]) -> dict[int, Cell]:
    """Who serves each enterprise of the page today, in one query."""
    return {
        ident: Cell(found.name) for ident, found in queries.supervisors_of(ids, today()).items()
    }


@panel(40)
def supervisor_panel(enterprise_id: int, viewer: Viewer) -> Panel:
    """Who serves it, and who did before."""
    periods = queries.periods_of(enterprise_id)
    day = today()
    now_serving = next(
        (p for p in periods if p.valid_from <= day and (not p.valid_to or p.valid_to > day)), None
    )
    return Panel(
        _("Supervisor"),
        "supervisors/_panel.html",
        {
            "enterprise_id": enterprise_id,
            "serving": now_serving,
            "periods": [period for period in periods if period is not now_serving],
            "may_read": viewer.may(May.SUPERVISORS_READ),
            "may_assign": viewer.may(May.SUPERVISORS_ASSIGN),
        },
    )


@events
def assignment_events(enterprise_id: int) -> Iterator[Entry]:
    """Lines of the timeline: who began to serve it, and who ceased."""
    for period in queries.periods_of(enterprise_id):
        if period.valid_from <= today():
            yield Entry(period.valid_from, _("%(name)s became its supervisor", name=period.name))
        if period.valid_to and period.valid_to <= today():
            yield Entry(
                period.valid_to, _("%(name)s ceased to be its supervisor", name=period.name)
            )
