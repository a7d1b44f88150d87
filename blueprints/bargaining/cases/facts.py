"""What a case knows out of its own row and its offers, by the names of the conditions."""

from typing import NamedTuple

from sqlalchemy import func, select

from blueprints.bargaining.cases.opening import ACCEPTED
from blueprints.bargaining.ground.contributions import case_facts
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, Ground, Part
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Finding, Reply
from blueprints.shared.read_once import read_once
from tenants.db import db

SILENT = (OfferState.OVERDUE, OfferState.ESCALATED)


class Answers(NamedTuple):
    """How the offers of a case stand."""

    offers: int
    served: int
    accepted: int
    refused: int
    silent: int
    with_reason: int
    found_proper: int


@read_once
def answers_of(case: BargainingCase) -> Answers:
    """One row for all offers of the enterprises that have not left."""
    standing = (Reply.tenant_id == Offer.tenant_id) & (Reply.offer_id == Offer.id)
    query = (
        select(
            func.count(),
            func.count().filter(Offer.served_on.is_not(None)),
            func.count().filter(Offer.state.in_(ACCEPTED)),
            func.count().filter(Offer.state == OfferState.ANSWERED_NO),
            func.count().filter(Offer.state.in_(SILENT)),
            func.count().filter(Reply.reason.is_not(None)),
            func.count().filter(Reply.finding == Finding.PROPER),
        )
        .select_from(CaseEnterprise)
        .join(
            Offer,
            (Offer.tenant_id == CaseEnterprise.tenant_id) & (Offer.id == CaseEnterprise.offer_id),
        )
        .outerjoin(Reply, standing & Reply.replaced_at.is_(None))
        .where(CaseEnterprise.case_id == case.id, CaseEnterprise.part != Part.LEFT)
    )
    return Answers(*(int(n) for n in db.session.execute(query).one()))


@case_facts
def of_the_case(case: BargainingCase) -> dict[str, bool]:
    """One acceptance is enough to bargain; a refusal counts only where nobody has accepted."""
    known = answers_of(case)
    agreed = known.accepted > 0 or case.agreed_on is not None
    answered = agreed or known.refused > 0
    return {
        "case_ground_recorded": case.ground != Ground.BY_HAND or bool(case.ground_note.strip()),
        "offer_accepted": agreed,
        "survey_done": case.surveyed_on is not None,
        "service_proven": known.served > 0,
        "reply_on_file": answered,
        "no_reply_on_file": not answered,
        "reason_recorded": known.with_reason > 0,
        "reply_period_ended": known.silent > 0 and known.silent == known.offers,
        "reason_found_proper": not agreed and 0 < known.found_proper == known.offers,
    }
