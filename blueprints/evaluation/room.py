"""The room of the evaluation, put together: surveys, and what they hand in to the other rooms."""

from blueprints.evaluation import (
    answer_views,
    cards,
    code_views,
    content_views,
    day_contributions,
    instrument_views,
    paper_views,
    parts,
    plan_views,
    poster_views,
    result_views,
    uses,
    views,
)

bp = views.bp
public = answer_views.bp
PARTS = (
    cards,
    code_views,
    content_views,
    day_contributions,
    instrument_views,
    paper_views,
    parts,
    plan_views,
    poster_views,
    result_views,
    uses,
)
