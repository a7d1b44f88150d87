"""Where workers answer: no account, no name; the link is the key, or a code that is used once."""

from collections.abc import Mapping

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

from blueprints.evaluation import answering, codes, queries
from blueprints.evaluation.forms import CodeForm
from blueprints.evaluation.labels import RESPONDENTS
from blueprints.evaluation.models import Invitation, Survey, SurveyState
from blueprints.evaluation.reading import from_phone
from blueprints.shared.guards import requires
from blueprints.shared.languages import said
from blueprints.shared.throttle import throttle
from rules.survey import instrument
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("survey_answers", __name__, url_prefix="/<tenant>/s")
TRIES = "600/hour"  # a canteen shares one address
MISSES = "60/hour"  # of codes that are none
KEPT_SECONDS = 90 * 24 * 3600


@bp.get("")
@requires(May.ANYONE)
def enter() -> ResponseReturnValue:
    """For those who type: the code on their slip."""
    return render_template("surveys/enter.html", form=CodeForm())


@bp.post("")
@requires(May.ANYONE)
def find() -> ResponseReturnValue:
    """To the questions of a code; one that is unknown or used is said beside the field."""
    form = CodeForm()
    if form.validate():
        code = codes.typed(form.code.data or "")
        if codes.behind(code) is not None:
            return redirect(url_for(".show_coded", token=code), 303)
        throttle(MISSES, "survey-code")
        form.code.errors = [said(codes.USED)]
    return render_template("surveys/enter.html", form=form), 422


@bp.get("/code/<token>")
@requires(May.ANYONE)
def show_coded(token: str) -> ResponseReturnValue:
    """The same questions as behind the link, for one form."""
    found = codes.behind(codes.typed(token))
    return no_such_code() if found is None else answer_page(*found, coded=True)


@bp.post("/code/<token>")
@requires(May.ANYONE)
def create_coded(token: str) -> ResponseReturnValue:
    """Take the answer in and let the code go. Sent twice, it has arrived once."""
    code = codes.typed(token)
    found = codes.behind(code)
    if found is None:
        return redirect(url_for(".thanks"), 303) if codes.arrived(lot()) else no_such_code()
    survey, invitation, name = found
    if not answering.takes_answers(survey):
        return answer_page(survey, invitation, name, coded=True, status=409)
    questions = answering.questions_for(survey, invitation)
    ticked, wrong = from_phone(questions, request.form.getlist)
    if wrong:
        return answer_page(survey, invitation, name, coded=True, wrong=wrong, status=422)
    codes.answer(code, ticked, lot())
    db.session.commit()
    return redirect(url_for(".thanks"), 303)


@bp.get("/thanks")
@requires(May.ANYONE)
def thanks() -> ResponseReturnValue:
    """That it has arrived. The code is gone, so this page knows of no survey."""
    return render_template("surveys/answered.html")


def no_such_code() -> ResponseReturnValue:
    """One calm page for every code that is unknown or used."""
    throttle(MISSES, "survey-code")
    form = CodeForm(formdata=None)
    form.code.errors = [said(codes.USED)]
    return render_template("surveys/enter.html", form=form), 404


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
    if not answering.takes_answers(survey) or answered(token) or invitation.by_code_only:
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
    return render_template("surveys/answered.html")


def answer_page(
    survey: Survey, invitation: Invitation, name: str, *, coded: bool = False,
    wrong: Mapping[str, object] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    page = render_template(
        "surveys/answer.html", survey=survey, name=name, wrong=wrong or {}, typed=request.form,
        title=instrument(survey.standard).title,
        questions=answering.questions_for(survey, invitation),
        open=answering.takes_answers(survey),
        answered=not coded and answered(invitation.token),
        code_form=CodeForm(formdata=None) if invitation.by_code_only and not coded else None,
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
