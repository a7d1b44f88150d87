"""Everything the page of a draft shows."""

from typing import Any

from blueprints.bargaining import draft_queries as reads
from blueprints.bargaining.draft_acts import CLAUSE, DRAFT
from blueprints.bargaining.draft_models import Draft, DraftState
from blueprints.bargaining.models import BargainingCase
from blueprints.bargaining.table_acts import acts_on
from blueprints.bargaining.table_words import COURSES, DRAFT_STATES
from blueprints.shared.guards import Viewer
from rules.clauses import CLAUSE_KINDS, MEASURES, Written, plain
from rules.comparing import changes, compared
from rules.words import Text

AGAINST = {
    "last": Text("上一稿", "the last version"),
    "contract": Text("上一份合同", "the last contract"),
    "template": Text("建议条款", "the suggested clauses"),
}


def draft_page(case: BargainingCase, draft: Draft, person: Viewer, against: str) -> dict[str, Any]:
    clauses = reads.clauses_of(draft.id)
    amounts = reads.amounts_of(one.id for one in clauses)
    faults = reads.faults_of(case, draft)
    opened, closed = acts_on(DRAFT, case, draft, person)
    ways = {name: words for name, words in AGAINST.items() if earlier(case, draft, name)}
    rows = compared(earlier(case, draft, against) or [], reads.written(draft.id))
    return {
        "case": case,
        "draft": draft,
        "versions": reads.drafts_of(case.id),
        "clauses": clauses,
        "amounts": amounts,
        "faults": faults,
        "of_subject": {one.subject for one in faults if one.blocks},
        "floors": reads.floors_of(case.id),
        "ways": ways,
        "against": against if against in ways else "",
        "rows": rows if against in ways else [],
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


def earlier(case: BargainingCase, draft: Draft, against: str) -> list[Written] | None:
    """What a version is held against, as clauses; None where there is nothing of the kind."""
    if against == "last" and draft.based_on_id is not None:
        return reads.written(draft.based_on_id)
    if against == "contract" and (last := reads.last_contract(case)) is not None:
        return _by_heading(reads.written(last.id), reads.written(draft.id))
    if against == "template":
        return [
            Written(one.key, one.kind, one.heading, one.template_text)
            for one in reads.clauses_of(draft.id)
            if one.template_text
        ] or None
    return None


def _by_heading(before: list[Written], after: list[Written]) -> list[Written]:
    """Clauses of another contract have keys of their own: a heading makes them one."""
    keys = {clause.heading: clause.key for clause in after}
    return [
        Written(keys.get(one.heading, one.key), one.kind, one.heading, one.body, one.quantities)
        for one in before
    ]
