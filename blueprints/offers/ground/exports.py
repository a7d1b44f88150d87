"""Offers as rows of a sheet, in the words of the reader."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from blueprints.offers.ground.labels import ACTING_MODES
from blueprints.offers.ground.moves import state_label
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.shared.languages import said


def offer_heads() -> list[str]:
    return [
        _("Document number"),
        _("Enterprise"),
        _("Campaign"),
        _("Area"),
        _("Industry"),
        _("Headcount"),
        _("Issued as"),
        _("State"),
        _("Served on"),
        _("Last day to reply"),
        _("Replied on"),
    ]


def offer_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            row.document_no,
            row.addressee_name,
            row.campaign,
            said(area_name(row.area)),
            said(industry_name(row.industry)),
            row.headcount,
            said(ACTING_MODES[row.acting_mode]),
            said(state_label(row.state)),
            row.served_on,
            row.reply_due_on,
            row.replied_on,
        ]
