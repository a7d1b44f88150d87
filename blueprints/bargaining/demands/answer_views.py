"""Where workers and enterprises say what they want: no account, the link is the key."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.bargaining.demands import actions as demands
from blueprints.bargaining.demands.forms import AnswerForm
from blueprints.bargaining.ground.demand_models import Audience, DemandCall
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.guards import requires
from blueprints.shared.throttle import throttle
from tenants.db import db
from tenants.roles import May

bp = Blueprint("demands", __name__, url_prefix="/<tenant>/demands")
TRIES = "120/hour"  # a canteen shares one address


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """What is asked, and that nobody will know who answered."""
    found = demands.call_behind(token)
    if found is None:
        return render_template("bargaining/no_such_round.html"), 404
    call, audience = found
    return answer_page(call, audience, AnswerForm(formdata=None, call=call, audience=audience))


@bp.post("/<token>")
@requires(May.ANYONE)
def create(token: str) -> ResponseReturnValue:
    """Take the answer in; a round that is over says so and takes none."""
    throttle(TRIES, "demands")
    found = demands.call_behind(token)
    if found is None:
        return render_template("bargaining/no_such_round.html"), 404
    call, audience = found
    form = AnswerForm(call=call, audience=audience)
    weights = form.weights(request.form)
    if not demands.takes_answers(call):
        return answer_page(call, audience, form), 409
    if not form.validate() or not (weights or form.words.data):
        return answer_page(call, audience, form, empty=True), 422
    demands.answer(
        call, audience, weights,
        trade=form["trade"].data if "trade" in form else None,
        words=form.words.data,
        said_by=form["said_by"].data if "said_by" in form else None,
    )  # fmt: skip
    db.session.commit()
    return render_template("bargaining/answered.html", call=call)


def answer_page(
    call: DemandCall, audience: Audience, form: AnswerForm, *, empty: bool = False
) -> str:
    case = db.session.get_one(BargainingCase, (call.tenant_id, call.case_id))
    return render_template(
        "bargaining/answer.html", call=call, case=case, form=form,
        anonymous=audience == Audience.WORKERS, open=demands.takes_answers(call), empty=empty,
        typed=request.form,
    )  # fmt: skip
