"""Everything the page of one case shows, gathered in one place."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, or_, select

from blueprints.exposures import queries
from blueprints.exposures.board import line_of
from blueprints.exposures.conditions import GATES, WORDS
from blueprints.exposures.course import entries
from blueprints.exposures.deeds import Deeds
from blueprints.exposures.facts import CHANNELS, announcement
from blueprints.exposures.gates import file_url, gates, passed
from blueprints.exposures.links import open_link
from blueprints.exposures.models import Exposure
from blueprints.exposures.names import LOOKS, OUTCOMES, STATES, STEP_NAMES, VISITS
from blueprints.exposures.publishing import apology_owed
from blueprints.exposures.reading import Case, case_of
from blueprints.exposures.statements import Said, said_in
from blueprints.exposures.step_models import ExposureStep
from blueprints.notices.labels import notice_kind, notice_state
from blueprints.notices.models import Notice
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.links import shown
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import issuers
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import language
from rules.answering import RULE
from rules.procedure import label
from rules.reasons import reason
from tenants.db import db
from tenants.models import Event

NEWEST = 200


def case_page(offer: Offer, viewer: Viewer) -> dict[str, Any]:
    case = case_of(offer)
    exposure, open_ = case.exposure, case.open_exposure
    line = line_of(case)
    deeds = Deeds(case, line, viewer)
    said = said_in(exposure) if exposure else []
    excluded = queries.exclusions(offer.id)
    recorders = {one.recorded_by_id for one in excluded if one.recorded_by_id}
    link = open_link(open_.id) if open_ is not None and open_.reviewed_at is not None else None
    return {
        "offer": offer,
        "case": case,
        "line": line,
        "issuers": [one.name for one in issuers(offer)] if exposure is None else [],
        "apology_owed": exposure is not None and apology_owed(exposure),
        "steps": case.steps,
        "visits": case.visits,
        "exposure": exposure,
        "spoken": said,
        "earlier": case.exposures[1:],
        "open": open_,
        "missing": case.unmet if open_ is not None else [],
        "gates": gates(case, open_) if open_ is not None else [],
        "passed": passed(case),
        "all_gates": len(GATES),
        "link": link,
        "link_code": shown(link.code) if link else "",
        "publications": queries.publications(exposure.id) if exposure else [],
        "exclusions": excluded,
        "letter": rendered(announcement(exposure, language()), "html") if exposure else "",
        "open_acts": deeds.open,
        "closed_acts": deeds.closed,
        "people": names_of(_people(case, said) | recorders),
        "told": told(case),
        "course": entries(case, course(case)),
        "first": next((act for act in deeds.open if act["main"]), None),
        "file_url": lambda ident: file_url(case, ident),
        "words": {
            "steps": STEP_NAMES, "states": STATES, "missing": WORDS, "channels": CHANNELS,
            "look": LOOKS, "outcomes": OUTCOMES, "visits": VISITS,
            "state": lambda state: label("exposure", state),
            "offer_state": label("offer", offer.state),
        },
        "contract_rule": RULE,
        "reason_label": lambda code: reason(code).label if code.startswith("exposure.") else code,
        "notice_kind": notice_kind,
        "notice_state": notice_state,
    }  # fmt: skip


def _people(case: Case, said: Sequence[Said]) -> set[int]:
    ids = {ident for step in case.steps for ident in (step.proposed_by_id, step.approved_by_id)}
    ids |= {one.examined_by_id for one in said}
    ids |= {ident for one in case.visits for ident in (one.recorded_by_id, one.confirmed_by_id)}
    if (one := case.exposure) is not None:
        ids |= {
            one.proposed_by_id, one.reviewed_by_id, one.first_approver_id,
            one.second_approver_id, one.examined_by_id, one.objection_decided_by_id,
        }  # fmt: skip
    return {ident for ident in ids if ident is not None}


def _subjects(case: Case) -> list[tuple[str, Sequence[int]]]:
    return [
        (ExposureStep.__tablename__, [step.id for step in case.steps]),
        (Exposure.__tablename__, [one.id for one in case.exposures]),
    ]


def told(case: Case) -> Sequence[Notice]:
    """Every notice of this case: who was told, and what became of it."""
    about = [
        and_(Notice.subject_kind == kind, Notice.subject_id.in_(ids))
        for kind, ids in _subjects(case)
    ]
    return db.session.scalars(select(Notice).where(or_(*about)).order_by(Notice.id)).all()


def course(case: Case) -> Sequence[Event]:
    """The steps gone so far, out of the trail, the newest first."""
    about = [
        and_(Event.subject_kind == kind, Event.subject_id.in_(ids)) for kind, ids in _subjects(case)
    ]
    of_offer = and_(
        Event.subject_kind == Offer.__tablename__,
        Event.subject_id == case.offer.id,
        Event.verb.startswith("exposure."),
    )
    query = select(Event).where(or_(*about, of_offer)).order_by(Event.seq.desc()).limit(NEWEST)
    return db.session.scalars(query).all()
