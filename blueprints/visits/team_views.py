"""All supervisors' months side by side, the claims that wait, and the trainings."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.supervisors.queries import get_supervisor, still_here
from blueprints.visits import labels, team, work_actions, work_queries
from blueprints.visits.exports import sheets
from blueprints.visits.month_pages import month_asked
from blueprints.visits.work_forms import DecisionForm, TrainingForm
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("work", __name__, url_prefix="/<tenant>/work")


@bp.get("")
@requires(May.SUPERVISORS_READ)
def index() -> ResponseReturnValue:
    """A month of everybody: planned against made, hours, the share for bargaining."""
    month = month_asked(request.args.get("month"))
    return page(
        "visits/team.html",
        fragment="visits/_team.html",
        month=month,
        sort=team.sort_asked(request.args.get("sort")),
        rows=team.rows(month, request.args.get("sort")),
        claims=work_queries.claims_waiting() if viewer().may(May.WORK_CONFIRM) else [],
        spendings=labels.SPENDINGS,
        decision=DecisionForm(formdata=None),
        exports=sheets(".export"),
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.SUPERVISORS_READ)
def export(kind: str) -> ResponseReturnValue:
    month = month_asked(request.args.get("month"))
    rows = (row.cells for row in team.rows(month, request.args.get("sort")))
    return sheet(kind, _("Work of %(month)s", month=f"{month:%Y-%m}"), team.heads(), rows)


@bp.post("/expenses/<int:expense_id>/decision")
@requires(May.WORK_CONFIRM)
def decide(expense_id: int) -> ResponseReturnValue:
    """Accept an expense, or refuse it with the reason."""
    expense, form = work_queries.get_expense(expense_id), DecisionForm()
    if form.validate():
        work_actions.decide(
            expense,
            accept=form.decision.data == "accept",
            note=form.note.data or None,
            by_id=viewer().id,
        )
        db.session.commit()
        flash(_("The decision is recorded."), "ok")
    else:
        flash(_("State why it is refused."), "warning")
    return moved(url_for(".index", _anchor="claims"))


@bp.get("/trainings")
@requires(May.SUPERVISORS_READ)
def trainings() -> ResponseReturnValue:
    """Every training, the latest first."""
    asked = training_questions()
    query = work_queries.trainings(**asked)
    return page(
        "visits/trainings.html",
        fragment="visits/_trainings.html",
        asked=asked,
        page=work_queries.trainings_page(query, request.args.get("cursor")),
        supervisors=still_here(today()),
        teachings=labels.TEACHINGS,
        years=[today().year - n for n in range(4)],
        exports=sheets(".export_trainings"),
    )


@bp.get("/trainings/export.<any(xlsx, csv):kind>")
@requires(May.SUPERVISORS_READ)
def export_trainings(kind: str) -> ResponseReturnValue:
    heads = [
        _("Day"), _("Supervisor"), _("Title"), _("Kind"), _("Hours"), _("Held by"),
        _("Number of the certificate"),
    ]  # fmt: skip
    query = work_queries.trainings(**training_questions())
    rows = (
        (
            row.held_on, row.name, row.title, str(labels.TEACHINGS[row.kind]), row.minutes / 60,
            row.organiser, row.certificate_no,
        )
        for row in db.session.execute(query)
    )  # fmt: skip
    return sheet(kind, _("Trainings"), heads, rows)


@bp.get("/trainings/new")
@requires(May.WORK_CONFIRM)
def new_training() -> ResponseReturnValue:
    form = TrainingForm(
        formdata=None, today=today(), supervisors=still_here(today()), held_on=today()
    )
    return render_template("visits/training.html", form=form)


@bp.post("/trainings")
@requires(May.WORK_CONFIRM)
def create_training() -> ResponseReturnValue:
    """Enter one training for all who took part."""
    form = TrainingForm(today=today(), supervisors=still_here(today()))
    if not form.validate():
        return render_template("visits/training.html", form=form), 422
    people = [get_supervisor(ident) for ident in form.supervisors.data]
    count = work_actions.record_training(people, **form.facts())
    db.session.commit()
    flash(_n("%(num)s entry is made.", "%(num)s entries are made.", count), "ok")
    return moved(url_for(".trainings"))


def training_questions() -> dict[str, Any]:
    asked = {
        name: request.args.get(name, "").strip()[:20] for name in ("kind", "supervisor", "year")
    }
    if asked["kind"] not in labels.TEACHINGS:
        asked["kind"] = ""
    return asked
