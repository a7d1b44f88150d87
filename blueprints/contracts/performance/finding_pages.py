"""What the pages and sheets of findings show, gathered in one place."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.contracts.ground.labels import NOT_YOURS, on_behalf
from blueprints.contracts.ground.queries import clauses, get_contract
from blueprints.contracts.performance import finding_actions, opinion_actions
from blueprints.contracts.performance import finding_queries as queries
from blueprints.contracts.performance.check_pages import FINDING_LOOKS, exports
from blueprints.contracts.performance.finding_models import Finding, FindingState, OpinionState
from blueprints.contracts.performance.letters import enterprise_name
from blueprints.notices.labels import notice_state
from blueprints.notices.models import Notice
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.trail.words import history
from rules.procedure import label, machines, open_acts
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

ENDPOINTS = {"agree_plan": "agree", "dispute": "dispute", "fix": "fix"}
OPINIONS = {
    OpinionState.ASKED: Text("待签发", "Waits to be issued"),
    OpinionState.ISSUED: Text("已签发，待送达", "Issued, to be served"),
    OpinionState.SERVED: Text("已送达，待答复", "Served, waits for an answer"),
    OpinionState.ANSWERED: Text("已答复", "Answered"),
    OpinionState.DECLINED: Text("未签发", "Declined"),
}
ASKED_YOURSELF = Text("由您提出的事项，须由他人办理。", "You asked for it; another must decide.")
ONE_LETTER = Text(
    "一次检查的问题合为一函，请在检查页面告知。",
    "All findings of a check go into one letter; put them from the page of the check.",
)


def list_page(viewer: Viewer, asked: queries.Asked) -> dict[str, Any]:
    states = [(name, said(state.label)) for name, state in machines()["finding"].states.items()]
    return {
        "asked": asked,
        "page": queries.page_of(viewer, asked, today=today()),
        "total": queries.how_many(viewer, asked, today=today()),
        "groups": [
            ("open", _("Not settled")),
            ("late", _("Past the day")),
            ("", _("All")),
            *states,
        ],
        "finding_state": lambda state: label("finding", state),
        "finding_look": FINDING_LOOKS,
        "exports": exports(viewer, "performance.export_findings"),
    }


def finding_page(finding: Finding, viewer: Viewer) -> dict[str, Any]:
    contract = get_contract(finding.contract_id)
    opinion = queries.opinion_of(finding.id)
    opened, closed = acts(finding, viewer)
    told = select(Notice).where(
        Notice.subject_kind == "performance_check", Notice.subject_id == finding.check_id
    )
    people = {finding.put_by_id, finding.fixed_by_id}
    if opinion is not None:
        people |= {opinion.asked_by_id, opinion.decided_by_id}
    events = trail.of(finding) + (trail.of(opinion) if opinion else [])
    return {
        "finding": finding,
        "contract": contract,
        "clause": next(one for one in clauses(contract) if one.id == finding.clause_id),
        "where": enterprise_name(finding.enterprise_id),
        "opinion": opinion,
        "opinions": OPINIONS,
        "told": db.session.scalars(told.order_by(Notice.id)).all(),
        "notice_state": notice_state,
        "people": names_of({one for one in people if one is not None}),
        "finding_state": lambda state: label("finding", state),
        "finding_look": FINDING_LOOKS,
        "open_acts": opened,
        "closed_acts": closed,
        "course": history(sorted(events, key=lambda event: event.seq, reverse=True)),
    }


def acts(finding: Finding, viewer: Viewer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the procedure allows now, what it does not and why, and the letter of opinion."""
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []

    def offer(words: str, endpoint: str, may: May, why_not: Text | None, **more: Any) -> None:
        if not viewer.may(may):
            why_not = NOT_YOURS
        if why_not is not None:
            closed.append({"label": words, "why": why_not})
            return
        url = url_for(f"performance.{endpoint}", finding_id=finding.id)
        opened.append({"label": words, "act": words, "url": url, **more})

    if finding.state == FindingState.NOTED:
        offer(_("Remedy and evidence"), "amend", May.PERFORMANCE_EDIT, None, main=True)
    known = finding_actions.facts_of(finding)
    for act in open_acts("finding", finding.state, known, every=True):
        if act.event == "put":
            if finding.state == FindingState.NOTED:
                closed.append({"label": said(act.label), "why": act.why or ONE_LETTER})
            continue
        offer(said(act.label), ENDPOINTS[act.event], May.PERFORMANCE_EDIT, act.why)
    _opinion_acts(finding, viewer, offer)
    return opened, closed


def _opinion_acts(finding: Finding, viewer: Viewer, offer: Any) -> None:
    opinion = queries.opinion_of(finding.id)
    state = opinion.state if opinion else None
    if state in {None, OpinionState.DECLINED}:
        fault = opinion_actions.fault_in(finding)
        offer(_("Hand over to a letter of opinion"), "hand_over", May.PERFORMANCE_EDIT, fault,
              grave=True)  # fmt: skip
    elif state == OpinionState.ASKED and opinion is not None:
        own = ASKED_YOURSELF if opinion.asked_by_id == viewer.id else None
        offer(_("Issue the letter of opinion"), "issue", May.PERFORMANCE_APPROVE, own, grave=True)
        offer(_("Decline to issue it"), "decline", May.PERFORMANCE_APPROVE, own)
    elif state == OpinionState.ISSUED:
        offer(_("Record its service"), "serve", May.PERFORMANCE_EDIT, None, main=True)
    if state in {OpinionState.ISSUED, OpinionState.SERVED}:
        offer(_("Record the answer"), "answer", May.PERFORMANCE_EDIT, None)


def finding_heads() -> list[str]:
    return [
        _("Contract"),
        _("On behalf of"),
        _("Clause"),
        _("Promise"),
        _("Enterprise"),
        _("What was found"),
        _("State"),
        _("To be corrected by"),
        _("Letter"),
    ]


def finding_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.contract,
            on_behalf(row),
            row.clause,
            row.promise,
            row.enterprise or "",
            row.fact,
            said(label("finding", row.state)),
            row.due_on,
            row.document_no or "",
        ]
