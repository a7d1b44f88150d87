"""What the page of one appraisal shows, its items, and the sheet on paper (27e)."""

from typing import Any

from flask import url_for

from blueprints.appraisals import actions, queries, scoring
from blueprints.appraisals.forms import (
    ComplaintForm,
    DecisionForm,
    FindingOfComplaintForm,
    MarkForm,
    WordsForm,
)
from blueprints.appraisals.indicators import counted
from blueprints.appraisals.labels import (
    FINDINGS,
    GRADE_LOOKS,
    GRADE_TEXTS,
    GRADE_WORDS,
    STATE_LOOKS,
)
from blueprints.appraisals.models import Appraisal
from blueprints.notices.letters.compose import compose
from blueprints.notices.wordings import text_in_force
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import language, said
from blueprints.shared.trail.words import history
from blueprints.supervisors.models import Supervisor
from blueprints.visits.exports import on_paper
from rules.procedure import label, open_acts
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User
from tenants.roles import May

TEXT_ID = "27e-supervisor-appraisal"
GROUPS = {  # the lines of form 27e, and the indicators each takes in
    "score_visits": ("visits", "first_visits"),
    "score_offers": ("offers", "reply_rate", "contacts"),
    "score_cases": ("cases", "filing", "disputes", "contracts"),
    "score_quality": ("content",),
    "score_workers": ("workers",),
    "score_training": ("training",),
    "score_discipline": ("records", "conduct"),
}
KINDS = {"full_time": Text("专职", "full time"), "part_time": Text("兼职", "part time")}


def supervisor_of(appraisal: Appraisal) -> Supervisor:
    return db.session.get_one(Supervisor, (appraisal.tenant_id, appraisal.supervisor_id))


def appraisal_page(
    appraisal: Appraisal, viewer: Viewer, *, own: bool = False, **forms: Any
) -> dict[str, Any]:
    supervisor = supervisor_of(appraisal)
    scheme = queries.scheme_of(appraisal.year)
    found = scoring.lines(appraisal, supervisor, scheme) if scheme else []
    place = "my_appraisals" if own else "appraisals"
    return {
        "appraisal": appraisal,
        "supervisor": supervisor,
        "scheme": scheme,
        "own": own,
        "lines": found,
        "score": appraisal.score if appraisal.score is not None else scoring.score_of(found),
        "conditions": appraisal.figures.get("conditions")
        or (scoring.conditions(supervisor, scheme) if scheme else None),
        "items_url": lambda name: url_for(
            f"{place}.items", appraisal_id=appraisal.id, indicator=name
        ),
        "state": label(actions.MACHINE, appraisal.state),
        "looks": STATE_LOOKS,
        "grades": GRADE_WORDS,
        "grade_looks": GRADE_LOOKS,
        "steps": acts(appraisal, viewer),
        "names": names(appraisal),
        "complaints": queries.complaints(supervisor, appraisal.year),
        "findings": FINDINGS,
        "window_open": actions.window_open(appraisal),
        "history": history(trail.of(appraisal, newest=50)),
        "words_form": forms.get("words_form") or WordsForm(formdata=None),
        "mark_form": forms.get("mark_form")
        or MarkForm(formdata=None, note=appraisal.mark_note, pay_check=appraisal.pay_check),
        "decision_form": forms.get("decision_form")
        or DecisionForm(formdata=None, grade=appraisal.grade, award=appraisal.award),
        "complaint_form": forms.get("complaint_form")
        or ComplaintForm(formdata=None, received_on=today()),
        "finding_form": FindingOfComplaintForm(formdata=None),
    }


def acts(appraisal: Appraisal, viewer: Viewer) -> dict[str, Any]:
    """Each act of the procedure, open or closed with its reason, to this person now."""
    given = ("statement_given", "scheme_set", "year_over", "objection_stated", "answer_given")
    facts = {**actions.facts_of(appraisal, viewer.id), **dict.fromkeys(given, True)}
    facts["window_ended"] = facts["own_appraisal"] or not facts["window_open"]
    found = {one.event: one for one in open_acts(actions.MACHINE, appraisal.state, facts)}
    may = {
        "mark": viewer.may(May.APPRAISALS_MARK),
        "send_back": viewer.may(May.APPRAISALS_DECIDE),
        "decide": viewer.may(May.APPRAISALS_DECIDE),
        "settle": viewer.may(May.APPRAISALS_DECIDE),
        "accept": viewer.may(May.APPRAISALS_MARK) or facts["own_appraisal"],
        "state_view": facts["own_appraisal"],
        "object": facts["own_appraisal"],
    }
    return {event: act for event, act in found.items() if may[event]}


def names(appraisal: Appraisal) -> dict[str, str]:
    """Who marked, decided and settled."""
    found = {}
    for role in ("marked_by_id", "decided_by_id", "settled_by_id"):
        if ident := getattr(appraisal, role):
            found[role] = db.session.get_one(User, (appraisal.tenant_id, ident)).name
    return found


def items_page(appraisal: Appraisal, name: str) -> dict[str, Any] | None:
    """Each row of the record that an indicator is made of; None where nobody counts it."""
    scheme = queries.scheme_of(appraisal.year)
    if scheme is None or name not in counted():
        return None
    supervisor = supervisor_of(appraisal)
    kept = appraisal.figures.get("lines", {}).get(name)
    return {
        "appraisal": appraisal,
        "supervisor": supervisor,
        "indicator": counted()[name],
        "weight": getattr(scheme, name),
        "measure": scoring.measured(supervisor, scheme, name),
        "kept": kept,
        "kept_on": appraisal.figures.get("on"),
    }


def sheet_on_paper(appraisal: Appraisal, form: str) -> bytes:
    """Form 27e. What is not decided yet is a line for the pen."""
    text = text_in_force(TEXT_ID)
    return on_paper(compose(text, values(appraisal), language(), blanks=True), form)


def values(appraisal: Appraisal) -> dict[str, Any]:
    supervisor = supervisor_of(appraisal)
    scheme = queries.scheme_of(appraisal.year)
    found = (
        {one.indicator.name: one for one in scoring.lines(appraisal, supervisor, scheme)}
        if (scheme)
        else {}
    )
    known = appraisal.figures.get("conditions") or (
        scoring.conditions(supervisor, scheme) if scheme else {}
    )
    people = names(appraisal)
    share = known.get("share")
    return {
        "report_year": appraisal.year,
        "supervisor_name": supervisor.name,
        "supervisor_kind": KINDS[supervisor.engagement],
        "assigned_count": known.get("served"),
        "months_in_post": known.get("months"),
        **{slot: _points(found, names_) for slot, names_ in GROUPS.items()},
        "score_total": appraisal.score,
        "contracts_signed_count": round(found["contracts"].done) if "contracts" in found else None,
        "disputes_settled_count": round(found["disputes"].done) if "disputes" in found else None,
        "bargaining_time_share": f"{share:.0%}" if share is not None else None,
        "average_portfolio": known.get("average"),
        "pay_check_text": appraisal.pay_check,
        "supervisor_comment": appraisal.statement,
        "assessor_names": people.get("marked_by_id"),
        "appraisal_result": said(GRADE_TEXTS[appraisal.grade]) if appraisal.grade else None,
        "issuer_name": this_federation().name,
        "issued_on": appraisal.decided_on,
    }


def _points(found: dict[str, Any], wanted: tuple[str, ...]) -> float | None:
    """The points of a line of the form; a line for the pen where it carries no weight."""
    points = [found[name].points for name in wanted if name in found]
    given = [one for one in points if one is not None]
    return round(sum(given), 1) if given else None
