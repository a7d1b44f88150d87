"""Checks and yearly reports of contracts taken over from a sheet: from the day of import on.

The rhythm is that of the contract's own term, so that a report falls due on its usual day; but
nothing is planned for time that has passed, and what is under way is looked at from today.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from blueprints.contracts.ground.check_models import CheckState, PerformanceCheck
from blueprints.contracts.ground.models import ContractKind
from blueprints.contracts.habits.values import check_months
from blueprints.contracts.reports.actions import RULE
from blueprints.contracts.reports.models import PerformanceReport, ReportState, WageFact
from blueprints.rulebook import queries as rulebook
from rules.deadlines import Due
from rules.law import Kind
from rules.performance import YEAR, Stretch, reported_by, reporting, stretches
from rules.reckoning import add_months
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.scope import current_tenant_id

if TYPE_CHECKING:
    from blueprints.contracts.imports.actions import Judged

CHUNK = 500


@dataclass(frozen=True)
class Term:
    """What is known of a contract that was taken over and runs on."""

    contract_id: int
    kind: str
    first: date
    last: date


def plan(lines: Sequence["Judged"]) -> None:
    """Put down what is still to come of every contract that runs on, with a line in its trail."""
    terms = [
        Term(line.contract_id, line.record.kind, line.record.effective_on, line.record.ends_on)
        for line in lines
        if line.contract_id is not None
        and line.record.effective_on is not None
        and line.record.ends_on is not None
        and line.record.ends_on >= today()
    ]
    planned: dict[int, dict[str, int]] = {term.contract_id: {} for term in terms}
    clocks = Clocks()
    for model, name, rows in (
        (PerformanceCheck, "checks", [row for term in terms for row in checks_of(term)]),
        (PerformanceReport, "reports", [row for term in terms for row in clocks.reports(term)]),
        (WageFact, "half_years", [row for term in terms for row in clocks.wages(term)]),
    ):
        for row in rows:
            counts = planned[row["contract_id"]]
            counts[name] = counts.get(name, 0) + 1
        for start in range(0, len(rows), CHUNK):
            db.session.execute(insert(model), rows[start : start + CHUNK])
    trail.record_many(
        "contract.planned_on_import",
        [(("contract", ident), dict(counts)) for ident, counts in planned.items()],
    )


def to_come(term: Term, months: int) -> Iterator[tuple[Stretch, date]]:
    """The stretches of the term that are not over, each with the first day that is looked at."""
    for stretch in stretches(term.first, term.last, months):
        if stretch.last >= today():
            yield stretch, max(stretch.first, today())


def checks_of(term: Term) -> Iterator[dict[str, Any]]:
    """A check at the end of every stretch of which a month or more is left to look at."""
    for stretch, since in to_come(term, check_months()):
        if add_months(since, 1) <= stretch.last:
            yield {
                "tenant_id": current_tenant_id(), "contract_id": term.contract_id,
                "planned_on": stretch.last, "joint": True, "period_from": since,
                "period_until": stretch.last, "state": CheckState.PLANNED, "version": 1,
            }  # fmt: skip


class Clocks:
    """Last days of reports, each counted once for all contracts that began on the same day."""

    def __init__(self) -> None:
        self.book = rulebook.book(today())
        self.calendar, self.conventions = rulebook.calendar(), rulebook.conventions()
        self.kept: dict[tuple[str, date, int], Due] = {}

    def rule(self, kind: str) -> Any:
        return self.book.rule(RULE, Kind.WAGE if kind == ContractKind.WAGE else Kind.GENERAL)

    def due(self, kind: str, stretch: Stretch, months: int) -> Due:
        key = kind, stretch.first, months
        if key not in self.kept:
            self.kept[key] = reported_by(
                self.rule(kind), stretch, months, self.calendar, self.conventions
            )
        return self.kept[key]

    def reports(self, term: Term) -> Iterator[dict[str, Any]]:
        months = reporting(self.rule(term.kind)).report or YEAR
        for stretch, since in to_come(term, months):
            due = self.due(term.kind, stretch, months)
            yield {
                "tenant_id": current_tenant_id(), "contract_id": term.contract_id,
                "period_from": since, "period_until": stretch.last, "due_on": due.on,
                "clock": due.to_json(), "state": ReportState.DUE,
            }  # fmt: skip

    def wages(self, term: Term) -> Iterator[dict[str, Any]]:
        """Wages by half-year, where the place wants them and the contract is about pay."""
        months = reporting(self.rule(term.kind)).wages
        if not months or term.kind == ContractKind.SPECIAL:
            return
        for stretch, since in to_come(term, months):
            due = self.due(term.kind, stretch, months)
            yield {
                "tenant_id": current_tenant_id(), "contract_id": term.contract_id,
                "half_from": since, "half_until": stretch.last, "due_on": due.on,
                "clock": due.to_json(),
            }  # fmt: skip
