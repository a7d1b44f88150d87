"""Surveys end by themselves once their last day has passed; their figures are counted then."""

from blueprints.evaluation import deeds, queries
from jobs.context import job_scope
from tenants.db import db


def end(*, tenant_id: int, at: str | None = None) -> int:
    """By state: a sweep three days late closes what a punctual one would have; twice is once."""
    with job_scope(tenant_id, at):
        ended = 0
        for survey_id in deeds.overdue():
            ended += deeds.end(queries.get_survey(survey_id, lock=True))
            db.session.commit()
        return ended
