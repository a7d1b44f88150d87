"""What performance and forecast put on the workbench: checks due, findings late, renewals due."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from blueprints.contracts.assessment import queries as assessment_queries
from blueprints.contracts.forecast import queries as forecast_queries
from blueprints.contracts.forecast.words import unit_of
from blueprints.contracts.performance import check_queries, finding_queries
from blueprints.contracts.reports import queries as report_queries
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.workbench_cards import Card, Due, Row, Stuck, card
from rules.forecast import GROUND_NAMES, Ground
from rules.procedure import label
from tenants.clock import today
from tenants.roles import May

SHOWN = 5
SOON = timedelta(days=30)


@card(52, May.PERFORMANCE_CHECK)
def checks_due(viewer: Viewer) -> Card | None:
    """Checks whose day has come or has passed, and the next ones."""
    rows = check_queries.due_soon(viewer, today() + SOON, SHOWN)
    if not rows:
        return None
    return Due(
        _("Checks due"),
        figure=rows[0].n,
        link=url_for("performance.index", group="late"),
        rows=[
            Row(
                row.contract,
                url=url_for("performance.show", check_id=row.id),
                date=row.planned_on,
                what=_("Performance check"),
                act=_("Check"),
                about=f"check:{row.id}",
            )
            for row in rows
        ],
    )


@card(53, May.CONTRACTS_READ)
def findings_late(viewer: Viewer) -> Card | None:
    """Findings past the day by which they were to be corrected."""
    rows = finding_queries.late(viewer, today(), SHOWN)
    if not rows:
        return None
    return Stuck(
        _("Findings not corrected in time"),
        figure=rows[0].n,
        link=url_for("performance.findings", group="late"),
        rows=[
            Row(
                row.contract,
                url=url_for("performance.finding", finding_id=row.id),
                note=row.fact,
                reason=said(label("finding", row.state)),
                waits_for=_("both sides"),
                act=_("Open"),
                about=f"finding:{row.id}",
            )
            for row in rows
        ],
    )


@card(54, May.PERFORMANCE_APPROVE)
def opinions_to_issue(viewer: Viewer) -> Card | None:
    """Findings handed over, which somebody else than whoever asked decides."""
    rows = finding_queries.to_decide(viewer, SHOWN)
    if not rows:
        return None
    return Stuck(
        _("Letters of opinion to issue"),
        figure=rows[0].n,
        link=url_for("performance.findings"),
        rows=[
            Row(
                row.contract,
                url=url_for("performance.finding", finding_id=row.finding_id),
                reason=row.reason,
                waits_for=_("you"),
                act=_("Read and issue"),
            )
            for row in rows
        ],
    )


@card(55, May.PERFORMANCE_EDIT)
def reports_due(viewer: Viewer) -> Card | None:
    """Yearly reports to be heard within a month, or late."""
    rows = report_queries.due_soon(viewer, today() + SOON, SHOWN)
    if not rows:
        return None
    return Due(
        _("Yearly reports due"),
        figure=rows[0].n,
        link=url_for("performance.reports"),
        rows=[
            Row(
                row.contract,
                url=url_for("performance.report", report_id=row.id),
                date=row.due_on,
                what=_("Yearly report"),
                act=_("Open"),
            )
            for row in rows
        ],
    )


@card(58, May.PERFORMANCE_EDIT)
def wages_due(viewer: Viewer) -> Card | None:
    """Wages of a half-year to be published within a month, or late, where the place asks."""
    rows = report_queries.wages_due(viewer, today() + SOON, SHOWN)
    if not rows:
        return None
    return Due(
        _("Wages of half-years to be published"),
        figure=rows[0].n,
        link=url_for("performance.wage_list"),
        rows=[
            Row(
                row.contract,
                url=url_for("performance.wages", wage_fact_id=row.id),
                date=row.due_on,
                what=_("Wages of the half-year until %(day)s", day=row.half_until.isoformat()),
                act=_("Open"),
            )
            for row in rows
        ],
    )


@card(57, May.PERFORMANCE_EDIT)
def assessments_due(viewer: Viewer) -> Card | None:
    """Contracts that end soon and were never assessed: the next round needs what it says."""
    rows = assessment_queries.lacking(viewer, today(), SHOWN)
    if not rows:
        return None
    return Card(
        _("To be assessed before they end"),
        figure=rows[0].n,
        rows=[
            Row(
                row.name,
                url=url_for("contracts.show", contract_id=row.id),
                date=row.term_to,
                what=_("Assessment of performance"),
                act=_("Open"),
            )
            for row in rows
        ],
    )


@card(56, May.FORECAST_EDIT)
def renewals_due(viewer: Viewer) -> Card | None:
    """Contracts whose renewal may be proposed now; a right to propose, not a deadline."""
    rows = forecast_queries.due_renewals(viewer, today(), SHOWN)
    if not rows:
        return None
    return Card(
        _("Renewals that may be proposed"),
        figure=rows[0].n,
        link=url_for("forecast.index", ground="renewal"),
        rows=[
            Row(
                said(unit_of(row, row.contract)),
                url=url_for("forecast.show", forecast_id=row.id),
                date=row.closes_on or row.planned_on,
                note=said(GROUND_NAMES[Ground(row.ground)]),
            )
            for row in rows
        ],
    )
