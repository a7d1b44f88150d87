"""The room of the bargaining cases, put together: its views, and what its parts hand in."""

from blueprints.bargaining.activities import contributions as activities
from blueprints.bargaining.activities import kind_views
from blueprints.bargaining.activities import views as activity_views
from blueprints.bargaining.cases import (
    act_views,
    enterprise_views,
    facts,
    members,
    opening_views,
    pack_views,
    views,
)
from blueprints.bargaining.demands import answer_views, price_views
from blueprints.bargaining.demands import contributions as demands
from blueprints.bargaining.demands import views as demand_views
from blueprints.bargaining.information import (
    commitment_views,
    commitments,
    room_views,
    undertaking_views,
)
from blueprints.bargaining.information import contributions as info
from blueprints.bargaining.information import views as info_views
from blueprints.bargaining.links import views as link_views
from blueprints.bargaining.mandates import contributions as mandates
from blueprints.bargaining.mandates import views as mandate_views
from blueprints.bargaining.outward import (
    at_the_table,
    day_contributions,
    plan_contributions,
    register_contributions,
    year_contributions,
)
from blueprints.bargaining.teams import composition, roster_list_views, roster_vote_views
from blueprints.bargaining.teams import contributions as teams
from blueprints.bargaining.teams import views as team_views

bp = views.bp
public = answer_views.bp
team_room = room_views.bp
PARTS = (
    act_views,
    activities,
    activity_views,
    commitment_views,
    commitments,
    composition,
    day_contributions,
    demand_views,
    demands,
    enterprise_views,
    facts,
    info,
    info_views,
    kind_views,
    link_views,
    mandate_views,
    mandates,
    members,
    opening_views,
    pack_views,
    plan_contributions,
    price_views,
    register_contributions,
    roster_list_views,
    roster_vote_views,
    team_views,
    teams,
    undertaking_views,
    year_contributions,
    *at_the_table.PARTS,
)
