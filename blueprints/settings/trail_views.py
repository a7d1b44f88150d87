"""The trail (操作留痕) on screen, and the proof that nobody has altered it."""

import json
from functools import cache
from typing import Any

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.settings import trail_queries as queries
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires
from blueprints.shared.htmx import page
from blueprints.shared.throttle import throttle
from blueprints.shared.trail import words
from tenants import trail
from tenants.roles import May

bp = Blueprint("trail", __name__, url_prefix="/<tenant>/trail")
PAGES = {  # the page of a subject, by its kind; the one argument it takes is its id
    "campaign": "campaigns.show",
    "employer_association": "associations.show",
    "enterprise": "registry.show",
    "import_run": "imports.show",
    "notice": "notices.show",
    "offer": "offers.show",
    "trade_union": "unions.show",
    "user": "users.show",
}


@bp.get("")
@requires(May.TRAIL_READ)
def index() -> ResponseReturnValue:
    wanted = queries.Wanted.from_args(request.args)
    return page(
        "settings/trail/index.html",
        fragment="settings/trail/_list.html",
        wanted=wanted,
        page=queries.listing(wanted, cursor=request.args.get("cursor")),
        words=words,
        address_of=address_of,
    )


@bp.get("/export.<any(xlsx, csv):form>")
@requires(May.TRAIL_READ)
def export(form: str) -> ResponseReturnValue:
    heads = [
        _("Number"), _("Time"), _("Who"), _("Did what"), _("To what"), _("Id"), _("Details"),
        _("Fingerprint"),
    ]  # fmt: skip
    # A long trail says the same few words many times: each is looked up once.
    who, did, what = map(cache, (words.actor_words, words.verb_words, words.kind_words))
    rows = (
        (
            row.seq, row.at, who(row.actor), did(row.verb), what(row.subject_kind), row.subject_id,
            json.dumps(row.payload, ensure_ascii=False) if row.payload else None, row.hash,
        )
        for row in queries.for_export(queries.Wanted.from_args(request.args))
    )  # fmt: skip
    return sheet(form, str(_("Audit trail")), heads, rows)


@bp.get("/verification")
@requires(May.TRAIL_READ)
def verification() -> ResponseReturnValue:
    """Walk the whole chain, and say what was found."""
    throttle("10/minute", "trail-verification")
    return page(
        "settings/trail/verification.html",
        fragment="settings/trail/_verdict.html",
        verdict=trail.verify(),
    )


def address_of(kind: str, ident: int) -> str:
    """Where the subject of a line is shown; "" where it has no page."""
    endpoint = PAGES.get(kind, "")
    if endpoint not in current_app.view_functions:
        return ""
    rule = next(iter(current_app.url_map.iter_rules(endpoint)))
    names = sorted(rule.arguments - {"tenant"})
    asked: dict[str, Any] = dict.fromkeys(names, ident)
    return url_for(endpoint, **asked) if len(asked) == 1 else ""
