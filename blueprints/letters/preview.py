"""How a text looks when it is filled in: with its examples, or with the newest real case."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select

from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.html import html
from blueprints.notices.letters.merge import prerender
from blueprints.notices.letters.texts import LetterText, sample_values
from blueprints.notices.letters.values import Lang, MissingValue, UnfitValue
from blueprints.notices.models import Message, Notice
from blueprints.notices.pages import PRIVATE
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.letters import ACTING_TEXT, offer_letter_values
from blueprints.offers.ground.models import ActingMode, Offer
from tenants.db import db

LANGS: dict[str, Lang] = {"zh": "zh", "en": "en"}


@dataclass(frozen=True)
class Row:
    """The newest case that a text was used for."""

    name: str
    url: str
    offer: Offer | None = None
    notice: Notice | None = None
    lang: Lang | None = None  # a mail was written in one language only


@dataclass(frozen=True)
class Mail:
    """A mail has no letterhead: a subject and lines."""

    subject: str
    body: str


def example(text: LetterText, lang: Lang) -> Markup:
    """Filled in with the declared examples; numbers and names are invented."""
    return html(compose(text, sample_values(text), lang))


def newest(text: LetterText) -> Row | None:
    """A real case for this text, where there is one."""
    return _offer(text) or _notice(text)


def real(text: LetterText, row: Row, lang: Lang) -> Markup | Mail | None:
    """The same case in these words; None where it lacks something they ask for."""
    try:
        if row.offer is not None:
            return html(compose(text, offer_letter_values(row.offer, lang), lang))
        return _mail(text, row, row.lang or lang)
    except (MissingValue, UnfitValue):
        return None


def _mail(text: LetterText, row: Row, lang: Lang) -> Mail:
    fields: dict[str, Any] = row.notice.fields if row.notice else {}
    merge = prerender(text, {}, lang, [name for name in fields if name in text.placeholders])
    return Mail(merge.subject.fill(fields), merge.text.fill(fields))


def _offer(text: LetterText) -> Row | None:
    if text.kind != "offer_letter":
        return None
    query = select(Offer).join(
        Campaign, (Campaign.tenant_id == Offer.tenant_id) & (Campaign.id == Offer.campaign_id)
    )
    if text.id == ACTING_TEXT:
        query = query.where(Offer.acting_mode == ActingMode.UPPER_ACTS)
    else:
        query = query.where(Campaign.text_id == text.id, Offer.acting_mode != ActingMode.UPPER_ACTS)
    offer = db.session.scalar(query.order_by(Offer.id.desc()).limit(1))
    if offer is None:
        return None
    return Row(offer.addressee_name, url_for("offers.show", offer_id=offer.id), offer=offer)


def _notice(text: LetterText) -> Row | None:
    """Only where nothing but single values is filled in: they are all that a notice keeps."""
    if text.form != "mail" or text.lists or text.conditions:
        return None
    query = (
        select(Notice, Message.locale)
        .join(
            Message,
            (Message.tenant_id == Notice.tenant_id) & (Message.id == Notice.message_id),
        )
        .where(Message.text_id == text.id, Notice.kind.not_in(PRIVATE))
        .order_by(Notice.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    url = url_for("notices.show", notice_id=found.Notice.id)
    lang: Lang = "en" if found.locale == "en" else "zh"
    return Row(found.Notice.recipient_name, url, notice=found.Notice, lang=lang)
