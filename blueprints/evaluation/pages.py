"""What the page of a survey shows, to this person, in this state."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.contracts.ground.models import Contract
from blueprints.evaluation import answering, codes, deeds, habits, queries, results
from blueprints.evaluation.labels import BY, LOOKS, RESPONDENTS, SCOPES, state_label
from blueprints.evaluation.models import Survey, SurveyScope, SurveyState
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.trail.words import history
from blueprints.supervisors.models import Supervisor
from rules.procedure import open_acts
from rules.survey import RATE_NAMES, RateKind, Tally, instrument, sample_for
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.roles import May, Scope

WAYS: Mapping[str, tuple[str, May]] = {
    "open": ("surveys.open_it", May.SURVEYS_OPEN),
    "drop": ("surveys.drop", May.SURVEYS_PLAN),
    "close": ("surveys.close", May.SURVEYS_PLAN),
}
TYPED = {"reason_recorded"}  # a condition that the act's own page asks for


def survey_page(survey: Survey, viewer: Viewer, by: str) -> dict[str, Any]:
    """The plan and the units; once closed, the rates that this person may see."""
    whole = viewer.reach(May.SURVEYS_READ) is Scope.ALL
    places = queries.places(survey.id, None if whole else viewer)
    opened, closed = buttons(survey, viewer)
    by = by if by in results.BY else "enterprise"
    population = sum(row.people or 0 for row in places if row.respondent == "workers")
    return {
        "survey": survey,
        "about": about(survey),
        "state": state_label(survey.state),
        "look": LOOKS[survey.state],
        "scopes": SCOPES,
        "respondents": RESPONDENTS,
        "asked_words": [said(RESPONDENTS[one]) for one in survey.respondents],
        "places": places,
        "codes_left": codes.left_of([row.id for row in places]),
        "units": len({row.enterprise_id for row in places}),
        "population": population,
        "suggested": sample_for(population),
        "contracts": queries.contracts_asked(survey.id) if whole else {},
        "boxes": queries.contents_of(survey.id),
        "running": answering.takes_answers(survey),
        "paper": answering.takes_paper(survey) and viewer.may(May.SURVEYS_ENTER),
        "open_acts": opened,
        "closed_acts": closed,
        "people": names_of({one for one in (survey.planned_by_id, survey.opened_by_id) if one}),
        "course": history(trail.of(survey)),
        "definitions": [
            (RATE_NAMES[kind], words)
            for kind, words in instrument(survey.standard).definitions.items()
        ],
        **(shown(survey, viewer, by, whole=whole) if survey.state == SurveyState.CLOSED else {}),
    }


def shown(survey: Survey, viewer: Viewer, by: str, *, whole: bool) -> dict[str, Any]:
    """The figures of a closed survey. Whoever sees a part sees only blocks wholly within it."""
    within = None if whole else reached_units(viewer)
    return {
        "whole": results.whole(survey) if whole else None,
        "others": [
            (RESPONDENTS[one], (survey.figures or {}).get(one, {}), results.whole(survey, one))
            for one in survey.respondents[1:]
        ]
        if whole
        else [],
        "kept": (survey.figures or {}).get("workers", {}),
        "everything": whole,
        "by": by,
        "tabs": [
            (said(words), url_for("surveys.show", survey_id=survey.id, by=name), name == by)
            for name, words in BY.items()
        ],
        "groups": results.groups(survey, by, within),
        "questions": results.questions(survey) if whole else [],
        "warnings": results.warnings(survey) if whole else [],
        "rate_names": RATE_NAMES,
        "targets": habits.targets(),
    }


def reached_units(viewer: Viewer) -> set[int]:
    query = select(Enterprise.id).where(within_reach(viewer, May.SURVEYS_READ))
    return set(db.session.scalars(query))


def about(survey: Survey) -> Text | str:
    """Whose workers are asked, by name."""
    if survey.scope == SurveyScope.AREA:
        return area_name(survey.area)
    model: Any = {
        SurveyScope.CONTRACT: (Contract, survey.contract_id),
        SurveyScope.CAMPAIGN: (Campaign, survey.campaign_id),
        SurveyScope.PORTFOLIO: (Supervisor, survey.supervisor_id),
    }[SurveyScope(survey.scope)]
    kind, ident = model
    return db.session.scalar(select(kind.name).where(kind.id == ident)) or ""


def buttons(survey: Survey, viewer: Viewer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What this person can do with it now; what cannot be done yet, and why."""
    facts = deeds.facts_of(survey, by_id=viewer.id)
    facts |= dict.fromkeys(TYPED, True)
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    for act in open_acts("survey", survey.state, facts):
        if act.event not in WAYS or not viewer.may(WAYS[act.event][1]):
            continue
        words = said(act.label)
        if act.open:
            url = url_for(WAYS[act.event][0], survey_id=survey.id)
            main = act.event == "open"
            opened.append({"label": words, "act": words, "url": url, "main": main})
        elif act.why is not None:
            closed.append({"label": words, "why": said(act.why)})
    if survey.state == SurveyState.PLANNED and viewer.may(May.SURVEYS_PLAN):
        url, words = url_for("surveys.edit", survey_id=survey.id), _("Change the plan")
        opened.append({"label": words, "act": words, "url": url})
    return opened, closed


RatesOf = Callable[[Any], Sequence[results.Measured] | None]


def rates() -> RatesOf:
    """The three rates of a line of the list; None where too few answered. Targets are read once."""
    targets = habits.targets()

    def rates_of(row: Any) -> Sequence[results.Measured] | None:
        kept = row.workers
        if not kept or kept["whole"] is None:
            return None
        return results.measured(Tally(*kept["whole"]), kept["asked"], targets)

    return rates_of


def no_rates(_row: Any) -> None:
    """Whoever sees a part only is shown no sums of the whole."""


def trend(viewer: Viewer) -> list[dict[str, Any]]:
    """The rates of closed surveys in the order of time, for the chart and the table behind it."""
    query = (
        select(Survey)
        .where(Survey.state == SurveyState.CLOSED, queries.reached(viewer))
        .order_by(Survey.closed_at.desc(), Survey.id.desc())
        .limit(24)
    )
    found = []
    for survey in reversed(db.session.scalars(query).all()):
        group = results.whole(survey)
        if group is not None:
            found.append({"survey": survey, "group": group})
    return found


def lines_of(points: Sequence[Mapping[str, Any]]) -> list[tuple[RateKind, list[float]]]:
    """Each rate as a row of shares, in percent."""
    return [
        (kind, [100 * (point["group"].rates[n].share or 0) for point in points])
        for n, kind in enumerate(RateKind)
    ]
