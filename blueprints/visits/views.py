"""Visits: the list, one visit, recording one with what was served there, correcting it."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry.models import Enterprise
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.packing import packed
from blueprints.supervisors.queries import still_here, supervisor_of
from blueprints.visits import actions, exports, labels, photos, queries
from blueprints.visits.exports import sheets
from blueprints.visits.forms import VisitForm
from blueprints.visits.models import Visit, VisitState
from blueprints.visits.pages import WORDS, record_page, visit_page
from blueprints.visits.recording import attempt_in, keep_photos
from rules.broken import RuleBroken
from tenants.clock import ZONE, now, today
from tenants.db import db
from tenants.files import UploadRefused, open_document
from tenants.roles import May

bp = Blueprint("visits", __name__, url_prefix="/<tenant>/visits")
FORMS = {"pdf": "application/pdf", "docx": "application/octet-stream"}


@bp.get("")
@requires(May.VISITS_READ)
def index() -> ResponseReturnValue:
    """All visits this person may see, the latest first."""
    asked = queries.Asked.from_args(request.args)
    return page(
        "visits/index.html",
        fragment="visits/_list.html",
        asked=asked,
        page=queries.page_of(viewer(), asked, request.args.get("cursor")),
        total=queries.how_many(viewer(), asked),
        supervisors=still_here(today()) if viewer().may(May.SUPERVISORS_READ) else [],
        exports=sheets(".export"),
        **WORDS,
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.VISITS_READ)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = queries.Asked.from_args(request.args)
    rows = exports.rows(queries.for_export(viewer(), asked))
    return sheet(kind, _("Visits"), exports.heads(), rows)


@bp.get("/new")
@requires(May.VISITS_RECORD)
def new() -> ResponseReturnValue:
    """A visit that was not planned. Without an enterprise yet: choose one."""
    ident = request.args.get("enterprise", type=int)
    if ident is None:
        return page(
            "visits/choose.html", fragment="visits/_choose.html", **exports.choice(viewer())
        )
    enterprise = queries.get_enterprise(ident, viewer(), May.VISITS_RECORD)
    purpose = request.args.get("purpose", "")
    begun = {"purpose": purpose if purpose in labels.PURPOSES else "other"}
    return record_page(fresh(enterprise), enterprise, form_for(enterprise, formdata=None, **begun))


@bp.post("/new")
@requires(May.VISITS_RECORD)
def create() -> ResponseReturnValue:
    """Write down a visit that was not planned."""
    ident = request.args.get("enterprise", type=int)
    enterprise = queries.get_enterprise(ident, viewer(), May.VISITS_RECORD)
    return written(fresh(enterprise), enterprise, form_for(enterprise))


@bp.get("/<int:visit_id>/record")
@requires(May.VISITS_RECORD)
@packed
def recording(visit_id: int) -> ResponseReturnValue:
    """The form of a planned visit, begun where the plan left off."""
    visit = queries.get_visit(visit_id, viewer(), May.VISITS_RECORD)
    if visit.state != VisitState.PLANNED:
        return moved(url_for(".show", visit_id=visit.id))
    enterprise = queries.get_enterprise(visit.enterprise_id, viewer(), May.VISITS_RECORD)
    begun = {"purpose": visit.purpose, "visited_on": min(visit.planned_on or today(), today())}
    return record_page(visit, enterprise, form_for(enterprise, formdata=None, **begun))


@bp.post("/<int:visit_id>/record")
@requires(May.VISITS_RECORD)
def record(visit_id: int) -> ResponseReturnValue:
    visit = queries.get_visit(visit_id, viewer(), May.VISITS_RECORD, lock=True)
    if visit.state == VisitState.DONE:  # sent twice over a bad line: it is there
        return moved(url_for("my_day.index", _anchor=f"done=visit-{visit.id}"))
    enterprise = queries.get_enterprise(visit.enterprise_id, viewer(), May.VISITS_RECORD)
    return written(visit, enterprise, form_for(enterprise))


@bp.get("/<int:visit_id>")
@requires(May.VISITS_READ)
@packed
def show(visit_id: int) -> ResponseReturnValue:
    """One visit as it was recorded, or as it is planned, with its history."""
    return render_template("visits/show.html", **visit_page(queries.get_visit(visit_id, viewer())))


@bp.get("/<int:visit_id>/edit")
@requires(May.VISITS_RECORD)
def edit(visit_id: int) -> ResponseReturnValue:
    visit = queries.get_visit(visit_id, viewer(), May.VISITS_RECORD)
    if visit.state != VisitState.DONE:
        return moved(url_for(".recording", visit_id=visit.id))
    form = VisitForm(formdata=None, obj=visit, offer=None, today=today())
    del form.photos
    return record_page(visit, enterprise_of(visit), form, correcting=True)


@bp.post("/<int:visit_id>")
@requires(May.VISITS_RECORD)
def update(visit_id: int) -> ResponseReturnValue:
    """Correct a record; what stood before stays in the history."""
    visit = queries.get_visit(visit_id, viewer(), May.VISITS_RECORD, lock=True)
    form = VisitForm(offer=None, today=min(today(), visit.visited_on or today()))
    del form.photos
    if visit.state != VisitState.DONE or not form.validate():
        return record_page(visit, enterprise_of(visit), form, 422, correcting=True)
    actions.correct(visit, form.made())
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".show", visit_id=visit.id))


@bp.get("/<int:visit_id>/photos/<int:document_id>")
@requires(May.VISITS_READ)
def photo(visit_id: int, document_id: int) -> ResponseReturnValue:
    visit = queries.get_visit(visit_id, viewer())
    found = next((one for one in photos.of(visit) if one.id == document_id), None) or abort(404)
    return attachment(open_document(found), found.name, found.media_type)


@bp.get("/<int:visit_id>/letter.<any(pdf, docx):form>")
@requires(May.VISITS_READ)
def letter(visit_id: int, form: str) -> ResponseReturnValue:
    """The record as form 27c."""
    visit = queries.get_visit(visit_id, viewer())
    if visit.state != VisitState.DONE:
        abort(404)
    data = exports.record_letter(visit, enterprise_of(visit), form)
    return attachment(data, f"{visit.visit_no}.{form}", FORMS[form])


def fresh(enterprise: Enterprise) -> Visit:
    """A visit that stands nowhere yet, by this supervisor, or by the one who serves there."""
    mine = queries.own(viewer().id) or supervisor_of(enterprise.id, today())
    if mine is None:
        raise RuleBroken(exports.NOBODY_SERVES)
    return Visit(supervisor_id=mine.id, enterprise_id=enterprise.id, purpose="other")


def form_for(enterprise: Enterprise, **given: Any) -> VisitForm:
    offer = queries.offer_to_serve(enterprise.id, lock=request.method == "POST")
    if "formdata" in given:
        moment = now().astimezone(ZONE)
        place = enterprise.address or enterprise.locality
        given = {"visited_on": today(), "visited_at": moment.time(), "place": place, **given}
        given["served"] = "yes" if given["purpose"] == "serve" else "no"
    return VisitForm(offer=offer, today=today(), **given)


def written(visit: Visit, enterprise: Enterprise, form: VisitForm) -> ResponseReturnValue:
    """Record what the form says, with the service and the pictures; else show what is wrong."""
    key = f"visit-{visit.id}" if visit.id else f"visit-new-{enterprise.id}"
    if not form.validate():
        return record_page(visit, enterprise, form, 422)
    try:
        attempt = attempt_in(form, by_id=viewer().id)
        actions.record(visit, form.made(), by_id=viewer().id, attempt=attempt)
        keep_photos(visit, form, by_id=viewer().id)
    except (RuleBroken, UploadRefused) as broken:
        db.session.rollback()
        form.form_errors.append(said(broken.text))
        return record_page(visit, enterprise, form, 422)
    db.session.commit()
    flash(_("Visit %(number)s is recorded.", number=visit.visit_no), "ok")
    return moved(after(visit, f"done={key}"))


def after(visit: Visit, anchor: str) -> str:
    """Back to one's own day, or to the visit of somebody else. The anchor ends the draft."""
    mine = queries.own(viewer().id)
    if mine is not None and mine.id == visit.supervisor_id:
        return url_for("my_day.index", _anchor=anchor)
    return url_for(".show", visit_id=visit.id, _anchor=anchor)


def enterprise_of(visit: Visit) -> Enterprise:
    return db.session.get_one(Enterprise, (visit.tenant_id, visit.enterprise_id))
