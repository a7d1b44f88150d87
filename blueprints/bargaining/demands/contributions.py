"""What the demands show on the page of a case, in its trace file, and to the procedure."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from blueprints.bargaining.demands import actions as demands
from blueprints.bargaining.demands.prices import prices_of
from blueprints.bargaining.ground.contributions import Section, Trace, case_facts, section, trace
from blueprints.bargaining.ground.demand_models import Audience
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.guards import Viewer
from rules.words import Text


@case_facts
def of_the_demands(case: BargainingCase) -> dict[str, bool]:
    collected = demands.how_many_answers(case.id) > 0 or bool(demands.paper_summaries(case.id))
    return {"demands_collected": collected}


@section(15, _l("Demands and trade prices"))
def demands_section(case: BargainingCase, _viewer: Viewer) -> Section:
    calls = demands.calls_of(case.id)
    return Section(
        "bargaining/_demands.html",
        {
            "answers": demands.how_many_answers(case.id),
            "open": [call for call in calls if demands.takes_answers(call)],
            "result": demands.result_of(calls[0], Audience.WORKERS) if calls else None,
            "papers": demands.paper_summaries(case.id),
            "prices": len(prices_of(case.id)),
        },
    )


@trace("before", 10)
def demand_traces(case: BargainingCase) -> Iterator[Trace]:
    """Survey, demands, price draft."""
    yield Trace(
        Text("基本情况调查", "Baseline survey"),
        present=case.surveyed_on is not None,
        on=case.surveyed_on,
        documents=[case.survey_document_id] if case.survey_document_id else [],
        missing=Text("登记调查情况。", "Record the survey."),
        url=url_for("cases.show", case_id=case.id),
    )
    calls, papers = demands.calls_of(case.id), demands.paper_summaries(case.id)
    yield Trace(
        Text("职工诉求汇总", "Workers' demands"),
        present=of_the_demands(case)["demands_collected"],
        on=min((call.opened_on for call in calls), default=None),
        documents=[paper.id for paper in papers],
        missing=Text("征求职工诉求，或者上传纸质汇总。", "Ask the workers, or upload a summary."),
        url=url_for("cases.demands_index", case_id=case.id),
    )
    yield Trace(
        Text("工种工价草表", "Draft of trades and prices"),
        present=bool(prices_of(case.id)),
        required=False,
        missing=Text("按工种登记工价。", "Enter the trades and their prices."),
        url=url_for("cases.prices_index", case_id=case.id),
    )
