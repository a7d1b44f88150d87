"""The teams' room: where a representative reads what was handed over. The link is the key."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.labels import SIDES
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import Representative
from blueprints.bargaining.information import actions as info
from blueprints.bargaining.information import undertakings
from blueprints.bargaining.information.forms import ConfirmationForm
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires
from blueprints.shared.languages import said
from blueprints.shared.throttle import throttle
from rules.broken import RuleBroken
from tenants.acting import Actor, acting
from tenants.db import db
from tenants.files import open_document
from tenants.models import Document
from tenants.roles import May

bp = Blueprint("team_room", __name__, url_prefix="/<tenant>/team-room")
TRIES = "120/minute"


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """What was asked for and what came; a secret file only under an undertaking in force."""
    throttle(TRIES, "team-room")
    found = info.behind_room(token)
    if found is None:
        return nobodys()
    return room_page(*found, token, ConfirmationForm(formdata=None))


@bp.post("/<token>/undertaking")
@requires(May.ANYONE)
def confirm(token: str) -> ResponseReturnValue:
    """Put one's name to the text of the undertaking, or say beside the form why not."""
    throttle(TRIES, "team-room")
    found = info.behind_room(token)
    if found is None:
        return nobodys()
    case, one = found
    form = ConfirmationForm()
    if not form.validate() or not confirmed(case, one, form):
        return room_page(case, one, token, form), 422
    db.session.commit()
    return redirect(url_for(".show", token=token), 303)


@bp.get("/<token>/files/<int:item_id>")
@requires(May.ANYONE)
def file(token: str, item_id: int) -> ResponseReturnValue:
    throttle(TRIES, "team-room")
    found = info.behind_room(token)
    if found is None:
        return nobodys()
    case, one = found
    item = info.get_item(case, item_id) or abort(404)
    promise = undertakings.undertakings_of(case.id).get(one.id)
    if item.document_id is None or not undertakings.may_read(item, promise):
        abort(404)
    document = db.session.get_one(Document, (case.tenant_id, item.document_id))
    return attachment(open_document(document), document.name, document.media_type)


def confirmed(case: BargainingCase, one: Representative, form: ConfirmationForm) -> bool:
    try:
        with acting(Actor(one.name)):
            undertakings.confirm(case, one, form.name.data or "", form.seen.data or "")
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(said(broken.text))
        return False
    return True


def room_page(case: BargainingCase, one: Representative, token: str, form: ConfirmationForm) -> str:
    promise = undertakings.undertakings_of(case.id).get(one.id)
    form.seen.data = (promise.text_sha256 or "") if promise else ""
    return render_template(
        "bargaining/team_room.html", case=case, one=one, token=token, promise=promise, sides=SIDES,
        form=form, holds=undertakings.in_force(promise),
        requests=info.requests_of(case.id), items=info.items_of(case.id),
        may_read=lambda item: undertakings.may_read(item, promise), side=queries.side_of(one),
    )  # fmt: skip


def nobodys() -> ResponseReturnValue:
    return render_template("bargaining/no_such_round.html"), 404
