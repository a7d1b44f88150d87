"""What the page of a month shows, and the plan on paper (27d)."""

from datetime import date, timedelta
from typing import Any

from flask import url_for

from blueprints.notices.letters.compose import compose
from blueprints.notices.wordings import text_in_force
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import language, said
from blueprints.shared.trail.words import history
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import how_many_served
from blueprints.visits import hours, labels, work_actions, work_queries
from blueprints.visits.exports import on_paper
from blueprints.visits.work_forms import ExpenseForm, HoursForm, MonthPlanForm
from blueprints.visits.work_models import MonthPlan
from rules.broken import RuleBroken
from rules.days import local_day
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.models import User
from tenants.roles import May

TEXT_ID = "27d-supervisor-monthly-plan"
NOT_ON_ROSTER = Text("您还没有列入指导员名册。", "You are not on the roster of supervisors yet.")
DONE = {
    "met": Text("已完成", "done"),
    "lapsed": Text("已届满，未答复", "ended without a reply"),
    "running": Text("进行中", "running"),
}
NOTHING = Text("无", "none")


def month_asked(words: str | None) -> date:
    """The month of an address, "2026-03"; this month where it cannot be read."""
    try:
        return date.fromisoformat(f"{words}-01")
    except ValueError:
        return today().replace(day=1)


def address(day: date, supervisor: Supervisor | None = None) -> str:
    month = f"{day:%Y-%m}"
    if supervisor is None:
        return url_for("my_month.index", month=month)
    return url_for("my_month.of", supervisor_id=supervisor.id, month=month)


def in_words(broken: RuleBroken) -> str:
    return said(broken.text)


def month_page(
    supervisor: Supervisor,
    month: date,
    *,
    own: bool,
    viewer: Viewer,
    plan_form: MonthPlanForm | None = None,
    hours_form: HoursForm | None = None,
    expense_form: ExpenseForm | None = None,
) -> dict[str, Any]:
    first, last = hours.span(month)
    plan = work_actions.plan_of(supervisor, first)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    whom = None if own else supervisor
    visits = work_queries.visits_of(supervisor, first, last)
    return {
        "supervisor": supervisor,
        "own": own,
        "month": first,
        "plan": plan,
        "confirmed_by": name_of(plan),
        "figures": hours.month_of(supervisor, month),
        "planned": sum(1 for row in visits if row.state == "planned"),
        "firsts": work_queries.first_visits(supervisor, first, last),
        "visits": visits,
        "due": work_queries.falls_due(supervisor, first, last, today()),
        "done": DONE,
        "entries": work_queries.entries(supervisor, first, last),
        "expenses": work_queries.expenses(supervisor, first, last),
        "trainings": work_queries.trainings_of(supervisor, first.replace(month=1, day=1), last),
        "plan_form": plan_form or MonthPlanForm(formdata=None, obj=plan),
        "hours_form": hours_form or HoursForm(formdata=None, today=today(), worked_on=today()),
        "expense_form": expense_form or ExpenseForm(formdata=None, today=today(), spent_on=today()),
        "previous_url": address(before, whom),
        "following_url": address(after, whom),
        "may_confirm": viewer.may(May.WORK_CONFIRM) and viewer.id != supervisor.user_id,
        "history": history(trail.of(supervisor, newest=20)) if not own else [],
        "works": labels.WORKS,
        "spendings": labels.SPENDINGS,
        "expense_states": labels.EXPENSE_STATES,
        "teachings": labels.TEACHINGS,
        "purposes": labels.PURPOSES,
        "outcomes": labels.OUTCOMES,
    }


def name_of(plan: MonthPlan | None) -> str:
    """Who confirmed a plan."""
    if plan is None or plan.confirmed_by_id is None:
        return ""
    return db.session.get_one(User, (plan.tenant_id, plan.confirmed_by_id)).name


def plan_letter(supervisor: Supervisor, month: date, form: str) -> bytes:
    """Form 27d. What nobody has written is a line for the pen."""
    values = plan_values(supervisor, month)
    return on_paper(compose(text_in_force(TEXT_ID), values, language(), blanks=True), form)


def plan_values(supervisor: Supervisor, month: date) -> dict[str, Any]:
    first, last = hours.span(month)
    plan, lang = work_actions.plan_of(supervisor, first), language()
    former_first, _former_last = hours.span(first - timedelta(days=1))
    former = work_actions.plan_of(supervisor, former_first)
    figures = hours.month_of(supervisor, first)
    done = hours.month_of(supervisor, former_first)
    share = figures.share
    due = work_queries.falls_due(supervisor, first, last, today())
    return {
        "plan_month": f"{first.year}年{first.month}月" if lang == "zh" else f"{first:%B %Y}",
        "supervisor_name": supervisor.name,
        "assigned_count": how_many_served(supervisor, today())[0],
        "open_case_count": work_queries.open_cases(supervisor, today()),
        "due_items": [
            {
                "due_item_on": row.due_on,
                "due_item_unit": row.name,
                "due_item_title": Text("要约答复期满", "reply period ends"),
                "due_item_article": row.article,
                "due_item_plan": (plan.ways.get(str(row.id)) if plan else None) or "—",
                "due_item_done": DONE[row.status],
            }
            for row in due
        ],
        "planned_visit_count": plan.visits if plan else None,
        "planned_new_count": plan.first_visits if plan else None,
        "planned_training_text": (plan.training or NOTHING) if plan else None,
        "support_request_text": (plan.support or NOTHING) if plan else None,
        "last_planned_count": former.visits if former else 0,
        "last_done_count": done.visits,
        "last_gap_text": (plan.gap or NOTHING) if plan else None,
        "bargaining_time_share": f"{share:.0%}" if share is not None else None,
        "other_time_share": f"{1 - share:.0%}" if share is not None else None,
        "other_work_text": (plan.other_work or NOTHING) if plan else None,
        "officer_name": name_of(plan) or None,
        "issued_on": local_day(plan.confirmed_at) if plan and plan.confirmed_at else None,
    }
