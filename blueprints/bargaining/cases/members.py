"""The enterprises of a case as lists show them, and what is odd about its scope."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import Section, section
from blueprints.bargaining.ground.labels import PART_LOOKS, PARTS
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, CaseLevel
from blueprints.bargaining.ground.reach import enterprises_within
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.moves import state_label, state_look
from blueprints.registry.areas import area_name
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise
from blueprints.registry.queries import found_by
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf, turned
from rules.words import Text
from tenants.db import db

SHOWN = 8
FOUND = 50


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar."""

    q: str = ""
    part: str = ""
    sort: str = "name"
    cursor: str | None = None

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        sort = args.get("sort", "name")
        return cls(
            args.get("q", "").strip().replace("\x00", "")[:100],
            args.get("part", "") if args.get("part") in PARTS else "",
            sort if sort.removeprefix("-") in _ORDERS else "name",
            args.get("cursor"),
        )


_ORDERS: Mapping[str, tuple[Key, ...]] = {
    "name": (Key(CaseEnterprise.name), Key(CaseEnterprise.id)),
    "workers": (Key(func.coalesce(CaseEnterprise.headcount, -1)), Key(CaseEnterprise.id)),
    "part": (Key(CaseEnterprise.part), Key(CaseEnterprise.id)),
}


def order_of(sort: str) -> tuple[Key, ...]:
    return turned(_ORDERS[sort.removeprefix("-")], sort)


def members(case: BargainingCase, person: Viewer, asked: Asked) -> Select[*tuple[Any, ...]]:
    """The enterprises of a case that this person may look at one by one."""
    one = CaseEnterprise
    query = (
        select(
            one.id, one.enterprise_id, one.name, one.part, one.part_on, one.left_reason,
            one.headcount, one.women, one.frontline, one.dispatched, one.counted_on,
            Enterprise.area, Offer.id.label("offer_id"), Offer.document_no,
            Offer.state.label("offer_state"),
        )
        .join(
            Enterprise,
            (Enterprise.tenant_id == one.tenant_id) & (Enterprise.id == one.enterprise_id),
        )
        .outerjoin(Offer, (Offer.tenant_id == one.tenant_id) & (Offer.id == one.offer_id))
    )  # fmt: skip
    return query.where(one.case_id == case.id, enterprises_within(case, person), *conditions(asked))


def conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.q:
        yield CaseEnterprise.name.icontains(asked.q, autoescape=True)
    if asked.part:
        yield CaseEnterprise.part == asked.part


def page_of(case: BargainingCase, person: Viewer, asked: Asked, *, size: int = 50) -> Page:
    query = members(case, person, asked)
    return leaf(query, order_of(asked.sort), cursor=asked.cursor, size=size)


WORDS = {
    "parts": PARTS, "looks": PART_LOOKS, "state": state_label, "look": state_look,
    "area": area_name,
}  # fmt: skip


@section(10, _l("Enterprises"))
def enterprises(case: BargainingCase, person: Viewer) -> Section:
    """The first few, the totals, and what is odd about the scope."""
    totals = queries.totals_of(case.id)
    return Section(
        "bargaining/_enterprises.html",
        {
            "page": page_of(case, person, Asked(), size=SHOWN),
            "totals": totals,
            "findings": scope_findings(case, totals),
            "words": WORDS,
        },
    )


def scope_findings(case: BargainingCase, totals: queries.Totals) -> list[tuple[Text, Text]]:
    """What the law says about the scope and this one does not fit, with the article."""
    found = []
    if case.level != CaseLevel.ENTERPRISE and not case.area:
        found.append(
            (
                Text(
                    "协商范围未限定在县级以下区域。",
                    "The scope is not limited to an area of county level or below.",
                ),
                Text("《劳动合同法》第53条", "Labour Contract Law, art. 53"),
            )
        )
    if totals.uncounted:
        found.append(
            (
                Text(
                    f"{totals.uncounted}家企业没有{case.counted_on}以前的职工人数。",
                    f"{totals.uncounted} enterprises have no headcount made by {case.counted_on}.",
                ),
                Text("在企业名册中补录后重新取数。", "Enter it in the register, then count again."),
            )
        )
    return found


def not_in(case: BargainingCase, q: str) -> list[Any]:
    """Enterprises that still exist and are not in the case, by what is typed or by the trade."""
    here = select(CaseEnterprise.enterprise_id).where(CaseEnterprise.case_id == case.id)
    query = select(Enterprise.id, Enterprise.name, Enterprise.area, Enterprise.headcount).where(
        Enterprise.status == Status.ACTIVE, Enterprise.id.not_in(here)
    )
    query = query.where(found_by(q)) if q else query.where(*_of_scope(case))
    ordered = query.order_by(Enterprise.sort_key, Enterprise.id).limit(FOUND)
    return list(db.session.execute(ordered))


def _of_scope(case: BargainingCase) -> Iterator[ColumnElement[bool]]:
    if case.industry:
        yield Enterprise.industries.contains([case.industry])
    if case.area:
        yield Enterprise.area == case.area
