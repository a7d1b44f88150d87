"""Telling everyone concerned of a step or an exposure, once each; the outbox does the sending."""

from typing import Any

from blueprints.exposures import periods
from blueprints.exposures.facts import (
    ANNOUNCEMENT,
    CORRECTION,
    announcement_text,
    announcement_values,
    channel_words,
)
from blueprints.exposures.letters import common
from blueprints.exposures.models import Channel, Exposure
from blueprints.exposures.recipients import (
    all_who_heard,
    media,
    partners,
    three_sides,
    unions_of,
)
from blueprints.exposures.step_models import ExposureStep, StepKind
from blueprints.notices.actions import post
from blueprints.notices.letters.texts import LetterText
from blueprints.offers.feedback.actions import Recipient, enterprise_of
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from rules.words import Text
from tenants.clock import now, today
from tenants.db import TenantOwned
from tenants.federation import this_federation

FOR_ENTERPRISE = (StepKind.REMINDER, StepKind.DEMAND, StepKind.OPINION, StepKind.INTERVIEW)


def step_issued(step: ExposureStep, offer: Offer) -> None:
    """The letter itself to whom it is for by mail, and a copy to the unions.

    The partners sit at the table of an interview, so its notice goes to them too.
    """
    values = {**step.letter, "doc_no": step.document_no}
    if step.kind in FOR_ENTERPRISE:
        _post("exposure_step", step, enterprise_of(offer), step.text_id, values)
    copies = [*unions_of(offer), *(three_sides() if step.kind == StepKind.INTERVIEW else ())]
    for who in copies:
        _post("exposure_step_copy", step, who, step.text_id, values)


def intent_issued(exposure: Exposure, values: dict[str, Any]) -> None:
    offer = get_offer(exposure.offer_id)
    _post("exposure_intent", exposure, enterprise_of(offer), "10-exposure-intent", values)
    for union in unions_of(offer):
        _post("exposure_intent_copy", exposure, union, "10-exposure-intent", values)


def published(exposure: Exposure, channel: Channel, rank: int) -> None:
    """The announcement to the enterprise; circulars to the unions and the partners.

    Once it is raised to the media, their list gets the announcement itself.
    """
    offer = get_offer(exposure.offer_id)
    values = _about(exposure, offer)
    whole, text = announcement_values(exposure), announcement_text(exposure)
    _post("exposure", exposure, enterprise_of(offer), ANNOUNCEMENT, whole, rank, text)
    for union in unions_of(offer):
        known = {**values, "union_name": union.name}
        _post("exposure_circular", exposure, union, "12a-exposure-circular-union", known, rank)
    for partner in partners():
        known = {**values, "partner_names": partner.name}
        text_id = "12b-exposure-circular-partners"
        _post("exposure_circular", exposure, partner, text_id, known, rank)
    if channel is Channel.MEDIA:
        for outlet in media():
            _post("exposure_media", exposure, outlet, ANNOUNCEMENT, whole, rank, text)


GROUNDS = {
    "remedied": Text("该单位已书面答复要约", "the unit has answered the offer in writing"),
    "expired": Text("公告期已经届满", "the announcement has run its time"),
    "error": Text("公告的事实或者程序有误", "a fact or a step of the procedure was wrong"),
}
REPLIED = Text("书面答复要约", "answered the offer in writing")
PUT_RIGHT = Text("该单位已经改正", "the unit has put it right")


def withdrawn(exposure: Exposure) -> None:
    """That it came down, everywhere, to all who were told of it."""
    offer = get_offer(exposure.offer_id)
    remedied, note = exposure.withdrawn_ground == "remedied", exposure.withdrawn_note or ""
    by_reply = note == "exposure.replied"
    ground = GROUNDS[exposure.withdrawn_ground or "error"]
    values = {
        **_about(exposure, offer),
        "withdrawal_ground_text": PUT_RIGHT if remedied and not by_reply else ground,
        "withdraw_rule_article": periods.term(periods.WITHDRAW, today()).basis,
        "withdrawn_at": exposure.withdrawn_at,
        "remedied": remedied,
        "remedied_on": exposure.withdrawn_at,
        "remedied_act_text": REPLIED if by_reply else Text(note, note),
    }
    for who in all_who_heard(exposure):
        _post("exposure_withdrawal", exposure, who, "11c-exposure-withdrawal", values)


def corrected(exposure: Exposure) -> None:
    offer = get_offer(exposure.offer_id)
    values = {**_about(exposure, offer), **exposure.correction}
    for who in all_who_heard(exposure):
        _post("exposure_correction", exposure, who, CORRECTION, values)


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
    text: LetterText | None = None,
) -> None:
    post(
        kind,
        subject=subject,
        recipient=who.key,
        name=who.name,
        address=who.address,
        text_id=text_id,
        text=text,
        values=values,
        locale=who.locale,
        sequence=sequence,
        due_at=now(),
    )
