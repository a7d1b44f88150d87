"""Whoever a contract binds is no longer exposed for silence: what it ends on the ladder of offers.

An offer made after the day of effect has a ladder of its own: a contract in force does not answer
the offer to bargain the next one.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from blueprints.contracts.contributions import when_effective
from blueprints.contracts.membership_models import Membership, MembershipState
from blueprints.contracts.models import Contract
from blueprints.exposures.models import ExposureExclusion, Ground
from blueprints.exposures.publishing import SIGNED, exclude_each
from blueprints.offers.lists import GROUPS
from blueprints.offers.models import Offer
from tenants.db import db

# Who has accepted is on no ladder; a closed offer is over.
ON_THE_LADDER = (*GROUPS["unserved"], *GROUPS["waiting"], *GROUPS["refused"], *GROUPS["silent"])


@when_effective
def end_the_ladder(contract: Contract) -> None:
    """In the transaction of the effect, for every enterprise it binds."""
    bound = select(Membership.enterprise_id).where(
        Membership.contract_id == contract.id, Membership.state == MembershipState.ACTIVE
    )
    whose = or_(Offer.enterprise_id.in_(bound), Offer.enterprise_id == contract.enterprise_id)
    if contract.effective_on is not None:
        _exclude(contract, whose, since=contract.effective_on)


def end_for(contract: Contract, enterprise_id: int, *, since: date) -> None:
    """The same for one enterprise that joins a contract in force on this day."""
    _exclude(contract, Offer.enterprise_id == enterprise_id, since=since)


def _offers(whose: ColumnElement[bool], since: date) -> Sequence[Offer]:
    """Their open offers without this reason, locked in one order, as a reply locks them."""
    standing = select(ExposureExclusion.offer_id).where(
        ExposureExclusion.code == SIGNED, ExposureExclusion.lifted_at.is_(None)
    )
    query = select(Offer).where(
        whose,
        Offer.state.in_(ON_THE_LADDER),
        func.exposure_day(Offer.sealed_at) <= since,
        Offer.id.not_in(standing),
    )
    locked = query.order_by(Offer.id).with_for_update()
    return db.session.scalars(locked, execution_options={"populate_existing": True}).all()


def _exclude(contract: Contract, whose: ColumnElement[bool], *, since: date) -> None:
    # The note is read to the public where an announcement comes down: the number, and no more.
    note = f"集体合同（{contract.document_no}）已对该企业生效。"
    if offers := _offers(whose, since):
        exclude_each(offers, SIGNED, note, by_id=None, ground=Ground.REMEDIED)
