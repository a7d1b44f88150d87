"""Reading a supervisor's month: entries, claims, trainings, what falls due; and all of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Deadline, DeadlineStatus
from blueprints.registry.models import Enterprise
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import served_by
from blueprints.visits.models import Visit, VisitState
from blueprints.visits.work_models import Expense, MonthPlan, Training, WorkEntry
from tenants.db import db

SHOWN = 60


def get_entry(supervisor: Supervisor, work_id: int) -> WorkEntry:
    query = select(WorkEntry).where(
        WorkEntry.id == work_id, WorkEntry.supervisor_id == supervisor.id
    )
    found: WorkEntry = db.one_or_404(query)
    return found


def get_expense(expense_id: int, supervisor: Supervisor | None = None) -> Expense:
    """An expense to be changed; of this supervisor, where one is given."""
    query = select(Expense).where(Expense.id == expense_id)
    if supervisor is not None:
        query = query.where(Expense.supervisor_id == supervisor.id)
    found: Expense = db.one_or_404(query.with_for_update())
    return found


def entries(supervisor: Supervisor, first: date, last: date) -> Sequence[WorkEntry]:
    query = select(WorkEntry).where(
        WorkEntry.supervisor_id == supervisor.id, WorkEntry.worked_on.between(first, last)
    )
    return db.session.scalars(query.order_by(WorkEntry.worked_on.desc(), WorkEntry.id)).all()


def expenses(supervisor: Supervisor, first: date, last: date) -> Sequence[Expense]:
    query = select(Expense).where(
        Expense.supervisor_id == supervisor.id, Expense.spent_on.between(first, last)
    )
    return db.session.scalars(query.order_by(Expense.spent_on.desc(), Expense.id)).all()


def trainings_of(supervisor: Supervisor, first: date, last: date) -> Sequence[Training]:
    query = select(Training).where(
        Training.supervisor_id == supervisor.id, Training.held_on.between(first, last)
    )
    return db.session.scalars(query.order_by(Training.held_on.desc(), Training.id)).all()


def visits_of(supervisor: Supervisor, first: date, last: date) -> Sequence[Any]:
    """Visits planned for the span or made in it, by day."""
    day = func.coalesce(Visit.visited_on, Visit.planned_on)
    query = (
        select(
            Visit.id, Visit.state, Visit.purpose, Visit.minutes, Visit.outcome, day.label("on"),
            Enterprise.name,
        )
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Visit.tenant_id, Enterprise.id == Visit.enterprise_id),
        )
        .where(
            Visit.supervisor_id == supervisor.id,
            Visit.state != VisitState.DROPPED,
            day.between(first, last),
        )
        .order_by(day, Visit.id)
        .limit(4 * SHOWN)
    )  # fmt: skip
    return db.session.execute(query).all()


def falls_due(supervisor: Supervisor, first: date, last: date, on: date) -> Sequence[Any]:
    """Clocks of the portfolio that end in the span, with the article and what became of them."""
    query = (
        select(
            Offer.id, Deadline.due_on, Deadline.article, Deadline.status, Offer.document_no,
            Enterprise.name,
        )
        .join(
            Deadline,
            and_(
                Deadline.tenant_id == Offer.tenant_id,
                Deadline.subject_id == Offer.id,
                Deadline.subject_kind == Offer.__tablename__,
            ),
        )
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Offer.tenant_id, Enterprise.id == Offer.enterprise_id),
        )
        .where(
            Offer.enterprise_id.in_(served_by(supervisor.id, on)),
            Deadline.due_on.between(first, last),
            Deadline.status != DeadlineStatus.DROPPED,
        )
        .order_by(Deadline.due_on, Offer.id)
        .limit(SHOWN)
    )  # fmt: skip
    return db.session.execute(query).all()


def open_cases(supervisor: Supervisor, on: date) -> int:
    """Offers of the portfolio whose addressee agreed to bargain, and that are not closed."""
    query = select(func.count()).where(
        Offer.enterprise_id.in_(served_by(supervisor.id, on)),
        Offer.state.in_((OfferState.ANSWERED_YES, OfferState.ANSWERED_CONDITIONAL)),
    )
    return int(db.session.scalar(query) or 0)


def first_visits(supervisor: Supervisor, first: date, last: date) -> int:
    """How many visits of the span were the first ever to their enterprise."""
    found = (
        select(Visit.enterprise_id)
        .where(
            Visit.supervisor_id == supervisor.id,
            Visit.state == VisitState.DONE,
            Visit.visited_on.between(first, last),
            Visit.enterprise_id.not_in(
                select(Visit.enterprise_id).where(
                    Visit.state == VisitState.DONE, Visit.visited_on < first
                )
            ),
        )
        .distinct()
    )
    return int(db.session.scalar(select(func.count()).select_from(found.subquery())) or 0)


def claims_waiting() -> Sequence[Any]:
    """Expenses nobody has decided on, the oldest first."""
    query = (
        select(
            Expense.id, Expense.spent_on, Expense.kind, Expense.cents, Expense.note,
            Expense.supervisor_id, Expense.entered_by_id, Expense.receipt_id, Supervisor.name,
        )
        .join(
            Supervisor,
            and_(Supervisor.tenant_id == Expense.tenant_id, Supervisor.id == Expense.supervisor_id),
        )
        .where(Expense.state == "claimed")
        .order_by(Expense.spent_on, Expense.id)
        .limit(SHOWN)
    )  # fmt: skip
    return db.session.execute(query).all()


def plans_of(month: date, ids: Sequence[int]) -> dict[int, MonthPlan]:
    query = select(MonthPlan).where(MonthPlan.month == month, MonthPlan.supervisor_id.in_(ids))
    return {plan.supervisor_id: plan for plan in db.session.scalars(query)}


def trainings(kind: str, supervisor: str, year: str) -> Select[Any]:
    """All trainings, narrowed."""
    query: Any = select(
        Training.id, Training.held_on, Training.title, Training.kind, Training.minutes,
        Training.organiser, Training.certificate_no, Training.supervisor_id, Supervisor.name,
    ).join(
        Supervisor,
        and_(Supervisor.tenant_id == Training.tenant_id, Supervisor.id == Training.supervisor_id),
    )  # fmt: skip
    if kind:
        query = query.where(Training.kind == kind)
    if supervisor.isdigit():
        query = query.where(Training.supervisor_id == int(supervisor))
    if year.isdigit() and len(year) == 4:
        first = date(int(year) or 1, 1, 1)
        query = query.where(Training.held_on.between(first, date(first.year, 12, 31)))
    found: Select[Any] = query
    return found


def trainings_page(query: Select[Any], cursor: str | None) -> Page:
    return leaf(query, (Key(Training.held_on, True), Key(Training.id, True)), cursor=cursor)
