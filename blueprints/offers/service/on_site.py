"""Whom somebody has to go to, because mail and post did not do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from blueprints.offers.ground.labels import CAUSES
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.task_models import Cause, ServiceTask, TaskStep
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

# Under names of their own: the reach of a supervisor asks the same tables.
Serving, Who = aliased(Assignment), aliased(Supervisor)
COLUMNS = (
    Offer.id,
    Offer.document_no,
    Offer.addressee_name,
    ServiceTask.cause,
    ServiceTask.opened_at,
    Enterprise.area,
    Enterprise.locality,
    Enterprise.address,
    Enterprise.contact_name,
    Enterprise.phone,
    Who.name.label("supervisor"),
)
SORTS = {"since": ServiceTask.opened_at, "area": Enterprise.area, "name": Enterprise.sort_key}


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    cause: str = ""
    area: str = ""
    sort: str = "area"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.cause or self.area)

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        sort = args.get("sort", "area")
        return cls(
            q=args.get("q", "").strip()[:100],
            cause=args.get("cause", "") if args.get("cause") in set(Cause) else "",
            area=args.get("area", "")[:12],
            sort=sort if sort.lstrip("-") in SORTS else "area",
            cursor=args.get("cursor"),
        )


def visits(viewer: Viewer, asked: Asked, *columns: Any) -> Select[Any]:
    """Open visits to enterprises that this person may serve, each with who looks after it."""
    query = (
        select(*columns)
        .select_from(ServiceTask)
        .join(
            Offer, and_(Offer.tenant_id == ServiceTask.tenant_id, Offer.id == ServiceTask.offer_id)
        )
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Offer.tenant_id, Enterprise.id == Offer.enterprise_id),
        )
        .outerjoin(
            Serving,
            and_(
                Serving.tenant_id == Offer.tenant_id,
                Serving.enterprise_id == Offer.enterprise_id,
                Serving.valid_from <= today(),
                or_(Serving.valid_to.is_(None), Serving.valid_to > today()),
            ),
        )
        .outerjoin(Who, and_(Who.tenant_id == Serving.tenant_id, Who.id == Serving.supervisor_id))
        .where(
            ServiceTask.step == TaskStep.ON_SITE,
            ServiceTask.closed_at.is_(None),
            within_reach(viewer, May.OFFERS_SERVE),
        )
    )
    if asked.q:
        query = query.where(
            Offer.addressee_name.icontains(asked.q, autoescape=True)
            | Offer.document_no.contains(asked.q, autoescape=True)
        )
    if asked.cause:
        query = query.where(ServiceTask.cause == asked.cause)
    if asked.area:
        query = query.where(Enterprise.area == asked.area)
    return query


def page_of(viewer: Viewer, asked: Asked) -> Page:
    return leaf(visits(viewer, asked, *COLUMNS), _order(asked.sort), cursor=asked.cursor)


def how_many(viewer: Viewer, asked: Asked | None = None) -> int:
    return int(db.session.scalar(visits(viewer, asked or Asked(), func.count())) or 0)


def areas(viewer: Viewer) -> list[tuple[str, str]]:
    """The areas there is somebody to go to in, for the filter."""
    found = db.session.scalars(visits(viewer, Asked(), Enterprise.area).distinct())
    return sorted((code, said(area_name(code))) for code in found if code)


def heads() -> list[str]:
    return [
        _("Enterprise"), _("Document number"), _("Area"), _("Address"), _("Contact"),
        _("Telephone"), _("Why on site"), _("Since"), _("Supervisor"),
    ]  # fmt: skip


def lines(viewer: Viewer, asked: Asked) -> Iterator[tuple[Any, ...]]:
    keys = [k.ordered for k in _order(asked.sort)]
    for row in db.session.execute(visits(viewer, asked, *COLUMNS).order_by(*keys)):
        yield (
            row.addressee_name,
            row.document_no,
            said(area_name(row.area)),
            " ".join(filter(None, (row.locality, row.address))),
            row.contact_name,
            row.phone,
            said(CAUSES[row.cause][0]),
            row.opened_at,
            row.supervisor,
        )


def _order(sort: str) -> list[Key]:
    down = sort.startswith("-")
    return [Key(SORTS[sort.lstrip("-")], down), Key(Offer.id, down)]
