"""The campaign room, put together: its blueprint with every step hung in."""

from blueprints.offers import (
    campaign_content_views,
    campaign_decision_views,
    campaign_scope_views,
    campaign_views,
)

bp = campaign_views.bp
STEPS = (campaign_scope_views, campaign_content_views, campaign_decision_views)
