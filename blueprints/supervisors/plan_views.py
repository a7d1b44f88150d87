"""Optimal assignment: draw a plan up, read why, compare with today, adjust, apply as one act."""

from typing import Any

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _p
from flask_babel import ngettext as _n

from blueprints.registry.areas import area_name, city_of
from blueprints.registry.queries import get_enterprise
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.tenancy import require
from blueprints.shared.trail.words import history
from blueprints.supervisors import (
    people,
    plan_actions,
    plan_queries,
    planning,
    queries,
    sources,
)
from blueprints.supervisors.plan_forms import MODES, SIDES, ChoiceForm, PlanForm
from blueprints.supervisors.plan_models import AssignmentPlan
from blueprints.supervisors.views import bp, sheets_of
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

STATES = {"draft": _p("plan", "Draft"), "applied": _l("Applied"), "dropped": _l("Dropped")}
GROUP_WORDS = {
    "all": _l("All"),
    "changed": _l("Another supervisor than today"),
    "unmet": _l("Wishes not met"),
    "left_out": _l("Left out"),
    "by_hand": _l("Fixed by hand"),
}


@bp.get("/plans")
@requires(May.SUPERVISORS_READ)
def plans() -> ResponseReturnValue:
    """All plans, the newest first."""
    state = request.args.get("state", "")
    return page(
        "supervisors/plans.html",
        fragment="supervisors/_plans.html",
        page=plan_queries.plans(state=state, cursor=request.args.get("cursor")),
        state=state,
        source_name=sources.name_of,
        states=STATES,
    )


@bp.get("/plans/new")
@requires(May.SUPERVISORS_ASSIGN)
def new_plan() -> ResponseReturnValue:
    asked = request.args
    form = plan_form(
        formdata=None,
        source=asked.get("source", sources.UNSERVED),
        mode=asked.get("mode", "best"),
        valid_from=today(),
        without=asked.getlist("without", type=int),
    )
    return drawing(form)


@bp.post("/plans")
@requires(May.SUPERVISORS_ASSIGN)
def create_plan() -> ResponseReturnValue:
    """Draw a plan up and work it out; nothing changes until it is applied."""
    form = plan_form()
    if not form.validate():
        return drawing(form), 422
    try:
        plan = plan_actions.draw_up(by_id=viewer().id, **form.facts())
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(said(broken.text))
        return drawing(form), 422
    db.session.commit()
    return moved(url_for(".plan", plan_id=plan.id))


@bp.get("/plans/<int:plan_id>")
@requires(May.SUPERVISORS_READ)
def plan(plan_id: int) -> ResponseReturnValue:
    """What it comes to, who would have how much, and each enterprise with its reasons."""
    return plan_page(plan_queries.get_plan(plan_id))


@bp.get("/plans/<int:plan_id>/export.<any(xlsx, csv):kind>")
@requires(May.SUPERVISORS_READ)
def export_plan(plan_id: int, kind: str) -> ResponseReturnValue:
    found = plan_queries.get_plan(plan_id)
    heads = [
        _("Enterprise"), _("Area"), _("Workers"), _("Weight"),
        _("At that time") if found.state == "applied" else _("Today"), _("In the plan"),
        _("Points"), _("Wishes not met"), _("Why nobody"), _("By hand"),
    ]  # fmt: skip
    rows = (
        (
            row.name, said(area_name(row.area)), row.headcount, row.weight / 10, row.now, row.then,
            row.cost, _(", ").join(said(people.UNMET[name]) for name in row.unmet),
            said(people.REASONS[row.reason]) if row.reason else None,
            _("yes") if row.by_hand else None,
        )
        for row in plan_queries.for_export(found, plan_queries.Narrowed.from_args(request.args))
    )  # fmt: skip
    return sheet(kind, found.title, heads, rows)


@bp.post("/plans/<int:plan_id>/solve")
@requires(May.SUPERVISORS_ASSIGN)
def solve_plan(plan_id: int) -> ResponseReturnValue:
    plan_actions.solve_again(plan_queries.get_plan(plan_id, lock=True))
    db.session.commit()
    flash(_("The plan is worked out again."), "ok")
    return moved(url_for(".plan", plan_id=plan_id))


@bp.post("/plans/<int:plan_id>/apply")
@requires(May.SUPERVISORS_ASSIGN)
def apply_plan(plan_id: int) -> ResponseReturnValue:
    """Every change of the plan at once, or none; and the letters to the supervisors."""
    found = plan_queries.get_plan(plan_id, lock=True)
    try:
        count = plan_actions.apply(found, by_id=viewer().id)
    except RuleBroken as broken:
        db.session.rollback()
        return plan_page(plan_queries.get_plan(plan_id), fault=said(broken.text), status=409)
    db.session.commit()
    words = _n(
        "The plan is applied: %(num)s enterprise has a new supervisor.",
        "The plan is applied: %(num)s enterprises have a new supervisor.",
        count,
    )
    flash(words, "ok")
    return moved(url_for(".plan", plan_id=plan_id))


@bp.post("/plans/<int:plan_id>/drop")
@requires(May.SUPERVISORS_ASSIGN)
def drop_plan(plan_id: int) -> ResponseReturnValue:
    plan_actions.drop(plan_queries.get_plan(plan_id, lock=True))
    db.session.commit()
    flash(_("The plan is dropped."), "ok")
    return moved(url_for(".plans"))


@bp.get("/plans/<int:plan_id>/enterprises/<int:enterprise_id>")
@requires(May.SUPERVISORS_READ)
def plan_item(plan_id: int, enterprise_id: int) -> ResponseReturnValue:
    """Why this one: the wishes met and not, the others, and what each would cost more."""
    return item_page(plan_id, enterprise_id, choice_form(formdata=None))


@bp.post("/plans/<int:plan_id>/enterprises/<int:enterprise_id>")
@requires(May.SUPERVISORS_ASSIGN)
def adjust_plan(plan_id: int, enterprise_id: int) -> ResponseReturnValue:
    """Somebody else by hand, or anybody but one; what is fixed stays fixed."""
    found = plan_queries.get_plan(plan_id, lock=True)
    item, form = plan_queries.get_item(found, enterprise_id), choice_form()
    if not form.validate():
        return item_page(plan_id, enterprise_id, form), 422
    act = plan_actions.put if form.act.data == "put" else plan_actions.exclude
    try:
        act(found, item, form.supervisor_id.data, form.note.data or "")
    except RuleBroken as broken:
        db.session.rollback()
        form.supervisor_id.errors = [said(broken.text)]
        return item_page(plan_id, enterprise_id, form), 422
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".plan_item", plan_id=plan_id, enterprise_id=enterprise_id))


@bp.post("/plans/<int:plan_id>/enterprises/<int:enterprise_id>/release")
@requires(May.SUPERVISORS_ASSIGN)
def release_plan(plan_id: int, enterprise_id: int) -> ResponseReturnValue:
    found = plan_queries.get_plan(plan_id, lock=True)
    plan_actions.release(found, plan_queries.get_item(found, enterprise_id))
    db.session.commit()
    flash(_("Nothing is fixed by hand for it any more; the plan is worked out again."), "ok")
    return moved(url_for(".plan_item", plan_id=plan_id, enterprise_id=enterprise_id))


def plan_form(**given: Any) -> PlanForm:
    return PlanForm(
        city=city_of(require().division),
        sources=list(sources.choices()),
        supervisors=queries.still_here(today()),
        **given,
    )


def choice_form(**given: Any) -> ChoiceForm:
    return ChoiceForm(supervisors=queries.still_here(today()), **given)


def drawing(form: PlanForm) -> str:
    return render_template("supervisors/plan_new.html", form=form)


def plan_page(found: AssignmentPlan, fault: str = "", status: int = 200) -> Response:
    narrowed = plan_queries.Narrowed.from_args(request.args)
    loads = planning.loads_of(found)
    return page(
        "supervisors/plan.html",
        fragment="supervisors/_plan_items.html",
        status=status,
        plan=found,
        fault=fault,
        source=sources.name_of(found.source),
        loads=loads,
        narrowed=narrowed,
        page=plan_queries.items(found, narrowed, cursor=request.args.get("cursor")),
        total=plan_queries.how_many(found, narrowed),
        changes=plan_queries.changes(found),
        by_hand=plan_queries.by_hand(found),
        elsewhere=plan_queries.elsewhere(found),
        exports=sheets_of(".export_plan", plan_id=found.id),
        groups=GROUP_WORDS,
        states=STATES,
        modes=MODES,
        sides=SIDES,
        bars=people.BARS,
        reasons=people.REASONS,
        unmet=people.UNMET,
        history=history(trail.of(found, newest=30)),
    )


def item_page(plan_id: int, enterprise_id: int, form: ChoiceForm) -> str:
    found = plan_queries.get_plan(plan_id)
    item = plan_queries.get_item(found, enterprise_id)
    options = item.why.get("options", [])
    enterprise = get_enterprise(enterprise_id, viewer())
    return render_template(
        "supervisors/plan_item.html",
        plan=found,
        item=item,
        enterprise=enterprise,
        form=form,
        options=options,
        names=people.names(
            [one["id"] for one in options]
            + [one for one in (item.supervisor_id, item.current_id) if one]
            + [one.supervisor_id for one in plan_queries.wishes(found, enterprise_id)]
        ),
        wishes=plan_queries.wishes(found, enterprise_id),
        loads={one["id"]: one for one in planning.loads_of(found)},
        bars=people.BARS,
        reasons=people.REASONS,
        unmet=people.UNMET,
    )
