"""Taking an offer back, and closing one whose enterprise is gone. Views commit.

Whatever still runs for it stops at once: its clock, the letter that has not left, its link.
"""

from sqlalchemy import select, update

from blueprints.notices.models import Notice, NoticeState
from blueprints.offers.ground import deadlines
from blueprints.offers.ground.models import Offer, ReplyLink
from blueprints.offers.ground.moves import move
from blueprints.offers.ground.service_models import DeadlineStatus
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db, rows_changed

VERBS = {"withdraw": "offer.withdrawn", "enterprise_gone": "offer.enterprise_gone"}
UNSENT = (NoticeState.QUEUED, NoticeState.PAPER)


def close(offer: Offer, event: str, reason: str) -> None:
    """`event` is withdraw or enterprise_gone. The offer and all that was said stay on file."""
    if not reason.strip():
        raise RuleBroken(Text("请写明理由。", "State the reason."))
    before = offer.state
    move(offer, event, reason_recorded=True)
    offer.closed_reason = reason
    if clock := deadlines.reply_clock(offer):
        deadlines.stop(clock, DeadlineStatus.DROPPED, now())
    taken_back = _take_back(offer)
    _close_links(offer)
    trail.record(VERBS[event], offer, reason=reason, was=before, letters=taken_back)


def _take_back(offer: Offer) -> int:
    """Cancel the letter where it has not gone out; what is on its way arrives."""
    query = (
        update(Notice)
        .where(
            Notice.kind == "offer",
            Notice.subject_kind == Offer.__tablename__,
            Notice.subject_id == offer.id,
            Notice.state.in_(UNSENT),
        )
        .values(state=NoticeState.CANCELLED, cancelled_at=now())
        .execution_options(synchronize_session=False)
    )
    return rows_changed(query)


def _close_links(offer: Offer) -> None:
    links = select(ReplyLink).where(ReplyLink.offer_id == offer.id, ReplyLink.revoked_at.is_(None))
    for link in db.session.scalars(links):
        link.revoked_at = now()
