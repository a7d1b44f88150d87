"""Handing a survey out: the poster with its code for each unit, paper forms, how many went out."""

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.table.text_files import pdf_of
from blueprints.evaluation import answering, deeds, queries, sheets
from blueprints.evaluation.forms import HandedOutForm
from blueprints.evaluation.links import link
from blueprints.evaluation.models import Survey, SurveyState
from blueprints.evaluation.plan_views import back_to
from blueprints.evaluation.views import act, bp, everything
from blueprints.notices.letters.check import qr_png
from blueprints.notices.letters.poster import posters_pdf
from blueprints.notices.letters.values import Lang
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.broken import RuleBroken
from tenants.db import db
from tenants.roles import May


@bp.get("/<int:survey_id>/posters-<any(zh, en):lang>.pdf")
@requires(May.SURVEYS_READ)
def posters(survey_id: int, lang: Lang) -> ResponseReturnValue:
    """A sheet for every notice board that this person reaches, in one file."""
    survey = queries.seen(survey_id, viewer())
    rows = queries.places(survey.id, None if everything() else viewer())
    return drawn(survey, rows, lang, f"{survey.name}-{_('Posters')}-{lang}.pdf")


@bp.get("/<int:survey_id>/links/<int:invitation_id>/poster-<any(zh, en):lang>.pdf")
@requires(May.SURVEYS_READ)
def poster(survey_id: int, invitation_id: int, lang: Lang) -> ResponseReturnValue:
    survey = queries.seen(survey_id, viewer())
    _invitation, name = queries.seen_invitation(survey, invitation_id, viewer(), May.SURVEYS_READ)
    rows = [row for row in queries.places(survey.id) if row.id == invitation_id]
    return drawn(survey, rows, lang, f"{name}-{_('Poster')}-{lang}.pdf")


def drawn(survey: Survey, rows: Sequence[Any], lang: Lang, file: str) -> Response:
    """Posters while anybody can still answer: a code that leads nowhere is not hung up."""
    if survey.state != SurveyState.OPEN or not rows:
        raise RuleBroken(answering.NOT_OPEN)
    data = posters_pdf(
        [sheets.poster_of(survey, row, lang) for row in rows],
        font_dir=current_app.extensions["settings"].font_dir,
    )
    return attachment(data, file, "application/pdf")


@bp.get("/<int:survey_id>/links/<int:invitation_id>/code.png")
@requires(May.SURVEYS_READ)
def code(survey_id: int, invitation_id: int) -> ResponseReturnValue:
    """The link as a picture, to put into a chat group."""
    survey = queries.seen(survey_id, viewer())
    invitation, name = queries.seen_invitation(survey, invitation_id, viewer(), May.SURVEYS_READ)
    return attachment(qr_png(link(invitation.token)), f"{name}.png", "image/png")


@bp.get("/<int:survey_id>/links/<int:invitation_id>/form-<any(zh, en):lang>.pdf")
@requires(May.SURVEYS_READ)
def paper_form(survey_id: int, invitation_id: int, lang: Lang) -> ResponseReturnValue:
    """The questionnaire on paper, its boxes numbered as they are typed in afterwards."""
    survey = queries.seen(survey_id, viewer())
    invitation, name = queries.seen_invitation(survey, invitation_id, viewer(), May.SURVEYS_READ)
    questions = answering.questions_for(survey, invitation)
    data = pdf_of(sheets.paper_form(survey, name, questions, lang))
    return attachment(data, f"{name}-{_('Paper form')}-{lang}.pdf", "application/pdf")


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
            _("Forms handed out"), form, back=back_to(survey), about=name, label=_("Save"),
            status=200 if first else 422,
        )  # fmt: skip
    deeds.count_handed_out(survey, invitation, int(form.handed_out.data or 0))
    db.session.commit()
    return moved(back_to(survey))
