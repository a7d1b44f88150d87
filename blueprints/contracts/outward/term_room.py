"""What follows a contract through its term, put together: performance, coverage, forecast."""

from blueprints.contracts.assessment import views as assessment_views
from blueprints.contracts.coverage import views as coverage_views
from blueprints.contracts.forecast import views as forecast_views
from blueprints.contracts.imports import views as import_views
from blueprints.contracts.outward import cards as term_cards
from blueprints.contracts.outward import (
    content_contributions,
    day_contributions,
    year_contributions,
)
from blueprints.contracts.outward import parts as term_parts
from blueprints.contracts.performance import check_views, finding_views, opinion_views
from blueprints.contracts.reports import evidence_views
from blueprints.contracts.reports import views as report_views

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
