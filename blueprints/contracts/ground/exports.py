"""Contracts as rows of a sheet, in the words of the reader."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from blueprints.contracts.ground.labels import (
    ACTING,
    BASES,
    LEVELS,
    acts_for,
    kind_words,
    state_label,
)
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.shared.languages import said


def contract_heads() -> list[str]:
    return [
        _("Contract number"), _("Name"), _("Kind"), _("Level"), _("State"), _("Area"),
        _("Industry"), _("Workers' side"), _("Employers' side"), _("Who bargained"),
        _("On behalf of"), _("Signed on"), _("In force from"), _("Basis of effect"), _("From"),
        _("Until"), _("Enterprises bound"), _("Workers bound"),
    ]  # fmt: skip


def contract_rows(rows: Iterable[Any], bound: dict[int, tuple[int, int]]) -> Iterator[list[Any]]:
    for row in rows:
        acted = acts_for(row.acting_mode, row.on_behalf_of)
        yield [
            row.document_no,
            row.name,
            said(kind_words(row.kind, row.topic)),
            said(LEVELS[row.level]),
            said(state_label(row.state)),
            said(area_name(row.area)),
            said(industry_name(row.industry)),
            row.worker_side,
            row.employer_side,
            said(ACTING[row.acting_mode]),
            said(acted) if acted else "",
            row.signed_on,
            row.effective_on,
            said(BASES[row.effective_basis]) if row.effective_basis else "",
            row.term_from,
            row.term_to,
            *bound.get(row.id, (0, 0)),
        ]
