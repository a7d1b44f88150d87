"""Accounts, as they are looked up."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from tenants.db import db
from tenants.models import Tenant, User, UserStatus
from tenants.roles import Role
from tenants.scope import tenant_scope

DEMO_PASSWORD = "demo_password"  # noqa: S105 - the key in a demo federation's settings


@dataclass(frozen=True)
class DemoFederation:
    """A federation to try the service with, and who may be tried in it."""

    slug: str
    name: str
    name_en: str
    password: str
    people: Sequence[User]


def account_of(email: str) -> User | None:
    """The account of this address in the federation in scope, however it is capitalised."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.strip().lower()))


def get_user(user_id: int, *, lock: bool = False) -> User:
    """A user, or 404: another federation's user does not exist."""
    query = select(User).where(User.id == user_id)
    user: User = db.one_or_404(query.with_for_update() if lock else query)
    return user


def slug_of(tenant_id: int) -> str | None:
    """Where a federation is found."""
    with db.engine.connect() as connection:
        return connection.scalar(select(Tenant.slug).where(Tenant.id == tenant_id))


def demo_federations() -> list[DemoFederation]:
    """Those whose settings give away a password; only ever shown in demo mode."""
    query = (
        select(Tenant.id, Tenant.slug, Tenant.name, Tenant.name_en, Tenant.settings)
        .where(Tenant.settings.has_key(DEMO_PASSWORD), Tenant.status == "active")
        .order_by(Tenant.id)
    )
    with db.engine.connect() as connection:
        found = connection.execute(query).all()
    return [
        DemoFederation(slug, name, name_en, settings[DEMO_PASSWORD], _demo_people(tenant_id))
        for tenant_id, slug, name, name_en, settings in found
    ]


def _demo_people(tenant_id: int) -> list[User]:
    """One active account of each role, in the order of the roles."""
    with tenant_scope(tenant_id):
        active = db.session.scalars(
            select(User).where(User.status == UserStatus.ACTIVE).order_by(User.id)
        ).all()
    first = {user.role: user for user in reversed(active)}
    return [first[role] for role in Role if role in first]
