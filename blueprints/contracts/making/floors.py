"""The floor an industry contract lays under an enterprise's own: clause by clause."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.contracts.ground import clocks, queries
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract, ContractClause, Reach
from blueprints.contracts.making.drawing import Line
from blueprints.rulebook import queries as rulebook
from rules.findings import Finding, require
from rules.floors import Amount, against_industry
from tenants.db import db


def floors_above(enterprise_id: int, on: date) -> Sequence[Any]:
    """The measured clauses of industry and regional contracts that bind an enterprise on a day."""
    bound = queries.membership_on(on).where(
        Membership.enterprise_id == enterprise_id, Contract.level != Reach.ENTERPRISE
    )
    ids = select(bound.subquery().c.contract_id)
    query = (
        select(ContractClause, Contract)
        .join(Contract, Contract.id == ContractClause.contract_id)
        .where(ContractClause.contract_id.in_(ids), ContractClause.amount.is_not(None))
        .order_by(ContractClause.contract_id, ContractClause.position)
    )
    return db.session.execute(query).all()


def floor_findings(
    enterprise_id: int, lines: Sequence[Line | ContractClause], on: date, kind: str
) -> list[Finding]:
    """Clause by clause: what of an enterprise contract lies below what binds it already.

    Above the industry's floor an enterprise may agree what it likes; below it nothing stands.
    """
    rule = rulebook.book(on).rule("industry.hierarchy", kind)
    own = [found for one in lines if (found := _amount(one)) is not None]
    above: dict[str, Amount] = {}
    for clause, _contract in floors_above(enterprise_id, on):
        floor = _amount(clause)
        if floor is None:
            continue
        standing = above.get(floor.subject)
        if standing is None or (floor.unit == standing.unit and floor.amount > standing.amount):
            above[floor.subject] = floor
    return against_industry(own, above.values(), rule)


def demand_above_floor(contract: Contract, on: date) -> None:
    """Refuse an enterprise contract that goes below the industry's; other levels have no floor."""
    if contract.level != Reach.ENTERPRISE or contract.enterprise_id is None:
        return
    lines = queries.clauses(contract)
    require(floor_findings(contract.enterprise_id, lines, on, clocks.law_kind(contract)))


# Hours of overtime are a cap: less is better for the workers, so they are not held to a floor.
CAPS = {"overtime_hours"}


def _amount(line: Line | ContractClause) -> Amount | None:
    if line.amount is None or line.unit is None or line.measure in CAPS:
        return None
    whom = "，".join(part for part in (line.trade, line.grade) if part)
    subject = line.subject or line.title
    return Amount(f"{subject}（{whom}）" if whom else subject, line.amount, line.unit)
