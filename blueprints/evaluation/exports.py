"""The sheets of the surveys: every rate with numerator, denominator, sample and version."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from blueprints.evaluation.labels import SCOPES, state_label
from blueprints.evaluation.models import Survey
from blueprints.evaluation.results import Group
from blueprints.shared.languages import said
from rules.survey import RATE_NAMES, RateKind, Tally


def rate_heads() -> list[str]:
    return [
        head
        for kind in RateKind
        for head in (
            _("%(rate)s, %%", rate=said(RATE_NAMES[kind])),
            _("%(rate)s, numerator", rate=said(RATE_NAMES[kind])),
        )
    ]


def rate_cells(tally: Tally | None) -> list[Any]:
    if tally is None:
        return [None] * 6
    cells: list[Any] = []
    for kind in RateKind:
        rate = tally.rate(kind)
        share = rate.share
        cells += [round(float(share) * 100, 1) if share is not None else None, rate.numerator]
    return cells


def survey_heads() -> list[str]:
    return [
        _("Number"), _("Survey"), _("Scope"), _("State"), _("First day for answers"),
        _("Last day for answers"),
        _("Questionnaire"), _("Forms returned"), _("Valid forms"), *rate_heads(), _("Hard to say"),
        _("Sampling"), _("Smallest group shown"),
    ]  # fmt: skip


def survey_rows(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    for row in rows:
        kept = row.workers or {}
        tally = Tally(*kept["whole"]) if kept.get("whole") else None
        yield [
            row.document_no, row.name, said(SCOPES[row.scope]), said(state_label(row.state)),
            row.opens_on, row.closes_on, row.instrument_version, kept.get("returned"),
            kept.get("valid"), *rate_cells(tally), tally.unsure if tally else None,
            row.sampling, row.smallest_cell,
        ]  # fmt: skip


def group_heads() -> list[str]:
    return [_("Group"), _("Workers on record"), _("Valid forms"), *rate_heads(), _("Hard to say"),
            pgettext("questionnaire", "Form"), _("Sampling")]  # fmt: skip


def group_rows(
    survey: Survey, whole: Group | None, found: Sequence[Group]
) -> Iterator[Sequence[Any]]:
    for name, group in [(_("All"), whole), *((said(one.name), one) for one in found)]:
        if group is not None:
            yield [
                name, group.people, group.tally.valid, *rate_cells(group.tally),
                group.tally.unsure, survey.instrument_version, survey.sampling,
            ]  # fmt: skip
