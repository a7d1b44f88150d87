"""The room of the offers, put together: its views, and what it hands to the rooms below."""

from blueprints.offers import (
    calendar_card,
    cards,
    closing_views,
    contributions,
    on_site_views,
    paper_views,
    post_number_views,
    service_bulk_views,
    task_models,
    views,
    visit_cards,
    wave_cards,
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
