"""The workers' vote on their roster: recording it, and striking out what was entered by mistake."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.opening_views import in_words
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.law import rule_of, selection_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.roster_models import RosterVote
from blueprints.bargaining.ground.team_models import Seat, Side
from blueprints.bargaining.teams import roster_votes
from blueprints.bargaining.teams.roster_forms import RosterVoteForm, StrikeForm
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.uploads import upload
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get("/<int:case_id>/roster-votes/new")
@requires(May.CASES_EDIT)
def new_roster_vote(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    here = [
        str(one.id) for one in queries.representatives_of(case.id, Side.WORKERS)
        if one.seat == Seat.MEMBER
    ]  # fmt: skip
    known = {"held_on": today(), "people": here}
    return vote_page(case, RosterVoteForm(formdata=None, case=case, data=known))


@bp.post("/<int:case_id>/roster-votes")
@requires(May.CASES_EDIT)
def create_roster_vote(case_id: int) -> ResponseReturnValue:
    """Record how the workers voted on the list, won or lost."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    team = queries.team_of(case.id, Side.WORKERS) or abort(404)
    form = RosterVoteForm(case=case)
    if not form.validate() or not (proof := upload(form.record, "roster_vote", case)).fine:
        return vote_page(case, form), 422
    roster_votes.record(
        case, team, form.said(), record_id=proof.document_id, by_id=viewer().id
    )  # fmt: skip
    db.session.commit()
    return moved(url_for(".teams", case_id=case.id))


@bp.get("/<int:case_id>/roster-votes/<int:roster_vote_id>/correction")
@requires(May.CASES_EDIT)
def new_roster_correction(case_id: int, roster_vote_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    vote = roster_votes.get_vote(case, roster_vote_id) or abort(404)
    return strike_page(case, vote, StrikeForm(formdata=None))


@bp.post("/<int:case_id>/roster-votes/<int:roster_vote_id>/correction")
@requires(May.CASES_EDIT)
def create_roster_correction(case_id: int, roster_vote_id: int) -> ResponseReturnValue:
    """Strike out an entry that was wrong; it stays to be seen."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    vote = roster_votes.get_vote(case, roster_vote_id) or abort(404)
    form = StrikeForm()
    if not form.validate():
        return strike_page(case, vote, form), 422
    try:
        roster_votes.strike(case, vote, form.reason.data)
    except RuleBroken as broken:
        form.form_errors.append(in_words(broken))
        return strike_page(case, vote, form), 422
    db.session.commit()
    return moved(url_for(".teams", case_id=case.id))


def vote_page(case: BargainingCase, form: RosterVoteForm) -> str:
    selection, threshold = selection_of(case), rule_of(case, roster_votes.THRESHOLD)
    form.in_favour.description = f"{said(threshold.text)} ({said(threshold.citation)})"
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Vote on the roster"),
        submit=_("Record"), back=url_for(".teams", case_id=case.id),
        action=url_for(".create_roster_vote", case_id=case.id),
        note=f"{said(selection.text)} ({said(selection.citation)})",
    )  # fmt: skip


def strike_page(case: BargainingCase, vote: RosterVote, form: StrikeForm) -> str:
    back = url_for(".teams", case_id=case.id)
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Strike this entry out"),
        submit=_("Strike out"), grave=True, back=back,
        action=url_for(".create_roster_correction", case_id=case.id, roster_vote_id=vote.id),
        note=_("It stays to be seen and counts no more. Then record the vote as it was."),
    )  # fmt: skip
