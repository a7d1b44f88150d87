"""What the page of coverage shows, with the words for its places and kinds."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from blueprints.contracts.coverage import queries
from blueprints.contracts.ground.labels import KINDS, LEVELS
from blueprints.registry.areas import area_name, city_of
from blueprints.registry.industries import divisions, industry_name
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from blueprints.shared.tenancy import require
from tenants.roles import May


def page_of(asked: queries.Asked, viewer: Viewer, *, figures: bool = True) -> dict[str, Any]:
    exports = []
    if viewer.may(May.CONTRACTS_EXPORT):
        exports = [
            (k.upper(), same_questions(url_for("coverage.export", kind=k))) for k in ("xlsx", "csv")
        ]
    found: dict[str, Any] = {
        "asked": asked,
        "kinds": [(name, said(words)) for name, words in KINDS.items()],
        "levels": [(name, said(words)) for name, words in LEVELS.items()],
        "areas": [(area.code, said(area.name)) for area in city_of(require().division).areas],
        "industries": [(one.code, said(one.name)) for one in divisions().values()],
        "area_name": area_name,
        "industry_name": industry_name,
        "exports": exports,
    }
    if figures:
        found |= {"it": queries.coverage(asked, viewer), "kind_words": KINDS, "level_words": LEVELS}
    return found


def firm_heads() -> list[str]:
    return [_("Enterprise"), _("Credit code"), _("Area"), _("Industry"), _("Workers"),
            _("Contracts in force"), _("Wage contract"), _("Comprehensive contract"),
            _("Special contract"), _("An upper union acted")]  # fmt: skip


def firm_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    yes = {True: _("Yes"), False: _("No")}
    for row in rows:
        yield [row.name, row.credit_code or "", said(area_name(row.area)),
               said(industry_name(row.industry)), row.workers, row.contracts, yes[row.wage],
               yes[row.comprehensive], yes[row.special], yes[row.acted]]  # fmt: skip
