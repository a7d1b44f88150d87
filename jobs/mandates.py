"""Mandates that the calendar begins or ends: found by their state, each once."""

from sqlalchemy import and_, or_, select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.team_models import STANDING, Mandate, MandateState
from blueprints.bargaining.mandates import actions as mandate_actions
from jobs.context import job_scope
from tenants.clock import today
from tenants.db import db


def follow(*, tenant_id: int, at: str | None = None) -> int:
    """Bring every mandate to where its dates are; how many moved. Hourly, safe to run twice."""
    with job_scope(tenant_id, at):
        over = and_(Mandate.state.in_(STANDING), Mandate.to_on < today())
        begun = and_(Mandate.state == MandateState.GRANTED, Mandate.from_on <= today())
        cases = db.session.scalars(select(Mandate.case_id).where(or_(over, begun)).distinct()).all()
        moved = 0
        for case_id in cases:
            moved += mandate_actions.follow(queries.get_case(case_id, lock=True))
            db.session.commit()
        return moved
