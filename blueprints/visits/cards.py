"""What this room puts on the workbench: a supervisor's day, and what waits for the officer."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Row, card
from blueprints.visits import queries
from blueprints.visits.agenda import day_of
from blueprints.visits.labels import OUTCOMES
from blueprints.visits.models import NextStep, Visit, VisitState
from blueprints.visits.work_models import Expense, MonthPlan
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 5


@card(5, May.SUPERVISORS_OWN)
def my_day(viewer: Viewer) -> Card | None:
    """The first things of a supervisor's day, leading to all of them."""
    mine = queries.own(viewer.id)
    if mine is None:
        return None
    day = day_of(mine, today())
    return Card(
        _("My day"),
        place="first",
        covers=day.covers,
        figure=len(day.items),
        link=url_for("my_day.index"),
        link_words=_("Open my day"),
        note=_("Nothing is planned for today") if not day.items else "",
        rows=[
            Row(
                item.where.name,
                url=item.url,
                date=item.due,
                note=f"{item.at:%H:%M} {item.what}" if item.at else str(item.what),
                mine=True,
                about=item.about,
            )
            for item in day.items[:SHOWN]
        ],
    )


@card(45, May.WORK_CONFIRM)
def step_in(viewer: Viewer) -> Card | None:
    """Visits after which the supervisor asks the officer to step in, while nobody went again."""
    latest = (
        select(func.max(Visit.id))
        .where(Visit.state == VisitState.DONE)
        .group_by(Visit.enterprise_id)
    )
    rows = db.session.execute(
        select(
            Visit.id, Visit.visited_on, Visit.outcome, Enterprise.name,
            func.count().over().label("total"),
        )
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Visit.tenant_id, Enterprise.id == Visit.enterprise_id),
        )
        .where(
            Visit.id.in_(latest),
            Visit.next_step == NextStep.TELL_OFFICER,
            within_reach(viewer, May.VISITS_READ),
        )
        .order_by(Visit.visited_on.desc(), Visit.id)
        .limit(SHOWN)
    ).all()  # fmt: skip
    if not rows:
        return None
    return Card(
        _("Supervisors ask you to step in"),
        figure=rows[0].total,
        rows=[
            Row(
                row.name,
                url=url_for("visits.show", visit_id=row.id),
                note=f"{row.visited_on} {OUTCOMES[row.outcome]}",
            )
            for row in rows
        ],
    )


@card(46, May.WORK_CONFIRM)
def to_confirm(_viewer: Viewer) -> Card | None:
    """Plans and expenses that wait for a decision."""
    unconfirmed = (
        select(func.count()).select_from(MonthPlan).where(MonthPlan.confirmed_by_id.is_(None))
    )
    claimed = select(func.count()).select_from(Expense).where(Expense.state == "claimed")
    plans, claims = db.session.execute(
        select(unconfirmed.scalar_subquery(), claimed.scalar_subquery())
    ).one()
    if not plans and not claims:
        return None
    found = (
        (plans, _("Plans to confirm"), url_for("work.index")),
        (claims, _("Expenses to decide on"), url_for("work.index", _anchor="claims")),
    )
    return Card(
        _("Work of the supervisors"),
        figure=(plans or 0) + (claims or 0),
        link=url_for("work.index"),
        rows=[Row(words, url=url, note=str(count)) for count, words, url in found if count],
    )
