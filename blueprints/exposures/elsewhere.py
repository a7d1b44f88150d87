"""Who agrees to bargain under one offer is not named for silence to another one of that time.

Whether the other offer is about something else is for people to find out: in doubt it excludes, and
only another person lifts that. An offer issued after the answer has a ladder of its own.
"""

from collections.abc import Sequence

from sqlalchemy import select

from blueprints.exposures.models import ExposureExclusion, Ground
from blueprints.exposures.publishing import exclude_each
from blueprints.offers.ground.accepted import ACCEPTED, when_accepted
from blueprints.offers.ground.lists import GROUPS
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Reply
from blueprints.registry.contributions import when_merged
from tenants.db import db

CODE = "exposure.answered_elsewhere"
# Who has accepted is on no ladder; a closed offer is over.
ON_THE_LADDER = (*GROUPS["unserved"], *GROUPS["waiting"], *GROUPS["refused"], *GROUPS["silent"])
SAYS = "该单位已应约另一份要约（{number}），是否涉及同一事项待核实。"  # read to the public too


@when_accepted
def spare(offer: Offer, reply: Reply) -> None:
    """Keep the enterprise out for its other open offers; what is public comes down.

    These are not locked: two answers that come in at once would wait for each other. What is
    published in the same instant comes down with the next look at it.
    """
    if others := _others(offer, reply):
        said = SAYS.format(number=offer.document_no)
        exclude_each(others, CODE, said, by_id=None, ground=Ground.REMEDIED)


@when_merged
def spare_the_merged(kept_id: int, _double_id: int) -> None:
    """The same for offers that two records of one enterprise had apart."""
    answers = (
        select(Offer, Reply)
        .join(Reply, (Reply.tenant_id == Offer.tenant_id) & (Reply.offer_id == Offer.id))
        .where(
            Offer.enterprise_id == kept_id,
            Reply.replaced_at.is_(None),
            Reply.kind.in_(ACCEPTED),
        )
        .order_by(Reply.id)
    )
    for offer, reply in db.session.execute(answers).all():
        spare(offer, reply)


def _others(offer: Offer, reply: Reply) -> Sequence[Offer]:
    standing = select(ExposureExclusion.offer_id).where(ExposureExclusion.code == CODE)
    query = select(Offer).where(
        Offer.enterprise_id == offer.enterprise_id,
        Offer.id != offer.id,
        Offer.state.in_(ON_THE_LADDER),
        Offer.sealed_at <= reply.received_at,
        Offer.id.not_in(standing),
    )
    return db.session.scalars(query.order_by(Offer.id)).all()
