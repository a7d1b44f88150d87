"""Everything the page of one contract shows, gathered in one place."""

from typing import Any

from blueprints.contracts.filing.succession import chain
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.contributions import Act, acts_for, events_of, sections_for
from blueprints.contracts.ground.labels import (
    BASES,
    CLAUSES,
    LEVELS,
    MODES,
    PARTIES,
    kind_words,
    state_label,
    state_look,
)
from blueprints.contracts.ground.labels import acts_for as on_behalf
from blueprints.contracts.ground.models import Contract
from blueprints.registry import courses
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from tenants import trail
from tenants.clock import today

WORDS = {
    "state": state_label,
    "look": state_look,
    "kind": kind_words,
    "levels": LEVELS,
    "bases": BASES,
    "modes": MODES,
    "parties": PARTIES,
    "clauses": CLAUSES,
    "area": area_name,
    "industry": industry_name,
    "on_behalf": on_behalf,
}


def contract_page(contract: Contract, viewer: Viewer) -> dict[str, Any]:
    opened, closed = buttons(acts_for(contract, viewer))
    return {
        "contract": contract,
        "acted": on_behalf(contract.acting_mode, contract.on_behalf_of),
        "covered": queries.bound_counts([contract.id], today()).get(contract.id, (0, 0)),
        "sections": sections_for(contract, viewer),
        "open_acts": opened,
        "closed_acts": closed,
        "course": courses.course([*map(courses.line_of, trail.of(contract)), *events_of(contract)]),
        "before": chain(contract),
        "after": queries.successors(contract),
        "words": WORDS,
    }


def buttons(acts: list[Act]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The acts as the macro shows them: what can be done, and what cannot with its reason.

    What ends a contract stands last, whichever part it comes from.
    """
    opened = [
        {
            "label": said(act.label),
            "act": said(act.label),
            "url": act.url,
            "method": "post" if act.post else "get",
            "why": said(act.says),
            "grave": act.grave,
            "main": act.main,
        }
        for act in sorted(acts, key=lambda act: act.grave)
        if act.why_not is None
    ]
    closed = [
        {
            "label": said(act.label),
            "why": f"{said(act.why_not)} {said(act.article) if act.article else ''}".strip(),
        }
        for act in acts
        if act.why_not is not None
    ]
    return opened, closed
