"""Stopping a campaign that is out, and what becomes of the letters that have not left the house."""

from sqlalchemy import select, update

from blueprints.notices import actions as notices
from blueprints.notices.models import Notice, NoticeState
from blueprints.offers.campaigns.actions import batch_of
from blueprints.offers.campaigns.moves import move
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer, OfferState
from tenants import trail
from tenants.clock import now
from tenants.db import rows_changed

CLOSED_WITH_CAMPAIGN = "campaign.cancelled"


def pause(campaign: Campaign, *, by_id: int, reason: str) -> int:
    """Hold back what has not gone out. Clocks that run, run on."""
    move(campaign, "pause", by=by_id, reason=reason)
    held = notices.pause(batch_of(campaign))
    trail.record("campaign.paused", campaign, reason=reason, notices=held)
    return held


def resume(campaign: Campaign, *, by_id: int) -> int:
    move(campaign, "resume", by=by_id)
    freed = notices.resume(batch_of(campaign))
    trail.record("campaign.resumed", campaign, notices=freed)
    return freed


def complete(campaign: Campaign, *, by_id: int) -> None:
    move(campaign, "complete", by=by_id)
    campaign.closed_at = now()
    trail.record("campaign.completed", campaign)


def cancel(campaign: Campaign, *, by_id: int, reason: str) -> int:
    """Call it off. What has not gone out is taken back; what is out is dealt with one by one."""
    move(campaign, "cancel", by=by_id, reason=reason)
    campaign.closed_at = now()
    taken = 0
    if campaign.issued_at is not None:
        notices.cancel_unsent(batch_of(campaign))
        taken = _close_unsent(campaign)
    trail.record("campaign.cancelled", campaign, reason=reason, offers=taken)
    return taken


def share(campaign: Campaign, *, shared: bool) -> None:
    """Let the federation's partners see how the campaign stands, or no longer."""
    campaign.shared_at = now() if shared else None
    trail.record("campaign.shared" if shared else "campaign.unshared", campaign)


def _close_unsent(campaign: Campaign) -> int:
    """Close the offers whose letter has not left the house."""
    unsent = select(Notice.subject_id).where(
        Notice.batch_kind == Campaign.__tablename__,
        Notice.batch_id == campaign.id,
        Notice.kind == "offer",
        Notice.state == NoticeState.CANCELLED,
    )
    query = (
        update(Offer)
        .where(
            Offer.campaign_id == campaign.id,
            Offer.state == OfferState.SEALED,
            Offer.id.in_(unsent),
        )
        .values(state=OfferState.CLOSED, closed_reason=CLOSED_WITH_CAMPAIGN)
        .execution_options(synchronize_session=False)
    )
    return rows_changed(query)
