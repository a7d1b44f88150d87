"""The cases of a federation: the list, and the page of one with everything its parts hand in."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases import lists
from blueprints.bargaining.cases.exports import case_heads, case_rows
from blueprints.bargaining.cases.pages import case_page
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.labels import KINDS, LEVELS, state_label, state_look
from blueprints.offers.ground.labels import ACTING_MODES
from blueprints.offers.ground.lists import campaigns_with_offers
from blueprints.registry.areas import area_name, city_of
from blueprints.registry.industries import industry_name
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from blueprints.shared.read_once import reading
from blueprints.shared.tenancy import require
from blueprints.supervisors.queries import still_here
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("cases", __name__, url_prefix="/<tenant>/cases")
LIST_WORDS = {
    "levels": LEVELS,
    "kinds": KINDS,
    "modes": ACTING_MODES,
    "state": state_label,
    "look": state_look,
    "area": area_name,
    "industry": industry_name,
}


@bp.get("")
@requires(May.CASES_READ)
def index() -> ResponseReturnValue:
    """All cases this person may see, the newest first."""
    asked = lists.Asked.of(request.args)
    leaf = lists.page_of(viewer(), asked)
    return page(
        "bargaining/index.html",
        fragment="bargaining/_list.html",
        asked=asked,
        page=leaf,
        total=lists.how_many(viewer(), asked),
        sizes=lists.sizes([row.id for row in leaf.rows]),
        words=LIST_WORDS,
        exports=export_links(),
        **choices(),
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CASES_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = lists.Asked.of(request.args)
    order = (key.ordered for key in lists.order_of(asked.sort))
    rows = db.session.execute(lists.cases(viewer(), asked).order_by(*order)).all()
    return sheet(kind, _("Cases"), case_heads(), case_rows(rows, lists.sizes([r.id for r in rows])))


@bp.get("/<int:case_id>")
@requires(May.CASES_READ)
def show(case_id: int) -> ResponseReturnValue:
    """One case: where it stands, what can be done, and what every part of it has to show."""
    case = queries.seen(case_id, viewer())
    with reading():
        return render_template("bargaining/show.html", **case_page(case, viewer()))


def choices() -> dict[str, Any]:
    """What the filters of the list offer."""
    return {
        "campaigns": campaigns_with_offers(),
        "areas": [(area.code, said(area.name)) for area in city_of(require().division).areas],
        "supervisors": still_here(today()) if viewer().may(May.SUPERVISORS_READ) else [],
    }


def export_links() -> list[tuple[str, str]]:
    """The sheets of this very list, for those who may take it away."""
    if not viewer().may(May.CASES_EXPORT):
        return []
    return [
        (kind.upper(), same_questions(url_for(".export", kind=kind))) for kind in ("xlsx", "csv")
    ]
