"""Planning a visit, moving it, taking it out of the plan."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry.models import Enterprise
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import supervisor_of
from blueprints.visits import actions, queries
from blueprints.visits.exports import NOBODY_SERVES
from blueprints.visits.forms import DropForm, PlanForm
from blueprints.visits.models import Visit, VisitState
from blueprints.visits.views import bp, enterprise_of
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/plan")
@requires(May.VISITS_RECORD)
def planning() -> ResponseReturnValue:
    """Plan a visit to an enterprise of one's reach."""
    enterprise = asked_enterprise()
    form = PlanForm(formdata=None, today=today(), planned_on=today())
    return plan_page(enterprise, form)


@bp.post("/plan")
@requires(May.VISITS_RECORD)
def plan() -> ResponseReturnValue:
    enterprise, form = asked_enterprise(), PlanForm(today=today())
    if not form.validate():
        return plan_page(enterprise, form), 422
    try:
        visit = actions.plan(
            going_to(enterprise), enterprise.id, form.planned_on.data, purpose=form.purpose.data,
            at=form.planned_at.data, note=form.plan_note.data or None,
        )  # fmt: skip
    except RuleBroken as broken:
        form.planned_on.errors = [said(broken.text)]
        return plan_page(enterprise, form), 422
    db.session.commit()
    flash(_("The visit to %(name)s is in the plan.", name=enterprise.name), "ok")
    return moved(back(visit))


@bp.get("/<int:visit_id>/plan")
@requires(May.VISITS_RECORD)
def replanning(visit_id: int) -> ResponseReturnValue:
    visit = planned(visit_id)
    form = PlanForm(formdata=None, obj=visit, today=today())
    return plan_page(enterprise_of(visit), form, visit)


@bp.post("/<int:visit_id>/plan")
@requires(May.VISITS_RECORD)
def replan(visit_id: int) -> ResponseReturnValue:
    visit, form = planned(visit_id, lock=True), PlanForm(today=today())
    if not form.validate():
        return plan_page(enterprise_of(visit), form, visit), 422
    actions.replan(
        visit, on=form.planned_on.data, at=form.planned_at.data, purpose=form.purpose.data,
        note=form.plan_note.data or None,
    )  # fmt: skip
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(back(visit))


@bp.post("/<int:visit_id>/drop")
@requires(May.VISITS_RECORD)
def drop(visit_id: int) -> ResponseReturnValue:
    """Take it out of the plan, with the reason."""
    visit, dropping = planned(visit_id, lock=True), DropForm()
    if not dropping.validate():
        form = PlanForm(formdata=None, obj=visit, today=today())
        return plan_page(enterprise_of(visit), form, visit, dropping), 422
    actions.drop(visit, dropping.why.data or "")
    db.session.commit()
    flash(_("The visit is out of the plan."), "ok")
    return moved(back(visit))


def asked_enterprise() -> Enterprise:
    ident = request.args.get("enterprise", type=int)
    return queries.get_enterprise(ident, viewer(), May.VISITS_RECORD)


def planned(visit_id: int, *, lock: bool = False) -> Visit:
    visit = queries.get_visit(visit_id, viewer(), May.VISITS_RECORD, lock=lock)
    return visit if visit.state == VisitState.PLANNED else abort(404)


def going_to(enterprise: Enterprise) -> Supervisor:
    """Who goes there: the supervisor who plans, or else the one who serves the enterprise."""
    found = queries.own(viewer().id) or supervisor_of(enterprise.id, today())
    if found is None:
        raise RuleBroken(NOBODY_SERVES)
    return found


def back(visit: Visit) -> str:
    mine = queries.own(viewer().id)
    if mine is not None and mine.id == visit.supervisor_id:
        return url_for("my_day.index")
    return url_for("my_day.of", supervisor_id=visit.supervisor_id)


def plan_page(
    enterprise: Enterprise,
    form: PlanForm,
    visit: Visit | None = None,
    dropping: DropForm | None = None,
) -> str:
    return render_template(
        "visits/plan.html",
        enterprise=enterprise,
        form=form,
        visit=visit,
        dropping=dropping or DropForm(formdata=None),
    )
