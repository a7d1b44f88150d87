"""What stands alike in every letter of a campaign, and which of it is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from blueprints.notices.letters.texts import Placeholder, fields_needed
from blueprints.notices.letters.values import LANGS, printed
from blueprints.offers.ground.campaign_models import Campaign, CampaignTopic
from blueprints.offers.ground.letters import DIFFERS, Variant, text_of
from rules.books import Book
from rules.law import Rule
from rules.words import Text

# The rule behind each placeholder of the letters of offer.
ARTICLES = {
    "offer_rule_article": "offer.form",
    "reply_rule_article": "offer.reply_days",
    "refusal_rule_article": "offer.may_refuse",
    "parity_rule_article": "reps.parity",
    "info_rule_article": "info.content",
    "chief_worker_rule_article": "chief.worker",
    "scope_rule_article": "scope.territory_level",
    "binding_rule_article": "binding.mode",
    "employer_reps_rule_article": "chief.employer",
    "vote_rule_article": "vote.threshold",
    "acting_rule_article": "acting.upper_union_duty",
    "worker_selection_rule_article": "reps.worker.selection",
}
TEXTS = {
    "refusal_rule_text": "offer.may_refuse",
    "parity_rule_text": "reps.parity",
    "binding_rule_text": "binding.mode",
    "worker_selection_rule_text": "reps.worker.selection",
}
# What the officer types in the step "content", beyond the columns of the campaign itself.
TYPED = (
    "worker_rep_count",
    "worker_chief_name",
    "contact_name",
    "contact_phone",
    "contact_address",
    "territory_name",
    "industry_name",
    "scope_description",
    "cc_names",
    "acting_decision_no",
    "acting_matters",
    "acting_from",
    "acting_until",
)
AT_ISSUE = {"doc_no", "issued_on", "reply_url", "reply_code"}
_FULL_STOPS = "。．. "


@dataclass(frozen=True)
class Missing:
    """A value without which a letter is not made, and where it is typed."""

    name: str
    meaning: Text
    step: str


def common_values(
    campaign: Campaign,
    topics: Iterable[CampaignTopic],
    book: Book,
    *,
    issuer_name: str | None,
    counted_on: date,
    enterprises: int,
    workers: int,
) -> dict[str, Any]:
    """Every common value as plain JSON, so that it can be kept with the campaign as it was."""
    rules = {key: book.rule(key, campaign.contract_kind) for key in {*ARTICLES.values()}}
    typed = {name: campaign.letter.get(name) or None for name in TYPED}
    return {
        **typed,
        **{name: _both(name, "rule_ref", rules[key]) for name, key in ARTICLES.items()},
        **{name: _sentence(rules[key].text) for name, key in TEXTS.items()},
        "reply_period": _both("reply_period", "period", rules["offer.reply_days"]),
        "worker_rep_count": typed["worker_rep_count"] or _least(book, campaign.contract_kind),
        "issuer_name": issuer_name,
        "campaign_name": campaign.name,
        "bargaining_subject": campaign.subject or None,
        "proposed_on": campaign.proposed_on and campaign.proposed_on.isoformat(),
        "proposed_place": campaign.proposed_place or None,
        "scope_counted_on": counted_on.isoformat(),
        "scope_enterprise_count": enterprises,
        "scope_worker_count": workers,
        "topics": [
            {
                "topic_no": number,
                "topic_title": topic.title.rstrip(_FULL_STOPS),
                "topic_reason": topic.reason.rstrip(_FULL_STOPS),
                "topic_position": topic.position.rstrip(_FULL_STOPS),
            }
            for number, topic in enumerate(topics, start=1)
        ]
        or None,
    }


def missing(campaign: Campaign, common: dict[str, Any], used: Iterable[Variant]) -> list[Missing]:
    """What the texts of these variants ask for and the campaign does not say yet."""
    found: dict[str, Missing] = {}
    for variant in used:
        for name, holder in fields_needed(text_of(campaign, variant)).items():
            absent = common.get(holder.lists[0] if holder.lists else name) in (None, "")
            if absent and name not in AT_ISSUE and name not in DIFFERS[variant]:
                key = "topics" if name.startswith("topic_") else name
                found.setdefault(key, Missing(key, _meaning(holder, key), _step(name)))
    return list(found.values())


def unverified(book: Book, campaign: Campaign, used: Iterable[Variant]) -> list[Rule]:
    """The rules whose articles the letters cite and that nobody has a verified text of."""
    names = {name for variant in used for name in fields_needed(text_of(campaign, variant))}
    keys = {key for name, key in ARTICLES.items() if name in names}
    rules = (book.rule(key, campaign.contract_kind) for key in sorted(keys))
    return [rule for rule in rules if rule.value is None]


def _meaning(holder: Placeholder, key: str) -> Text:
    return Text("协商议题", "topics") if key == "topics" else holder.meaning


def _step(name: str) -> str:
    return "issuers" if name == "issuer_name" else "content"


def _both(name: str, kind: str, rule: Rule) -> dict[str, str] | None:
    if kind == "period" and rule.period is None:
        return None
    return {lang: printed(name, kind, rule, lang) for lang in LANGS}


def _sentence(text: Text) -> dict[str, str]:
    """Without its full stop: the letter goes on after it."""
    return {"zh": text.zh.rstrip(_FULL_STOPS), "en": text.en.rstrip(_FULL_STOPS)}


def _least(book: Book, kind: str) -> int | None:
    value = book.rule("reps.min_per_side", kind).value
    return value if isinstance(value, int) else None
