"""Telling everyone concerned of a step or an exposure, once each; the outbox does the sending."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from blueprints.exposures import periods
from blueprints.exposures.facts import announcement_values, channel_words
from blueprints.exposures.letters import common
from blueprints.exposures.models import Exposure
from blueprints.exposures.step_models import ExposureStep, StepKind
from blueprints.notices.actions import post
from blueprints.offers.feedback import Recipient, enterprise_of, issuing_unions
from blueprints.offers.models import Offer
from blueprints.offers.queries import get_offer
from blueprints.registry.models import Enterprise, TradeUnion
from rules.words import Text
from tenants.clock import now, today
from tenants.db import TenantOwned, db
from tenants.federation import this_federation
from tenants.models import User, UserStatus
from tenants.roles import Role

FOR_ENTERPRISE = (StepKind.DEMAND, StepKind.OPINION, StepKind.INTERVIEW)


def unions_of(offer: Offer) -> Iterator[Recipient]:
    """The enterprise's own union and the unions that issued the offer, each once."""
    own = db.session.execute(
        select(TradeUnion.id, TradeUnion.name, TradeUnion.email)
        .join(Enterprise, Enterprise.union_id == TradeUnion.id)
        .where(Enterprise.id == offer.enterprise_id)
    ).first()
    known = {f"union:{own.id}": Recipient(f"union:{own.id}", own.name, own.email)} if own else {}
    for union in issuing_unions(offer):
        known.setdefault(union.key, union)
    yield from known.values()


def partners() -> Iterator[Recipient]:
    """The bodies of the tripartite mechanism that have an account."""
    query = select(User).where(User.role == Role.PARTNER, User.status == UserStatus.ACTIVE)
    for user in db.session.scalars(query.order_by(User.id)):
        yield Recipient(f"user:{user.id}", user.name, user.email, user.locale)


def step_issued(step: ExposureStep, offer: Offer) -> None:
    """The letter itself to whom it is for by mail, and a copy to the unions."""
    values = {**step.letter, "doc_no": step.document_no}
    if step.kind in FOR_ENTERPRISE:
        _post("exposure_step", step, enterprise_of(offer), step.text_id, values)
    for union in unions_of(offer):
        _post("exposure_step_copy", step, union, step.text_id, values)


def intent_issued(exposure: Exposure, values: dict[str, Any]) -> None:
    offer = get_offer(exposure.offer_id)
    _post("exposure_intent", exposure, enterprise_of(offer), "10-exposure-intent", values)
    for union in unions_of(offer):
        _post("exposure_intent_copy", exposure, union, "10-exposure-intent", values)


def published(exposure: Exposure, rank: int) -> None:
    """The announcement to the enterprise; circulars to the unions and the partners."""
    offer = get_offer(exposure.offer_id)
    values = _about(exposure, offer)
    whole = announcement_values(exposure)
    _post("exposure", exposure, enterprise_of(offer), "11a-exposure-announcement", whole, rank)
    for union in unions_of(offer):
        known = {**values, "union_name": union.name}
        _post("exposure_circular", exposure, union, "12a-exposure-circular-union", known, rank)
    for partner in partners():
        known = {**values, "partner_names": partner.name}
        text_id = "12b-exposure-circular-partners"
        _post("exposure_circular", exposure, partner, text_id, known, rank)


GROUNDS = {
    "remedied": Text("该单位已书面答复要约", "the unit has answered the offer in writing"),
    "expired": Text("公告期已经届满", "the announcement has run its time"),
    "error": Text("公告的事实或者程序有误", "a fact or a step of the procedure was wrong"),
}


def withdrawn(exposure: Exposure) -> None:
    """That it came down, everywhere, to all who were told of it."""
    offer = get_offer(exposure.offer_id)
    ground = GROUNDS[exposure.withdrawn_ground or "error"]
    values = {
        **_about(exposure, offer),
        "withdrawal_ground_text": ground,
        "withdraw_rule_article": periods.term(periods.WITHDRAW, today()).basis,
        "withdrawn_at": exposure.withdrawn_at,
        "remedied": exposure.withdrawn_ground == "remedied",
        "remedied_on": exposure.withdrawn_at,
        "remedied_act_text": Text("书面答复要约", "answered the offer in writing"),
    }
    for who in (enterprise_of(offer), *unions_of(offer), *partners()):
        _post("exposure_withdrawal", exposure, who, "11c-exposure-withdrawal", values)


def corrected(exposure: Exposure) -> None:
    offer = get_offer(exposure.offer_id)
    values = {**_about(exposure, offer), **exposure.correction}
    for who in (enterprise_of(offer), *unions_of(offer), *partners()):
        _post("exposure_correction", exposure, who, "11b-exposure-correction", values)


def _about(exposure: Exposure, offer: Offer) -> dict[str, Any]:
    return {
        **common(offer),
        "doc_no": exposure.document_no or "—",
        "exposure_no": exposure.document_no or "—",
        "exposure_published_on": exposure.published_at,
        "exposure_until": exposure.expires_on,
        "exposure_channels": channel_words(exposure),
        "issuer_name": this_federation().name,
    }


def _post(  # noqa: PLR0917 - a letter has a subject, an addressee, a text and its values
    kind: str,
    subject: TenantOwned,
    who: Recipient,
    text_id: str,
    values: dict[str, Any],
    sequence: int = 1,
) -> None:
    post(
        kind,
        subject=subject,
        recipient=who.key,
        name=who.name,
        address=who.address,
        text_id=text_id,
        values=values,
        locale=who.locale,
        sequence=sequence,
        due_at=now(),
    )
