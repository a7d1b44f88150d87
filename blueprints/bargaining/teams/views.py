"""The teams of a case: who sits on each side, how chosen, and what the law says to it."""

from typing import Any, cast

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.corrections import stale
from blueprints.bargaining.cases.opening_views import in_words
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.labels import SIDES
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import Representative, Seat, Side
from blueprints.bargaining.teams import actions as team_actions
from blueprints.bargaining.teams import letters as team_letters
from blueprints.bargaining.teams.contributions import team_page
from blueprints.bargaining.teams.forms import DepartureForm, PostingForm, RepresentativeForm
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language, said
from blueprints.shared.uploads import upload
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.files import open_document
from tenants.roles import May

SIDE = "<any(workers, employer):side>"
FILES = {"pdf": "application/pdf", "docx": "application/octet-stream"}
PAPERS = {"roster": team_letters.roster_letter, "election": team_letters.election_letter}


@bp.get("/<int:case_id>/teams")
@requires(May.CASES_READ)
def teams(case_id: int) -> ResponseReturnValue:
    """Both rosters, checked as they stand, with the article beside each finding."""
    case = queries.seen(case_id, viewer())
    return render_template("bargaining/teams.html", case=case, **team_page(case))


@bp.get(f"/<int:case_id>/teams/{SIDE}/new")
@requires(May.CASES_EDIT)
def new_representative(case_id: int, side: str) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    form = form_for(case, side, formdata=None, data={"chosen_on": today(), "seat": Seat.MEMBER})
    return representative_page(case, side, form)


@bp.post(f"/<int:case_id>/teams/{SIDE}")
@requires(May.CASES_EDIT)
def create_representative(case_id: int, side: str) -> ResponseReturnValue:
    """Put somebody on a team, as they were chosen."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = form_for(case, side)
    if not form.validate() or not (proof := upload(form.record, "representative", case)).fine:
        return representative_page(case, side, form), 422
    try:
        team_actions.choose(case, side, form.facts(), record_id=proof.document_id)
    except RuleBroken as broken:
        return refused(case, side, form, broken)
    db.session.commit()
    return moved(url_for(".teams", case_id=case.id))


@bp.get("/<int:case_id>/representatives/<int:representative_id>")
@requires(May.CASES_EDIT)
def edit_representative(case_id: int, representative_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    one, side = somebody(case, representative_id)
    known = {"seen": one.updated_at.isoformat()}
    return representative_page(
        case, side, form_for(case, side, formdata=None, obj=one, data=known), one
    )


@bp.post("/<int:case_id>/representatives/<int:representative_id>")
@requires(May.CASES_EDIT)
def update_representative(case_id: int, representative_id: int) -> ResponseReturnValue:
    """Correct somebody. What another person changed meanwhile is not overwritten."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    one, side = somebody(case, representative_id)
    form = form_for(case, side)
    if stale(form, one.updated_at):
        return representative_page(case, side, form, one), 409
    if not form.validate() or not (proof := upload(form.record, "representative", case)).fine:
        return representative_page(case, side, form, one), 422
    try:
        team_actions.correct(case, one, form.facts(), record_id=proof.document_id)
    except RuleBroken as broken:
        return refused(case, side, form, broken, one)
    db.session.commit()
    return moved(url_for(".teams", case_id=case.id))


@bp.get("/<int:case_id>/representatives/<int:representative_id>/departure")
@requires(May.CASES_EDIT)
def new_departure(case_id: int, representative_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    one, _side = somebody(case, representative_id)
    return departure_page(case, one, DepartureForm(formdata=None, one=one, data={"on": today()}))


@bp.post("/<int:case_id>/representatives/<int:representative_id>/departure")
@requires(May.CASES_EDIT)
def create_departure(case_id: int, representative_id: int) -> ResponseReturnValue:
    """Somebody leaves: the seat is vacant, and the clock to fill it runs."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    one, _side = somebody(case, representative_id)
    form = DepartureForm(one=one)
    if not form.validate():
        return departure_page(case, one, form), 422
    team_actions.depart(case, one, form.on.data, form.reason.data)
    db.session.commit()
    return moved(url_for(".teams", case_id=case.id))


@bp.get("/<int:case_id>/roster")
@requires(May.CASES_EDIT)
def new_posting(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return posting_page(case, PostingForm(formdata=None, data={"on": today()}))


@bp.post("/<int:case_id>/roster")
@requires(May.CASES_EDIT)
def create_posting(case_id: int) -> ResponseReturnValue:
    """Record that the roster hangs where the workers read it."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    team = queries.team_of(case.id, Side.WORKERS) or abort(404)
    form = PostingForm()
    if not form.validate() or not (proof := upload(form.photo, "roster", case)).fine:
        return posting_page(case, form), 422
    team_actions.post_roster(
        case, team, form.on.data, form.place.data, until=form.until.data,
        evidence_id=proof.document_id,
    )  # fmt: skip
    db.session.commit()
    return moved(url_for(".teams", case_id=case.id))


@bp.get("/<int:case_id>/papers/<any(roster, election):paper>.<any(pdf, docx):form>")
@requires(May.CASES_READ)
def team_paper(case_id: int, paper: str, form: str) -> ResponseReturnValue:
    """The roster to post, or the record of the election to fill in."""
    case = queries.seen(case_id, viewer())
    data = cast("bytes", rendered(PAPERS[paper](case, language()), form))
    name = {"roster": _("Roster"), "election": _("Record of election")}[paper]
    return attachment(data, f"{case.document_no}-{name}.{form}", FILES[form])


@bp.get("/<int:case_id>/documents/<int:document_id>")
@requires(May.CASES_READ)
def document(case_id: int, document_id: int) -> ResponseReturnValue:
    """A paper of the case; what was handed over in confidence is not among these."""
    case = queries.seen(case_id, viewer())
    found = queries.paper_of(case, document_id) or abort(404)
    return attachment(open_document(found), found.name, found.media_type)


def somebody(case: BargainingCase, ident: int) -> tuple[Representative, str]:
    one = team_actions.get_representative(case, ident) or abort(404)
    return one, queries.side_of(one)


def form_for(case: BargainingCase, side: str, **known: Any) -> RepresentativeForm:
    firms = queries.enterprises_of(case.id)
    empty = [one for one in team_actions.vacancies(case.id) if queries.side_of(one) == side]
    return RepresentativeForm(side=side, firms=firms, empty=empty, **known)


def representative_page(
    case: BargainingCase, side: str, form: RepresentativeForm, one: Representative | None = None
) -> str:
    action = (
        url_for(".update_representative", case_id=case.id, representative_id=one.id)
        if one
        else url_for(".create_representative", case_id=case.id, side=side)
    )
    return render_template(
        "bargaining/form.html", case=case, form=form, facts=[said(SIDES[side])], action=action,
        title=one.name if one else _("New representative"), back=url_for(".teams", case_id=case.id),
    )  # fmt: skip


def refused(
    case: BargainingCase,
    side: str,
    form: RepresentativeForm,
    broken: RuleBroken,
    one: Representative | None = None,
) -> ResponseReturnValue:
    db.session.rollback()
    form.form_errors.append(in_words(broken))
    return representative_page(case, side, form, one), 422


def departure_page(case: BargainingCase, one: Representative, form: DepartureForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, facts=[one.name], grave=True,
        title=_("Record a departure"), submit=_("Record"), back=url_for(".teams", case_id=case.id),
        action=url_for(".create_departure", case_id=case.id, representative_id=one.id),
    )  # fmt: skip


def posting_page(case: BargainingCase, form: PostingForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Posting of the roster"),
        submit=_("Record"), back=url_for(".teams", case_id=case.id),
        action=url_for(".create_posting", case_id=case.id),
        note=_("Without an end, it is posted for as long as the rule of the place asks."),
    )  # fmt: skip
