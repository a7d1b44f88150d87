"""The room of the offers, put together: its views, and what it hands to the rooms below."""

from blueprints.offers import (
    cards,
    closing_views,
    contributions,
    paper_views,
    service_bulk_views,
    task_models,
    views,
    wave_cards,
)

bp = views.bp
PARTS = (
    cards,
    closing_views,
    contributions,
    paper_views,
    service_bulk_views,
    task_models,
    wave_cards,
)
