"""What the offers say on the register and on the roster: state, clock, and what happened."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy import func as sql
from sqlalchemy.dialects.postgresql import distinct_on

from blueprints.offers.ground.campaign_models import Campaign, CampaignAddressee
from blueprints.offers.ground.labels import event_line
from blueprints.offers.ground.lists import GROUPS, WAITING
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.moves import state_label, state_look
from blueprints.offers.outward.merging import follow_merge
from blueprints.registry.contributions import (
    Cell,
    Entry,
    Panel,
    column,
    events,
    panel,
    when_merged,
)
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import in_force
from blueprints.supervisors.roster import Load, counts_as_load
from blueprints.supervisors.sources import Source, raises_weight, targets
from tenants.db import db
from tenants.models import Event
from tenants.roles import May

SHOWN = 10
NEWEST = 100
when_merged(follow_merge)


@column(30, _l("Latest offer"))
def latest_offer(ids: Sequence[int]) -> dict[int, Cell]:
    """How the latest offer to each enterprise of the page stands, in one query."""
    query = (
        select(Offer.enterprise_id, Offer.id, Offer.state)
        .where(Offer.enterprise_id.in_(ids))
        .ext(distinct_on(Offer.enterprise_id))
        .order_by(Offer.enterprise_id, Offer.id.desc())
    )
    return {
        row.enterprise_id: Cell(
            said(state_label(row.state)),
            state_look(row.state),
            url_for("offers.show", offer_id=row.id),
        )
        for row in db.session.execute(query)
    }


@panel(20)
def offers_panel(enterprise_id: int, viewer: Viewer) -> Panel | None:
    """The offers to the enterprise, each with its state and its clock."""
    if not viewer.may(May.OFFERS_READ):
        return None
    query = (
        select(
            Offer.id,
            Offer.document_no,
            Offer.state,
            Offer.reply_due_on,
            Offer.replied_on,
            Offer.sealed_at,
            Campaign.name.label("campaign"),
        )
        .join(Campaign, Campaign.id == Offer.campaign_id)
        .where(Offer.enterprise_id.in_(records_of(enterprise_id)))
        .order_by(Offer.id.desc())
        .limit(SHOWN)
    )
    return Panel(
        _("Offers"),
        "offers/_panel.html",
        {
            "rows": db.session.execute(query).all(),
            "state": state_label,
            "look": state_look,
            "waiting": set(WAITING),
        },
    )


@events
def offer_events(enterprise_id: int) -> Iterator[Entry]:
    """Lines of the timeline: issued, served, answered, lapsed, and the rest of the trail."""
    query = select(Offer.id, Offer.document_no, Offer.sealed_at).where(
        Offer.enterprise_id.in_(records_of(enterprise_id))
    )
    offers = {row.id: row for row in db.session.execute(query)}
    for row in offers.values():
        yield Entry(row.sealed_at, _("Offer %(number)s issued", number=row.document_no))
    happened = (
        select(Event)
        .where(Event.subject_kind == Offer.__tablename__, Event.subject_id.in_(offers))
        .order_by(Event.seq.desc())
        .limit(NEWEST)
    )
    for event in db.session.scalars(happened):
        text, detail = event_line(event)
        number = offers[event.subject_id].document_no
        link = (number, url_for("offers.show", offer_id=event.subject_id))
        yield Entry(event.at, text, detail, [link])


def records_of(enterprise_id: int) -> Any:
    """The enterprise, and the doubles that were merged into it."""
    return select(Enterprise.id).where(
        or_(Enterprise.id == enterprise_id, Enterprise.merged_into_id == enterprise_id)
    )


def _offers_of_portfolio(states: tuple[OfferState, ...], on: date) -> ColumnElement[int]:
    """How many offers in these states a supervisor of the roster has to look after."""
    return (
        select(sql.count())
        .select_from(Offer)
        .join(
            Assignment,
            (Assignment.tenant_id == Offer.tenant_id)
            & (Assignment.enterprise_id == Offer.enterprise_id),
        )
        .where(
            Assignment.tenant_id == Supervisor.tenant_id,
            Assignment.supervisor_id == Supervisor.id,
            Offer.state.in_(states),
            *in_force(on),
        )
        .correlate(Supervisor)
        .scalar_subquery()
    )


def _list_of(group: str) -> Any:
    return lambda supervisor_id: url_for("offers.index", supervisor=supervisor_id, group=group)


counts_as_load(
    Load(
        "running",
        _l("Running clocks"),
        lambda on: _offers_of_portfolio(WAITING, on),
        _list_of("waiting"),
    )
)
counts_as_load(
    Load(
        "unserved",
        _l("Not yet served"),
        lambda on: _offers_of_portfolio(GROUPS["unserved"], on),
        _list_of("unserved"),
    )
)


def _campaigns() -> Sequence[tuple[int, str]]:
    """Campaigns whose addressees are fixed and that are not over, the newest first."""
    query = select(Campaign.id, Campaign.name).where(
        Campaign.state.in_(("submitted", "approved", "issuing", "running", "paused"))
    )
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Campaign.id.desc()))]


def _addressed(campaign_id: int) -> Any:
    """Whom a campaign addresses: with an offer, or once it is issued."""
    offered = select(Offer.enterprise_id).where(Offer.campaign_id == campaign_id)
    return offered.union(
        select(CampaignAddressee.enterprise_id).where(
            CampaignAddressee.campaign_id == campaign_id, CampaignAddressee.left_out.is_(None)
        )
    )


def _disputed() -> Any:
    """Enterprises that refused, or let the period lapse: they take more work."""
    return select(Offer.enterprise_id).where(
        Offer.state.in_((OfferState.ANSWERED_NO, OfferState.OVERDUE, OfferState.ESCALATED))
    )


targets(Source("campaign", _l("Campaign"), _campaigns, _addressed))
raises_weight(_disputed)
