"""The supervisors' room, put together: its blueprint, and what it hands to the rooms below."""

from blueprints.supervisors import (
    assignment_views,
    contact_models,
    contributions,
    plan_models,
    plan_views,
    reach,
    roster_models,
    studio_models,
    views,
)

bp = views.bp
PARTS = (
    assignment_views,
    contributions,
    reach,
    contact_models,
    plan_models,
    plan_views,
    roster_models,
    studio_models,
)
