"""Having every session read its person again, after who may do what has changed."""

from flask import g
from sqlalchemy import update

from blueprints.shared import tenancy
from tenants.db import db
from tenants.models import Tenant
from tenants.scope import current_tenant_id


def move_on() -> None:
    """Sessions of the federation re-read their row at their next request; in this transaction."""
    db.session.execute(
        update(Tenant)
        .where(Tenant.id == current_tenant_id())
        .values(users_epoch=Tenant.users_epoch + 1)
        .execution_options(synchronize_session=False)
    )


def commit() -> None:
    """Commit a change of people, and let this process know at once."""
    db.session.commit()
    tenancy.forget(g.tenant.slug)
