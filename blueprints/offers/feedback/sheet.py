"""The feedback sheet of a campaign: reached, served, answered by class, silent; by area and trade.

Every offer stands in exactly one of `unserved`, `running`, `in_time`, `late`, `silent`,
`disclaimed`, `closed`, so these columns add up to the total.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Integer, and_, case, cast, func, select

from blueprints.notices.models import Notice, NoticeState
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Reply, ReplyKind
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.registry.models import Enterprise
from blueprints.shared.languages import said
from tenants.db import db

ARRIVED = (NoticeState.SENT, NoticeState.DELIVERED)
COUNTS = (
    "total",
    "reached",
    "served",
    "in_time",
    "late",
    "accepted",
    "conditional",
    "refused",
    "disclaimed",
    "running",
    "silent",
    "unserved",
    "closed",
)


@dataclass(frozen=True)
class Line:
    """The counts of one area, one trade, or of all."""

    key: str | None
    counts: dict[str, int]

    @property
    def answered(self) -> int:
        return self.counts["in_time"] + self.counts["late"]

    @property
    def rate(self) -> float | None:
        """Answered ÷ (answered + silent); offers still running or not served stay out of it."""
        base = self.answered + self.counts["silent"]
        return self.answered / base if base else None


@dataclass(frozen=True)
class Sheet:
    total: Line
    areas: list[Line]
    industries: list[Line]


def sheet_of(campaign_id: int) -> Sheet:
    """The whole sheet, in one query."""
    rows = db.session.execute(_query(campaign_id)).mappings().all()
    return Sheet(
        Line(None, _sum(rows)),
        list(_lines(rows, "area")),
        list(_lines(rows, "industry")),
    )


def _query(campaign_id: int) -> Any:
    answered = Reply.id.is_not(None)
    disclaimed = Reply.kind == ReplyKind.NOT_US
    closed = and_(Offer.state == OfferState.CLOSED, Reply.id.is_(None))
    silent = and_(
        Reply.id.is_(None),
        Offer.state.in_((OfferState.OVERDUE, OfferState.REMINDED, OfferState.ESCALATED)),
    )
    running = and_(Reply.id.is_(None), Offer.state == OfferState.SERVED)
    unserved = and_(
        Reply.id.is_(None),
        Offer.state.in_((OfferState.SEALED, OfferState.DISPATCHED, OfferState.UNDELIVERABLE)),
    )
    counted: dict[str, Any] = {
        "total": Offer.id.is_not(None),
        "reached": func.coalesce(Notice.state.in_(ARRIVED), False) | Offer.served_on.is_not(None),
        "served": Offer.served_on.is_not(None),
        "in_time": and_(answered, ~disclaimed, ~Reply.late),
        "late": and_(answered, ~disclaimed, Reply.late),
        "accepted": Reply.kind == ReplyKind.ACCEPT,
        "conditional": Reply.kind == ReplyKind.ACCEPT_OTHER_DATE,
        "refused": Reply.kind == ReplyKind.REFUSE,
        "disclaimed": disclaimed,
        "running": running,
        "silent": silent,
        "unserved": unserved,
        "closed": closed,
    }
    return (
        select(
            Enterprise.area,
            Enterprise.industry,
            *(
                func.sum(cast(case((condition, 1), else_=0), Integer)).label(name)
                for name, condition in counted.items()
            ),
        )
        .select_from(Offer)
        .join(
            Enterprise,
            and_(Enterprise.tenant_id == Offer.tenant_id, Enterprise.id == Offer.enterprise_id),
        )
        .outerjoin(
            Reply,
            and_(
                Reply.tenant_id == Offer.tenant_id,
                Reply.offer_id == Offer.id,
                Reply.replaced_at.is_(None),
            ),
        )
        .outerjoin(
            Notice,
            and_(
                Notice.tenant_id == Offer.tenant_id,
                Notice.kind == "offer",
                Notice.subject_kind == "offer",
                Notice.subject_id == Offer.id,
                Notice.sequence == 1,
            ),
        )
        .where(Offer.campaign_id == campaign_id)
        .group_by(Enterprise.area, Enterprise.industry)
    )


def _sum(rows: Iterable[Any]) -> dict[str, int]:
    total = dict.fromkeys(COUNTS, 0)
    for row in rows:
        for name in COUNTS:
            total[name] += int(row[name] or 0)
    return total


def _lines(rows: Iterable[Any], by: str) -> Iterator[Line]:
    keys = sorted({row[by] for row in rows}, key=lambda key: key or "~")
    for key in keys:
        yield Line(key, _sum(row for row in rows if row[by] == key))


def heads() -> list[str]:
    return [
        _("Addressed"),
        _("Reached"),
        _("Served"),
        _("Replied in time"),
        _("Replied late"),
        _("Accepted"),
        _("Accepted with changes"),
        _("Declined with a reason"),
        _("Wrong addressee"),
        _("Period running"),
        _("No reply in time"),
        _("Not yet served"),
        _("Closed"),
    ]


def sheet_rows(sheet: Sheet) -> Iterator[list[Any]]:
    """The same lines for a spreadsheet: all, then by area, then by trade."""
    yield [_("All"), "", *sheet.total.counts.values(), sheet.total.rate]
    for line in sheet.areas:
        yield [_("Area"), said(area_name(line.key)), *line.counts.values(), line.rate]
    for line in sheet.industries:
        yield [_("Industry"), said(industry_name(line.key)), *line.counts.values(), line.rate]
