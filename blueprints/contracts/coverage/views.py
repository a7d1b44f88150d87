"""Who is really covered on a day: by area, by industry, by kind, those acted for apart."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.coverage import queries
from blueprints.contracts.coverage.pages import firm_heads, firm_rows, page_of
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from tenants.clock import today
from tenants.roles import May

bp = Blueprint("coverage", __name__, url_prefix="/<tenant>/coverage")


@bp.get("")
@requires(May.CONTRACTS_READ)
def index() -> ResponseReturnValue:
    """Distinct enterprises and workers, valid on the day asked for."""
    asked = queries.Asked.of(request.args, today())
    return render_template("coverage/index.html", **page_of(asked, viewer()))


@bp.get("/enterprises")
@requires(May.CONTRACTS_READ)
def enterprises() -> ResponseReturnValue:
    """The enterprises behind a figure, each once."""
    asked = queries.Asked.of(request.args, today())
    return render_template(
        "coverage/enterprises.html", page=queries.page_of(asked, viewer()),
        **page_of(asked, viewer(), figures=False),
    )  # fmt: skip


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    """The enterprises covered on the day, as a sheet."""
    asked = queries.Asked.of(request.args, today())
    name = _("Covered on %(day)s", day=asked.on.isoformat())
    return sheet(kind, name, firm_heads(), firm_rows(queries.for_export(asked, viewer())))
