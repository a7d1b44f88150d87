"""What every job stands in: the application, one federation, a clock, and a name in the trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select

from tenants.acting import SYSTEM, acting
from tenants.clock import at as at_moment
from tenants.db import db
from tenants.models import Tenant, TenantStatus
from tenants.scope import NoTenant, tenant_scope


@contextmanager
def job_scope(tenant_id: int, at: str | None = None) -> Iterator[Tenant]:
    """Run a job's work for one federation; `at` is an ISO instant for stories and tests.

    Raises NoTenant without one, for one that does not exist, and for one that is suspended.
    """
    moment = datetime.fromisoformat(at) if at else None
    with tenant_scope(tenant_id), at_moment(moment), acting(SYSTEM):
        tenant = db.session.get(Tenant, tenant_id)
        if tenant is None or tenant.status != TenantStatus.ACTIVE:
            raise NoTenant(f"Federation {tenant_id} takes no work.")
        yield tenant


def active_tenant_ids() -> list[int]:
    """Every federation that takes work, for the sweeps that go round all of them."""
    query = select(Tenant.id).where(Tenant.status == TenantStatus.ACTIVE).order_by(Tenant.id)
    with db.engine.connect() as connection:
        return list(connection.scalars(query))
