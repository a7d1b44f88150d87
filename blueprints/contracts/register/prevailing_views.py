"""The page that says which contract holds for one enterprise, clause by clause."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from blueprints.contracts.register.pages import WORDS
from blueprints.contracts.register.prevailing import matters
from blueprints.contracts.register.views import bp
from blueprints.registry.queries import get_enterprise
from blueprints.shared.guards import requires, viewer
from tenants.clock import today
from tenants.roles import May


@bp.get("/enterprises/<int:enterprise_id>")
@requires(May.CONTRACTS_READ)
def prevailing(enterprise_id: int) -> ResponseReturnValue:
    """Special before comprehensive; the enterprise's own only above the industry's floor."""
    enterprise = get_enterprise(enterprise_id, viewer(), permission=May.CONTRACTS_READ)
    on = asked_day()
    return render_template(
        "contracts/prevailing.html", enterprise=enterprise, on=on,
        matters=matters(enterprise.id, on), words=WORDS,
    )  # fmt: skip


def asked_day() -> date:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today()
