"""Whom each supervisor serves, on a day; and who serves each enterprise."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from blueprints.registry.models import Enterprise
from blueprints.registry.queries import found_by
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.db import db, held
from tenants.models import User, UserStatus
from tenants.roles import Role
from tenants.scope import area_scope


class Named(NamedTuple):
    """A supervisor as a list shows one."""

    id: int
    name: str


def supervisor_of(enterprise_id: int, on: date) -> Supervisor | None:
    """The supervisor who serves this enterprise on that day."""
    return db.session.scalar(
        select(Supervisor)
        .join(Assignment, Assignment.supervisor_id == Supervisor.id)
        .where(Assignment.enterprise_id == enterprise_id, *in_force(on))
    )


def supervisors_of(enterprise_ids: Sequence[int], on: date) -> dict[int, Named]:
    """The same for all enterprises of a page, in one query. Those served by nobody are missing."""
    query = (
        select(Assignment.enterprise_id, Supervisor.id, Supervisor.name)
        .join(Supervisor, Supervisor.id == Assignment.supervisor_id)
        .where(Assignment.enterprise_id.in_(enterprise_ids), *in_force(on))
    )
    return {row[0]: Named(row[1], row[2]) for row in db.session.execute(query)}


def portfolio(user_id: int, on: date) -> Select[int]:
    """The ids of the enterprises that this user serves as a supervisor."""
    return (
        select(Assignment.enterprise_id)
        .join(Supervisor, Supervisor.id == Assignment.supervisor_id)
        .where(Supervisor.user_id == user_id, *in_force(on))
    )


def served_by(supervisor_id: int, on: date) -> Select[int]:
    """The ids of the enterprises that this supervisor serves."""
    return select(Assignment.enterprise_id).where(
        Assignment.supervisor_id == supervisor_id, *in_force(on)
    )


def in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions for an assignment that holds on a day."""
    return (
        Assignment.valid_from <= on,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to > on),
    )


def not_over(on: date) -> ColumnElement[bool]:
    """The condition for an assignment that holds on a day, or will."""
    return or_(Assignment.valid_to.is_(None), Assignment.valid_to > on)


def get_supervisor(supervisor_id: int, *, lock: bool = False) -> Supervisor:
    """A supervisor, or 404. Lock to change who is served."""
    query = select(Supervisor).where(Supervisor.id == supervisor_id)
    found: Supervisor = db.one_or_404(query.with_for_update() if lock else query)
    return found


def supervisor_to_change(supervisor_id: int) -> Supervisor:
    """A supervisor whose entry this person may change, or 404: not one who also works elsewhere."""
    found = get_supervisor(supervisor_id)
    return found if held(found) else abort(404)


def lock_to_assign(supervisor_id: int) -> Supervisor:
    """A supervisor who may be seen, or 404; locked, though the entry may be another area's.

    What an officer of an area assigns lies there; whoever is proposed for it may live elsewhere.
    """
    get_supervisor(supervisor_id)
    with area_scope(None):
        return get_supervisor(supervisor_id, lock=True)


def get_assignment(assignment_id: int, *, lock: bool = False) -> Assignment:
    query = select(Assignment).where(Assignment.id == assignment_id)
    found: Assignment = db.one_or_404(query.with_for_update() if lock else query)
    return found


def still_here(on: date) -> Sequence[Supervisor]:
    """Everybody on the roster who has not left by that day, by name."""
    query = select(Supervisor).where(or_(Supervisor.left_on.is_(None), Supervisor.left_on > on))
    return db.session.scalars(query.order_by(Supervisor.name, Supervisor.id)).all()


def not_on_roster() -> Sequence[Any]:
    """Accounts with the role of a supervisor that are not on the roster yet, of any area."""
    query = (
        select(User.id, User.name, User.email, User.phone)
        .outerjoin(
            Supervisor,
            and_(Supervisor.tenant_id == User.tenant_id, Supervisor.user_id == User.id),
        )
        .where(
            User.role == Role.SUPERVISOR,
            User.status != UserStatus.DISABLED,
            Supervisor.id.is_(None),
        )
        .order_by(User.name, User.id)
    )
    with area_scope(None):
        return db.session.execute(query).all()


def get_account(user_id: int) -> User:
    found: User = db.one_or_404(
        select(User).where(User.id == user_id, User.role == Role.SUPERVISOR)
    )
    return found


def serves(supervisor: Supervisor, on: date, *, q: str = "", cursor: str | None = None) -> Page:
    """One leaf of a supervisor's portfolio, by the name of the enterprise."""
    query = (
        select(
            Assignment.id,
            Assignment.valid_from,
            Assignment.valid_to,
            Assignment.enterprise_id,
            Enterprise.name,
            Enterprise.area,
            Enterprise.industry,
            Enterprise.headcount,
        )
        .join(Enterprise, Enterprise.id == Assignment.enterprise_id)
        .where(Assignment.supervisor_id == supervisor.id, not_over(on))
    )
    if q:
        query = query.where(found_by(q))
    return leaf(query, (Key(Enterprise.sort_key), Key(Assignment.id)), cursor=cursor)


def how_many_served(supervisor: Supervisor, on: date) -> Any:
    """How many enterprises and workers are in the portfolio on a day."""
    query = (
        select(func.count(), func.coalesce(func.sum(Enterprise.headcount), 0))
        .select_from(Assignment)
        .join(Enterprise, Enterprise.id == Assignment.enterprise_id)
        .where(Assignment.supervisor_id == supervisor.id, *in_force(on))
    )
    return db.session.execute(query).one()


def unfinished(supervisor: Supervisor, on: date) -> int:
    """How many assignments reach beyond a day."""
    query = select(func.count()).where(Assignment.supervisor_id == supervisor.id, not_over(on))
    return int(db.session.scalar(query) or 0)


def served_before(supervisor: Supervisor, on: date, *, newest: int = 50) -> Sequence[Any]:
    """The periods that are over, the latest first."""
    query = (
        select(
            Assignment.enterprise_id, Enterprise.name, Assignment.valid_from, Assignment.valid_to
        )
        .join(Enterprise, Enterprise.id == Assignment.enterprise_id)
        .where(Assignment.supervisor_id == supervisor.id, Assignment.valid_to <= on)
        .order_by(Assignment.valid_to.desc(), Assignment.id.desc())
        .limit(newest)
    )
    return db.session.execute(query).all()


def periods_of(enterprise_id: int) -> Sequence[Any]:
    """Who served an enterprise, and when; the latest first."""
    query = (
        select(
            Assignment.id,
            Supervisor.id.label("supervisor_id"),
            Supervisor.name,
            Supervisor.phone,
            Assignment.valid_from,
            Assignment.valid_to,
        )
        .join(Supervisor, Supervisor.id == Assignment.supervisor_id)
        .where(Assignment.enterprise_id == enterprise_id)
        .order_by(Assignment.valid_from.desc())
    )
    return db.session.execute(query).all()
