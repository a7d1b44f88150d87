"""The caught mail (/mail): what would have gone out, shown while the house runs as a demo."""

from itertools import islice
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.mailbox import caught
from blueprints.shared.guards import requires
from blueprints.shared.htmx import page
from tenants.roles import May
from tenants.settings import Settings

bp = Blueprint("mailbox", __name__, url_prefix="/mail")
SIZE = 50


@bp.before_request
def only_as_a_demo() -> None:
    """Everybody's mail lies here, of all federations: a service in earnest has no such page."""
    if not current_app.config["DEMO_MODE"]:
        abort(404)


@bp.get("")
@requires(May.ANYONE)
def index() -> ResponseReturnValue:
    """The newest mails, or those to one recipient."""
    asked = request.args.get("to", "")[:200]
    after = request.args.get("after", "")
    found = caught.matching(folder(), asked)
    names = list(islice((name for name in found if not after or name < after), SIZE + 1))
    return page(
        "mailbox/index.html",
        fragment="mailbox/_list.html",
        asked=asked,
        mails=[caught.entry(folder(), name) for name in names[:SIZE]],
        following=names[SIZE - 1] if len(names) > SIZE else None,
        total=len(caught.names(folder())),
    )


@bp.get("/<name>")
@requires(May.ANYONE)
def show(name: str) -> ResponseReturnValue:
    """One mail, as text whatever it was."""
    mail = caught.read(folder(), name) or abort(404)
    return render_template("mailbox/show.html", mail=mail)


def folder() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.instance / "mail"
