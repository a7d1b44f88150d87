"""The room of the exposures, put together: its views, and its cards for the workbench."""

from blueprints.exposures import (
    act_views,
    cards,
    contributions,
    elsewhere,
    measure_views,
    public_views,
    statement_views,
    views,
    visit_views,
)

bp = views.bp
public = public_views.bp
statement = statement_views.bp
PARTS = (act_views, cards, contributions, elsewhere, measure_views, visit_views)
