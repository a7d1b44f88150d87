"""The campaign room, put together: its blueprint with every step hung in."""

from blueprints.offers.campaigns import content_views as campaign_content_views
from blueprints.offers.campaigns import decision_views as campaign_decision_views
from blueprints.offers.campaigns import scope_views as campaign_scope_views
from blueprints.offers.campaigns import views as campaign_views

bp = campaign_views.bp
STEPS = (campaign_scope_views, campaign_content_views, campaign_decision_views)
