"""The list of notices: what may be asked of it, and the rows that answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import Select, func, select

from blueprints.notices.labels import notice_kind, notice_state
from blueprints.notices.models import Message, Notice, NoticeState
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db

_NEVER = datetime(1, 1, 1, tzinfo=UTC)
SORTS = {
    "posted": Notice.id,
    "name": Notice.recipient_name,
    "state": Notice.state,
    "sent": func.coalesce(Notice.sent_at, _NEVER),
}
COLUMNS = (
    Notice.id,
    Notice.kind,
    Notice.recipient_name,
    Notice.address,
    Notice.state,
    Notice.bounce,
    Notice.paused,
    Notice.due_at,
    Notice.sent_at,
    Notice.attempts,
    Notice.last_answer,
    Notice.created_at,
)


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    kind: str = ""
    state: str = ""
    batch: str = ""  # "campaign:7"
    sort: str = "-posted"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.kind or self.state or self.batch)

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        sort = args.get("sort", "-posted")
        return cls(
            q=args.get("q", "").strip()[:100],
            kind=args.get("kind", ""),
            state=args.get("state", "") if args.get("state") in set(NoticeState) else "",
            batch=args.get("batch", "") if _batch(args.get("batch", "")) else "",
            sort=sort if sort.lstrip("-") in SORTS else "-posted",
            cursor=args.get("cursor"),
        )


def notices(asked: Asked, *columns: Any) -> Select[Any]:
    query = select(*(columns or COLUMNS)).select_from(Notice)
    if asked.kind:
        query = query.where(Notice.kind == asked.kind)
    if asked.state:
        query = query.where(Notice.state == asked.state)
    if batch := _batch(asked.batch):
        query = query.where(Notice.batch_kind == batch[0], Notice.batch_id == batch[1])
    if asked.q:
        query = query.where(
            Notice.recipient_name.icontains(asked.q, autoescape=True)
            | Notice.address.icontains(asked.q, autoescape=True)
        )
    return query


def page_of(asked: Asked) -> Page:
    return leaf(notices(asked), _order(asked.sort), cursor=asked.cursor)


def how_many(asked: Asked) -> int:
    return int(db.session.scalars(notices(asked, func.count())).one())


def kinds() -> list[tuple[str, str]]:
    """The kinds there are, for the filter."""
    found = db.session.scalars(select(Notice.kind).distinct().order_by(Notice.kind))
    return [(kind, said(notice_kind(kind))) for kind in found]


def heads() -> list[str]:
    return [
        _("Recipient"),
        _("Address"),
        _("Kind"),
        _("Mail subject"),
        _("State"),
        _("Written at"),
        _("Sent at"),
        _("Attempts"),
        _("Last answer"),
    ]


def lines(asked: Asked) -> Iterator[tuple[Any, ...]]:
    """The rows of the sheet: all that is filtered, in the order of the list."""
    query = notices(asked, *COLUMNS, Message.subject, Notice.fields).join(
        Message, (Message.tenant_id == Notice.tenant_id) & (Message.id == Notice.message_id)
    )
    keys = [k.ordered for k in _order(asked.sort)]
    for row in db.session.execute(query.order_by(*keys)):
        yield (
            row.recipient_name,
            row.address,
            said(notice_kind(row.kind)),
            _plain(row.subject, row.fields),
            said(notice_state(row.state)),
            row.created_at,
            row.sent_at,
            row.attempts,
            row.last_answer,
        )


def _plain(subject: str, fields: Mapping[str, Any]) -> str:
    for name, value in fields.items():
        subject = subject.replace(f"{{{{ {name} }}}}", str(value))
    return subject


def _order(sort: str) -> list[Key]:
    down = sort.startswith("-")
    column = SORTS[sort.lstrip("-")]
    keys = [Key(column, down)]
    return keys if column is Notice.id else [*keys, Key(Notice.id, down)]


def _batch(text: str) -> tuple[str, int] | None:
    kind, _colon, ident = text.partition(":")
    return (kind, int(ident)) if kind and ident.isdecimal() and len(ident) < 19 else None
