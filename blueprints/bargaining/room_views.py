"""The teams' room: where a representative reads what was handed over. The link is the key."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from blueprints.bargaining import info_actions as info
from blueprints.bargaining import queries
from blueprints.bargaining.labels import SIDES
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires
from blueprints.shared.throttle import throttle
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
        return render_template("bargaining/no_such_round.html"), 404
    case, one = found
    promise = info.undertakings_of(case.id).get(one.id)
    return render_template(
        "bargaining/team_room.html", case=case, one=one, token=token, promise=promise, sides=SIDES,
        requests=info.requests_of(case.id), items=info.items_of(case.id),
        may_read=lambda item: info.may_read(item, promise), side=queries.side_of(one),
    )  # fmt: skip


@bp.get("/<token>/files/<int:item_id>")
@requires(May.ANYONE)
def file(token: str, item_id: int) -> ResponseReturnValue:
    throttle(TRIES, "team-room")
    found = info.behind_room(token)
    if found is None:
        return render_template("bargaining/no_such_round.html"), 404
    case, one = found
    item = info.get_item(case, item_id) or abort(404)
    promise = info.undertakings_of(case.id).get(one.id)
    if item.document_id is None or not info.may_read(item, promise):
        abort(404)
    document = db.session.get_one(Document, (case.tenant_id, item.document_id))
    return attachment(open_document(document), document.name, document.media_type)
