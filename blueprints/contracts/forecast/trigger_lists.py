"""The list of events on record: what may be asked of it, and the rows that answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select

from blueprints.contracts.forecast.models import BargainingTrigger, TriggerKind
from blueprints.contracts.forecast.words import TRIGGERS, place
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf, turned
from tenants.clock import ZONE
from tenants.db import db
from tenants.models import User

OF_RECORDER = (User.tenant_id == BargainingTrigger.tenant_id) & (
    User.id == BargainingTrigger.recorded_by_id
)
STATES = ("holds", "withdrawn")
_SORTS: Mapping[str, Key] = {
    "day": Key(BargainingTrigger.happened_on),
    "kind": Key(BargainingTrigger.kind),
}
NEWEST = "-day"


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    kind: str = ""
    state: str = ""
    area: str = ""  # those that hold there: also those of the whole city
    industry: str = ""
    sort: str = NEWEST
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return any((self.q, self.kind, self.state, self.area, self.industry))

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        def one(name: str, known: Any) -> str:
            return args.get(name, "") if args.get(name) in set(known) else ""

        sort = args.get("sort", NEWEST)
        return cls(
            q=args.get("q", "").strip()[:100],
            kind=one("kind", TriggerKind),
            state=one("state", STATES),
            area=args.get("area", "")[:20],
            industry=args.get("industry", "")[:20],
            sort=sort if sort.removeprefix("-") in _SORTS else NEWEST,
            cursor=args.get("cursor"),
        )


def conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    one = BargainingTrigger
    if asked.q:
        yield or_(
            one.source.icontains(asked.q, autoescape=True),
            one.note.icontains(asked.q, autoescape=True),
        )
    if asked.kind:
        yield one.kind == asked.kind
    if asked.state:
        withdrawn = one.withdrawn_at.is_not(None)
        yield withdrawn if asked.state == "withdrawn" else ~withdrawn
    if asked.area:
        yield or_(one.area.is_(None), one.area == asked.area)
    if asked.industry:
        yield or_(one.industry.is_(None), one.industry == asked.industry)


def events(asked: Asked) -> Select[*tuple[Any, ...]]:
    """The rows asked for. Events are public facts: whoever reads the forecast reads all of them."""
    one = BargainingTrigger
    return (
        select(
            one.id, one.kind, one.happened_on, one.source, one.area, one.industry, one.note,
            one.withdrawn_at, one.withdrawn_reason, one.created_at, User.name.label("recorder"),
        )
        .join(User, OF_RECORDER)
        .where(*conditions(asked))
    )  # fmt: skip


def order_of(sort: str) -> tuple[Key, ...]:
    return turned((_SORTS[sort.removeprefix("-")], Key(BargainingTrigger.id)), sort)


def page_of(asked: Asked) -> Page:
    return leaf(events(asked), order_of(asked.sort), cursor=asked.cursor)


def for_export(asked: Asked) -> Iterable[Any]:
    order = (k.ordered for k in order_of(asked.sort))
    return db.session.execute(events(asked).order_by(*order))


def how_many(asked: Asked) -> int:
    query = select(func.count()).select_from(BargainingTrigger).where(*conditions(asked))
    return int(db.session.scalar(query) or 0)


def heads() -> list[str]:
    return [
        _("What has changed"), _("Document and number"), _("From which day"),
        _("Area and industry"),
        _("Remark"), _("Recorded by"), _("Recorded on"), _("State"), _("Reason"),
    ]  # fmt: skip


def sheet_rows(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            said(TRIGGERS[row.kind]),
            row.source,
            row.happened_on,
            said(place(row.area, row.industry)),
            row.note or "",
            row.recorder,
            row.created_at.astimezone(ZONE).date(),
            _("withdrawn") if row.withdrawn_at else _("holds"),
            row.withdrawn_reason or "",
        ]
