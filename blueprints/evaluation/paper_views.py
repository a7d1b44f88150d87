"""Typing in what came back on paper: a line a form, as fast as a clerk can type."""

from flask import flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from blueprints.evaluation import answering, queries
from blueprints.evaluation.forms import PaperForm
from blueprints.evaluation.views import bp
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from tenants.db import db
from tenants.roles import May


@bp.route("/<int:survey_id>/links/<int:invitation_id>/paper", methods=["GET", "POST"])
@requires(May.SURVEYS_ENTER)
def paper(survey_id: int, invitation_id: int) -> ResponseReturnValue:
    """All the forms of one unit at once; a line that cannot be read is named, nothing is lost."""
    survey = queries.seen(survey_id, viewer(), May.SURVEYS_ENTER)
    invitation, name = queries.seen_invitation(survey, invitation_id, viewer(), May.SURVEYS_ENTER)
    questions = answering.questions_for(survey, invitation)
    form = PaperForm(questions=questions)
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        page = render_template(
            "surveys/paper.html", survey=survey, name=name, form=form, questions=questions,
            takes=answering.takes_paper(survey), invitation=invitation,
        )  # fmt: skip
        return make_response(page, status)
    answering.enter_paper(survey, invitation, form.read)
    db.session.commit()
    many = len(form.read)
    flash(ngettext("%(num)s form entered.", "%(num)s forms entered.", many), "success")
    return moved(url_for(".show", survey_id=survey.id, _anchor="units"))
