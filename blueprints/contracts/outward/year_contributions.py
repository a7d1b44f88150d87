"""How contracts are counted for an appraisal: handed in on time, and whom they cover."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, or_, select

from blueprints.appraisals.indicators import Item, Measure, Year, indicator
from blueprints.contracts.ground.filing_models import Filing
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.queries import membership_on
from blueprints.contracts.outward.answering import answers_for
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.queries import served_by
from tenants.clock import today
from tenants.db import db


@indicator(
    "filing",
    _l("Filing in time"),
    _l("Of the contracts whose time to file ended, those handed in by its last day"),
)
def filing(supervisor: Supervisor, year: Year) -> Measure:
    """Contracts out of cases in one's charge, and of single enterprises served on that day."""
    handed_in = (
        select(func.min(Filing.handed_in_on))
        .where(Filing.tenant_id == Contract.tenant_id, Filing.contract_id == Contract.id)
        .correlate(Contract)
        .scalar_subquery()
    )
    query = (
        select(Contract.id, Contract.name, Contract.file_due_on, handed_in.label("handed_in"))
        .where(
            Contract.file_due_on.between(year.first, year.last),
            or_(Contract.file_due_on < today(), handed_in.is_not(None)),
            answers_for(supervisor, Contract.file_due_on),
        )
        .order_by(Contract.file_due_on, Contract.id)
    )
    return Measure.counting([_filed(row) for row in db.session.execute(query)])


def _filed(row: Any) -> Item:
    note: Any = _l("not handed in")
    if row.handed_in is not None:
        note = _l("handed in on %(date)s", date=row.handed_in)
    in_time = row.handed_in is not None and row.handed_in <= row.file_due_on
    door = ("contracts.show", "contract_id", row.id)
    return Item(row.name, row.file_due_on, in_time, door, note)


@indicator(
    "contracts",
    _l("Contracts"),
    _l("Of the units served at the end, those that a contract in force covers"),
)
def contracts(supervisor: Supervisor, year: Year) -> Measure:
    """Each unit once, however many contracts bind it; the one that ends last is shown."""
    bound = membership_on(year.last).subquery()
    query = (
        select(Enterprise.id, Enterprise.name, Contract.id.label("contract_id"),
               Contract.name.label("contract"), Contract.effective_on)
        .outerjoin(bound, bound.c.enterprise_id == Enterprise.id)
        .outerjoin(
            Contract,
            and_(Contract.tenant_id == Enterprise.tenant_id, Contract.id == bound.c.contract_id),
        )
        .where(Enterprise.id.in_(served_by(supervisor.id, year.last)))
        .order_by(Enterprise.sort_key, Enterprise.id, Contract.term_to.desc(), Contract.id)
    )  # fmt: skip
    found: dict[int, Item] = {}
    for row in db.session.execute(query):
        found.setdefault(row.id, _covered(row))
    return Measure.counting(list(found.values()))


def _covered(row: Any) -> Item:
    if row.contract_id is None:
        door = ("registry.show", "enterprise_id", row.id)
        return Item(row.name, None, False, door, _l("no contract in force"))
    door = ("contracts.show", "contract_id", row.contract_id)
    return Item(row.name, row.effective_on, True, door, row.contract)
