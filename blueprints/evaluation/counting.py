"""Counting a survey: blocks that are large enough, and nothing that could be taken apart again.

The figures are kept with the survey when it closes. They hold only what may be shown: sums of
whole blocks (rules/cells.py), boxes that enough people ticked, and who was asked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from blueprints.evaluation import queries
from blueprints.evaluation.models import Respondent, Survey
from rules.cells import Cell, blocks_of, choices_shown
from rules.survey import Question, Tally, instrument, is_valid

Forms = Sequence[Mapping[str, Sequence[str]]]


def figures_of(survey: Survey) -> dict[str, Any]:
    """All figures of a survey, for each group that was asked."""
    forms: dict[int, list[Mapping[str, Sequence[str]]]] = defaultdict(list)
    for invitation_id, ticked in queries.forms_of(survey.id):
        forms[invitation_id].append(ticked)
    true: dict[int, set[str]] = defaultdict(set)
    for box in queries.contents_of(survey.id):
        if box.in_contract:
            true[box.contract_id].add(str(box.id))
    rows = queries.places(survey.id)
    return {
        respondent: _of_group(
            survey, [row for row in rows if row.respondent == respondent], forms, true
        )
        for respondent in survey.respondents
    }


def _of_group(
    survey: Survey,
    rows: Sequence[Any],
    forms: Mapping[int, Forms],
    true: Mapping[int, set[str]],
) -> dict[str, Any]:
    needed = instrument(survey.standard).needed
    by_id = {row.id: row for row in rows}
    tallies = {
        row.id: Tally.of(((form, true[row.contract_id]) for form in forms.get(row.id, ())), needed)
        for row in rows
    }
    cells = [
        Cell(row.id, tallies[row.id].valid, (row.area, row.industry, row.contract_id))
        for row in rows
    ]
    blocks = blocks_of(cells, survey.smallest_cell)
    shown = blocks.whole >= survey.smallest_cell
    valid = [form for row in rows for form in forms.get(row.id, ()) if is_valid(form, needed)]
    return {
        "units": len(rows),
        "asked": _sum(row.people for row in rows),
        "handed_out": _sum(row.handed_out for row in rows),
        "returned": sum(row.returned for row in rows),
        "valid": blocks.whole,
        "whole": total(tallies[row.id] for row in rows).to_json() if shown else None,
        "blocks": [_block([by_id[cell.key] for cell in block], tallies) for block in blocks.shown],
        "rest": [cell.key for cell in blocks.rest],
        "questions": _questions(survey, valid) if shown else {},
    }


def _block(rows: Sequence[Any], tallies: Mapping[int, Tally]) -> dict[str, Any]:
    """Units that stand together, and what they share."""
    first = rows[0]
    return {
        "places": [row.id for row in rows],
        "enterprises": [row.enterprise_id for row in rows],
        "area": first.area,
        "industry": first.industry,
        "contract": first.contract_id,
        "people": _sum(row.people for row in rows),
        "tally": total(tallies[row.id] for row in rows).to_json(),
    }


def _questions(survey: Survey, valid: Forms) -> dict[str, dict[str, int | None]]:
    """How often each box was ticked; question 2 has other boxes for each contract."""
    found = {}
    for question in map(Question.from_json, survey.questions):
        if question.kind == "contents":
            continue
        ticked = Counter(box for form in valid for box in form.get(question.id, ()))
        counts = {option.id: ticked[option.id] for option in question.options}
        found[question.id] = choices_shown(
            counts, survey.smallest_cell, exclusive=question.kind == "one"
        )
    return found


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, start=Tally())


def whole_of(survey: Survey, respondent: str = Respondent.WORKERS) -> Tally | None:
    """All valid forms of a group; None where there were too few to show."""
    kept = (survey.figures or {}).get(respondent) or {}
    return Tally(*kept["whole"]) if kept.get("whole") else None


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
