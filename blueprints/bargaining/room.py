"""The room of the bargaining cases, put together: its views, and what its parts hand in."""

from blueprints.bargaining import at_the_table, facts, views

bp = views.bp
PARTS = (facts, *at_the_table.PARTS)
