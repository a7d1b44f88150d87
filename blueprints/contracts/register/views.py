"""The contracts of a federation: the list, one contract with its clauses and papers."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.exports import contract_heads, contract_rows
from blueprints.contracts.ground.labels import GROUP_WORDS, KINDS, LEVELS, acts_for
from blueprints.contracts.register import lists
from blueprints.contracts.register.pages import WORDS, contract_page
from blueprints.registry.areas import city_of
from blueprints.registry.industries import divisions
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from blueprints.shared.tenancy import require
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("contracts", __name__, url_prefix="/<tenant>/contracts")


@bp.get("")
@requires(May.CONTRACTS_READ)
def index() -> ResponseReturnValue:
    """All contracts this person may see, the newest first."""
    asked = lists.Asked.of(request.args)
    leaf = lists.page_of(viewer(), asked, today=today())
    return page(
        "contracts/index.html",
        fragment="contracts/_list.html",
        asked=asked,
        page=leaf,
        total=lists.how_many(viewer(), asked, today=today()),
        bound=queries.bound_counts([row.id for row in leaf.rows], today()),
        groups=[(name, said(words)) for name, words in GROUP_WORDS.items()],
        kinds=[(name, said(words)) for name, words in KINDS.items()],
        levels=[(name, said(words)) for name, words in LEVELS.items()],
        areas=[(area.code, said(area.name)) for area in city_of(require().division).areas],
        industries=[(one.code, said(one.name)) for one in divisions().values()],
        words=WORDS,
        exports=export_links(),
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = lists.Asked.of(request.args)
    query = lists.contracts(viewer(), asked, today=today())
    order = (k.ordered for k in lists.order_of(asked.sort))
    rows = db.session.execute(query.order_by(*order)).all()
    bound = queries.bound_counts([row.id for row in rows], today())
    return sheet(kind, _("Collective contracts"), contract_heads(), contract_rows(rows, bound))


@bp.get("/<int:contract_id>")
@requires(May.CONTRACTS_READ)
def show(contract_id: int) -> ResponseReturnValue:
    """One contract: parties, clauses, members, filing, publication, and what can be done."""
    contract = queries.seen(contract_id, viewer())
    return render_template("contracts/show.html", **contract_page(contract, viewer()))


@bp.app_template_global("acted_for")
def acted_for(row: Any) -> Text | None:
    """«On behalf of …» for a contract or a row with its two columns; None where it is not so."""
    return acts_for(row.acting_mode, row.on_behalf_of)


def export_links() -> list[tuple[str, str]]:
    """The sheets of this very list, for those who may take it away."""
    if not viewer().may(May.CONTRACTS_EXPORT):
        return []
    return [
        (kind.upper(), same_questions(url_for(".export", kind=kind))) for kind in ("xlsx", "csv")
    ]
