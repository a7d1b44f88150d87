"""What the contracts hand in for a supervisor's day and calendar: checks, findings to follow."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.contracts.ground.check_models import CheckState, PerformanceCheck
from blueprints.contracts.ground.membership_models import Membership, MembershipState
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.performance.finding_models import Finding, FindingState
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import served_by
from blueprints.visits.agenda import SHOWN, Item, Where, on_the_agenda
from blueprints.visits.ahead import MOST, Entry, Span, in_the_calendar, place_of
from blueprints.visits.duties import SOON, WHERE
from tenants.db import db

# Put to both chiefs, or promised by a day: somebody has to look whether it was done.
FOLLOWED = (FindingState.PUT_TO_CHIEFS, FindingState.PLAN)


@on_the_agenda(35)
def checks_due(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """Checks planned for this week or before, each once; the oldest first."""
    rows = db.session.execute(
        _of_portfolio(supervisor, on, PerformanceCheck, PerformanceCheck.planned_on)
        .where(
            PerformanceCheck.state == CheckState.PLANNED, PerformanceCheck.planned_on <= on + SOON
        )
        .limit(SHOWN)
    )
    for row in rows:
        yield Item(
            "check",
            Where.of(row),
            _l("Performance check"),
            url_for("performance.show", check_id=row.id),
            _l("Start the check"),
            note=row.contract,
            due=row.due,
            about=f"check:{row.id}",
        )


@in_the_calendar
def checks_planned(supervisor: Supervisor, span: Span) -> Iterable[Entry]:
    """Checks of several weeks, on the day they are planned for."""
    day = PerformanceCheck.planned_on
    rows = db.session.execute(
        _of_portfolio(
            supervisor, span.on, PerformanceCheck, day, PerformanceCheck.state,
            PerformanceCheck.version,
        )
        .where(day.between(span.first, span.last))
        .limit(MOST)
    )  # fmt: skip
    for row in rows:
        where = Where.of(row)
        called_off = row.state == CheckState.CANCELLED
        yield Entry(
            "check", row.id, row.due, f"{where.name} {_('Performance check')}",
            place=place_of(where), note=row.contract, sequence=row.version + called_off,
            called_off=called_off,
        )  # fmt: skip


@in_the_calendar
def days_of_correction(supervisor: Supervisor, span: Span) -> Iterable[Entry]:
    """The days by which something is to be put right."""
    rows = db.session.execute(
        _of_portfolio(
            supervisor, span.on, Finding, Finding.due_on, Finding.fact, Finding.state,
            Finding.version,
        )
        .where(Finding.due_on.between(span.first, span.last))
        .limit(MOST)
    )  # fmt: skip
    for row in rows:
        where = Where.of(row)
        yield Entry(
            "finding", row.id, row.due, f"{where.name} {_('See whether it was put right')}",
            place=place_of(where), note=row.fact, sequence=row.version,
            called_off=row.state not in FOLLOWED,
        )  # fmt: skip


@on_the_agenda(36)
def findings_to_follow(supervisor: Supervisor, on: date) -> Iterable[Item]:
    """Findings whose day of correction is this week or has passed."""
    rows = db.session.execute(
        _of_portfolio(supervisor, on, Finding, Finding.due_on, Finding.fact)
        .where(Finding.state.in_(FOLLOWED), Finding.due_on <= on + SOON)
        .limit(SHOWN)
    )
    for row in rows:
        yield Item(
            "finding",
            Where.of(row),
            _l("See whether it was put right"),
            url_for("performance.finding", finding_id=row.id),
            _l("Open the finding"),
            note=row.fact,
            due=row.due,
            about=f"finding:{row.id}",
        )


def _of_portfolio(
    supervisor: Supervisor, on: date, model: Any, due: Any, *columns: Any
) -> Select[Any]:
    """Rows at an enterprise of the portfolio, or over a contract that binds one; each once."""
    bound = exists().where(
        Membership.tenant_id == Contract.tenant_id,
        Membership.contract_id == Contract.id,
        Membership.enterprise_id == Enterprise.id,
        Membership.state == MembershipState.ACTIVE,
    )
    whole = and_(model.enterprise_id.is_(None), or_(Contract.enterprise_id == Enterprise.id, bound))
    return (
        select(model.id, due.label("due"), Contract.name.label("contract"), *columns, *WHERE)
        .ext(distinct_on(due, model.id))
        .select_from(model)
        .join(
            Contract,
            and_(Contract.tenant_id == model.tenant_id, Contract.id == model.contract_id),
        )
        .join(
            Enterprise,
            and_(
                Enterprise.tenant_id == model.tenant_id,
                or_(Enterprise.id == model.enterprise_id, whole),
            ),
        )
        .where(Enterprise.id.in_(served_by(supervisor.id, on)))
        .order_by(due, model.id, Enterprise.sort_key, Enterprise.id)
    )
