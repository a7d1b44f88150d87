"""From the record to a score: measured, weighed, and frozen when the appraisal is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from blueprints.appraisals.indicators import Indicator, Measure, Year, counted
from blueprints.appraisals.models import (
    FEWEST,
    INDICATORS,
    MOST_FOR_CONTRACTS,
    Appraisal,
    AppraisalScheme,
)
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import in_force
from blueprints.visits import hours
from blueprints.visits.hours import Month
from rules.words import Text
from tenants.clock import today
from tenants.db import db

WHOLE = 100


def fault_in_weights(weights: dict[str, int]) -> Text | None:
    """Why these weights cannot stand; None when they can. The database says the same."""
    total = sum(weights.values())
    if total != WHOLE:
        return Text(f"各项权重合计应为100，现在是{total}。", f"They add up to {total}, not to 100.")
    others = sum(1 for name, weight in weights.items() if weight and name != "contracts")
    if others < FEWEST:
        return Text(
            f"不能只看合同份数，至少还要有{FEWEST}项其他指标。",
            f"Contracts alone make no appraisal: weigh {FEWEST} other indicators at least.",
        )
    if weights.get("contracts", 0) > MOST_FOR_CONTRACTS:
        return Text(
            f"合同份数的权重不能超过{MOST_FOR_CONTRACTS}。",
            f"The number of contracts may weigh {MOST_FOR_CONTRACTS} at most.",
        )
    return None


@dataclass(frozen=True)
class Line:
    """One indicator of one appraisal. `points` are out of `weight`."""

    indicator: Indicator
    weight: int
    done: float
    of: float

    @property
    def share(self) -> float | None:
        return min(1.0, self.done / self.of) if self.of else None

    @property
    def points(self) -> float | None:
        return None if self.share is None else round(self.share * self.weight, 1)


def year_of(supervisor: Supervisor, scheme: AppraisalScheme) -> Year:
    """January to December, or as far as the year, or the supervisor, has come."""
    last = min(date(scheme.year, 12, 31), today(), supervisor.left_on or date.max)
    first = date(scheme.year, 1, 1)
    return Year(scheme.year, first, max(first, last), scheme)


def measured(supervisor: Supervisor, scheme: AppraisalScheme, name: str) -> Measure:
    return counted()[name].measure(supervisor, year_of(supervisor, scheme))


def lines(appraisal: Appraisal, supervisor: Supervisor, scheme: AppraisalScheme) -> Sequence[Line]:
    """As frozen when it was marked; until then, as the record stands today."""
    found = []
    for name, one in counted().items():
        weight = getattr(scheme, name)
        if kept := appraisal.figures.get("lines", {}).get(name):
            found.append(Line(one, kept["weight"], kept["done"], kept["of"]))
        elif not appraisal.figures and weight:
            measure = measured(supervisor, scheme, name)
            found.append(Line(one, weight, measure.done, measure.of))
    return found


def score_of(found: Sequence[Line]) -> int | None:
    """Of a hundred, over what there was to measure; None where there was nothing."""
    weighed = [line for line in found if line.share is not None]
    whole = sum(line.weight for line in weighed)
    if not whole:
        return None
    return round(WHOLE * sum(line.share * line.weight for line in weighed if line.share) / whole)


def freeze(supervisor: Supervisor, scheme: AppraisalScheme) -> dict[str, Any]:
    """The figures of an appraisal as plain JSON, with the conditions they came about under."""
    kept = {}
    for name in counted():
        if weight := getattr(scheme, name):
            measure = measured(supervisor, scheme, name)
            kept[name] = {"weight": weight, "done": measure.done, "of": measure.of}
    return {"lines": kept, "conditions": conditions(supervisor, scheme), "on": today().isoformat()}


def conditions(supervisor: Supervisor, scheme: AppraisalScheme) -> dict[str, Any]:
    """What the result is to be read against: size of the portfolio, time, use elsewhere."""
    year = year_of(supervisor, scheme)
    month: Month | None = hours.figures([supervisor.id], year.first, year.last).get(supervisor.id)
    served = _how_many(Assignment.supervisor_id == supervisor.id, on=year.last)
    everybody = int(
        db.session.scalar(
            select(func.count(func.distinct(Assignment.supervisor_id))).where(*in_force(year.last))
        )
        or 0
    )
    begun = max(year.first, supervisor.term_from or year.first)
    return {
        "served": served,
        "average": round(_how_many(on=year.last) / everybody, 1) if everybody else 0,
        "months": max(0, (year.last.year - begun.year) * 12 + year.last.month - begun.month + 1),
        "share": round(month.share, 3) if month and month.share is not None else None,
        "elsewhere": supervisor.elsewhere_percent,
    }


def _how_many(*conditions: Any, on: date) -> int:
    query = select(func.count()).select_from(Assignment).where(*in_force(on), *conditions)
    return int(db.session.scalar(query) or 0)


def weights_of(scheme: AppraisalScheme | None) -> dict[str, int]:
    return {name: getattr(scheme, name) if scheme else 0 for name in INDICATORS}
