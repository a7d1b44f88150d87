"""What the mandates show on the page of a case, in its trace file, and to the procedure."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from blueprints.bargaining.cases.members import WORDS as MEMBER_WORDS
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import Section, Trace, case_facts, section, trace
from blueprints.bargaining.ground.labels import MANDATE_LOOKS
from blueprints.bargaining.ground.law import rule_of
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel
from blueprints.bargaining.mandates.actions import MACHINE, POWERS, Wanted, wanted
from blueprints.shared.guards import Viewer
from rules.procedure import label
from rules.words import Text


def state_of(state: str) -> Text:
    return label(MACHINE, state)


WORDS = {
    **MEMBER_WORDS,
    "powers": POWERS,
    "mandate": state_of,
    "mandate_look": MANDATE_LOOKS,
}


@case_facts
def of_the_mandates(case: BargainingCase) -> dict[str, bool]:
    return {"mandates_complete": not any(one.missing for one in wanted(case))}


@section(30, _l("Mandates"))
def mandates_section(case: BargainingCase, _viewer: Viewer) -> Section | None:
    """How many gave one, who is missing; nothing where the employer bargains for itself."""
    lines = wanted(case)
    if case.level == CaseLevel.ENTERPRISE and not any(one.mandate for one in lines):
        return None
    return Section("bargaining/_mandates.html", {**figures(lines), "words": WORDS})


def figures(lines: list[Wanted]) -> dict[str, Any]:
    missing = [one for one in lines if one.missing]
    return {
        "given": sum(one.mandate is not None and not one.faults for one in lines),
        "needed": sum(one.needed for one in lines),
        "missing": missing,
    }


@trace("before", 30)
def mandate_traces(case: BargainingCase) -> Iterator[Trace]:
    lines = wanted(case)
    given = queries.mandates_of(case.id)
    lacking = [one.row.name for one in lines if one.missing]
    names = "、".join(lacking[:5]), ", ".join(lacking[:5])
    yield Trace(
        Text("企业授权委托书", "Mandates of the enterprises"),
        present=bool(given) and not lacking,
        on=max((one.signed_on for one in given if one.signed_on), default=None),
        required=any(one.needed for one in lines),
        documents=[one.scan_id for one in given if one.scan_id],
        article=rule_of(case, "mandate.form").citation,
        missing=Text(f"缺少：{names[0]}", f"Missing: {names[1]}") if lacking else Text("", ""),
        url=url_for("cases.mandates_index", case_id=case.id),
    )
