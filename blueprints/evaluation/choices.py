"""Whose workers a new survey may ask: the contracts, campaigns, areas and portfolios there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.queries import in_force
from blueprints.evaluation.models import Respondent, SurveyScope
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.areas import city_of
from blueprints.shared.languages import said
from blueprints.supervisors.models import Supervisor
from rules.survey import sample_for
from tenants.clock import today
from tenants.db import db
from tenants.federation import this_federation

MOST = 300  # names in a choice; a contract's own page leads here for any other
OPEN_FOR = timedelta(days=14)


@dataclass(frozen=True)
class About:
    """What a survey is to be about."""

    scope: str
    ident: str | int
    name: str


def of_scopes() -> dict[str, list[tuple[str, str]]]:
    """For each scope what can be chosen, by id and name."""
    contracts = select(Contract.id, Contract.name).where(in_force(today()))
    campaigns = select(Campaign.id, Campaign.name)
    supervisors = select(Supervisor.id, Supervisor.name)
    return {
        SurveyScope.CONTRACT: _named(contracts.order_by(Contract.id.desc())),
        SurveyScope.CAMPAIGN: _named(campaigns.order_by(Campaign.id.desc())),
        SurveyScope.AREA: [(area.code, said(area.name)) for area in _areas()],
        SurveyScope.PORTFOLIO: _named(supervisors.order_by(Supervisor.name, Supervisor.id)),
    }


def known(scope: str, ident: str) -> About | None:
    """What an address speaks of, if it is there."""
    if scope == SurveyScope.AREA:
        found = [area for area in _areas() if area.code == ident]
        return About(scope, ident, said(found[0].name)) if found else None
    model: Any = {
        SurveyScope.CONTRACT: Contract,
        SurveyScope.CAMPAIGN: Campaign,
        SurveyScope.PORTFOLIO: Supervisor,
    }.get(SurveyScope(scope) if scope in set(SurveyScope) else SurveyScope.AREA)
    if model is None or not ident.isdecimal() or len(ident) > 18:
        return None
    name = db.session.scalar(select(model.name).where(model.id == int(ident)))
    return About(scope, int(ident), name) if name is not None else None


def first_plan(about: About, pool: Sequence[Any]) -> dict[str, Any]:
    """What the form proposes: two weeks, all workers, as many forms as a fair sample needs."""
    people = sum(row.headcount or 0 for row in pool)
    return {
        "name": _("Survey of workers: %(name)s", name=about.name)[:120],
        "respondents": [str(Respondent.WORKERS)],
        "opens_on": today(),
        "closes_on": today() + OPEN_FOR,
        "sampling": _("All workers of the units may answer; the link hangs on the notice board."),
        "sample_wanted": sample_for(people) or 1,
    }


def _named(query: Any) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in db.session.execute(query.limit(MOST))]


def _areas() -> Sequence[Any]:
    return city_of(this_federation().division).areas
