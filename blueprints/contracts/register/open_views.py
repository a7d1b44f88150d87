"""What anybody reads who scans the code on the board: a contract in plain words, and its text."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.models import TOOK_EFFECT, Contract
from blueprints.contracts.register import open_pages
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires
from tenants.roles import May

bp = Blueprint("open_contracts", __name__, url_prefix="/<tenant>/c")


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """Pay first, then the rest, who is covered, and what to do if it is not done."""
    asked = request.args.get("firm", "").strip()[:60]
    contract = opened(token)
    return render_template("contracts/open.html", **open_pages.page_of(contract, asked))


@bp.get("/<token>/text")
@requires(May.ANYONE)
def whole_text(token: str) -> ResponseReturnValue:
    """The exact text, as it was signed and filed."""
    contract = opened(token)
    return attachment(contract.text.encode(), f"{contract.document_no}.txt", "text/plain")


def opened(token: str) -> Contract:
    """A contract that took effect; before that, nobody outside reads it."""
    contract = queries.contract_behind(token)
    return contract if contract is not None and contract.state in TOOK_EFFECT else abort(404)
