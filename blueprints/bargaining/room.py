"""The room of the bargaining cases, put together: its views, and what its parts hand in."""

from blueprints.bargaining import (
    at_the_table,
    enterprise_views,
    facts,
    members,
    opening_views,
    pack_views,
    views,
)

bp = views.bp
PARTS = (at_the_table, enterprise_views, facts, members, opening_views, pack_views)
