"""The supervisors' room, put together: its blueprint, and what it hands to the rooms below."""

from blueprints.supervisors import (
    assignment_views,
    balance_views,
    cards,
    contact_views,
    contributions,
    handover_views,
    plan_views,
    reach,
    roster_views,
    studio_views,
    views,
)

bp = views.bp
PARTS = (
    assignment_views,
    balance_views,
    cards,
    contact_views,
    contributions,
    handover_views,
    plan_views,
    reach,
    roster_views,
    studio_views,
)
