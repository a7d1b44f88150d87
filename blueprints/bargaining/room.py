"""The room of the bargaining cases, put together: its views, and what its parts hand in."""

from blueprints.bargaining import (
    act_views,
    answer_views,
    composition,
    demand_views,
    demands,
    enterprise_views,
    facts,
    mandate_views,
    mandates,
    members,
    opening_views,
    pack_views,
    price_views,
    team_views,
    teams,
    views,
)

bp = views.bp
public = answer_views.bp
PARTS = (
    act_views,
    composition,
    demand_views,
    demands,
    enterprise_views,
    facts,
    mandate_views,
    mandates,
    members,
    opening_views,
    pack_views,
    price_views,
    team_views,
    teams,
)
