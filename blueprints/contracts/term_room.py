"""What follows a contract through its term, put together: performance, coverage, forecast."""

from blueprints.contracts import (
    assessment_views,
    check_views,
    content_contributions,
    coverage_views,
    day_contributions,
    evidence_views,
    finding_views,
    forecast_views,
    import_views,
    opinion_views,
    report_views,
    term_cards,
    term_parts,
    year_contributions,
)

performance = check_views.bp
coverage = coverage_views.bp
forecast = forecast_views.bp
imports = import_views.bp
PARTS = (
    assessment_views,
    content_contributions,
    day_contributions,
    evidence_views,
    finding_views,
    opinion_views,
    report_views,
    term_cards,
    term_parts,
    year_contributions,
)
