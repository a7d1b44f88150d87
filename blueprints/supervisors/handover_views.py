"""Handovers: proposed, read, accepted or declined by the one who takes over, withdrawn."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_pgettext as _p
from wtforms import TextAreaField
from wtforms.validators import Length

from blueprints.shared.forms import Form, strip
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.trail.words import history
from blueprints.supervisors import handovers as ledger
from blueprints.supervisors import labels, queries
from blueprints.supervisors.plan_models import Handover
from blueprints.supervisors.views import bp
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tenants.roles import May

VERBS = "<any(accept, decline):event>"


class AnswerForm(Form):
    """What whoever takes over says; a refusal needs its reason."""

    answer = TextAreaField(_p("handover", "Your answer"), [Length(max=500)], filters=[strip])


@bp.get("/handovers")
@requires(May.SUPERVISORS_READ)
def handovers() -> ResponseReturnValue:
    """All handovers, with what waits first to be answered."""
    state = request.args.get("state", "")
    return page(
        "supervisors/handovers.html",
        fragment="supervisors/_handovers.html",
        page=ledger.listing(state=state, cursor=request.args.get("cursor")),
        state=state,
        states=labels.HANDOVERS,
        own=False,
    )


@bp.get("/handovers/mine")
@requires(May.SUPERVISORS_OWN)
def my_handovers() -> ResponseReturnValue:
    """What this supervisor is asked to take over, and has given away."""
    state = request.args.get("state", "")
    found = ledger.listing(state=state, user_id=viewer().id, cursor=request.args.get("cursor"))
    return page(
        "supervisors/handovers.html",
        fragment="supervisors/_handovers.html",
        page=found,
        state=state,
        states=labels.HANDOVERS,
        own=True,
    )


@bp.get("/handovers/<int:handover_id>")
@requires(May.SUPERVISORS_READ)
def handover(handover_id: int) -> ResponseReturnValue:
    return one_page(ledger.get(handover_id), AnswerForm(formdata=None), own=False)


@bp.get("/handovers/mine/<int:handover_id>")
@requires(May.SUPERVISORS_OWN)
def my_handover(handover_id: int) -> ResponseReturnValue:
    """What is handed over, and the note; for the one who is asked, and nobody else."""
    found = ledger.get(handover_id, taker=viewer().id)
    return one_page(found, AnswerForm(formdata=None), own=True)


@bp.post(f"/handovers/mine/<int:handover_id>/{VERBS}")
@requires(May.SUPERVISORS_OWN)
def answer_handover(handover_id: int, event: str) -> ResponseReturnValue:
    """Accept or decline, oneself."""
    found = ledger.get(handover_id, lock=True, taker=viewer().id)
    return answered(found, event, own=True)


@bp.post(f"/handovers/<int:handover_id>/{VERBS}")
@requires(May.SUPERVISORS_ASSIGN)
def record_answer(handover_id: int, event: str) -> ResponseReturnValue:
    """Record what the other supervisor answered by word of mouth; the trail says who did."""
    return answered(ledger.get(handover_id, lock=True), event, own=False)


@bp.post("/handovers/<int:handover_id>/withdrawal")
@requires(May.SUPERVISORS_ASSIGN)
def withdraw_handover(handover_id: int) -> ResponseReturnValue:
    ledger.withdraw(ledger.get(handover_id, lock=True), by_id=viewer().id)
    db.session.commit()
    flash(_("The handover is withdrawn."), "ok")
    return moved(url_for(".handovers"))


def answered(found: Handover, event: str, *, own: bool) -> ResponseReturnValue:
    form = AnswerForm()
    act = ledger.accept if event == "accept" else ledger.decline
    ident = found.id
    try:
        if form.validate():
            act(found, form.answer.data or "", by_id=viewer().id)
            db.session.commit()
            flash(_("The answer is recorded."), "ok")
            where = ".my_handovers" if own else ".handovers"
            return moved(url_for(where))
    except RuleBroken as broken:
        db.session.rollback()
        form.answer.errors = [said(broken.text)]
    return one_page(ledger.get(ident), form, own=own), 422


def one_page(found: Handover, form: AnswerForm, *, own: bool) -> str:
    context: dict[str, Any] = {
        "handover": found,
        "form": form,
        "own": own,
        "giver": queries.get_supervisor(found.giver_id),
        "taker": queries.get_supervisor(found.taker_id),
        "enterprises": ledger.enterprises_of(found),
        "states": labels.HANDOVERS,
        "history": history(trail.of(found, newest=20)),
    }
    return render_template("supervisors/handover_show.html", **context)
