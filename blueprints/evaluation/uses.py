"""What the surveys hand in to the rooms below: rates for an assessment, an indicator for a year."""

from collections.abc import Collection, Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from blueprints.appraisals.indicators import Year
from blueprints.appraisals.portfolio import Share, of_the_portfolio
from blueprints.contracts.ground.sources import (
    NotSurveyed,
    Rate,
    Surveyed,
    survey_source,
)
from blueprints.evaluation import queries
from blueprints.evaluation.models import Survey
from blueprints.evaluation.results import blocks, of_contract
from rules.days import local_day
from rules.survey import RateKind, Tally
from rules.words import Text
from tenants.db import db

NONE = NotSurveyed(
    Text("本期没有结束的职工问卷", "no survey of the workers was closed in this time")
)
TOO_FEW = NotSurveyed(
    Text("收回的职工问卷太少，不公布", "too few workers answered for figures to be shown")
)


@survey_source
def answered(contract_id: int, first: date, last: date) -> Surveyed | NotSurveyed:
    """The newest survey of a contract that was closed within the time and had enough answers."""
    found = NONE
    for survey in queries.closed_about(contract_id):
        closed_on = local_day(survey.closed_at) if survey.closed_at else None
        if closed_on is None or not first <= closed_on <= last:
            continue
        group = of_contract(survey, contract_id)
        if group is None or not group.tally.valid:
            found = TOO_FEW
            continue
        rates = {
            kind: Rate(group.tally.rate(kind).numerator, group.tally.valid) for kind in RateKind
        }
        return Surveyed(
            awareness=rates[RateKind.AWARENESS],
            participation=rates[RateKind.PARTICIPATION],
            satisfaction=rates[RateKind.SATISFACTION],
            asked=group.people or 0,
            answers=group.tally.valid,
            instrument=survey.instrument_version,
            closed_on=closed_on,
            door=("surveys.show", "survey_id", survey.id),
        )
    return found


@of_the_portfolio(
    "workers",
    _l("Workers who know their contract"),
    _l("Of the valid survey forms from the units served, those that know the contract"),
)
def awareness(enterprise_ids: Collection[int], year: Year) -> Iterable[Share]:
    """A unit counts where it may be shown by itself; units that stand together belong to nobody."""
    for survey, closed_on in _closed_in(year.first, year.last):
        for block in blocks(survey):
            first, *others = block["enterprises"]
            if others or first not in enterprise_ids:
                continue
            tally = Tally(*block["tally"])
            yield Share(
                first,
                done=tally.aware,
                of=tally.valid,
                on=closed_on,
                text=survey.name,
                door=("surveys.show", "survey_id", survey.id),
                note=_l("%(n)s of %(total)s know it", n=tally.aware, total=tally.valid),
            )


def _closed_in(first: date, last: date) -> list[tuple[Survey, date]]:
    query = select(Survey).where(Survey.closed_at.is_not(None)).order_by(Survey.closed_at)
    closed = [(one, local_day(one.closed_at)) for one in db.session.scalars(query) if one.closed_at]
    return [(survey, day) for survey, day in closed if first <= day <= last]
