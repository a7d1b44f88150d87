"""Assessments looked up: which contracts end soon without one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select

from blueprints.contracts.assessment.models import Assessment
from blueprints.contracts.ground.models import IN_FORCE, Contract
from blueprints.contracts.ground.reaching import reached
from blueprints.contracts.habits.values import assess_before
from blueprints.shared.guards import Viewer
from tenants.db import db
from tenants.roles import May


def lacking(viewer: Viewer, on: date, limit: int) -> Sequence[Any]:
    """Contracts in force that end soon and were not assessed, the first to end on top; `n`: all."""
    assessed = exists().where(
        Assessment.tenant_id == Contract.tenant_id, Assessment.contract_id == Contract.id
    )
    query = (
        select(Contract.id, Contract.name, Contract.term_to, func.count().over().label("n"))
        .where(
            reached(viewer, May.PERFORMANCE_EDIT),
            Contract.state.in_(IN_FORCE),
            Contract.term_to.between(on, on + assess_before()),
            ~assessed,
        )
        .order_by(Contract.term_to, Contract.id)
        .limit(limit)
    )
    return db.session.execute(query).all()
