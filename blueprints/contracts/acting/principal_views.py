"""The principal's own page: who acts for it, in what, until when; to object, or to take it back."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.acting.forms import PrincipalForm
from blueprints.contracts.acting.pages import WORDS
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_models import ActingAuthority
from blueprints.shared.guards import requires
from rules.acting import PATH
from tenants.db import db
from tenants.roles import May

bp = Blueprint("principal", __name__, url_prefix="/<tenant>/acting-for-us")


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """The token of the letter is the key; no account is needed."""
    return shown(found(token), PrincipalForm(formdata=None))


@bp.post("/<token>/objection")
@requires(May.ANYONE)
def create_objection(token: str) -> ResponseReturnValue:
    """It stands as it was written; a leader must answer it."""
    authority, form = found(token, lock=True), PrincipalForm()
    if not form.validate():
        return shown(authority, form), 422
    acting.object_to(authority, form.words.data, name=form.name.data)
    db.session.commit()
    return shown(authority, PrincipalForm(formdata=None), done="objection")


@bp.post("/<token>/revocation")
@requires(May.ANYONE)
def create_revocation(token: str) -> ResponseReturnValue:
    """It ends today. What was signed before stays valid."""
    authority, form = found(token, lock=True), PrincipalForm()
    if not form.validate():
        return shown(authority, form), 422
    acting.revoke(authority, form.words.data, by=form.name.data)
    db.session.commit()
    return shown(authority, PrincipalForm(formdata=None), done="revocation")


def found(token: str, *, lock: bool = False) -> ActingAuthority:
    return queries.authority_behind(token, lock=lock) or abort(404)


def shown(authority: ActingAuthority, form: PrincipalForm, done: str = "") -> str:
    return render_template(
        "acting/principal.html", authority=authority, form=form, done=done, words=WORDS, path=PATH
    )
