"""The federation in scope, as a row."""

from tenants.db import db
from tenants.models import Tenant
from tenants.scope import current_tenant_id


def this_federation() -> Tenant:
    """Its row, read once a session; raises NoTenant outside a scope."""
    tenant = db.session.get(Tenant, current_tenant_id())
    if tenant is None:
        raise LookupError(f"Federation {current_tenant_id()} has no row.")
    return tenant
