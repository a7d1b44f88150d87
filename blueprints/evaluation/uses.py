"""What the surveys hand in to the rooms below: rates for an assessment, an indicator for a year."""

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from blueprints.appraisals.indicators import Item, Measure, Year, indicator
from blueprints.contracts.surveys import Surveyed, surveys
from blueprints.evaluation import queries
from blueprints.evaluation.models import Survey
from blueprints.evaluation.results import blocks, of_contract
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import served_by
from rules.days import local_day
from rules.survey import RateKind, Tally
from tenants.db import db


@surveys
def latest(contract_id: int) -> Surveyed | None:
    """The newest survey of a contract with enough answers."""
    for survey in queries.closed_about(contract_id):
        group = of_contract(survey, contract_id)
        if group is not None and group.tally.valid:
            shares = {kind: float(group.tally.rate(kind).share or 0) for kind in RateKind}
            return Surveyed(
                awareness=shares[RateKind.AWARENESS],
                participation=shares[RateKind.PARTICIPATION],
                satisfaction=shares[RateKind.SATISFACTION],
                answers=group.tally.valid,
                version=survey.instrument_version,
            )
    return None


@indicator(
    "workers",
    _l("Workers who know their contract"),
    _l("Of the valid survey forms from the units served, those that know the contract"),
)
def workers(supervisor: Supervisor, year: Year) -> Measure:
    """Units that stand together for protection count where all of them were served."""
    items, done, of = [], 0, 0
    for survey, closed_on in _closed_in(year.first, year.last):
        served = set(db.session.scalars(served_by(supervisor.id, closed_on)))
        for block in blocks(survey):
            if not served.issuperset(block["enterprises"]):
                continue
            tally = Tally(*block["tally"])
            done, of = done + tally.aware, of + tally.valid
            items.append(
                Item(
                    _names(block["enterprises"]),
                    closed_on,
                    door=("surveys.show", "survey_id", survey.id),
                    note=_l("%(n)s of %(total)s know it", n=tally.aware, total=tally.valid),
                )
            )
    return Measure(items, done, of)


def _closed_in(first: date, last: date) -> list[tuple[Survey, date]]:
    query = select(Survey).where(Survey.closed_at.is_not(None)).order_by(Survey.closed_at)
    closed = [(one, local_day(one.closed_at)) for one in db.session.scalars(query) if one.closed_at]
    return [(survey, day) for survey, day in closed if first <= day <= last]


def _names(ids: list[int]) -> str:
    query = select(Enterprise.name).where(Enterprise.id.in_(ids)).order_by(Enterprise.sort_key)
    return "、".join(db.session.scalars(query))
