"""An offer in a few lines: who, about what, when, whom to call; the letter says the rest."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from blueprints.notices.letters.values import Lang
from blueprints.offers.ground.letters import issuer_names, offer_letter_values
from blueprints.offers.ground.models import Offer


@dataclass(frozen=True)
class Facts:
    """The lines of the summary, in one language; what the letter does not say is None."""

    issuers: str
    subject: str
    topics: str
    proposed_on: date | None
    place: str | None
    contact: str | None


def offer_facts(offer: Offer, lang: Lang) -> Facts:
    values = offer_letter_values(offer, lang)
    topics = [str(topic["topic_title"]) for topic in values.get("topics", ())]
    comma, and_ = ("；", "、") if lang == "zh" else ("; ", " and ")
    proposed = values.get("proposed_on")
    return Facts(
        issuers=and_.join(issuer_names(offer)),
        subject=_said(values.get("bargaining_subject")),
        topics=comma.join(topics),
        proposed_on=date.fromisoformat(proposed) if isinstance(proposed, str) else proposed,
        place=_said(values.get("proposed_place")) or None,
        contact=" ".join(
            filter(None, (_said(values.get("contact_name")), _said(values.get("contact_phone"))))
        )
        or None,
    )


def _said(value: Any) -> str:
    return "" if value is None else str(value)
