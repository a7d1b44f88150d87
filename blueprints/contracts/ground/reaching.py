"""Whom a row of performance concerns: the whole contract, or one enterprise under it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from tenants.roles import May, Scope


def reached_at(where: Any, viewer: Viewer, permission: May) -> ColumnElement[bool]:
    """The condition on Contract and on `where`, the column of the enterprise that is meant.

    Of the whole contract whoever has an enterprise under it sees it; of one enterprise only those
    whose enterprise it is. Asked of one set of enterprises, built once a statement.
    """
    if viewer.reach(permission) is Scope.ALL:
        return true()
    theirs = select(Enterprise.id).where(within_reach(viewer, permission)).correlate(None)
    member = exists().where(
        Membership.tenant_id == Contract.tenant_id,
        Membership.contract_id == Contract.id,
        Membership.enterprise_id.in_(theirs),
    )
    under = or_(Contract.enterprise_id.in_(theirs), member)
    return or_(where.in_(theirs), and_(where.is_(None), under))
