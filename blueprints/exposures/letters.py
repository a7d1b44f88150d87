"""What fills in the letters of the ladder and of the exposure; plain JSON, frozen when issued."""

from datetime import date, timedelta
from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from blueprints.exposures import periods
from blueprints.exposures.step_models import ExposureStep, StepKind
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_as_of
from blueprints.offers.feedback.actions import reply_address
from blueprints.offers.ground import queries as offers
from blueprints.offers.ground.deadlines import reply_clock
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Finding, Reply
from blueprints.registry.models import Enterprise
from blueprints.rulebook import queries as rulebook
from blueprints.supervisors.queries import supervisor_of
from rules.days import local_day
from rules.words import Text
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation

TEXTS = {
    StepKind.REMINDER: "06a-reminder-letter",
    StepKind.DEMAND: "06-demand-letter",
    StepKind.OPINION: "07-supervision-opinion",
    StepKind.PROPOSAL: "08-supervision-proposal",
    StepKind.INTERVIEW: "09a-interview-notice",
    StepKind.REFERRAL: "08-supervision-proposal",
}
ON_THE_WAY = timedelta(days=7)  # what a letter may take; a term that runs from receipt allows it
MATTER = Text("答复集体协商要约", "replying to an offer to bargain")
SILENT = Text(
    "要约书已送达，至答复期满和催告期满，未收到书面答复",
    "The offer was served; the period for a reply and the term of the demand letter ended without "
    "a written reply",
)
REFUSED = Text(
    "要约书已送达，贵单位书面拒绝协商；所述理由经上级工会审核不成立，催告期满仍未同意协商",
    "The offer was served and refused in writing; the upper union did not find the reason proper, "
    "and the term of the demand letter ended without a change",
)
ASKED = Text("书面答复要约，与职工方商定协商时间", "Answer the offer in writing and agree a time")
NO_REPLY = Text("未收到书面答复", "no written reply")
REPLY_REFUSED = Text(
    "书面拒绝，理由经审核不成立", "refused in writing; the reason not found proper"
)
OPINION_UNANSWERED = Text("未收到书面答复", "no written answer")
OPINION_ANSWERED = Text("已书面答复，问题未解决", "answered in writing; the matter stays open")
NOTHING_SAID = Text("未作陈述。", "No statement was made.")


def common(offer: Offer) -> dict[str, Any]:
    """What every letter about an offer says alike."""
    federation, clock = this_federation(), reply_clock(offer)
    contact = federation.settings.get("contact", {})
    helper = supervisor_of(offer.enterprise_id, today())
    service, link = offers.proven_service(offer), offers.open_link(offer)
    enterprise = enterprise_of(offer)
    phone = contact.get("phone") or "—"
    return {
        "issuer_name": federation.name,
        "addressee_name": offer.addressee_name,
        "enterprise_name": offer.addressee_name,
        "enterprise_credit_code": enterprise.credit_code or "—",
        "letter_issued_on": local_day(offer.sealed_at).isoformat(),
        "letter_no": offer.document_no,
        "letter_title": Text("集体协商要约书", "Offer to bargain").to_json(),
        "served_on": offer.served_on.isoformat() if offer.served_on else None,
        "service_no": (service.post_number if service else None) or "—",
        "reply_rule_article": clock.article if clock else "—",
        "reply_due_on": offer.reply_due_on.isoformat() if offer.reply_due_on else None,
        "supervisor_name": helper.name if helper else federation.name,
        "supervisor_phone": (helper.phone if helper else None) or phone,
        "contact_name": contact.get("name") or federation.name,
        "contact_phone": phone,
        "contact_address": contact.get("address") or federation.name,
        "reply_url": reply_address(offer),
        "reply_code": link.code if link else "—",
        "issued_on": today().isoformat(),
        "as_of_at": now().isoformat(),
    }


def enterprise_of(offer: Offer) -> Enterprise:
    return db.session.scalars(select(Enterprise).where(Enterprise.id == offer.enterprise_id)).one()


def law(key: str, offer: Offer) -> Any:
    return rulebook.book(today()).rule(key, offer.contract_kind)


def cited(key: str, offer: Offer) -> dict[str, str]:
    return dict(law(key, offer).citation.to_json())


def demand_values(offer: Offer, *, new_due_on: date) -> dict[str, Any]:
    refusal = improper_refusal(offer)
    return {
        **common(offer),
        "new_due_on": new_due_on.isoformat(),
        "escalation_rule_article": cited("supervision.basis", offer),
        **(refusal_values(refusal) if refusal else {}),
    }


def improper_refusal(offer: Offer) -> Reply | None:
    """The standing refusal whose reason was found improper, if that is how it stands."""
    reply = offers.standing_reply(offer)
    return reply if reply is not None and reply.finding == Finding.IMPROPER else None


def text_for(kind: StepKind, offer: Offer) -> str:
    """The text of a step: who has refused is not told that nothing came."""
    if kind is StepKind.DEMAND and improper_refusal(offer) is not None:
        return "06b-demand-after-refusal"
    return TEXTS[kind]


def refusal_values(reply: Reply) -> dict[str, Any]:
    return {
        "reply_received_on": local_day(reply.received_at).isoformat(),
        "reply_summary": reply.reason or "—",
        "reviewer_opinion": reply.finding_note or "—",
    }


def opinion_values(offer: Offer, said: dict[str, Any]) -> dict[str, Any]:
    reply_by = periods.count(periods.OPINION, today() + ON_THE_WAY).on.isoformat()
    period = periods.term(periods.OPINION, today())
    refusal = law("offer.may_refuse", offer)
    return {
        **common(offer),
        "supervision_rule_article": cited("supervision.basis", offer),
        "inspection_matter": MATTER.to_json(),
        "findings": [
            {
                "finding_no": 1,
                "finding_fact": (REFUSED if improper_refusal(offer) else SILENT).to_json(),
                "evidence_ids": offer.document_no,
            }
        ],
        "provisions": [
            {
                "provision_no": 1,
                "provision_article": refusal.citation.to_json(),
                "provision_text": refusal.text.to_json(),
            }
        ],
        "suggestions": [
            {
                "suggestion_no": 1,
                "suggestion_text": ASKED.to_json(),
                "suggestion_due_on": reply_by,
            }
        ],
        "opinion_reply_period": period.period.words.to_json(),
        "opinion_due_on": reply_by,
        "opinion_reply_rule_article": period.basis.to_json(),
        "enterprise_statement": NOTHING_SAID.to_json(),
        **said,
    }


def hand_over_values(
    offer: Offer, steps: dict[str, ExposureStep], said: dict[str, Any]
) -> dict[str, Any]:
    """The proposal to the labour authority, and a referral to another body."""
    demand, opinion = steps[StepKind.DEMAND], steps[StepKind.OPINION]
    decided_by = periods.count(periods.AUTHORITY, today() + ON_THE_WAY).on.isoformat()
    result = REPLY_REFUSED if improper_refusal(offer) else NO_REPLY
    answered = OPINION_ANSWERED if opinion.answered_on else OPINION_UNANSWERED
    return {
        **opinion_values(offer, {}),
        "proposal_rule_article": cited("supervision.basis", offer),
        "reply_result": result.to_json(),
        "demand_served_on": demand.served_on.isoformat() if demand.served_on else None,
        "demand_no": demand.document_no,
        "opinion_served_on": opinion.served_on.isoformat() if opinion.served_on else None,
        "opinion_no": opinion.document_no,
        "opinion_due_on": opinion.due_on.isoformat() if opinion.due_on else None,
        "opinion_answer_state": answered.to_json(),
        "enterprise_statement": opinion.answer or NOTHING_SAID.to_json(),
        "union_comment": Text("请依法核实。", "Please examine.").to_json(),
        "sanction_rule_article": cited("offer.may_refuse", offer),
        "authority_due_on": decided_by,
        "authority_rule_article": periods.term(periods.AUTHORITY, today()).basis.to_json(),
        "cc_names": this_federation().name,
        **said,
    }


def interview_values(offer: Offer, said: dict[str, Any]) -> dict[str, Any]:
    return {
        **common(offer),
        "tripartite_office_name": f"{this_federation().name}（三方会议办公室）",
        "interview_rule_article": periods.measure().to_json(),
        "interview_bodies": Text(
            "人力资源社会保障部门、总工会、企业联合会、工商业联合会",
            "labour authority, federation of trade unions, enterprise confederation, federation of "
            "industry and commerce",
        ).to_json(),
        "interview_companion_count": 2,
        "interview_topics": Text(
            "要约答复情况、企业困难、协商安排", "the offer, difficulties, arrangements to bargain"
        ).to_json(),
        "interview_materials": Text("书面意见", "written views").to_json(),
        **said,
    }


def step_letter(step: ExposureStep, lang: Lang = "zh") -> Letter:
    """The document of a step: a draft with blanks until it is issued."""
    values = {**step.letter, "doc_no": step.document_no}
    drafted = step.document_no is None
    sealed = None if drafted or not step.approved_at else local_day(step.approved_at)
    text = text_as_of(step.text_id, step.text_version)
    return compose(text, values, lang, draft=drafted, sealed_on=sealed)


def drawn(letter: Letter, form: str = "html") -> Markup | bytes:
    return rendered(letter, form)
