"""The board of the ladder, the page of one case, and the proposals that begin a step."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.exposures import actions, forms, ladder, lists, publishing, queries
from blueprints.exposures.board import line_of
from blueprints.exposures.facts import STATE, announcement, found_by_authority, procedure_facts
from blueprints.exposures.letters import step_letter
from blueprints.exposures.minutes import minutes_letter
from blueprints.exposures.models import Channel, ExposureExclusion
from blueprints.exposures.names import STEP_NAMES
from blueprints.exposures.pages import case_page
from blueprints.exposures.periods import longest_shown
from blueprints.exposures.reading import case_of
from blueprints.exposures.step_models import StepKind
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.queries import get_offer
from blueprints.registry.areas import city_of
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import language, said
from blueprints.shared.links import same_questions
from blueprints.shared.tenancy import require
from rules.answering import RULE
from rules.broken import RuleBroken
from tenants.db import db
from tenants.files import open_document
from tenants.roles import May

bp = Blueprint("exposures", __name__, url_prefix="/<tenant>/exposures")
STEP_FORMS: dict[StepKind, type[Form]] = {
    StepKind.REMINDER: forms.ReminderForm,
    StepKind.DEMAND: forms.DemandForm,
    StepKind.OPINION: forms.OpinionStepForm,
    StepKind.PROPOSAL: forms.HandOverForm,
    StepKind.INTERVIEW: forms.InterviewForm,
    StepKind.REFERRAL: forms.HandOverForm,
}
FILES = {"pdf": "application/pdf", "docx": "application/octet-stream"}
KIND = "<any(reminder, demand, opinion, proposal, interview, referral):kind>"


@bp.get("")
@requires(May.EXPOSURES_READ)
def index() -> ResponseReturnValue:
    """Who stands on which step, what is next and when, what blocks it and why."""
    asked = lists.Asked.of(request.args)
    leaf = lists.page_of(asked)
    return page(
        "exposures/index.html", fragment="exposures/_list.html", asked=asked, page=leaf,
        lines=lists.lines_of([row.id for row in leaf.rows]), counts=lists.counts(asked),
        groups=lists.GROUPS, exports=export_links(),
        areas=[(area.code, said(area.name)) for area in city_of(require().division).areas],
    )  # fmt: skip


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.EXPOSURES_READ)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = lists.Asked.of(request.args)
    return sheet(kind, _("Ladder and exposure"), lists.heads(), lists.exported(asked))


def export_links() -> list[tuple[str, str]]:
    return [
        (kind.upper(), same_questions(url_for(".export", kind=kind))) for kind in ("xlsx", "csv")
    ]


@bp.get("/offers/<int:offer_id>")
@requires(May.EXPOSURES_READ)
def show(offer_id: int) -> ResponseReturnValue:
    """One case: gates, steps, statement, approvers, the exact text, and what can be done."""
    return render_template("exposures/show.html", **case_page(get_offer(offer_id), viewer()))


@bp.get(f"/offers/<int:offer_id>/{KIND}")
@requires(May.EXPOSURES_PROPOSE)
def new_step(offer_id: int, kind: str) -> ResponseReturnValue:
    return step_page(offer_id, StepKind(kind), STEP_FORMS[StepKind(kind)](formdata=None))


@bp.post(f"/offers/<int:offer_id>/{KIND}")
@requires(May.EXPOSURES_PROPOSE)
def create_step(offer_id: int, kind: str) -> ResponseReturnValue:
    """Propose a step; another person issues it."""
    offer = get_offer(offer_id, lock=True)
    form = STEP_FORMS[StepKind(kind)]()
    if not form.validate():
        return step_page(offer_id, StepKind(kind), form), 422
    said_ = typed(form)
    try:
        ladder.propose_step(
            offer, StepKind(kind), said_, by_id=viewer().id, recipient=said_.get("authority_name")
        )
    except RuleBroken as refused:
        return step_page(offer_id, StepKind(kind), undone(form, refused)), 409
    db.session.commit()
    flash(_("The step is proposed; another person issues it."), "ok")
    return moved(url_for(".show", offer_id=offer_id))


@bp.get("/offers/<int:offer_id>/proposal-to-publish")
@requires(May.EXPOSURES_PROPOSE)
def new_exposure(offer_id: int) -> ResponseReturnValue:
    known = {"body": said(STATE), "duration_days": longest_shown()}
    return proposal_page(offer_id, forms.ProposeForm(formdata=None, data=known))


@bp.post("/offers/<int:offer_id>/proposal-to-publish")
@requires(May.EXPOSURES_PROPOSE)
def create_exposure(offer_id: int) -> ResponseReturnValue:
    """Propose a publication: the facts are taken from the record."""
    offer = get_offer(offer_id, lock=True)
    form = forms.ProposeForm()
    if not form.validate():
        return proposal_page(offer_id, form), 422
    try:
        actions.propose(
            offer, by_id=viewer().id, body=form.body.data, channels=(Channel(form.channel.data),),
            duration_days=form.duration_days.data,
        )  # fmt: skip
    except RuleBroken as refused:
        return proposal_page(offer_id, undone(form, refused)), 409
    db.session.commit()
    return moved(url_for(".show", offer_id=offer_id))


@bp.get("/offers/<int:offer_id>/exclusion")
@requires(May.EXPOSURES_PROPOSE)
def new_exclusion(offer_id: int) -> ResponseReturnValue:
    return exclusion_page(offer_id, forms.ExcludeForm(formdata=None))


@bp.post("/offers/<int:offer_id>/exclusion")
@requires(May.EXPOSURES_PROPOSE)
def create_exclusion(offer_id: int) -> ResponseReturnValue:
    """Record why nothing may be published about this enterprise."""
    offer = get_offer(offer_id, lock=True)
    form = forms.ExcludeForm()
    if not form.validate():
        return exclusion_page(offer_id, form), 422
    try:
        publishing.exclude(offer, form.code.data, form.note.data, by_id=viewer().id)
    except RuleBroken as refused:  # the note stands in the notice of withdrawal, read by the public
        return exclusion_page(offer_id, undone(form, refused)), 409
    db.session.commit()
    return moved(url_for(".show", offer_id=offer_id))


@bp.post("/exclusions/<int:exclusion_id>/lifting")
@requires(May.EXPOSURES_REVIEW)
def lift_exclusion(exclusion_id: int) -> ResponseReturnValue:
    found = db.session.get(ExposureExclusion, (viewer().tenant_id, exclusion_id)) or abort(404)
    get_offer(found.offer_id, lock=True)
    publishing.lift(found, by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".show", offer_id=found.offer_id))


@bp.get("/steps/<int:step_id>/letter.<any(pdf, docx):form>")
@requires(May.EXPOSURES_READ)
def letter(step_id: int, form: str) -> ResponseReturnValue:
    """The document of a step, to print and seal."""
    step = queries.get_step(step_id)
    data = cast("bytes", rendered(step_letter(step, language()), form))
    return attachment(data, f"{step.document_no or _('draft')}.{form}", FILES[form])


@bp.get("/steps/<int:step_id>/minutes.<any(pdf, docx):form>")
@requires(May.EXPOSURES_READ)
def minutes(step_id: int, form: str) -> ResponseReturnValue:
    """The minutes of an interview, to read back and sign."""
    step = queries.get_step(step_id)
    if step.held_on is None:
        abort(404)
    data = cast("bytes", rendered(minutes_letter(step, language()), form))
    return attachment(data, f"{step.document_no}-{_('minutes')}.{form}", FILES[form])


@bp.get("/offers/<int:offer_id>/files/<int:document_id>")
@requires(May.EXPOSURES_READ)
def evidence(offer_id: int, document_id: int) -> ResponseReturnValue:
    """A file that proves something about this case, to keep."""
    document = queries.file_of_case(get_offer(offer_id).id, document_id)
    return attachment(open_document(document), document.name, document.media_type)


@bp.get("/cases/<int:exposure_id>/announcement.<any(pdf, docx):form>")
@requires(May.EXPOSURES_READ)
def announcement_file(exposure_id: int, form: str) -> ResponseReturnValue:
    exposure = queries.get_exposure(exposure_id)
    data = cast("bytes", rendered(announcement(exposure, language()), form))
    return attachment(data, f"{exposure.document_no or _('draft')}.{form}", FILES[form])


def typed(form: Any) -> dict[str, Any]:
    """What was typed, as a letter wants it."""
    found = {
        name: value.isoformat() if name != "new_due_on" and hasattr(value, "isoformat") else value
        for name, value in form.data.items()
        if name != "csrf_token" and value not in (None, "")
    }
    if "meeting_on" in found:
        time = found.pop("meeting_time")
        found["meeting_at"] = f"{found.pop('meeting_on')}T{time}:00+08:00"
    return found


def undone(form: Any, refused: RuleBroken) -> Any:
    """Nothing was kept; the reason stands above what was typed, which stays."""
    db.session.rollback()
    form.form_errors.append(said(refused.text))
    return form


def step_page(offer_id: int, kind: StepKind, form: Any) -> str:
    offer = get_offer(offer_id)
    return render_template(
        "exposures/step.html", offer=offer, kind=kind, form=form, name=STEP_NAMES[kind],
        fault=ladder.fault_in(case_of(offer), kind),
    )  # fmt: skip


def _dated(facts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts as they are kept, each with its day as one."""
    return [{**one, "day": _day(one["step_on"])} for one in facts]


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def proposal_page(offer_id: int, form: Any) -> str:
    offer = get_offer(offer_id)
    case, found = case_of(offer), found_by_authority(offer)
    return render_template(
        "exposures/propose.html", offer=offer, form=form, facts=_dated(procedure_facts(offer)),
        found=found, decided_on=_day(found.get("authority_decided_on")), ready=line_of(case).ready,
        standing=case.open_exposure is not None, longest=longest_shown(),
    )  # fmt: skip


def exclusion_page(offer_id: int, form: Any) -> str:
    offer = get_offer(offer_id)
    return render_template("exposures/exclusion.html", offer=offer, form=form, rule=RULE)
