"""Letters of the exchange: the request, the undertaking of secrecy, the commitment to bargain."""

from datetime import date
from typing import Any

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.labels import SEATS, SIDES, subject_of
from blueprints.bargaining.ground.law import rule_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import Commitment, InfoRequest
from blueprints.bargaining.ground.team_models import Representative, Side
from blueprints.bargaining.information.forms import lines_of
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter, Para, plain
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from tenants.federation import this_federation


def request_letter(case: BargainingCase, request: InfoRequest, lang: Lang) -> Letter:
    """What is asked for, thing by thing; the columns that only the teams know stay for the pen."""
    chief = queries.chief_of(case.id, Side.WORKERS)
    enterprises = queries.enterprises_of(case.id)
    rule = rule_of(case, "info.disclosure_before_meeting")
    content = rule_of(case, "info.content")
    contact = this_federation().settings.get("contact", {})
    known = {
        "addressee_name": enterprises[0].name if len(enterprises) == 1 else case.name,
        "info_rule_article": rule,
        "info_rule_text": content,
        "info_due_on": request.due_on,
        "info_items": [
            {"info_no": n, "info_title": line}
            for n, line in enumerate(lines_of(request.asked), start=1)
        ],
        "worker_chief_name": chief.name if chief else None,
        "contact_phone": contact.get("phone"),
        "issued_on": request.asked_on,
    }
    return filled("17a-information-request", known, lang)


def undertaking_letter(case: BargainingCase, lang: Lang) -> Letter:
    """The promise of secrecy, for the pen."""
    known = {"bargaining_subject": subject_of(case), "case_no": case.document_no}
    return filled("17b-confidentiality-undertaking", known, lang)


def undertaking_text(
    case: BargainingCase, one: Representative, until_on: date, covers: str, back_within: str
) -> str:
    """The promise of one person, word for word: what is put before them and what is hashed."""
    side = queries.side_of(one)
    firms = queries.enterprises_of(case.id)
    single = firms[0].name if len(firms) == 1 else SIDES[Side.EMPLOYER].zh
    known = {
        "promisor_name": one.name,
        "promisor_role": f"{SIDES[side].zh}{SEATS[one.seat].zh}",
        "bargaining_subject": subject_of(case),
        "case_no": case.document_no,
        "discloser_name": single if side == Side.WORKERS else SIDES[Side.WORKERS].zh,
        "secret_scope_text": covers,
        "secret_until": until_on,
        "return_period_text": back_within,
    }
    letter = filled("17b-confidentiality-undertaking", known, "zh")
    lines = [plain(block.runs) for block in letter.blocks if isinstance(block, Para)]
    return "\n".join([plain(letter.title), "", *lines])


def commitment_letter(case: BargainingCase, commitment: Commitment | None, lang: Lang) -> Letter:
    """The commitment to bargain, as it was agreed, or as a form."""
    totals = queries.totals_of(case.id)
    known: dict[str, Any] = {
        "territory_name": case.territory or area_name(case.area).in_(lang) or None,
        "industry_name": industry_name(case.industry).in_(lang) or None,
        "issuer_name": this_federation().name,
        "scope_description": case.scope_basis,
        "scope_enterprise_count": totals.enterprises,
        "scope_worker_count": totals.workers,
        "scope_counted_on": case.counted_on,
        "duration_rule_article": rule_of(case, "bargaining.max_duration"),
        "dispute_rule_article": rule_of(case, "dispute.making"),
        "commitment_topics": case.subject or None,
    }
    if commitment is not None:
        known |= {
            "commitment_no": commitment.document_no,
            "issuer_name": commitment.workers_name,
            "employer_side_name": commitment.employer_name,
            "commitment_topics": commitment.matters,
            "bargaining_end_on": commitment.bargain_by,
            "commitment_until": commitment.ends_on,
            "signed_on": commitment.signed_on,
        }
    return filled("19-bargaining-commitment", known, lang)


def filled(text_id: str, known: dict[str, Any], lang: Lang) -> Letter:
    values = {name: value for name, value in known.items() if value is not None}
    return compose(text_in_force(text_id), values, lang, blanks=True)
