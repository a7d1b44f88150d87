"""The facts of an exposure, generated out of the record, each with its proof; and its texts."""

from datetime import date
from typing import Any

from blueprints.exposures import periods, queries, wording
from blueprints.exposures.letters import cited, common, enterprise_of, law
from blueprints.exposures.models import Exposure
from blueprints.exposures.statements import said_in, shown_words
from blueprints.exposures.step_models import Outcome, StepKind
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.texts import LetterText
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_as_of, text_in_force
from blueprints.offers.ground import queries as offers
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Feedback
from rules.days import local_day
from rules.words import Text
from tenants.clock import now

ANNOUNCEMENT = "11a-exposure-announcement"
CORRECTION = "11b-exposure-correction"
STATE = Text("未收到书面答复", "no written reply has been received")
GROUND = Text(
    "收到集体协商要约后，在答复期限和催告期限内未予答复",
    "did not reply to an offer to bargain within the period or the term of the demand letter",
)
CHANNELS = {
    "circular": Text("本市工会系统内部通报", "circular inside the unions of the city"),
    "union_site": Text("本会网站公告栏", "the federation's public board"),
    "media": Text("新闻媒体", "the media"),
}
STEP_FACTS = {
    StepKind.DEMAND: Text("催告函送达", "Demand letter served"),
    StepKind.OPINION: Text("工会劳动法律监督意见书送达", "Supervision opinion served"),
    StepKind.INTERVIEW: Text("三方约谈", "Tripartite interview"),
}


def procedure_facts(offer: Offer) -> list[dict[str, Any]]:
    """What happened, by day: only what the record proves."""
    service = offers.proven_service(offer)
    found: list[dict[str, Any]] = [
        _fact(
            local_day(offer.sealed_at), Text("要约书发出", "Offer issued"), "offer", offer.id,
            offer.document_no,
        )
    ]  # fmt: skip
    if service is not None:
        proof = service.post_number or f"S-{service.id}"
        served = Text("要约书送达", "Offer served")
        found.append(_fact(service.served_on, served, "service", service.id, proof))
    if offer.reply_due_on:
        due = Text("答复期届满，未收到答复", "Period for a reply ended without a reply")
        lapse = next((f for f in offers.feedbacks(offer) if f.cause == "lapse"), None)
        ident = lapse.id if lapse else 0
        number = lapse.document_no if lapse else "—"
        found.append(_fact(offer.reply_due_on, due, Feedback.__tablename__, ident, number))
    for step in queries.steps_of(offer.id):
        words = STEP_FACTS.get(StepKind(step.kind))
        on = step.held_on or step.served_on
        if words is None or on is None or step.state == "dropped":
            continue
        if step.held_on and step.attended is False:
            words = Text("三方约谈，该单位未到场", "Tripartite interview, the unit did not attend")
        found.append(_fact(on, words, "exposure_step", step.id, step.document_no or "—"))
    return sorted(found, key=lambda one: str(one["step_on"]))


def _fact(on: date, words: Text, kind: str, ident: int, proof: str) -> dict[str, Any]:
    return {
        "step_on": on.isoformat(),
        "step_fact": words.to_json(),
        "evidence_ids": proof,
        "evidence": [kind, ident],
    }


def frozen_values(offer: Offer) -> dict[str, Any]:
    """The parts of the announcement that are fixed with the proposal."""
    reply_rule, refusal = law("offer.reply_days", offer), law("offer.may_refuse", offer)
    return {
        **common(offer),
        "announcement_version": text_in_force(ANNOUNCEMENT).version,
        "enterprise_name": named_today(offer),
        "exposure_rule_article": periods.measure().to_json(),
        "reply_rule_text": reply_rule.text.without_stop().to_json(),
        "refusal_rule_article": cited("offer.may_refuse", offer),
        "refusal_rule_text": refusal.text.without_stop().to_json(),
        "withdraw_period": _words(periods.WITHDRAW),
        "objection_period": _words(periods.OBJECTION),
    }


def named_today(offer: Offer) -> str:
    """The name on the register; the one the offer was made under beside it, where it differs."""
    name = enterprise_of(offer).name
    return name if name == offer.addressee_name else f"{name}（要约书所载：{offer.addressee_name}）"


def found_by_authority(offer: Offer) -> dict[str, Any]:
    """What the competent authority found, word for word and apart; empty without its document.

    A finding that names people or pay stays on file: it is shown whole or not at all.
    """
    for one in reversed(queries.steps_of(offer.id)):
        private = "exposure.personal_data" in set(wording.faults(one.outcome_text or ""))
        if one.outcome == Outcome.VIOLATION and one.outcome_on is not None and not private:
            return {
                "authority_name": one.recipient,
                "authority_decided_on": one.outcome_on.isoformat(),
                "authority_decision_no": one.outcome_no,
                "authority_finding_text": one.outcome_text,
            }
    return {}


def _words(key: str) -> dict[str, str]:
    return dict(periods.term(key, local_day(now())).period.words.to_json())


def announcement_values(exposure: Exposure) -> dict[str, Any]:
    """The exact announcement: what was fixed, and what the procedure added since."""
    at = exposure.published_at or now()
    said = said_in(exposure)
    return {
        **exposure.letter,
        "doc_no": exposure.document_no or Text("（公布时编号）", "(numbered when published)"),
        "procedure_steps": exposure.facts,
        "exposure_state_text": exposure.body,
        "as_of_at": at,
        "issued_on": local_day(at),
        "statement_given": any(one.shown for one in said),
        "statement_withheld": any(one.held_back_as_asked for one in said),
        "statement_private": any(not one.shown and one.names_people for one in said),
        "statement_waived": not said
        and exposure.window_ends_on is not None
        and exposure.window_ends_on < local_day(at),
        "enterprise_statement": shown_words(said),
        "right_of_reply_due_on": exposure.window_ends_on,
        "authority_finding_exists": "authority_finding_text" in exposure.letter,
        "exposure_until": exposure.expires_on
        or periods.last_shown_day(local_day(at), exposure.duration_days),
    }


def announcement_text(exposure: Exposure) -> LetterText:
    """The wording it was proposed with: what the leaders decide on is what the public reads."""
    return text_as_of(ANNOUNCEMENT, exposure.letter.get("announcement_version"))


def announcement(exposure: Exposure, lang: Lang = "zh") -> Letter:
    """The announcement as a letter; a draft until it is published."""
    values = announcement_values(exposure)
    published = exposure.published_at
    return compose(
        announcement_text(exposure),
        values,
        lang,
        draft=published is None,
        sealed_on=local_day(published) if published else None,
    )


def channel_words(exposure: Exposure) -> Text:
    known = [CHANNELS[name] for name in exposure.channels]
    return Text("、".join(one.zh for one in known), ", ".join(one.en for one in known))
