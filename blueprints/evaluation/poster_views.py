"""Handing a survey out: the poster with its code for each unit, paper forms, how many went out."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.evaluation import answering, deeds, queries
from blueprints.evaluation.forms import HandedOutForm
from blueprints.evaluation.labels import RESPONDENTS
from blueprints.evaluation.links import code_of, link
from blueprints.evaluation.plan_views import back_to
from blueprints.evaluation.views import act, bp, everything
from blueprints.notices.letters.check import qr_png
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.survey import instrument
from tenants.db import db
from tenants.roles import May


@bp.get("/<int:survey_id>/posters")
@requires(May.SURVEYS_READ)
def posters(survey_id: int) -> ResponseReturnValue:
    """A sheet for every notice board, ready to print."""
    survey = queries.seen(survey_id, viewer())
    rows = queries.places(survey.id, None if everything() else viewer())
    return render_template(
        "surveys/posters.html", survey=survey, respondents=RESPONDENTS,
        sheets=[(row, link(row.token), code_of(row.token)) for row in rows],
    )  # fmt: skip


@bp.get("/<int:survey_id>/links/<int:invitation_id>/poster")
@requires(May.SURVEYS_READ)
def poster(survey_id: int, invitation_id: int) -> ResponseReturnValue:
    survey = queries.seen(survey_id, viewer())
    queries.seen_invitation(survey, invitation_id, viewer(), May.SURVEYS_READ)
    rows = [row for row in queries.places(survey.id) if row.id == invitation_id]
    return render_template(
        "surveys/posters.html", survey=survey, respondents=RESPONDENTS,
        sheets=[(row, link(row.token), code_of(row.token)) for row in rows],
    )  # fmt: skip


@bp.get("/<int:survey_id>/links/<int:invitation_id>/code.png")
@requires(May.SURVEYS_READ)
def code(survey_id: int, invitation_id: int) -> ResponseReturnValue:
    """The link as a picture, to put into a chat group."""
    survey = queries.seen(survey_id, viewer())
    invitation, name = queries.seen_invitation(survey, invitation_id, viewer(), May.SURVEYS_READ)
    return attachment(qr_png(link(invitation.token)), f"{name}.png", "image/png")


@bp.get("/<int:survey_id>/links/<int:invitation_id>/form")
@requires(May.SURVEYS_READ)
def paper_form(survey_id: int, invitation_id: int) -> ResponseReturnValue:
    """The questionnaire on paper, its boxes numbered as they are typed in afterwards."""
    survey = queries.seen(survey_id, viewer())
    invitation, name = queries.seen_invitation(survey, invitation_id, viewer(), May.SURVEYS_READ)
    return render_template(
        "surveys/paper_form.html", survey=survey, name=name, invitation=invitation,
        title=instrument(survey.standard).title,
        questions=answering.questions_for(survey, invitation),
    )  # fmt: skip


@bp.route("/<int:survey_id>/links/<int:invitation_id>/handed-out", methods=["GET", "POST"])
@requires(May.SURVEYS_ENTER)
def handed_out(survey_id: int, invitation_id: int) -> ResponseReturnValue:
    """How many forms and links went out: without it there is no return rate."""
    survey = queries.seen(survey_id, viewer(), May.SURVEYS_ENTER)
    invitation, name = queries.seen_invitation(
        survey, invitation_id, viewer(), May.SURVEYS_ENTER, lock=request.method == "POST"
    )
    first = request.method == "GET"
    kept = {"formdata": None, "data": {"handed_out": invitation.handed_out}} if first else {}
    form = HandedOutForm(**kept)
    if first or not form.validate():
        return act(
            _("Forms handed out"), form, back=back_to(survey), about=name,
            status=200 if first else 422,
        )  # fmt: skip
    deeds.count_handed_out(survey, invitation, int(form.handed_out.data or 0))
    db.session.commit()
    return moved(back_to(survey))
