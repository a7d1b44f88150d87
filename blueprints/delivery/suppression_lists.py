"""The list of addresses that get no mail: what may be asked of it, and the rows that answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import Select, and_, func, select

from blueprints.notices.models import Notice, NoticeState
from blueprints.notices.suppressions import REASONS, Suppression
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf
from rules.reasons import reason
from tenants.db import db
from tenants.models import User

SORTS = {"added": Suppression.id, "address": Suppression.address}


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    reason: str = ""
    lifted: bool = False
    sort: str = "-added"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.reason)

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        sort = args.get("sort", "-added")
        return cls(
            q=args.get("q", "").strip()[:100],
            reason=args.get("reason", "") if args.get("reason") in REASONS else "",
            lifted=args.get("show") == "lifted",
            sort=sort if sort.lstrip("-") in SORTS else "-added",
            cursor=args.get("cursor"),
        )


def listed(asked: Asked, *columns: Any) -> Select[Any]:
    query = select(*columns).select_from(Suppression)
    query = query.where(
        Suppression.lifted_at.is_not(None) if asked.lifted else Suppression.lifted_at.is_(None)
    )
    if asked.reason:
        query = query.where(Suppression.reason == asked.reason)
    if asked.q:
        query = query.where(Suppression.address.icontains(asked.q, autoescape=True))
    return query


def rows(asked: Asked) -> Select[Any]:
    """Each with who added it, and how many notices wait because of it."""
    waiting = (
        select(func.count())
        .where(
            Notice.tenant_id == Suppression.tenant_id,
            Notice.state == NoticeState.SUPPRESSED,
            func.lower(Notice.address) == Suppression.address,
        )
        .correlate(Suppression)
        .scalar_subquery()
    )
    return listed(
        asked,
        Suppression.id,
        Suppression.address,
        Suppression.reason,
        Suppression.note,
        Suppression.created_at,
        Suppression.lifted_at,
        Suppression.lifted_note,
        User.name.label("added_by"),
        waiting.label("waiting"),
    ).outerjoin(
        User, and_(User.tenant_id == Suppression.tenant_id, User.id == Suppression.added_by_id)
    )


def page_of(asked: Asked) -> Page:
    return leaf(rows(asked), _order(asked.sort), cursor=asked.cursor)


def how_many(asked: Asked) -> int:
    return int(db.session.scalars(listed(asked, func.count())).one())


def heads() -> list[str]:
    return [
        _("Address"),
        _("Cause"),
        _("Words"),
        _("Since"),
        _("Added by"),
        _("Lifted at"),
        _("Why lifted"),
    ]


def lines(asked: Asked) -> Iterator[tuple[Any, ...]]:
    order = [k.ordered for k in _order(asked.sort)]
    for row in db.session.execute(rows(asked).order_by(*order)):
        yield (
            row.address,
            said(reason(row.reason).label),
            row.note,
            row.created_at,
            row.added_by or _("the system"),
            row.lifted_at,
            row.lifted_note,
        )


def get_suppression(suppression_id: int, *, lock: bool = False) -> Suppression:
    query = select(Suppression).where(Suppression.id == suppression_id)
    found: Suppression = db.one_or_404(query.with_for_update() if lock else query)
    return found


def _order(sort: str) -> list[Key]:
    down = sort.startswith("-")
    column = SORTS[sort.lstrip("-")]
    keys = [Key(column, down)]
    return keys if column is Suppression.id else [*keys, Key(Suppression.id, down)]
