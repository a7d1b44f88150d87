"""The federation in scope, as a row."""

from tenants.db import db
from tenants.models import Tenant
from tenants.scope import current_tenant_id

KEPT = "federation"


def this_federation() -> Tenant:
    """Its row, read once a transaction; raises NoTenant outside a scope.

    The session holds what it has read only as long as somebody else does, so we do: else every
    letter would read it anew a dozen times.
    """
    tenant_id = current_tenant_id()
    kept: tuple[int, Tenant] | None = db.session.info.get(KEPT)
    if kept is not None and kept[0] == tenant_id and kept[1] in db.session:
        return kept[1]
    tenant = db.session.get(Tenant, tenant_id)
    if tenant is None:
        raise LookupError(f"Federation {tenant_id} has no row.")
    db.session.info[KEPT] = (tenant_id, tenant)
    return tenant
