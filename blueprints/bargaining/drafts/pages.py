"""Everything the page of a draft shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from blueprints.bargaining.drafts import queries as reads
from blueprints.bargaining.drafts.acts import CLAUSE, DRAFT
from blueprints.bargaining.drafts.earlier_texts import as_one_text, earlier_texts
from blueprints.bargaining.ground.draft_models import CaseFloor, Draft, DraftState
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import COURSES, DRAFT_STATES
from blueprints.bargaining.table.acts import acts_on
from blueprints.shared.guards import Viewer
from rules.clauses import CLAUSE_KINDS, MEASURES, Measure, Quantity, Written, plain
from rules.comparing import Compared, changes, compared
from rules.words import Text

AGAINST = {
    "last": Text("上一稿", "the last version"),
    "contract": Text("上一份合同", "the last contract"),
    "template": Text("建议条款", "the suggested clauses"),
}


@dataclass(frozen=True)
class Way:
    """What a version is held against; `foreign` clauses have keys of another text."""

    name: Text
    clauses: Callable[[], Sequence[Written]]
    foreign: bool = False


class FloorRow(NamedTuple):
    """A figure of pay, the legal minimum in its unit, and how far it lies above (or below) it."""

    figure: Quantity
    floor: CaseFloor | None
    over: Decimal | None


def draft_page(case: BargainingCase, draft: Draft, person: Viewer, against: str) -> dict[str, Any]:
    clauses = reads.clauses_of(draft.id)
    amounts = reads.amounts_of(one.id for one in clauses)
    faults = reads.faults_of(case, draft)
    opened, closed = acts_on(DRAFT, case, draft, person)
    ways = ways_of(case, draft, person)
    text = reads.written(draft.id)
    rows = rows_against(ways.get(against), text)
    return {
        "case": case,
        "draft": draft,
        "versions": reads.drafts_of(case.id),
        "clauses": clauses,
        "amounts": amounts,
        "faults": faults,
        "of_subject": {one.subject for one in faults if one.blocks},
        "floors": reads.floors_of(case.id),
        "ways": {name: way.name for name, way in ways.items()},
        "against": against if against in ways else "",
        "rows": rows,
        "beside_floors": against_floors(case, text),
        "changed": changes(rows),
        "open_acts": opened,
        "closed_acts": closed,
        "writable": draft.state == DraftState.OPEN and person.may(DRAFT.acts["clause"].permission),
        "clause_acts": list(CLAUSE.acts.values()),
        "words": {
            "states": DRAFT_STATES, "kinds": CLAUSE_KINDS, "measures": MEASURES,
            "courses": COURSES, "plain": plain,
        },
    }  # fmt: skip


def ways_of(case: BargainingCase, draft: Draft, person: Viewer) -> dict[str, Way]:
    """What a version can be held against, by its name in the address: only what there is."""
    found: dict[str, Way] = {}
    if draft.based_on_id is not None:
        found["last"] = Way(AGAINST["last"], partial(reads.written, draft.based_on_id))
    if (last := reads.last_contract(case)) is not None:
        found["contract"] = Way(AGAINST["contract"], partial(reads.written, last.id), foreign=True)
    for one in earlier_texts(case, person):
        found[f"contract-{one.key}"] = Way(one.name, one.clauses, foreign=True)
    template = [
        Written(one.key, one.kind, one.heading, one.template_text)
        for one in reads.clauses_of(draft.id)
        if one.template_text
    ]
    if template:
        found["template"] = Way(AGAINST["template"], lambda: template)
    return found


def rows_against(way: Way | None, after: Sequence[Written]) -> list[Compared]:
    if way is None:
        return []
    before = list(way.clauses())
    return compared(as_one_text(before, after) if way.foreign else before, after)


def against_floors(case: BargainingCase, clauses: Sequence[Written]) -> list[FloorRow]:
    """Each figure of pay beside the legal minimum in its unit, the nearest to it first."""
    minima = {one.unit: one for one in reads.floors_of(case.id) if one.measure == Measure.PAY}
    found = []
    for one in (one for clause in clauses for one in clause.quantities):
        if one.measure == Measure.PAY:
            floor = minima.get(one.unit)
            over = one.amount - floor.amount if floor else None
            found.append(FloorRow(one, floor, over))
    return sorted(found, key=lambda row: (row.over is not None, row.over or 0))
