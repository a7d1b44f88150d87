"""Activities beside the table, on screen: planned, held, asked, promised, settled."""

from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.activities import actions, forms
from blueprints.bargaining.activities.contributions import LOOKS, STATES
from blueprints.bargaining.cases.corrections import stale
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.activity_kinds import kind_names, kinds
from blueprints.bargaining.ground.activity_models import Activity
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.uploads import upload
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

ONE = "/<int:case_id>/activities/<int:activity_id>"


@bp.get("/<int:case_id>/activities/new")
@requires(May.CASES_EDIT)
def new_activity(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return activity_form(case, forms.ActivityForm(formdata=None, data={"planned_on": today()}))


@bp.post("/<int:case_id>/activities")
@requires(May.CASES_EDIT)
def create_activity(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = forms.ActivityForm()
    if not form.validate():
        return activity_form(case, form), 422
    activity = actions.plan(case, form.facts(), by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".show_activity", case_id=case.id, activity_id=activity.id))


@bp.get(ONE)
@requires(May.CASES_READ)
def show_activity(case_id: int, activity_id: int) -> ResponseReturnValue:
    """When, where, with whom; questions and answers; minutes; what was promised."""
    case = queries.seen(case_id, viewer())
    return activity_page(case, actions.get_activity(case, activity_id) or abort(404))


@bp.get(f"{ONE}/edit")
@requires(May.CASES_EDIT)
def edit_activity(case_id: int, activity_id: int) -> ResponseReturnValue:
    case, activity = loaded(case_id, activity_id, lock=False)
    known = {"seen": activity.updated_at.isoformat()}
    form = forms.ActivityForm(formdata=None, activity=activity, obj=activity, data=known)
    return activity_form(case, form, activity)


@bp.post(f"{ONE}/edit")
@requires(May.CASES_EDIT)
def update_activity(case_id: int, activity_id: int) -> ResponseReturnValue:
    case, activity = loaded(case_id, activity_id)
    form = forms.ActivityForm(activity=activity)
    if stale(form, activity.updated_at):
        return activity_form(case, form, activity), 409
    if not form.validate():
        return activity_form(case, form, activity), 422
    actions.replan(case, activity, form.facts())
    return done(case, activity)


@bp.post(f"{ONE}/held")
@requires(May.CASES_EDIT)
def hold_activity(case_id: int, activity_id: int) -> ResponseReturnValue:
    """Record that it was held, with its minutes."""
    case, activity = loaded(case_id, activity_id)
    form = forms.HeldForm()
    if not form.validate() or not (scan := upload(form.scan, "activity", case)).fine:
        return activity_page(case, activity, held=form), 422
    actions.hold(
        case, activity, held_on=form.held_on.data, present=form.present.data,
        minutes=form.minutes.data, minutes_id=scan.document_id,
    )  # fmt: skip
    return done(case, activity)


@bp.post(f"{ONE}/questions")
@requires(May.CASES_EDIT)
def create_question(case_id: int, activity_id: int) -> ResponseReturnValue:
    case, activity = loaded(case_id, activity_id)
    form = forms.QuestionForm()
    if not form.validate():
        return activity_page(case, activity, question=form), 422
    actions.ask(case, activity, form.by.data, form.question.data, form.answer.data or "")
    return done(case, activity)


@bp.post(f"{ONE}/follow-ups")
@requires(May.CASES_EDIT)
def create_follow_up(case_id: int, activity_id: int) -> ResponseReturnValue:
    case, activity = loaded(case_id, activity_id)
    form = forms.PromiseForm()
    if not form.validate():
        return activity_page(case, activity, promise=form), 422
    actions.promise(case, activity, form.what.data, form.who.data, form.due_on.data)
    return done(case, activity)


@bp.get(f"{ONE}/follow-ups/<int:follow_up_id>")
@requires(May.CASES_EDIT)
def edit_follow_up(case_id: int, activity_id: int, follow_up_id: int) -> ResponseReturnValue:
    case, activity = loaded(case_id, activity_id, lock=False)
    form = forms.SettledForm(formdata=None, data={"on": today()})
    return follow_up_form(case, activity, follow_up_id, form)


@bp.post(f"{ONE}/follow-ups/<int:follow_up_id>")
@requires(May.CASES_EDIT)
def settle_follow_up(case_id: int, activity_id: int, follow_up_id: int) -> ResponseReturnValue:
    """What became of a promise."""
    case, activity = loaded(case_id, activity_id)
    follow = actions.get_follow_up(activity, follow_up_id) or abort(404)
    form = forms.SettledForm()
    if not form.validate():
        return follow_up_form(case, activity, follow_up_id, form), 422
    actions.settle(case, follow, form.on.data, form.outcome.data)
    return done(case, activity)


@bp.post(f"{ONE}/cancellation")
@requires(May.CASES_EDIT)
def cancel_activity(case_id: int, activity_id: int) -> ResponseReturnValue:
    case, activity = loaded(case_id, activity_id)
    form = forms.CallOffForm()
    if not form.validate():
        return activity_page(case, activity, off=form), 422
    actions.call_off(case, activity, form.reason.data)
    return done(case, activity)


def loaded(case_id: int, activity_id: int, *, lock: bool = True) -> tuple[BargainingCase, Activity]:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=lock)
    return case, actions.get_activity(case, activity_id) or abort(404)


def done(case: BargainingCase, activity: Activity) -> ResponseReturnValue:
    db.session.commit()
    return moved(url_for(".show_activity", case_id=case.id, activity_id=activity.id))


def activity_form(
    case: BargainingCase, form: forms.ActivityForm, activity: Activity | None = None
) -> str:
    action = (
        url_for(".update_activity", case_id=case.id, activity_id=activity.id)
        if activity
        else url_for(".create_activity", case_id=case.id)
    )
    return render_template(
        "bargaining/form.html", case=case, form=form, action=action,
        title=_("Change the activity") if activity else _("Plan an activity"),
        note="　".join(f"{said(kind.name)}: {said(kind.about)}" for kind in kinds()),
    )  # fmt: skip


def follow_up_form(case: BargainingCase, activity: Activity, ident: int, form: Form) -> str:
    follow = actions.get_follow_up(activity, ident) or abort(404)
    back = url_for(".show_activity", case_id=case.id, activity_id=activity.id)
    return render_template(
        "bargaining/form.html", case=case, form=form, title=follow.what, back=back,
        action=url_for(".settle_follow_up", case_id=case.id, activity_id=activity.id,
                       follow_up_id=ident),
    )  # fmt: skip


def activity_page(case: BargainingCase, activity: Activity, **typed: Any) -> str:
    fresh = {
        "held": forms.HeldForm(
            formdata=None, obj=activity, data={"held_on": activity.held_on or today()}
        ),
        "question": forms.QuestionForm(formdata=None),
        "promise": forms.PromiseForm(formdata=None),
        "off": forms.CallOffForm(formdata=None),
    }
    return render_template(
        "bargaining/activity.html", case=case, activity=activity, names=kind_names(),
        follow_ups=actions.follow_ups_of([activity.id]), states=STATES, looks=LOOKS,
        files=queries.names_of_papers([activity.minutes_id]), **{**fresh, **typed},
    )  # fmt: skip
