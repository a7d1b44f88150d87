"""The supervisors' room, put together: its blueprint, and what it hands to the rooms below."""

from blueprints.supervisors import assignment_views, contributions, reach, roster_models, views

bp = views.bp
PARTS = (assignment_views, contributions, reach, roster_models)
