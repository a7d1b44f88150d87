"""Assigning, by hand and in bulk; ending an assignment; handing over to another supervisor."""

from typing import Any

from flask import Response, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from blueprints.registry.areas import city_of
from blueprints.registry.industries import sections
from blueprints.registry.kinds import STANDINGS
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.tenancy import require
from blueprints.supervisors import actions, handovers, queries
from blueprints.supervisors.choosing import Chosen, Count, counted, ids_of
from blueprints.supervisors.forms import AssignForm, EndForm, HandoverForm
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.views import bp
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.roles import May
from tenants.scope import current_tenant_id


@bp.get("/assignments/new")
@requires(May.SUPERVISORS_ASSIGN)
def new_assignment() -> ResponseReturnValue:
    """Choose the enterprises; the page counts them before anything is written."""
    chosen = Chosen.from_args(request.args)
    supervisor_id = request.args.get("supervisor", type=int)
    form = assign_form(formdata=None, valid_from=today(), supervisor_id=supervisor_id)
    return choosing(chosen, counted(chosen, viewer(), today()), form)


@bp.post("/assignments")
@requires(May.SUPERVISORS_ASSIGN)
def create_assignment() -> ResponseReturnValue:
    """Assign exactly what was counted; should the count have changed, count again."""
    chosen, form = Chosen.from_args(request.args), assign_form()
    count = counted(chosen, viewer(), form.valid_from.data or today())
    if not form.validate() or not chosen.anything:
        return choosing(chosen, count, form, 422)
    if form.expected.data != str(count.free):
        form.form_errors.append(_("The count has changed since; look again and confirm."))
        return choosing(chosen, count, form, 409)
    supervisor = queries.lock_to_assign(form.supervisor_id.data)
    try:
        ids = ids_of(chosen, viewer(), today())
        assigned = actions.assign(supervisor, ids, form.valid_from.data)
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(said(broken.text))
        return choosing(chosen, count, form, 422)
    db.session.commit()
    words = _n(
        "%(name)s now serves %(num)s more enterprise.",
        "%(name)s now serves %(num)s more enterprises.",
        assigned.made,
        name=supervisor.name,
    )
    flash(words, "ok")
    return moved(url_for(".show", supervisor_id=supervisor.id))


@bp.get("/assignments/<int:assignment_id>/end")
@requires(May.SUPERVISORS_ASSIGN)
def ending(assignment_id: int) -> ResponseReturnValue:
    assignment = queries.get_assignment(assignment_id)
    return end_page(assignment, EndForm(formdata=None, on=today()))


@bp.post("/assignments/<int:assignment_id>/end")
@requires(May.SUPERVISORS_ASSIGN)
def end(assignment_id: int) -> ResponseReturnValue:
    assignment, form = queries.get_assignment(assignment_id, lock=True), EndForm()
    if not form.validate():
        return end_page(assignment, form), 422
    supervisor_id = assignment.supervisor_id
    actions.end(assignment, form.on.data, form.reason.data or "")
    db.session.commit()
    flash(_("The assignment is ended."), "ok")
    return moved(url_for(".show", supervisor_id=supervisor_id))


@bp.get("/<int:supervisor_id>/handover")
@requires(May.SUPERVISORS_ASSIGN)
def new_handover(supervisor_id: int) -> ResponseReturnValue:
    """Hand over everything, or what was picked from the portfolio."""
    supervisor = queries.supervisor_to_change(supervisor_id)
    form = HandoverForm(formdata=None, others=others(supervisor), on=today())
    return handover_page(supervisor, form)


@bp.post("/<int:supervisor_id>/handover")
@requires(May.SUPERVISORS_ASSIGN)
def create_handover(supervisor_id: int) -> ResponseReturnValue:
    supervisor = queries.get_supervisor(supervisor_id, lock=True)
    form = HandoverForm(others=others(supervisor))
    if not form.validate():
        return handover_page(supervisor, form), 422
    taker = queries.get_supervisor(form.taker_id.data)
    try:
        handover = handovers.propose(
            supervisor, taker, form.on.data, form.reason.data or "", by_id=viewer().id,
            only=picked(),
        )  # fmt: skip
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(said(broken.text))
        return handover_page(supervisor, form), 422
    db.session.commit()
    words = _n(
        "%(name)s is asked to take over %(num)s enterprise.",
        "%(name)s is asked to take over %(num)s enterprises.",
        len(handover.enterprises),
        name=taker.name,
    )
    flash(words, "ok")
    return moved(url_for(".handover", handover_id=handover.id))


def assign_form(**given: Any) -> AssignForm:
    return AssignForm(supervisors=queries.still_here(today()), **given)


def choosing(chosen: Chosen, count: Count, form: AssignForm, status: int = 200) -> Response:
    return page(
        "supervisors/assign.html",
        fragment="supervisors/_chosen.html",
        status=status,
        chosen=chosen,
        count=count,
        form=form,
        areas=[(area.code, said(area.name)) for area in city_of(require().division).areas],
        industries=[
            (division.code, f"{division.code} {said(division.name)}")
            for section in sections()
            for division in section.divisions
        ],
        standings=[(value, said(words)) for value, words in STANDINGS.items()],
    )


def end_page(assignment: Assignment, form: EndForm) -> str:
    enterprise = db.session.get(Enterprise, (current_tenant_id(), assignment.enterprise_id))
    return render_template(
        "supervisors/end.html",
        assignment=assignment,
        enterprise=enterprise or abort(404),
        supervisor=queries.get_supervisor(assignment.supervisor_id),
        form=form,
    )


def handover_page(supervisor: Supervisor, form: HandoverForm) -> str:
    total = queries.unfinished(supervisor, today())
    return render_template(
        "supervisors/handover.html",
        supervisor=supervisor,
        form=form,
        picked=picked(),
        total=len(picked()) or total,
    )


def others(supervisor: Supervisor) -> list[Supervisor]:
    return [one for one in queries.still_here(today()) if one.id != supervisor.id]


def picked() -> list[int]:
    """The enterprises picked from the portfolio; none means all of it."""
    return request.args.getlist("id", type=int)
