"""The room of the bargaining cases, put together: its views, and what its parts hand in."""

from blueprints.bargaining import (
    act_views,
    composition,
    enterprise_views,
    facts,
    members,
    opening_views,
    pack_views,
    team_views,
    teams,
    views,
)

bp = views.bp
PARTS = (
    act_views,
    composition,
    enterprise_views,
    facts,
    members,
    opening_views,
    pack_views,
    team_views,
    teams,
)
