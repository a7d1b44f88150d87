"""Where workers answer: no account, no name; the link is the key, and it is everybody's."""

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from blueprints.evaluation import answering, queries
from blueprints.evaluation.labels import RESPONDENTS
from blueprints.evaluation.models import Invitation, Survey, SurveyState
from blueprints.evaluation.reading import from_phone
from blueprints.shared.guards import requires
from blueprints.shared.throttle import throttle
from rules.survey import instrument
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("survey_answers", __name__, url_prefix="/<tenant>/s")
TRIES = "120/hour"  # a canteen shares one address
KEPT_SECONDS = 90 * 24 * 3600


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """What is asked, and that nobody will know who answered."""
    found = queries.invitation_behind(token)
    if found is None or found[0].state == SurveyState.PLANNED:
        return render_template("surveys/no_such_survey.html"), 404
    survey, invitation, name = found
    return answer_page(survey, invitation, name)


@bp.post("/<token>")
@requires(May.ANYONE)
def create(token: str) -> ResponseReturnValue:
    """Take the answer in. This browser then remembers that it answered; nobody else does."""
    throttle(TRIES, "survey")
    found = queries.invitation_behind(token)
    if found is None or found[0].state == SurveyState.PLANNED:
        return render_template("surveys/no_such_survey.html"), 404
    survey, invitation, name = found
    if not answering.takes_answers(survey) or answered(token):
        return answer_page(survey, invitation, name, status=409)
    questions = answering.questions_for(survey, invitation)
    ticked, wrong = from_phone(questions, request.form.getlist)
    if wrong:
        return answer_page(survey, invitation, name, wrong=wrong, status=422)
    answering.answer(invitation, ticked, lot())
    db.session.commit()
    response = redirect(url_for(".done", token=token), 303)
    remember(response, token)
    return response


@bp.get("/<token>/done")
@requires(May.ANYONE)
def done(token: str) -> ResponseReturnValue:
    """That it has arrived, and nothing of what it said."""
    found = queries.invitation_behind(token)
    if found is None or found[0].state == SurveyState.PLANNED:
        return render_template("surveys/no_such_survey.html"), 404
    return render_template("surveys/answered.html", survey=found[0])


def answer_page(
    survey: Survey, invitation: Invitation, name: str, *, wrong: object = None, status: int = 200
) -> Response:
    page = render_template(
        "surveys/answer.html", survey=survey, name=name, wrong=wrong or {}, typed=request.form,
        title=instrument(survey.standard).title,
        questions=answering.questions_for(survey, invitation),
        open=answering.takes_answers(survey), answered=answered(invitation.token),
        early=survey.state == SurveyState.OPEN and today() < survey.opens_on,
        respondent=RESPONDENTS[invitation.respondent],
        lot=request.form.get("lot") or answering.new_number(),
    )  # fmt: skip
    return make_response(page, status)


def lot() -> int:
    """The number this form drew when it was shown; a new one where somebody tampered with it."""
    drawn = request.form.get("lot", "")
    number = int(drawn[:20]) if drawn.isascii() and drawn.isdecimal() else 0
    return number if 0 < number <= answering.LARGEST else answering.new_number()


def mark(token: str) -> str:
    return f"answered-{token[:12]}"


def answered(token: str) -> bool:
    """Whether this browser has answered here. Only the browser knows."""
    return mark(token) in request.cookies


def remember(response: BaseResponse, token: str) -> None:
    response.set_cookie(
        mark(token), "1", max_age=KEPT_SECONDS, httponly=True, samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        path=url_for("survey_answers.show", token=token),
    )  # fmt: skip
