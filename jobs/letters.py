"""Drawing the letters on paper of a whole campaign, away from the request."""

from sqlalchemy import select

from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.service import paper
from jobs.context import job_scope
from tenants.db import db


def print_paper(
    *, tenant_id: int, campaign_id: int, fresh: bool = True, at: str | None = None
) -> int:
    """Draw every letter that is owed on paper. Run twice, it prints twice and harms nothing.

    Returns how many letters there are.
    """
    with job_scope(tenant_id, at):
        campaign = db.session.scalar(select(Campaign).where(Campaign.id == campaign_id))
        if campaign is None:
            return 0
        try:
            count = paper.print_all(campaign, fresh=fresh)
            db.session.commit()
        except Exception:
            paper.tell(campaign_id, 0, 0)  # so that the page stops waiting
            raise
        return count
