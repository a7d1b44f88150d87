"""Cases as rows of a sheet, in the words of the reader."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from blueprints.bargaining.ground.labels import KINDS, LEVELS, state_label
from blueprints.offers.ground.labels import ACTING_MODES
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.shared.languages import said


def case_heads() -> list[str]:
    return [
        _("Document number"), _("Case"), _("Level"), _("Kind of contract"), _("State"),
        _("Capacity"), _("Area"), _("Place"), _("Industry"), _("Workers' side"), _("Enterprises"),
        _("Workers"), _("Counted as of"), _("Supervisor"), _("Campaign"), _("Opened on"),
    ]  # fmt: skip


def case_rows(rows: Sequence[Any], sizes: Mapping[int, tuple[int, int]]) -> Iterator[list[Any]]:
    for row in rows:
        enterprises, workers = sizes.get(row.id, (0, 0))
        yield [
            row.document_no,
            row.name,
            said(LEVELS[row.level]),
            said(KINDS[row.contract_kind]),
            said(state_label(row.state)),
            said(ACTING_MODES[row.acting_mode]),
            said(area_name(row.area)),
            row.territory,
            said(industry_name(row.industry)),
            row.union,
            enterprises,
            workers,
            row.counted_on,
            row.supervisor,
            row.campaign,
            row.opened_on,
        ]
