"""The card that asks for a calendar: clocks whose last day nobody can be sure of without it."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from sqlalchemy import func, select

from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Row, Stuck, card
from tenants.db import db
from tenants.roles import May


@card(45, May.CALENDARS_EDIT)
def calendar_missing(viewer: Viewer) -> Stuck | None:  # noqa: ARG001 - the house's own matter
    """Running clocks with a provisional day, for those who may enter the year they wait for."""
    number, last = db.session.execute(
        select(func.count(), func.max(Deadline.due_on)).where(
            Deadline.status == DeadlineStatus.RUNNING, Deadline.provisional
        )
    ).one()
    if not number:
        return None
    return Stuck(
        _("Calendar"),
        rows=[
            Row(
                _("Holidays of %(year)s", year=last.year),
                url=url_for("calendars.index"),
                reason=_n(
                    "%(num)s clock has a provisional day; it lapses only when the year is entered",
                    "%(num)s clocks have a provisional day; they lapse only when the year is "
                    "entered",
                    number,
                ),
                waits_for=_("the State Council's notice"),
                act=_("Enter the holidays"),
                mine=True,
            )
        ],
    )
