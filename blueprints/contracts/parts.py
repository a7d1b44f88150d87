"""The first cards of a contract's page: its text and clauses."""

from flask_babel import lazy_gettext as _l

from blueprints.contracts import queries
from blueprints.contracts.contributions import Section, section
from blueprints.contracts.labels import CLAUSES
from blueprints.contracts.models import Contract
from blueprints.shared.guards import Viewer


@section(10, _l("Clauses"))
def clauses(contract: Contract, _viewer: Viewer) -> Section:
    """What was agreed, clause by clause, and the whole text."""
    return Section(
        "contracts/_clauses.html",
        {"contract": contract, "rows": queries.clauses(contract), "kinds": CLAUSES},
    )
