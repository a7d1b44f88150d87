"""The offers of a federation: the list, one offer with its clock, and what is recorded on it."""

from datetime import date, datetime, time
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.offers.ground import lists, queries
from blueprints.offers.ground.exports import offer_heads, offer_rows
from blueprints.offers.ground.labels import ACTING_MODES
from blueprints.offers.ground.letters import handed_out
from blueprints.offers.ground.links import renew
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.moves import state_label, state_look
from blueprints.offers.ground.service_models import Finding, ReplyChannel
from blueprints.offers.register.forms import ReviewForm, ServiceForm
from blueprints.offers.register.pages import documents, offer_page
from blueprints.offers.replies.forms import PaperReplyForm
from blueprints.offers.service import actions, tasks
from blueprints.registry.areas import area_name, city_of
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import language, said
from blueprints.shared.links import same_questions
from blueprints.shared.tenancy import require
from blueprints.shared.uploads import Upload, upload
from blueprints.supervisors.queries import still_here, supervisors_of
from tenants.clock import ZONE, now, today
from tenants.db import db
from tenants.files import open_document
from tenants.roles import May

bp = Blueprint("offers", __name__, url_prefix="/<tenant>/offers")
LIST_WORDS = {
    "modes": ACTING_MODES,
    "state": state_label,
    "look": state_look,
    "area": area_name,
}
FORMS = {"pdf": "application/pdf", "docx": "application/octet-stream"}


@bp.get("")
@requires(May.OFFERS_READ)
def index() -> ResponseReturnValue:
    """All offers this person may see, the most urgent first."""
    asked = lists.Asked.of(request.args)
    leaf = lists.page_of(viewer(), asked, today=today())
    return page(
        "offers/index.html",
        fragment="offers/_list.html",
        asked=asked,
        page=leaf,
        total=lists.how_many(viewer(), asked, today=today()),
        served_by=supervisors_of([row.enterprise_id for row in leaf.rows], today()),
        supervisors=still_here(today()) if viewer().may(May.SUPERVISORS_READ) else [],
        campaigns=lists.campaigns_with_offers(),
        areas=[(area.code, said(area.name)) for area in city_of(require().division).areas],
        words=LIST_WORDS,
        exports=export_links(),
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.OFFERS_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = lists.Asked.of(request.args)
    query = lists.offers(viewer(), asked, today=today())
    rows = db.session.execute(query.order_by(*(k.ordered for k in lists.order_of(asked.sort))))
    return sheet(kind, _("Offers"), offer_heads(), offer_rows(rows))


@bp.get("/<int:offer_id>")
@requires(May.OFFERS_READ)
def show(offer_id: int) -> ResponseReturnValue:
    """One offer: letter, issuers, service, clock, reply, feedback, and what can be done."""
    return shown(seen(offer_id, May.OFFERS_READ))


@bp.get("/<int:offer_id>/letter.<any(pdf, docx):form>")
@requires(May.OFFERS_READ)
def letter(offer_id: int, form: str) -> ResponseReturnValue:
    offer = seen(offer_id, May.OFFERS_READ)
    data = handed_out(offer, language(), form)
    db.session.commit()
    return attachment(data, f"{offer.document_no}.{form}", FORMS[form])


@bp.get("/<int:offer_id>/evidence/<int:document_id>")
@requires(May.OFFERS_READ)
def evidence(offer_id: int, document_id: int) -> ResponseReturnValue:
    """A file that proves something about this offer, to keep."""
    offer = seen(offer_id, May.OFFERS_READ)
    document = documents(offer).get(document_id) or abort(404)
    return attachment(open_document(document), document.name, document.media_type)


@bp.get("/<int:offer_id>/service")
@requires(May.OFFERS_SERVE)
def new_service(offer_id: int) -> ResponseReturnValue:
    offer = seen(offer_id, May.OFFERS_SERVE)
    known = {"served_on": today(), "receiver_name": "", "method": "in_person"}
    return service_page(offer, ServiceForm(formdata=None, offer=offer, today=today(), data=known))


@bp.post("/<int:offer_id>/service")
@requires(May.OFFERS_SERVE)
def create_service(offer_id: int) -> ResponseReturnValue:
    """Record one attempt; a proven one starts the clock."""
    offer = seen(offer_id, May.OFFERS_SERVE, lock=True)
    form = ServiceForm(offer=offer, today=today(), on_site=tasks.to_be_visited(offer))
    if not form.validate() or not (proof := proof_in(form, offer)).fine:
        return service_page(offer, form), 422
    receipt = form.receipt(evidence_id=proof.document_id, recorded_by_id=viewer().id)
    if form.was_reached:
        actions.record_service(offer, receipt)
    else:
        actions.record_failed_service(offer, receipt, form.failure.data)
    db.session.commit()
    return moved(url_for(".show", offer_id=offer.id))


@bp.get("/<int:offer_id>/reply")
@requires(May.OFFERS_REPLY)
def new_reply(offer_id: int) -> ResponseReturnValue:
    offer = seen(offer_id, May.OFFERS_REPLY)
    form = PaperReplyForm(formdata=None, kind="accept", today=today(), received_on=today())
    return render_template("offers/reply.html", offer=offer, form=form)


@bp.post("/<int:offer_id>/reply")
@requires(May.OFFERS_REPLY)
def create_reply(offer_id: int) -> ResponseReturnValue:
    """Record a reply that came on paper, with its scan, as of the day it arrived."""
    offer = seen(offer_id, May.OFFERS_REPLY, lock=True)
    form = PaperReplyForm(today=today())
    if not form.validate() or not (scan := upload(form.scan, "reply", offer)).fine:
        return render_template("offers/reply.html", offer=offer, form=form), 422
    answer = form.answer(ReplyChannel.PAPER, scan_id=scan.document_id, recorded_by_id=viewer().id)
    arrived = min(noon_of(form.received_on.data), now())  # today's noon may still be to come
    actions.record_reply(offer, answer, received_at=arrived)
    db.session.commit()
    return moved(url_for(".show", offer_id=offer.id))


@bp.post("/<int:offer_id>/review")
@requires(May.OFFERS_REVIEW)
def create_review(offer_id: int) -> ResponseReturnValue:
    """Judge the reason of a refusal; all parties are told."""
    offer = seen(offer_id, May.OFFERS_REVIEW, lock=True)
    reply = queries.standing_reply(offer) or abort(404)
    form = ReviewForm()
    if not form.validate():
        return shown(offer, review=form), 422
    actions.review_reason(reply, offer, Finding(form.finding.data), form.note.data, viewer().id)
    db.session.commit()
    return moved(url_for(".show", offer_id=offer.id))


@bp.post("/<int:offer_id>/link")
@requires(May.CAMPAIGNS_ISSUE)
def create_link(offer_id: int) -> ResponseReturnValue:
    """Revoke the link to the reply desk and make a new one."""
    offer = seen(offer_id, May.OFFERS_READ, lock=True)
    renew(offer)
    db.session.commit()
    return moved(url_for(".show", offer_id=offer.id))


def seen(offer_id: int, permission: May, *, lock: bool = False) -> Offer:
    """The offer, if this person's permission reaches it; else it does not exist."""
    offer = queries.get_offer(offer_id, lock=lock)
    reached = select(Enterprise.id).where(
        Enterprise.id == offer.enterprise_id, within_reach(viewer(), permission)
    )
    return offer if db.session.scalar(reached) else abort(404)


def proof_in(form: ServiceForm, offer: Offer) -> Upload:
    """The photo taken, else the file chosen; both are kept."""
    photo = upload(form.photo, "service", offer, by_id=viewer().id)
    file = upload(form.evidence, "service", offer, by_id=viewer().id)
    return Upload(photo.fine and file.fine, photo.document_id or file.document_id)


def service_page(offer: Offer, form: ServiceForm) -> str:
    """The form, with what somebody at the door needs: whom to see, where, and how to call."""
    enterprise = db.session.get(Enterprise, (offer.tenant_id, offer.enterprise_id))
    return render_template(
        "offers/service.html",
        offer=offer,
        form=form,
        enterprise=enterprise,
        standing=queries.proven_service(offer),
        on_site=tasks.to_be_visited(offer),
    )


def export_links() -> list[tuple[str, str]]:
    """The sheets of this very list, for those who may take it away."""
    if not viewer().may(May.OFFERS_EXPORT):
        return []
    return [
        (kind.upper(), same_questions(url_for(".export", kind=kind))) for kind in ("xlsx", "csv")
    ]


def noon_of(day: date) -> datetime:
    """An instant on a day of which only the day is known."""
    return datetime.combine(day, time(12), ZONE)


def shown(offer: Offer, **forms: Any) -> str:
    return render_template("offers/show.html", **offer_page(offer, viewer(), **forms))
