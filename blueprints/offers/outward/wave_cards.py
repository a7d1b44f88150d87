"""The workbench about campaigns: what waits for a leader, what came back, how far the wave is."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from sqlalchemy import ColumnElement, func, select

from blueprints.notices.models import Notice, NoticeState
from blueprints.offers.ground.campaign_models import Campaign, CampaignState
from blueprints.offers.ground.lists import GROUPS
from blueprints.offers.ground.models import Offer
from blueprints.offers.outward.cards import mine
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Due, Funnel, Row, Step, Stuck, card
from rules.days import local_day
from tenants.clock import today
from tenants.db import db
from tenants.models import User
from tenants.roles import May, Scope

OUT = (CampaignState.ISSUING, CampaignState.RUNNING, CampaignState.PAUSED)


@card(10, May.CAMPAIGNS_APPROVE)
def waits_for_approval(viewer: Viewer) -> Card | None:
    """Campaigns submitted by somebody else: nobody but a leader can let them out."""
    query = (
        select(
            Campaign.id,
            Campaign.name,
            Campaign.addressed,
            Campaign.submitted_at,
            User.name.label("proposer"),
        )
        .join(User, User.id == Campaign.proposed_by_id)
        .where(Campaign.state == CampaignState.SUBMITTED, Campaign.proposed_by_id != viewer.id)
        .order_by(Campaign.submitted_at)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Due(
        _("Approvals"),
        figure=len(rows),
        link=url_for("campaigns.index", state=CampaignState.SUBMITTED),
        rows=[
            Row(
                row.name,
                url=url_for("campaigns.show", campaign_id=row.id),
                what=_("Approve the campaign"),
                note=_(
                    "Proposed by %(name)s; %(count)s addressees",
                    name=row.proposer,
                    count=row.addressed or 0,
                ),
                state="soon",
                state_words=_("Waiting"),
                act=_("Look and decide"),
                mine=True,
            )
            for row in rows
        ],
    )


@card(41, May.CAMPAIGNS_PREPARE)
def sent_back(viewer: Viewer) -> Card | None:
    """Campaigns of this officer that a leader has returned."""
    query = (
        select(Campaign.id, Campaign.name, Campaign.returned_note)
        .where(Campaign.state == CampaignState.RETURNED, Campaign.proposed_by_id == viewer.id)
        .order_by(Campaign.id.desc())
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Stuck(
        _("Sent back"),
        figure=len(rows),
        rows=[
            Row(
                row.name,
                url=url_for("campaigns.show", campaign_id=row.id),
                reason=row.returned_note or "",
                waits_for=_("you"),
                act=_("Correct"),
                mine=True,
            )
            for row in rows
        ],
    )


@card(46, May.CAMPAIGNS_ISSUE)
def letters_owed(_viewer: Viewer) -> Card | None:
    """Campaigns of which letters on paper are still to be printed and posted."""
    query = (
        select(Campaign.id, Campaign.name, func.count().label("letters"))
        .join(
            Notice,
            (Notice.tenant_id == Campaign.tenant_id)
            & (Notice.batch_kind == Campaign.__tablename__)
            & (Notice.batch_id == Campaign.id),
        )
        .where(Notice.kind == Offer.__tablename__, Notice.state == NoticeState.PAPER)
        .group_by(Campaign.id, Campaign.name)
        .order_by(Campaign.id.desc())
        .limit(3)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Stuck(
        _("Letters on paper"),
        rows=[
            Row(
                row.name,
                url=url_for("offers.paper_letters", campaign=row.id),
                reason=_n(
                    "%(num)s letter is owed on paper.",
                    "%(num)s letters are owed on paper.",
                    row.letters,
                ),
                waits_for=_("you"),
                act=_("Print and post"),
            )
            for row in rows
        ],
    )


@card(50, May.OFFERS_READ)
def wave(viewer: Viewer) -> Card | None:
    """How far the latest campaign has come, counted over the offers this person may see."""
    of_campaign = (Campaign.tenant_id == Offer.tenant_id) & (Campaign.id == Offer.campaign_id)
    query = (
        mine(viewer, Campaign.id, Campaign.name, Campaign.issued_at, *_counts())
        .join(Campaign, of_campaign)
        .where(Campaign.issued_at.is_not(None), Campaign.state.in_(OUT))
        .group_by(Campaign.id, Campaign.name, Campaign.issued_at)
        .order_by(Campaign.issued_at.desc())
        .limit(1)
    )
    row: Any = db.session.execute(query).first()
    return None if row is None else _funnel(row, viewer)


@card(50, May.CAMPAIGNS_READ)
def wave_shared(viewer: Viewer) -> Card | None:
    """The same for a partner: figures of the latest campaign that is shared, and no rows."""
    if viewer.reach(May.CAMPAIGNS_READ) is not Scope.SHARED:
        return None
    query = (
        select(Campaign.id, Campaign.name, Campaign.issued_at, *_counts())
        .select_from(Offer)
        .join(
            Campaign, (Campaign.tenant_id == Offer.tenant_id) & (Campaign.id == Offer.campaign_id)
        )
        .where(Campaign.shared_at.is_not(None), Campaign.issued_at.is_not(None))
        .group_by(Campaign.id, Campaign.name, Campaign.issued_at)
        .order_by(Campaign.issued_at.desc())
        .limit(1)
    )
    row: Any = db.session.execute(query).first()
    return None if row is None else _funnel(row, viewer)


def _counts() -> list[ColumnElement[int]]:
    def those(*groups: str) -> ColumnElement[int]:
        states = [state for group in groups for state in GROUPS[group]]
        return func.count().filter(Offer.state.in_(states))

    return [
        func.count().label("issued"),
        func.count(Offer.served_on).label("served"),
        those("accepted", "refused").label("answered"),
        those("accepted").label("accepted"),
        those("refused").label("refused"),
        those("waiting").label("waiting"),
        those("unserved").label("unserved"),
        those("silent").label("silent"),
    ]


def _funnel(row: Any, viewer: Viewer) -> Funnel:
    may_list, may_open = viewer.may(May.OFFERS_READ), viewer.may(May.CAMPAIGNS_READ)

    def rows_of(group: str = "") -> str:
        if not may_list:
            return ""
        return url_for("offers.index", campaign=row.id, group=group or None)

    issued_on = local_day(row.issued_at)
    late = row.silent > row.waiting
    kept = row.silent if late else row.waiting
    return Funnel(
        row.name,
        link=url_for("campaigns.show", campaign_id=row.id) if may_open else rows_of(),
        link_words=_("Open the campaign"),
        note=_(
            "Issued on %(date)s, day %(day)s",
            date=issued_on.isoformat(),
            day=(today() - issued_on).days,
        ),
        steps=[
            Step(_("Issued"), row.issued, rows_of()),
            Step(
                _("Served"),
                row.served,
                rows_of(),
                _("%(n)s not served", n=row.unserved) if row.unserved else "",
                rows_of("unserved") if row.unserved else "",
            ),
            Step(
                _("Answered"),
                row.answered,
                rows_of("answered"),
                (_("%(n)s silent", n=kept) if late else _("%(n)s waiting", n=kept)) if kept else "",
                rows_of("silent" if late else "waiting") if kept else "",
            ),
            Step(
                _("Agreed to bargain"),
                row.accepted,
                rows_of("accepted"),
                _("%(n)s declined", n=row.refused) if row.refused else "",
                rows_of("refused") if row.refused else "",
            ),
        ],
        foot=_("Counted by enterprise, not by letter"),
    )
