"""What the pages and sheets of checks show, gathered in one place."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from blueprints.contracts.ground.check_models import CheckState, PerformanceCheck
from blueprints.contracts.ground.labels import NOT_YOURS, on_behalf
from blueprints.contracts.ground.queries import clauses, get_contract
from blueprints.contracts.habits.values import partial_weight
from blueprints.contracts.performance import check_queries as queries
from blueprints.contracts.performance import finding_queries
from blueprints.contracts.performance.letters import RESULTS, enterprise_name
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from blueprints.shared.trail.words import history
from rules.performance import Result, Tally
from rules.procedure import label
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.roles import May

STATES = {
    CheckState.PLANNED: Text("计划", "Planned"),
    CheckState.HELD: Text("已检查", "Held"),
    CheckState.CANCELLED: Text("已取消", "Called off"),
}
GROUP_WORDS = {
    "late": Text("已过计划日期", "Past its day"),
    "coming": Text("计划中", "Coming"),
    "held": Text("已检查", "Held"),
    "cancelled": Text("已取消", "Called off"),
}
RESULT_LOOKS = {
    Result.KEPT: "ok",
    Result.PARTLY: "soon",
    Result.NOT_KEPT: "late",
    Result.NOT_DUE: "stop",
    Result.DISPUTED: "unsure",
}
OVER = Text("检查已经结束。", "The check is over.")
FIRST_CLAUSE = Text("还没有检查任何条款。", "No clause has been checked yet.")
FINDING_LOOKS = {"noted": "soon", "put_to_chiefs": "run", "plan": "run", "fixed": "ok",
                 "disputed": "unsure"}  # fmt: skip


def look_of(row: Any) -> str:
    if row.state == CheckState.HELD:
        return "ok"
    if row.state == CheckState.CANCELLED:
        return "stop"
    return "late" if row.planned_on < today() else "run"


def list_page(viewer: Viewer, asked: queries.Asked) -> dict[str, Any]:
    leaf = queries.page_of(viewer, asked, today=today())
    return {
        "asked": asked,
        "page": leaf,
        "total": queries.how_many(viewer, asked, today=today()),
        "tallies": queries.tallies([row.id for row in leaf.rows]),
        "weight": partial_weight(),
        "groups": [(name, said(words)) for name, words in GROUP_WORDS.items()],
        "states": STATES,
        "look": look_of,
        "exports": exports(viewer, "performance.export"),
    }


def exports(viewer: Viewer, endpoint: str) -> list[tuple[str, str]]:
    """The sheets of this very list, for those who may take it away."""
    if not viewer.may(May.CONTRACTS_EXPORT):
        return []
    return [(k.upper(), same_questions(url_for(endpoint, kind=k))) for k in ("xlsx", "csv")]


def check_page(check: PerformanceCheck, viewer: Viewer) -> dict[str, Any]:
    contract = get_contract(check.contract_id)
    facts = {fact.clause_id: fact for fact in queries.facts_of(check.id)}
    findings = finding_queries.of_check(check.id)
    tally = Tally.of(fact.result for fact in facts.values())
    opened, closed = acts(check, viewer, any_fact=bool(facts), findings=findings)
    return {
        "check": check,
        "contract": contract,
        "where": enterprise_name(check.enterprise_id),
        "rows": [(clause, facts.get(clause.id)) for clause in clauses(contract)],
        "findings": findings,
        "tally": tally,
        "rate": tally.rate(partial_weight()),
        "people": names_of({one for one in (check.owner_id, check.recorded_by_id) if one}),
        "may_check": viewer.may(May.PERFORMANCE_CHECK) and check.state == CheckState.PLANNED,
        "open_acts": opened,
        "closed_acts": closed,
        "results": RESULTS,
        "result_look": RESULT_LOOKS,
        "states": STATES,
        "look": look_of,
        "finding_state": lambda state: label("finding", state),
        "finding_look": FINDING_LOOKS,
        "course": history(trail.of(check)),
    }


def acts(
    check: PerformanceCheck, viewer: Viewer, *, any_fact: bool, findings: Iterable[Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What this person can do with a check now, and what not, each with the reason."""
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    planned = check.state == CheckState.PLANNED

    def offer(words: str, endpoint: str, may: May, why_not: Text | None, **more: Any) -> None:
        if not viewer.may(may):
            why_not = NOT_YOURS
        if why_not is not None:
            closed.append({"label": words, "why": why_not})
        else:
            url = url_for(f"performance.{endpoint}", check_id=check.id)
            opened.append({"label": words, "act": words, "url": url, **more})

    over = None if planned else OVER
    unchecked = None if any_fact else FIRST_CLAUSE
    offer(_("Sign and end the check"), "sign", May.PERFORMANCE_CHECK, over or unchecked, main=True)
    if any(one.state == "noted" for one in findings):
        offer(_("Put the findings to both chiefs"), "put", May.PERFORMANCE_EDIT, None, main=True)
    if planned:
        offer(_("Change day or person"), "change", May.PERFORMANCE_EDIT, None)
        offer(_("Call the check off"), "call_off", May.PERFORMANCE_EDIT, None, grave=True)
    return opened, closed


def check_heads() -> list[str]:
    return [
        _("Contract number"),
        _("Contract"),
        _("On behalf of"),
        _("Enterprise"),
        _("State"),
        _("Planned for"),
        _("Checked on"),
        _("Performance checklist"),
        _("Who sees to it"),
    ]


def check_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.contract_no,
            row.contract,
            on_behalf(row),
            row.enterprise or "",
            said(STATES[row.state]),
            row.planned_on,
            row.held_on,
            row.document_no or "",
            row.owner or "",
        ]
