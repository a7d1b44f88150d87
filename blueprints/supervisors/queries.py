"""Whom each supervisor serves, on a day."""

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select

from blueprints.supervisors.models import Assignment, Supervisor
from tenants.db import db


def supervisor_of(enterprise_id: int, on: date) -> Supervisor | None:
    """The supervisor who serves this enterprise on that day."""
    return db.session.scalar(
        select(Supervisor)
        .join(Assignment, Assignment.supervisor_id == Supervisor.id)
        .where(Assignment.enterprise_id == enterprise_id, *in_force(on))
    )


def portfolio(user_id: int, on: date) -> Select[int]:
    """The ids of the enterprises that this user serves as a supervisor."""
    return (
        select(Assignment.enterprise_id)
        .join(Supervisor, Supervisor.id == Assignment.supervisor_id)
        .where(Supervisor.user_id == user_id, *in_force(on))
    )


def in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions for an assignment that holds on a day."""
    return (
        Assignment.valid_from <= on,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to > on),
    )
