"""The two sides of a dispute: what each is called, and who hears of it for each."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import Side
from blueprints.registry.models import EmployerAssociation, Enterprise, TradeUnion
from tenants.db import db


class Ear(NamedTuple):
    """Somebody who is told: the key of the recipient, the name on the letter, the address."""

    recipient: str
    name: str
    address: str | None


def ears_of(case: BargainingCase) -> list[Ear]:
    """Both sides: the chief of each; where there is none yet, whom the chief would speak for."""
    return [ear for side in Side for ear in _ears(case, side)]


def _ears(case: BargainingCase, side: Side) -> Iterator[Ear]:
    if (chief := queries.chief_of(case.id, side)) is not None:
        yield Ear(f"representative:{chief.id}", chief.name, chief.email)
    elif (body := _body_of(case, side)) is not None:
        kind = "union" if isinstance(body, TradeUnion) else "association"
        yield Ear(f"{kind}:{body.id}", body.name, body.email)
    elif side == Side.EMPLOYER:
        for firm in _firms(case):
            yield Ear(f"enterprise:{firm.id}", firm.name, firm.email)


def name_of_side(case: BargainingCase, side: Side) -> str | None:
    """The union or the association; for a single enterprise its name; None for the pen."""
    if (body := _body_of(case, side)) is not None:
        return body.name
    firms = queries.enterprises_of(case.id)
    if len(firms) != 1:
        return None
    return firms[0].name if side == Side.EMPLOYER else f"{firms[0].name}职工方"


def _body_of(case: BargainingCase, side: Side) -> TradeUnion | EmployerAssociation | None:
    """Who stands behind a side as a body, where the case names one."""
    if side == Side.EMPLOYER:
        ident = case.employer_association_id
        return db.session.get(EmployerAssociation, (case.tenant_id, ident)) if ident else None
    ident = case.union_id or case.upper_union_id
    return db.session.get(TradeUnion, (case.tenant_id, ident)) if ident else None


def _firms(case: BargainingCase) -> list[Enterprise]:
    ids = [row.enterprise_id for row in queries.enterprises_of(case.id)]
    query = select(Enterprise).where(Enterprise.id.in_(ids)).order_by(Enterprise.id)
    return list(db.session.scalars(query))
