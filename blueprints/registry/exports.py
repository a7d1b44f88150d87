"""The list as a sheet: the same headings that the importer reads, so it can come back corrected."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from blueprints.registry.areas import area_name
from blueprints.registry.columns import FIELDS
from blueprints.registry.import_models import ImportRun
from blueprints.registry.import_queries import rejected
from blueprints.registry.kinds import OWNERSHIPS
from blueprints.registry.labels import trades
from blueprints.registry.reasons import Finding
from blueprints.shared.languages import said

ORDER = (
    "name", "credit_code", "area", "industry", "ownership", "headcount", "women", "frontline",
    "unionised", "union_name", "chair", "contact_name", "phone", "email", "address", "contract",
    "contract_until", "remark",
)  # fmt: skip


def heads() -> list[str]:
    return [said(FIELDS[name].label) for name in ORDER]


def enterprise_rows(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    yes, no = _("Yes"), _("No")
    for row in rows:
        area = said(area_name(row.area)) if row.area else ""
        yield (
            row.name,
            row.credit_code,
            f"{area}（{row.locality}）" if area and row.locality else area,
            "/".join(trades([code]) for code in row.industries),
            said(OWNERSHIPS[row.ownership]) if row.ownership else "",
            row.headcount,
            row.women,
            row.frontline,
            yes if row.union_id else no,
            row.union_name,
            row.chair,
            row.contact_name,
            row.phone,
            row.email,
            row.address,
            None if row.contract_claimed is None else yes if row.contract_claimed else no,
            row.contract_claimed_until,
            row.remark,
        )


def rejected_heads(run: ImportRun) -> list[str]:
    """The ledger's own headings, then why each row came back."""
    return [*run.header["labels"], _("Row in the ledger"), _("Why it came back")]


def rejected_rows(run: ImportRun) -> Iterator[Sequence[Any]]:
    """The rows as they came, to be corrected in place and uploaded again."""
    width = len(run.header["labels"])
    for number, cells, findings in rejected(run):
        found = [Finding.from_json(one) for one in findings]
        why = "; ".join(said(one.text) for one in found if one.rejects)
        kept = [*(cells or []), *[""] * width][:width]
        yield (*kept, number, why)
