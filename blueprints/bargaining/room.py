"""The room of the bargaining cases, put together: its views, and what its parts hand in."""

from blueprints.bargaining import facts, views

bp = views.bp
PARTS = (facts,)
