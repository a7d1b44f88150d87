"""What the offers put on the workbench: clocks that end, what does not move, how far a wave is.

Every card is within the reach of the person who looks, and costs one or two statements.
"""

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from sqlalchemy import Select, case, func, select

from blueprints.offers.ground.labels import REPLY_KINDS
from blueprints.offers.ground.lists import GROUPS, WAITING
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Reply, ReplyKind
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.read_once import read_once
from blueprints.shared.workbench_cards import TIDE_DAYS, Card, Due, Row, Stuck, Tide, card
from blueprints.supervisors.queries import supervisors_of
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 5
MOST = 12  # of a group; the table of what is due shows as many
PATIENCE = timedelta(days=7)  # a letter that nobody has proven by then is stuck
SOON = timedelta(days=7)


def mine(viewer: Viewer, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Offers this person may see, with their enterprises."""
    return (
        select(*columns)
        .select_from(Offer)
        .join(
            Enterprise,
            (Enterprise.tenant_id == Offer.tenant_id) & (Enterprise.id == Offer.enterprise_id),
        )
        .where(within_reach(viewer, May.OFFERS_READ))
    )


LINE = (
    Offer.id,
    Offer.enterprise_id,
    Offer.addressee_name,
    Offer.document_no,
    Offer.state,
    Offer.served_on,
    Offer.reply_due_on,
    Offer.sealed_at,
    Enterprise.headcount,
    func.count().over().label("total"),
)


def address(row: Any, anchor: str = "") -> str:
    """The page of the offer."""
    return str(url_for("offers.show", offer_id=row.id, _anchor=anchor or None))


@read_once
def standing(viewer: Viewer) -> dict[str, list[Any]]:
    """The offers four cards are about, each group by its urgency, in one reading."""
    lost = Offer.state == OfferState.UNDELIVERABLE
    lapsed = Offer.state == OfferState.OVERDUE
    silent = Offer.state.in_((OfferState.SEALED, OfferState.DISPATCHED))
    long_ago = func.date(func.timezone("Asia/Shanghai", Offer.sealed_at)) <= today() - PATIENCE
    runs = Offer.state.in_(WAITING)
    group = case(
        (runs & (Offer.reply_due_on == today()), "today"),
        ((Offer.state == OfferState.SERVED) & (Offer.reply_due_on < today()), "today"),
        (runs & (Offer.reply_due_on < today()), None),  # pressed on the ladder by now
        (runs & (Offer.reply_due_on <= today() + SOON), "soon"),
        (lapsed, "lapsed"),
        (lost | (silent & long_ago), "unserved"),
    )
    place = func.row_number().over(
        partition_by=group,
        order_by=(
            case((~lapsed, Offer.reply_due_on)),
            case((lapsed, Offer.reply_due_on)).desc(),
            lost.desc(), Offer.sealed_at, Offer.id,
        ),
    )  # fmt: skip
    known = (*WAITING, OfferState.OVERDUE, *GROUPS["unserved"])
    columns = (*LINE[:-1], func.count().over(partition_by=group).label("total"))
    found = mine(viewer, *columns, group.label("group"), place.label("place"))
    lines = found.where(Offer.state.in_(known)).subquery()
    query = select(lines).where(lines.c.group.is_not(None), lines.c.place <= MOST)
    groups: dict[str, list[Any]] = {}
    for row in db.session.execute(query.order_by(lines.c.place)):
        groups.setdefault(row.group, []).append(row)
    return groups


@card(20, May.OFFERS_READ)
def ends_today(viewer: Viewer) -> Card | None:
    """Reply clocks whose last day is today."""
    rows = standing(viewer).get("today", [])
    if not rows:
        return None
    return Due(
        _("Reply deadlines"),
        figure=rows[0].total,
        link=url_for("offers.index", due=today().isoformat()),
        rows=[
            Row(
                row.addressee_name,
                url=address(row),
                what=_("Reply deadline"),
                note=_(
                    "Served on %(date)s, %(number)s", date=row.served_on, number=row.document_no
                ),
                date=row.reply_due_on,
                act=_("Look"),
                about=about(row),
            )
            for row in rows
        ],
    )


@card(30, May.OFFERS_READ)
def tide(viewer: Viewer) -> Card:
    """How many reply clocks end on each of the next days."""
    last = today() + timedelta(days=TIDE_DAYS - 1)
    query = (
        mine(viewer, Offer.reply_due_on, func.count())
        .where(Offer.state.in_(WAITING), Offer.reply_due_on.between(today(), last))
        .group_by(Offer.reply_due_on)
    )
    days = dict(db.session.execute(query).all())
    return Tide(
        _("Reply deadlines"),
        days=days,
        url=lambda day: url_for("offers.index", due=day.isoformat()),
    )


@card(35, May.OFFERS_READ)
def ends_soon(viewer: Viewer) -> Card | None:
    """The next clocks to end, the most urgent first."""
    rows = standing(viewer).get("soon", [])[:SHOWN]
    if not rows:
        return None
    return Card(
        _("Reply periods about to end"),
        figure=rows[0].total,
        link=url_for("offers.index", due="soon"),
        rows=[
            Row(
                row.addressee_name,
                url=address(row),
                date=row.reply_due_on,
                note=workers(row),
                about=about(row),
            )
            for row in rows
        ],
    )


@card(40, May.OFFERS_READ)
def lapsed(viewer: Viewer) -> Card | None:
    """Periods that ended without a reply, the latest first."""
    rows = standing(viewer).get("lapsed", [])[:SHOWN]
    if not rows:
        return None
    return Card(
        _("No reply in time"),
        figure=rows[0].total,
        link=url_for("offers.index", group="silent"),
        rows=[
            Row(
                row.addressee_name,
                url=address(row),
                state="late",
                state_words=_("ended on %(date)s", date=row.reply_due_on.isoformat()),
                note=workers(row),
                about=about(row),
            )
            for row in rows
        ],
    )


@card(42, May.OFFERS_SERVE)
def not_served(viewer: Viewer) -> Card | None:
    """Letters that came back, or of which nothing is proven a week after they were sealed."""
    rows = standing(viewer).get("unserved", [])[:SHOWN]
    if not rows:
        return None
    who = supervisors_of([row.enterprise_id for row in rows], today())
    return Stuck(
        _("Not yet served"),
        figure=rows[0].total,
        link=url_for("offers.index", group="unserved"),
        rows=[
            Row(
                row.addressee_name,
                url=url_for("offers.new_service", offer_id=row.id),
                note=row.document_no,
                reason=_("The letter did not reach them, so no reply period runs.")
                if row.state == OfferState.UNDELIVERABLE
                else _("Receipt is not proven, so no reply period runs."),
                waits_for=who[row.enterprise_id].name if row.enterprise_id in who else _("you"),
                act=_("Record service"),
                about=about(row),
            )
            for row in rows
        ],
    )


@card(44, May.OFFERS_REVIEW)
def refusals_to_judge(viewer: Viewer) -> Card | None:
    """Refusals whose reason the upper union has not looked at."""
    rows = db.session.execute(
        mine(viewer, *LINE, Reply.received_at)
        .join(Reply, (Reply.tenant_id == Offer.tenant_id) & (Reply.offer_id == Offer.id))
        .where(
            Offer.state == OfferState.ANSWERED_NO,
            Reply.replaced_at.is_(None),
            Reply.kind == ReplyKind.REFUSE,
            Reply.finding.is_(None),
        )
        .order_by(Reply.received_at)
        .limit(SHOWN)
    ).all()
    if not rows:
        return None
    return Stuck(
        _("Reasons to judge"),
        figure=rows[0].total,
        link=url_for("offers.index", group="refused"),
        rows=[
            Row(
                row.addressee_name,
                url=address(row, "review"),
                note=row.document_no,
                reason=_("It declined with a reason; whether that is proper is not found yet."),
                waits_for=_("you"),
                act=_("Judge the reason"),
                about=about(row),
            )
            for row in rows
        ],
    )


@card(60, May.OFFERS_READ)
def latest_replies(viewer: Viewer) -> Card | None:
    """What came in, the newest first."""
    rows = db.session.execute(
        mine(viewer, Offer.id, Offer.addressee_name, Reply.kind, Reply.received_at, Reply.late)
        .join(Reply, (Reply.tenant_id == Offer.tenant_id) & (Reply.offer_id == Offer.id))
        .where(Reply.replaced_at.is_(None))
        .order_by(Reply.received_at.desc())
        .limit(SHOWN)
    ).all()
    if not rows:
        return None
    return Card(
        _("Latest replies"),
        place="main",
        link=url_for("offers.index", group="answered"),
        link_words=_("All replies"),
        rows=[
            Row(
                row.addressee_name,
                url=address(row),
                at=row.received_at,
                about=about(row),
                note=said(REPLY_KINDS[row.kind]) + (_(", late") if row.late else ""),
            )
            for row in rows
        ],
    )


def about(row: Any) -> str:
    return f"offer:{row.id}"


def workers(row: Any) -> str:
    """How many people it is about, and the number of the letter."""
    people = _n("%(num)s worker", "%(num)s workers", row.headcount) if row.headcount else ""
    return " · ".join(filter(None, (str(people), row.document_no)))
