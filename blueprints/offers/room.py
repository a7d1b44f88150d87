"""The room of the offers, put together: its views, and what it hands to the rooms below."""

from blueprints.offers.ground import task_models
from blueprints.offers.outward import calendar_card, cards, contributions, visit_cards, wave_cards
from blueprints.offers.register import bulk_views as service_bulk_views
from blueprints.offers.register import (
    closing_views,
    on_site_views,
    paper_views,
    post_number_views,
    views,
)

bp = views.bp
PARTS = (
    calendar_card,
    cards,
    closing_views,
    contributions,
    on_site_views,
    paper_views,
    post_number_views,
    service_bulk_views,
    task_models,
    visit_cards,
    wave_cards,
)
