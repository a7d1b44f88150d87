"""The room of the contracts, put together: its views and the parts of a contract's page."""

from blueprints.contracts import parts, views

bp = views.bp
PARTS = (parts,)
