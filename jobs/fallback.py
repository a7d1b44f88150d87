"""Following the ladder of service: where mail did not do, a letter; where that did not, a visit.

By state and never by a window of time: a sweep that comes three days late finds what a punctual
one would have found, and a second one finds nothing.
"""

from collections import Counter

from sqlalchemy import select

from blueprints.offers.ground.models import Offer
from blueprints.offers.service import tasks
from jobs.context import job_scope
from tenants import trail
from tenants.clock import today
from tenants.db import db


def sweep(*, tenant_id: int, at: str | None = None) -> dict[str, int]:
    """Close what is done, open what is owed, pass on what the post did not do."""
    with job_scope(tenant_id, at):
        closed = tasks.close_done()
        opened = tasks.open_owed()
        _tell("campaign.paper_owed", opened)
        db.session.commit()
        visits = 0
        while found := tasks.pass_on_some(today()):
            visits += len(found)
            trail.record_many(
                "offer.visit_due", ((("offer", ident), {"reason": why}) for ident, why in found)
            )
            db.session.commit()
        db.session.commit()
        return {"closed": closed, "letters": len(opened), "visits": visits}


def _tell(verb: str, offer_ids: list[int]) -> None:
    """One line a campaign, however many letters it is about."""
    campaigns = db.session.scalars(select(Offer.campaign_id).where(Offer.id.in_(offer_ids)))
    counts = Counter(campaigns)
    trail.record_many(verb, [(("campaign", ident), {"offers": n}) for ident, n in counts.items()])
