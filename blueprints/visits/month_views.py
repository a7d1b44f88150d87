"""My month: the plan against what was done, hours, expenses, trainings; and the officer's view."""

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.packing import packed
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import get_supervisor
from blueprints.visits import month_pages, queries, work_actions, work_queries
from blueprints.visits.month_pages import month_asked, month_page
from blueprints.visits.photos import keep
from blueprints.visits.work_forms import ExpenseForm, HoursForm, MonthPlanForm
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.files import UploadRefused, open_document
from tenants.models import Document
from tenants.roles import May

bp = Blueprint("my_month", __name__, url_prefix="/<tenant>")
FORMS = {"pdf": "application/pdf", "docx": "application/octet-stream"}


@bp.get("/my-month")
@requires(May.SUPERVISORS_OWN)
@packed
def index() -> ResponseReturnValue:
    mine = queries.own(viewer().id)
    if mine is None:
        return render_template("visits/no_roster.html")
    return shown(mine, own=True)


@bp.get("/supervisors/<int:supervisor_id>/month")
@requires(May.SUPERVISORS_READ)
def of(supervisor_id: int) -> ResponseReturnValue:
    """The same page of somebody else, for the officer who confirms the plan."""
    return shown(get_supervisor(supervisor_id), own=False)


@bp.post("/my-month/plan")
@requires(May.SUPERVISORS_OWN)
def draft() -> ResponseReturnValue:
    mine, form = me(lock=True), MonthPlanForm()
    month = month_asked(request.args.get("month"))
    if not form.validate():
        return shown(mine, own=True, plan_form=form), 422
    ways = {
        name.removeprefix("way-"): value.strip()[:200]
        for name, value in request.form.items()
        if name.startswith("way-") and value.strip()
    }
    work_actions.draft_plan(mine, month, by_id=viewer().id, ways=ways, **form.facts())
    db.session.commit()
    flash(_("The plan is written; your officer confirms it."), "ok")
    return moved(month_pages.address(month))


@bp.post("/supervisors/<int:supervisor_id>/month/confirmation")
@requires(May.WORK_CONFIRM)
def confirm(supervisor_id: int) -> ResponseReturnValue:
    supervisor = get_supervisor(supervisor_id)
    month = month_asked(request.args.get("month"))
    plan = work_actions.plan_of(supervisor, month, lock=True) or abort(404)
    work_actions.confirm_plan(supervisor, plan, by_id=viewer().id)
    db.session.commit()
    flash(_("The plan is confirmed."), "ok")
    return moved(month_pages.address(month, supervisor))


@bp.post("/my-month/hours")
@requires(May.SUPERVISORS_OWN)
def add_hours() -> ResponseReturnValue:
    mine, form = me(), HoursForm(today=today())
    if not form.validate():
        return shown(mine, own=True, hours_form=form), 422
    work_actions.add_hours(mine, **form.facts())
    db.session.commit()
    flash(_("The hours are recorded."), "ok")
    return moved(month_pages.address(form.worked_on.data))


@bp.post("/my-month/hours/<int:work_id>/removal")
@requires(May.SUPERVISORS_OWN)
def remove_hours(work_id: int) -> ResponseReturnValue:
    mine = me()
    entry = work_queries.get_entry(mine, work_id)
    work_actions.remove_hours(mine, entry)
    db.session.commit()
    return moved(month_pages.address(entry.worked_on))


@bp.post("/my-month/expenses")
@requires(May.SUPERVISORS_OWN)
def add_expense() -> ResponseReturnValue:
    mine, form = me(), ExpenseForm(today=today())
    if not form.validate():
        return shown(mine, own=True, expense_form=form), 422
    expense = work_actions.claim(mine, by_id=viewer().id, **form.facts())
    if form.receipt.data and form.receipt.data.filename:
        try:
            expense.receipt_id = keep(form.receipt.data, "expense", expense, by_id=viewer().id)
        except UploadRefused as refused:
            db.session.rollback()
            form.receipt.errors = [month_pages.in_words(refused)]
            return shown(mine, own=True, expense_form=form), 422
    db.session.commit()
    flash(_("The expense is entered."), "ok")
    return moved(month_pages.address(form.spent_on.data))


@bp.post("/my-month/expenses/<int:expense_id>/removal")
@requires(May.SUPERVISORS_OWN)
def remove_expense(expense_id: int) -> ResponseReturnValue:
    expense = work_queries.get_expense(expense_id, me())
    day = expense.spent_on
    work_actions.withdraw_claim(expense)
    db.session.commit()
    return moved(month_pages.address(day))


@bp.get("/expenses/<int:expense_id>/receipt")
@requires(May.WORK_CONFIRM)
def receipt(expense_id: int) -> ResponseReturnValue:
    """The receipt, for whoever decides."""
    expense = work_queries.get_expense(expense_id)
    document = expense.receipt_id and db.session.get(
        Document, (expense.tenant_id, expense.receipt_id)
    )
    if not document:
        abort(404)
    return attachment(open_document(document), document.name, document.media_type)


@bp.get("/supervisors/<int:supervisor_id>/month/plan.<any(pdf, docx):form>")
@requires(May.SUPERVISORS_READ)
def letter(supervisor_id: int, form: str) -> ResponseReturnValue:
    """The plan as form 27d, with what became of each item."""
    return plan_on_paper(get_supervisor(supervisor_id), form)


@bp.get("/my-month/plan.<any(pdf, docx):form>")
@requires(May.SUPERVISORS_OWN)
def own_letter(form: str) -> ResponseReturnValue:
    return plan_on_paper(me(), form)


def plan_on_paper(supervisor: Supervisor, form: str) -> ResponseReturnValue:
    month = month_asked(request.args.get("month"))
    data = month_pages.plan_letter(supervisor, month, form)
    return attachment(data, f"{supervisor.name}-{month:%Y-%m}.{form}", FORMS[form])


def me(*, lock: bool = False) -> Supervisor:
    mine = queries.own(viewer().id)
    if mine is None:
        raise RuleBroken(month_pages.NOT_ON_ROSTER)
    return get_supervisor(mine.id, lock=lock)


def shown(supervisor: Supervisor, *, own: bool, **forms: Any) -> str:
    month: date = month_asked(request.args.get("month"))
    return render_template(
        "visits/month.html", **month_page(supervisor, month, own=own, viewer=viewer(), **forms)
    )
