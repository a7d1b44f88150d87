"""How cases are counted for an appraisal: which ended in the year, and which with a signature."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, or_, select

from blueprints.appraisals.indicators import Item, Measure, Year, indicator
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import Signing, SigningState
from blueprints.supervisors.models import Supervisor
from tenants.db import db


@indicator(
    "cases",
    _l("Cases to signature"),
    _l("Of the cases in one's charge that ended in the year or come from an earlier one, those "
       "signed in it"),
)  # fmt: skip
def cases(supervisor: Supervisor, year: Year) -> Measure:
    """A case opened in the year and still running is no failure yet and is left out."""
    one = BargainingCase
    signed_before = and_(Signing.signed_on.is_not(None), Signing.signed_on < year.first)
    signed = Signing.signed_on.between(year.first, year.last)
    closed = one.closed_on.between(year.first, year.last)
    runs_on = and_(
        one.opened_on < year.first, or_(one.closed_on.is_(None), one.closed_on > year.last)
    )
    query = (
        select(one.id, one.name, one.opened_on, one.closed_on, Signing.signed_on)
        .outerjoin(
            Signing,
            and_(
                Signing.tenant_id == one.tenant_id,
                Signing.case_id == one.id,
                Signing.state == SigningState.SIGNED,
            ),
        )
        .where(
            one.supervisor_id == supervisor.id,
            or_(signed, and_(Signing.id.is_(None) | ~signed_before, or_(closed, runs_on))),
        )
        .order_by(one.opened_on, one.id)
    )
    return Measure.counting([_item(row, year) for row in db.session.execute(query)])


def _item(row: Any, year: Year) -> Item:
    door = ("cases.show", "case_id", row.id)
    if row.signed_on is not None and row.signed_on <= year.last:
        return Item(row.name, row.signed_on, True, door, _l("signed"))
    if row.closed_on is not None and row.closed_on <= year.last:
        return Item(row.name, row.closed_on, False, door, _l("ended without a contract"))
    return Item(row.name, row.opened_on, False, door, _l("still running"))
