"""What the surveys hand in for the page of a contract: a card with its rates, and one act."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from blueprints.contracts.ground.contributions import Act, Section, contract_acts, section
from blueprints.contracts.ground.models import IN_FORCE, TOOK_EFFECT, Contract
from blueprints.contracts.outward.parts import NOT_IN_FORCE
from blueprints.evaluation import queries
from blueprints.evaluation.labels import LOOKS, state_label
from blueprints.evaluation.results import of_contract
from blueprints.shared.guards import Viewer
from rules.survey import RATE_NAMES
from rules.words import Text
from tenants.roles import May, Scope


@section(65, _l("What the workers say"))
def surveys(contract: Contract, viewer: Viewer) -> Section | None:
    """The surveys that asked about this contract, and the three rates of those that are closed."""
    if contract.state not in TOOK_EFFECT or not viewer.may(May.SURVEYS_READ):
        return None
    whole = viewer.reach(May.SURVEYS_READ) is Scope.ALL
    return Section(
        "surveys/_contract.html",
        {
            "rows": [
                (survey, of_contract(survey, contract.id) if whole and survey.figures else None)
                for survey in queries.about_contract(contract.id, viewer)
            ],
            "looks": LOOKS,
            "state": state_label,
            "rate_names": RATE_NAMES,
        },
    )


@contract_acts(65)
def acts(contract: Contract, viewer: Viewer) -> Iterator[Act]:
    if viewer.may(May.SURVEYS_PLAN):
        yield Act(
            Text("开展职工问卷调查", "Ask the workers"),
            url_for("surveys.new", scope="contract", ident=contract.id),
            why_not=None if contract.state in IN_FORCE else NOT_IN_FORCE,
        )
