"""Everything the page of one offer shows, gathered in one place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.notices.labels import notice_kind, notice_state
from blueprints.notices.models import Notice
from blueprints.offers.clocks.chain import chain
from blueprints.offers.ground import deadlines, queries
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.labels import (
    ACTING_MODES,
    CAUSES,
    FINDINGS,
    ISSUER_ROLES,
    MISTAKES,
    REPLY_KINDS,
    SERVICE_METHODS,
    event_line,
)
from blueprints.offers.ground.letters import render_letter
from blueprints.offers.ground.lists import GROUPS
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.moves import acts_on, state_label, state_look
from blueprints.offers.ground.page_parts import parts_for
from blueprints.offers.ground.service_models import Deadline, Feedback
from blueprints.offers.register.forms import ReviewForm
from blueprints.offers.service import tasks
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.rulebook import queries as rulebook
from blueprints.shared.charts import day_strip
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import language
from blueprints.shared.trail.words import actor_words
from blueprints.supervisors.queries import supervisor_of
from rules.reasons import reason
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.models import Document, User
from tenants.roles import May


@dataclass(frozen=True)
class Line:
    """One entry of the timeline."""

    at: datetime | date | None
    text: Any
    detail: Any = ""
    kind: str = ""


def offer_page(offer: Offer, viewer: Viewer, review: ReviewForm | None = None) -> dict[str, Any]:
    clock = deadlines.reply_clock(offer)
    reply = queries.standing_reply(offer)
    opened, closed = acts_on(offer, viewer)
    return {
        "offer": offer,
        "campaign": db.session.get(Campaign, (offer.tenant_id, offer.campaign_id)),
        "enterprise": db.session.get(Enterprise, (offer.tenant_id, offer.enterprise_id)),
        "supervisor": supervisor_of(offer.enterprise_id, today()),
        "neighbours": neighbours(offer, viewer),
        "approved": approval(offer),
        "rule_url": rule_url(clock) if clock else "",
        "issuers": queries.issuers(offer),
        "services": queries.services(offer),
        "task": tasks.open_task(offer.id),
        "causes": CAUSES,
        "may_send": viewer.may(May.CAMPAIGNS_ISSUE) and offer.state in GROUPS["unserved"],
        "reply": reply,
        "earlier_replies": [one for one in queries.replies(offer) if one.replaced_at],
        "feedbacks": queries.feedbacks(offer),
        "told": told(offer),
        "documents": documents(offer),
        "link": queries.open_link(offer),
        "clock": clock,
        "due": deadlines.explained(clock) if clock else None,
        "days": days_of(clock) if clock else [],
        "timeline": timeline(offer, clock),
        "chain": chain(offer),
        "parts": parts_for(offer, viewer),
        "open_acts": opened,
        "closed_acts": closed,
        "letter": render_letter(offer, language()),
        "review": review or ReviewForm(formdata=None),
        "may_review": queries.unreviewed(reply),
        "words": {
            "state": state_label(offer.state),
            "look": state_look(offer.state),
            "mode": ACTING_MODES[offer.acting_mode],
            "roles": ISSUER_ROLES,
            "methods": SERVICE_METHODS,
            "replies": REPLY_KINDS,
            "findings": FINDINGS,
            "mistakes": MISTAKES,
        },
        "reason_label": lambda code: reason(code).label if code else "",
        "reason_review": lambda code: reason(code).review if code else "",
        "notice_kind": notice_kind,
        "notice_state": notice_state,
        "today": today(),
    }


def neighbours(offer: Offer, viewer: Viewer) -> tuple[int | None, int | None]:
    """The offers of the campaign before and after this one that the person may see."""
    near = (
        select(Offer.id)
        .join(
            Enterprise,
            (Enterprise.tenant_id == Offer.tenant_id) & (Enterprise.id == Offer.enterprise_id),
        )
        .where(Offer.campaign_id == offer.campaign_id, within_reach(viewer, May.OFFERS_READ))
        .limit(1)
    )
    before = near.where(Offer.number < offer.number).order_by(Offer.number.desc())
    after = near.where(Offer.number > offer.number).order_by(Offer.number)
    return db.session.scalar(before), db.session.scalar(after)


def approval(offer: Offer) -> Any:
    """Who let the campaign out, and when."""
    query = (
        select(User.name, User.title, Campaign.approved_at)
        .join(User, (User.tenant_id == Campaign.tenant_id) & (User.id == Campaign.approved_by_id))
        .where(Campaign.id == offer.campaign_id)
    )
    return db.session.execute(query).first()


def rule_url(clock: Deadline, endpoint: str = "rules.show") -> str:
    """The page of the rule the period was counted by, where the house has one."""
    known = endpoint in current_app.view_functions
    return url_for(endpoint, key=clock.rule_key) if known else ""


def days_of(clock: Deadline) -> list[Any]:
    """The calendar from service to the last day, week by week."""
    return day_strip(
        clock.anchor_on,
        clock.due_on,
        today(),
        works=rulebook.calendar().works,
        working=clock.derivation["unit"] == "working_day",
    )


def documents(offer: Offer) -> dict[int, Document]:
    """The files that prove something about the offer, by id."""
    query = select(Document).where(
        Document.subject_kind == Offer.__tablename__, Document.subject_id == offer.id
    )
    return {document.id: document for document in db.session.scalars(query)}


def told(offer: Offer) -> list[Notice]:
    """Every notice about the offer and its feedback: who was to be told, and what became of it."""
    feedback = select(Feedback.id).where(Feedback.offer_id == offer.id)
    clocks = select(Deadline.id).where(
        Deadline.subject_kind == Offer.__tablename__, Deadline.subject_id == offer.id
    )
    about = (
        (Offer.__tablename__, [offer.id]),
        (Feedback.__tablename__, feedback),
        (Deadline.__tablename__, clocks),
    )
    found: list[Notice] = []
    for kind, ids in about:
        query = select(Notice).where(Notice.subject_kind == kind, Notice.subject_id.in_(ids))
        found.extend(db.session.scalars(query))
    return sorted(found, key=lambda notice: notice.id, reverse=True)


def timeline(offer: Offer, clock: Deadline | None) -> list[Line]:
    """What comes next, then today, then what has been, newest first."""
    lines = []
    if clock is not None and clock.status == "running":
        if clock.due_on >= today():
            lines.append(Line(clock.due_on, _("Last day to reply"), kind="next"))
        if clock.warn_on and clock.warned_at is None and clock.warn_on > today():
            lines.append(Line(clock.warn_on, _("Reminder goes to the enterprise"), kind="next"))
        day = _("Day %(n)s of the period", n=(today() - clock.anchor_on).days)
        lines.append(Line(today(), day, kind="now"))
    lines.sort(key=lambda line: str(line.at), reverse=True)
    for event in trail.of(offer):
        text, detail = event_line(event)
        lines.append(Line(event.at, text, detail or actor_words(event.actor)))
    issued = _("Sealed and issued as %(number)s", number=offer.document_no)
    return [*lines, Line(offer.sealed_at, issued)]
