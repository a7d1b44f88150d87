"""Whoever a contract binds is no longer exposed for silence: what it ends on the ladder of offers.

However the contract came to be on file: made here, joined later, or taken over from a sheet. What
it is about is compared with the offer (rules/answering.py); in doubt it excludes, and says so. An
offer made after the contract was known has a ladder of its own: a contract in force does not answer
the offer to bargain the next one. Nothing here is undone when a contract ends.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import BigInteger, ColumnElement, any_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from blueprints.contracts.ground.contributions import when_effective
from blueprints.contracts.ground.membership_models import Membership, MembershipState
from blueprints.contracts.ground.models import IN_FORCE, Contract
from blueprints.exposures.elsewhere import ON_THE_LADDER
from blueprints.exposures.models import ExposureExclusion, Ground
from blueprints.exposures.publishing import SIGNED, exclude_each
from blueprints.offers.ground.campaign_models import CampaignTopic
from blueprints.offers.ground.models import Offer
from rules.answering import Answers, answers
from tenants import trail
from tenants.clock import today
from tenants.db import db

# Read to the public where an announcement comes down: the number of the contract, and no more.
SAYS = {
    Answers.YES: "集体合同（{number}）已对该企业生效。",
    Answers.PERHAPS: "集体合同（{number}）已对该企业生效，议题是否与要约一致待核实。",
    Answers.NO: "集体合同（{number}）已对该企业生效，议题与要约不同，不影响办理。",
}
ContractsOf = Callable[[int], Sequence[Contract]]  # those that bind an enterprise


@when_effective
def end_the_ladder(contract: Contract) -> None:
    """In the transaction of the effect, for every enterprise it binds."""
    bound = select(Membership.enterprise_id).where(
        Membership.contract_id == contract.id, Membership.state == MembershipState.ACTIVE
    )
    whose = or_(Offer.enterprise_id.in_(bound), Offer.enterprise_id == contract.enterprise_id)
    if contract.effective_on is not None:
        _exclude(whose, lambda _: [contract], since=contract.effective_on)


def end_for(contract: Contract, enterprise_id: int, *, since: date) -> None:
    """The same for one enterprise that joins a contract in force on this day."""
    _exclude(Offer.enterprise_id == enterprise_id, lambda _: [contract], since=since)


def end_for_taken_over(contract_ids: Sequence[int]) -> None:
    """The same for contracts out of a sheet, of which nobody knew until today."""
    if not contract_ids:
        return
    ids = any_(literal(list(contract_ids), ARRAY(BigInteger)))
    binding = (
        select(Membership.enterprise_id, Contract)
        .join(
            Contract,
            (Contract.tenant_id == Membership.tenant_id) & (Contract.id == Membership.contract_id),
        )
        .where(
            Contract.id == ids,
            Contract.state.in_(IN_FORCE),
            Membership.state == MembershipState.ACTIVE,
            Membership.enterprise_id.in_(
                select(Offer.enterprise_id).where(Offer.state.in_(ON_THE_LADDER))
            ),
        )
        .order_by(Contract.id)
    )
    contracts: dict[int, list[Contract]] = defaultdict(list)
    for enterprise_id, contract in db.session.execute(binding):
        contracts[enterprise_id].append(contract)
    if contracts:
        whose = Offer.enterprise_id.in_(list(contracts))
        _exclude(whose, lambda enterprise_id: contracts[enterprise_id], since=today())


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


def _exclude(whose: ColumnElement[bool], contracts_of: ContractsOf, *, since: date) -> None:
    offers = _offers(whose, since)
    topics = _topics(offers)
    found: dict[tuple[Answers, str], list[Offer]] = defaultdict(list)
    for offer in offers:
        about = topics.get(offer.campaign_id, [])
        verdict, number = max(
            (answers(one.kind, one.topic, offer.contract_kind, about), one.document_no)
            for one in contracts_of(offer.enterprise_id)
        )
        found[verdict, number].append(offer)
    for (verdict, number), some in sorted(found.items()):
        note = SAYS[verdict].format(number=number)
        if verdict is Answers.NO:
            told = [(offer, {"note": note}) for offer in some]
            trail.record_many("exposure.contract_apart", told)
        else:
            exclude_each(some, SIGNED, note, by_id=None, ground=Ground.REMEDIED)


def _topics(offers: Sequence[Offer]) -> Mapping[int, list[str]]:
    """What the campaigns of these offers put forward, by campaign."""
    found: dict[int, list[str]] = defaultdict(list)
    ids = {offer.campaign_id for offer in offers}
    query = select(CampaignTopic.campaign_id, CampaignTopic.title).where(
        CampaignTopic.campaign_id.in_(ids)
    )
    for campaign_id, title in db.session.execute(query) if ids else ():
        found[campaign_id].append(title)
    return found
