"""The letter of an offer: what fills it in, for all alike and for each addressee."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select

from blueprints.notices.issued import check_url, keep_file, remaking
from blueprints.notices.letters.check import check_code, fingerprint
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.html import html
from blueprints.notices.letters.model import Check, Letter
from blueprints.notices.letters.pdf import pdf
from blueprints.notices.letters.texts import LetterText, read_text
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.offers.ground.campaign_models import Campaign, CampaignAddressee
from blueprints.offers.ground.models import ActingMode, Offer, OfferIssuer, ReplyLink
from rules.days import local_day
from rules.words import Text
from tenants.db import db
from tenants.federation import this_federation

ACTING_TEXT = "01e-offer-in-place"
PRINCIPAL = Text("该工会主要负责人", "the principal officer of that union")
THROUGH_UPPER = Text("由上级工会转接", "through the upper union")
NO_UNION = Text("尚未建立工会", "no union has been set up")
WEAK_UNION = Text("已建立工会，但独立开展协商尚有困难", "its union cannot yet bargain by itself")
# What stands in a draft in the place of what there will only be once it is issued.
AT_ISSUE = {
    "doc_no": Text("（批准发出时编号）", "(numbered when issued)"),
    "reply_url": Text("（发出时生成）", "(made when issued)"),
    "reply_code": Text("发出时生成", "made when issued"),
}
# Kept in Chinese with each addressee, as mails and letters carry them; here to read them back.
_SAID = {text.zh: text for text in (PRINCIPAL, THROUGH_UPPER, NO_UNION, WEAK_UNION)}


class Variant(StrEnum):
    """How the letter is signed; each has a text, and each text a mail of its own."""

    ONLY = "only"  # one union offers to all
    JOINT = "joint"  # the upper union and the enterprise's own
    IN_PLACE = "in_place"  # the upper union and a sector or area union in the place of its own
    ALONE = "alone"  # the upper union by itself: nobody is there to stand in that place


ACTING = (Variant.IN_PLACE, Variant.ALONE)
# What differs from addressee to addressee: marked in a preview, merged into a mail.
DIFFERS: dict[Variant, tuple[str, ...]] = {
    Variant.ONLY: ("addressee_name", "doc_no", "reply_url", "reply_code"),
    Variant.JOINT: (
        "addressee_name",
        "doc_no",
        "reply_url",
        "reply_code",
        "second_issuer_name",
        "worker_chief_name",
        "second_contact_name",
        "second_contact_phone",
    ),
    Variant.IN_PLACE: (
        "addressee_name",
        "doc_no",
        "reply_url",
        "reply_code",
        "co_issuer_name",
        "acting_ground",
    ),
    Variant.ALONE: ("addressee_name", "doc_no", "reply_url", "reply_code", "acting_ground"),
}


@dataclass(frozen=True)
class Addressee:
    """Whoever gets a letter, before or after it has its number."""

    name: str
    variant: Variant
    fields: Mapping[str, str]


def variant_of(acting_mode: str, union_id: int | None) -> Variant:
    if acting_mode == ActingMode.OWN:
        return Variant.ONLY
    if acting_mode == ActingMode.JOINT_DOUBLE_OFFER:
        return Variant.JOINT
    return Variant.ALONE if union_id is None else Variant.IN_PLACE


def text_of(campaign: Campaign, variant: Variant) -> LetterText:
    """The wording this campaign uses: as fixed at submission, as edited, or the official one."""
    acting = variant in ACTING
    if campaign.fixed is not None:
        return read_text(campaign.fixed["acting_source" if acting else "source"])
    source = campaign.acting_source if acting else campaign.text_source
    return (
        read_text(source) if source else text_in_force(ACTING_TEXT if acting else campaign.text_id)
    )


def variants(campaign: Campaign) -> tuple[Variant, ...]:
    """The variants this campaign can come to use."""
    if campaign.issuer_mode == "single":
        return (Variant.ONLY,)
    return (Variant.JOINT, Variant.IN_PLACE, Variant.ALONE)


def filled(common: Mapping[str, Any], to: Addressee, lang: Lang) -> dict[str, Any]:
    """All values of one letter: the common ones, and this addressee's on top."""
    own: dict[str, Any] = {
        name: _SAID.get(value, value) for name, value in to.fields.items() if value
    }
    co_issuers = []
    if to.variant is Variant.IN_PLACE:
        co_issuers = [{"co_issuer_name": own.get("co_issuer_name")}]
    listed = common.get("topics")
    topics = listed and [
        {name: _side(value, lang) for name, value in topic.items()} for topic in listed
    ]
    return {**common, **own, "addressee_name": to.name, "co_issuers": co_issuers, "topics": topics}


def draft_letter(
    campaign: Campaign, common: Mapping[str, Any], to: Addressee, lang: Lang = "zh"
) -> Letter:
    """The letter before it has a number and a seal; what is missing shows as a blank."""
    values = {**AT_ISSUE, **filled(common, to, lang)}
    text = text_of(campaign, to.variant)
    return compose(text, values, lang, draft=True, differs=DIFFERS[to.variant])


def offer_letter_values(offer: Offer, lang: Lang = "zh") -> dict[str, Any]:
    """Every value of the letter that was issued."""
    campaign, addressee, link = _parts(offer)
    common = (campaign.fixed or {}).get("values", {})
    values = filled(common, as_addressee(addressee, offer.addressee_name), lang)
    return {
        **values,
        "doc_no": offer.document_no,
        "issued_on": local_day(offer.sealed_at),
        "reply_url": reply_url(link.token),
        "reply_code": link.code,
    }


def offer_letter(offer: Offer, lang: Lang = "zh") -> Letter:
    """The letter that was issued: sealed, numbered, with the code it can be checked by."""
    campaign, addressee, _link = _parts(offer)
    variant = variant_of(addressee.acting_mode, addressee.union_id)
    text, values = text_of(campaign, variant), offer_letter_values(offer, lang)
    plain = compose(text, values, lang, sealed_on=local_day(offer.sealed_at))
    code = check_code(fingerprint(plain))
    return replace(plain, check=Check(check_url(code), code))


@remaking(Offer.__tablename__)
def letter_again(offer_id: int, lang: str) -> Letter:
    """The letter of an offer as it was issued, for whoever compares it with the record."""
    offer = db.session.scalars(select(Offer).where(Offer.id == offer_id)).one()
    return offer_letter(offer, "en" if lang == "en" else "zh")


def render_letter(offer: Offer, lang: Lang = "zh", form: str = "html") -> Markup | bytes:
    """The issued letter as `html`, `pdf` or `docx`."""
    return rendered(offer_letter(offer, lang), form)


def handed_out(offer: Offer, lang: Lang, form: str) -> bytes:
    """The issued letter as a file, written down so that whoever gets it can have it checked."""
    letter = offer_letter(offer, lang)
    data = cast("bytes", rendered(letter, form))
    about = (Offer.__tablename__, offer.id)
    keep_file(about, local_day(offer.sealed_at), letter, form=form, data=data)
    return data


def rendered(letter: Letter, form: str, *, mark: bool = False) -> Markup | bytes:
    if form == "pdf":
        return pdf(letter, font_dir=current_app.extensions["settings"].font_dir)
    return docx(letter) if form == "docx" else html(letter, mark=mark)


def as_addressee(row: CampaignAddressee, name: str) -> Addressee:
    return Addressee(name, variant_of(row.acting_mode, row.union_id), row.fields)


def reply_url(token: str) -> str:
    """Where the reply desk of an offer is, as printed in the letter."""
    return f"{reply_base()}{token}"


def reply_base() -> str:
    return f"{current_app.config['BASE_URL']}/{this_federation().slug}/reply/"


def _parts(offer: Offer) -> tuple[Campaign, CampaignAddressee, ReplyLink]:
    """The rows a letter is made of. A revoked link still stands in the letter it was printed in."""
    query = (
        select(Campaign, CampaignAddressee, ReplyLink)
        .join(CampaignAddressee, CampaignAddressee.campaign_id == Campaign.id)
        .join(ReplyLink, ReplyLink.offer_id == offer.id)
        .where(
            Campaign.id == offer.campaign_id,
            CampaignAddressee.enterprise_id == offer.enterprise_id,
        )
        .order_by(ReplyLink.id)
        .limit(1)
    )
    campaign, addressee, link = db.session.execute(query).one()
    return campaign, addressee, link


def issuer_names(offer: Offer) -> list[str]:
    query = select(OfferIssuer.name).where(OfferIssuer.offer_id == offer.id)
    return list(db.session.scalars(query.order_by(OfferIssuer.id)))


def _side(value: Any, lang: Lang) -> Any:
    return value[lang] if isinstance(value, dict) and lang in value else value
