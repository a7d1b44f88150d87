"""Opening a case: which offers are bargained together, and what is said about the case."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.bargaining.cases import joining, opening
from blueprints.bargaining.cases.corrections import correct, record_survey, stale
from blueprints.bargaining.cases.opening_forms import CaseForm, OpeningForm, SurveyForm, stamp
from blueprints.bargaining.cases.views import bp, choices
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.offers.ground.models import Offer
from blueprints.registry.areas import area_name, city_of
from blueprints.registry.contributions import bulk_act
from blueprints.registry.industries import industry_name
from blueprints.registry.models import Enterprise
from blueprints.registry.union_queries import associations
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.tenancy import require
from blueprints.shared.uploads import upload
from blueprints.supervisors.queries import still_here
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/join")
@requires(May.CASES_OPEN)
def join() -> ResponseReturnValue:
    """Offers that are in no case yet; those picked are bargained together."""
    asked = joining.Asked.of(request.args)
    return render_template(
        "bargaining/join.html",
        asked=asked,
        rows=joining.offers_free(asked),
        words={"area": area_name, "industry": industry_name},
        state=joining.state_label,
        look=joining.state_look,
        **choices(),
    )


@bp.get("/new")
@requires(May.CASES_OPEN)
@bulk_act(40, _l("Open a case"), "cases.new", May.CASES_OPEN)
def new() -> ResponseReturnValue:
    """The form, filled with what the offers say."""
    offers = opening.offers_to_join(request.args.getlist("offer", type=int))
    firms = joining.firms_of(request.args.getlist("id", type=int))
    known = joining.suggested(offers, today()) | joining.suggested_by(firms)
    return new_page(form_for(offers, firms, formdata=None, data=known), offers, firms)


@bp.post("/new")
@requires(May.CASES_OPEN)
def create() -> ResponseReturnValue:
    """Open it; what cannot be opened so is said on the form."""
    offers = opening.offers_to_join(request.form.getlist("offer", type=int))
    firms = joining.firms_of(request.form.getlist("enterprise", type=int))
    form = form_for(offers, firms)
    if not form.validate() or (case := opened(form)) is None:
        return new_page(form, offers, firms), 422
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


@bp.get("/<int:case_id>/edit")
@requires(May.CASES_EDIT)
def edit(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return edit_page(case, correcting(case, formdata=None, obj=case, data={"seen": stamp(case)}))


@bp.post("/<int:case_id>/edit")
@requires(May.CASES_EDIT)
def update(case_id: int) -> ResponseReturnValue:
    """Correct the facts of a case. What somebody else has changed meanwhile is not lost."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = correcting(case)
    if stale(form, case.updated_at):
        return edit_page(case, form), 409
    if not form.validate():
        return edit_page(case, form), 422
    correct(case, form.facts())
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


@bp.get("/<int:case_id>/survey")
@requires(May.CASES_EDIT)
def new_survey(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    known = {"on": case.surveyed_on or today(), "note": case.survey_note}
    return survey_page(case, SurveyForm(formdata=None, data=known))


@bp.post("/<int:case_id>/survey")
@requires(May.CASES_EDIT)
def create_survey(case_id: int) -> ResponseReturnValue:
    """Record the baseline survey."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = SurveyForm()
    if not form.validate() or not (proof := upload(form.paper, "survey", case)).fine:
        return survey_page(case, form), 422
    record_survey(case, form.on.data, form.note.data, document_id=proof.document_id)
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


def opened(form: OpeningForm) -> BargainingCase | None:
    """The case, or None with the reason among the form's errors and nothing kept."""
    try:
        case = opening.open_case(form.opening(owner_id=viewer().id))
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(in_words(broken))
        return None
    if "agreed_scan" in form:
        proof = upload(form["agreed_scan"], "agreement", case, by_id=viewer().id)
        case.agreed_document_id = proof.document_id
        if not proof.fine:
            db.session.rollback()
            return None
    return case


def in_words(broken: RuleBroken) -> str:
    article = f" ({said(broken.article)})" if broken.article else ""
    return f"{said(broken.text)}{article}"


def form_for(
    offers: Sequence[Offer], firms: Sequence[Enterprise] = (), **known: Any
) -> OpeningForm:
    picked = [firm.id for firm in firms]
    ids = [*picked, *(offer.enterprise_id for offer in offers)]
    unions = joining.unions_for(None, ids)
    return OpeningForm(offers=offers, firms=picked, unions=unions, **lists(), **known)


def correcting(case: BargainingCase, **known: Any) -> CaseForm:
    firms = [row.enterprise_id for row in queries.enterprises_of(case.id)]
    return CaseForm(unions=joining.unions_for(case.union_id, firms), **lists(), **known)


def lists() -> dict[str, Any]:
    """Out of what the selections of the form are made."""
    return {
        "city": city_of(require().division),
        "associations": associations(),
        "supervisors": still_here(today()),
    }


def new_page(form: OpeningForm, offers: Sequence[Offer], firms: Sequence[Enterprise] = ()) -> str:
    return render_template(
        "bargaining/new.html", form=form, offers=offers, firms=firms, yes=opening.accepted
    )


def edit_page(case: BargainingCase, form: CaseForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Correct the case"),
        action=url_for(".update", case_id=case.id),
    )  # fmt: skip


def survey_page(case: BargainingCase, form: SurveyForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Baseline survey"),
        action=url_for(".create_survey", case_id=case.id),
    )  # fmt: skip
