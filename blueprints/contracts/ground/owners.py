"""Who may take on a piece of the work: a day of checking, a line of the forecast."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from tenants.db import db
from tenants.models import User, UserStatus
from tenants.roles import Role

OWNING = (Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.APPROVER)


def owners() -> Sequence[Any]:
    """Id and name of each, by name."""
    query = select(User.id, User.name).where(
        User.role.in_(OWNING), User.status == UserStatus.ACTIVE
    )
    return db.session.execute(query.order_by(User.name, User.id)).all()
