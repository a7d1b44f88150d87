"""What a supervisor reaches: the enterprises assigned to them today."""

from sqlalchemy import ColumnElement

from blueprints.registry.contributions import reaches
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import Viewer
from blueprints.supervisors.queries import portfolio
from tenants.clock import today
from tenants.roles import Scope


@reaches(Scope.PORTFOLIO)
def assigned_to(viewer: Viewer) -> ColumnElement[bool]:
    return Enterprise.id.in_(portfolio(viewer.id, today()))
