"""Which contracts a supervisor answers for: of cases in their charge, and of firms they serve.

An industry contract that merely binds an enterprise of the portfolio is nobody's work but of who is
in charge of its case.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.contracts.ground.models import Contract
from blueprints.supervisors.models import Assignment, Supervisor


def answers_for(supervisor: Supervisor, day: Any) -> ColumnElement[bool]:
    """The condition on Contract; a single enterprise counts if it was served on that day of it."""
    in_charge = exists().where(
        BargainingCase.tenant_id == Contract.tenant_id,
        BargainingCase.id == Contract.case_id,
        BargainingCase.supervisor_id == supervisor.id,
    )
    served = exists().where(
        Assignment.tenant_id == Contract.tenant_id,
        Assignment.enterprise_id == Contract.enterprise_id,
        Assignment.supervisor_id == supervisor.id,
        Assignment.valid_from <= day,
        or_(Assignment.valid_to.is_(None), Assignment.valid_to > day),
    )
    return or_(in_charge, served)
