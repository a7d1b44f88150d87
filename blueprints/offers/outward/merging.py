"""Two records of one enterprise become one: their offers, picks and places in campaigns follow.

An enterprise has one offer in a campaign. Where both records have one, the double's stays with
the double, which points to the kept record, and is shown there too; unless the double's is the
only one that arrived, it is withdrawn, so that no second clock runs.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from blueprints.notices.models import Notice
from blueprints.offers.ground.campaign_models import CampaignAddressee, CampaignPick
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.service.closing import close
from tenants.db import db

Kept = type[CampaignAddressee | CampaignPick | Offer]  # rows of one enterprise in one campaign

REASON = "重复登记的单位已合并，同一行动另有要约。"


def follow_merge(kept_id: int, double_id: int) -> None:
    """Called inside the merge's transaction."""
    addressed = _campaigns(CampaignAddressee, kept_id) | _campaigns(Offer, kept_id)
    moving = _offers(double_id, but=addressed)
    for model in (CampaignAddressee, Offer):
        _move(model, kept_id, double_id, but=addressed)
    _rename_recipient([offer.id for offer in moving], kept_id, double_id)
    _withdraw_second_ones(kept_id, double_id)
    _move(CampaignPick, kept_id, double_id, but=_campaigns(CampaignPick, kept_id))
    db.session.execute(delete(CampaignPick).where(CampaignPick.enterprise_id == double_id))


def _campaigns(model: Kept, enterprise_id: int) -> set[int]:
    query = select(model.campaign_id).where(model.enterprise_id == enterprise_id)
    return set(db.session.scalars(query))


def _offers(enterprise_id: int, *, but: set[int]) -> Sequence[Offer]:
    query = select(Offer).where(Offer.enterprise_id == enterprise_id, Offer.campaign_id.not_in(but))
    return db.session.scalars(query.order_by(Offer.id).with_for_update()).all()


def _move(model: Kept, kept_id: int, double_id: int, *, but: set[int]) -> None:
    db.session.execute(
        update(model)
        .where(
            model.enterprise_id == double_id,
            model.campaign_id.not_in(but),
        )
        .values(enterprise_id=kept_id)
        .execution_options(synchronize_session="fetch")
    )


def _rename_recipient(offer_ids: Sequence[int], kept_id: int, double_id: int) -> None:
    """The letters of a moved offer are the kept enterprise's, so that its receipt finds them."""
    db.session.execute(
        update(Notice)
        .where(
            Notice.subject_kind == Offer.__tablename__,
            Notice.subject_id.in_(offer_ids),
            Notice.recipient == f"enterprise:{double_id}",
        )
        .values(recipient=f"enterprise:{kept_id}")
        .execution_options(synchronize_session=False)
    )


def _withdraw_second_ones(kept_id: int, double_id: int) -> None:
    mine = {offer.campaign_id: offer for offer in _offers(kept_id, but=set())}
    for double in _offers(double_id, but=set()):
        kept = mine.get(double.campaign_id)
        if kept is None or OfferState.CLOSED in {kept.state, double.state}:
            continue
        arrived = double.served_on or double.replied_on
        if not arrived:
            close(double, "withdraw", REASON)
        elif not (kept.served_on or kept.replied_on):
            close(kept, "withdraw", REASON)
