"""The workbench (工作台): what is due today, for the person who looks."""

from datetime import UTC, date, datetime

from flask import Blueprint, render_template, session
from flask.typing import ResponseReturnValue

from blueprints.rulebook.queries import calendar
from blueprints.shared.clock import today
from blueprints.shared.guards import requires, viewer
from blueprints.shared.packing import packed
from blueprints.shared.read_once import reading
from blueprints.shared.role_names import role_name
from blueprints.shared.workbench_cards import board
from blueprints.workbench.layout import kind_of, lay_out, legend
from rules.calendars import Calendar
from tenants.roles import May

bp = Blueprint("workbench", __name__)


@bp.get("/<tenant>/")
@requires(May.SIGNED_IN)
@packed
def index() -> ResponseReturnValue:
    person = viewer()
    with reading():
        days = calendar()
        bench = lay_out(board.cards_for(person), today(), lambda day: is_worked(days, day))
    before = session.get("before")
    return render_template(
        "workbench/index.html",
        bench=bench,
        legend=legend(bench.series),
        kind_of=kind_of,
        role=role_name(person.role),
        before=datetime.fromtimestamp(before, UTC) if before else None,
        may=person.may,
        May=May,
    )


def is_worked(calendar: Calendar, day: date) -> bool:
    """A year without a calendar yet still has its weekends."""
    return calendar.works(day) if calendar.covers(day, day) else day.weekday() < 5
