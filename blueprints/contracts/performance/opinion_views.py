"""A finding handed over to a letter of opinion: asked, issued or declined, served, answered."""

from typing import cast

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.performance import finding_forms as forms
from blueprints.contracts.performance import finding_queries as queries
from blueprints.contracts.performance import opinion_actions as actions
from blueprints.contracts.performance.check_forms import ReasonForm
from blueprints.contracts.performance.check_views import FILES, bp, first_time
from blueprints.contracts.performance.finding_models import Finding, OpinionRequest
from blueprints.contracts.performance.finding_views import again, done, locked
from blueprints.contracts.performance.letters import letter_of, opinion_values
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.languages import language
from blueprints.shared.uploads import upload
from rules.words import Text
from tenants.clock import today
from tenants.roles import May

ASK = Text("移交监督意见", "Hand over to a letter of opinion")
ASK_SAYS = Text(
    "由另一人审查后签发《工会劳动法律监督意见书》。",
    "Another person reviews it and issues the letter of opinion.",
)
ISSUE = Text("签发监督意见书", "Issue the letter of opinion")
DECLINE = Text("不予签发", "Decline to issue it")
SERVE = Text("登记送达", "Record its service")
ANSWER = Text("登记答复", "Record the answer")


@bp.route("/findings/<int:finding_id>/hand-over", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def hand_over(finding_id: int) -> ResponseReturnValue:
    """Ask for a letter of opinion on what was put in writing and not corrected."""
    row = locked(finding_id)
    form = forms.HandOverForm(**first_time({"inspected_until": today()}))
    if request.method == "GET" or not form.validate():
        return again(row, ASK, form, says=ASK_SAYS)
    actions.ask(row, reason=form.reason.data, said=form.said(), by_id=viewer().id)
    return done(row)


@bp.route("/findings/<int:finding_id>/opinion", methods=["GET", "POST"])
@requires(May.PERFORMANCE_APPROVE)
def issue(finding_id: int) -> ResponseReturnValue:
    """Issue it: another person than whoever asked."""
    row = locked(finding_id)
    request_ = standing(row)
    form = forms.PutForm()
    if request.method == "GET" or not form.validate():
        values = opinion_values(row, request_.said, today())
        draft = letter_of(actions.LETTER, values, None, language())
        return again(row, ISSUE, form, says=request_.reason, letter=draft)
    actions.issue(request_, row, by_id=viewer().id)
    return done(row)


@bp.route("/findings/<int:finding_id>/refusal", methods=["GET", "POST"])
@requires(May.PERFORMANCE_APPROVE)
def decline(finding_id: int) -> ResponseReturnValue:
    row = locked(finding_id)
    request_ = standing(row)
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        return again(row, DECLINE, form, says=request_.reason)
    actions.decline(request_, form.reason.data, by_id=viewer().id)
    return done(row)


@bp.route("/findings/<int:finding_id>/opinion/service", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def serve(finding_id: int) -> ResponseReturnValue:
    """Proven service: the term of the answer runs from that day."""
    row = locked(finding_id)
    request_ = standing(row)
    form = forms.ServiceForm(**first_time({"served_on": today()}))
    if request.method == "GET" or not form.validate():
        return again(row, SERVE, form)
    proof = upload(form.evidence, "service", request_, by_id=viewer().id)
    if not proof.fine:
        return again(row, SERVE, form)
    actions.record_service(request_, form.receipt(proof.document_id))
    return done(row)


@bp.route("/findings/<int:finding_id>/opinion/answer", methods=["GET", "POST"])
@requires(May.PERFORMANCE_EDIT)
def answer(finding_id: int) -> ResponseReturnValue:
    """What the other side answered, as it was."""
    row = locked(finding_id)
    request_ = standing(row)
    form = forms.AnswerForm(**first_time({"answered_on": today()}))
    if request.method == "GET" or not form.validate():
        return again(row, ANSWER, form)
    actions.record_answer(request_, form.words.data, on=form.answered_on.data)
    return done(row)


@bp.get("/findings/<int:finding_id>/opinion.<any(pdf, docx):form>")
@requires(May.CONTRACTS_READ)
def opinion_letter(finding_id: int, form: str) -> ResponseReturnValue:
    row = queries.seen(finding_id, viewer())
    request_ = standing(row)
    values = request_.letter or opinion_values(row, request_.said, today())
    letter = letter_of(actions.LETTER, values, request_.document_no, language())
    data = cast("bytes", rendered(letter, form))
    return attachment(data, f"{request_.document_no or _('draft')}.{form}", FILES[form])


def standing(row: Finding) -> OpinionRequest:
    """The hand-over of this finding, or 404 where there is none."""
    return queries.opinion_of(row.id, lock=request.method == "POST") or abort(404)
