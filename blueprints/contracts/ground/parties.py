"""Whom letters about a contract go to: the chiefs of both sides, and the enterprises it binds."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.queries import binding, members_of
from blueprints.offers.feedback.actions import Recipient
from blueprints.registry.models import EmployerAssociation, Enterprise, TradeUnion
from tenants.db import db
from tenants.federation import this_federation


def employer_side(contract: Contract, enterprise_id: int | None = None) -> Recipient:
    """The employers' chief: of the enterprise that is meant, else of the association."""
    ident = enterprise_id or contract.enterprise_id
    if ident is not None:
        firm = db.session.scalars(select(Enterprise).where(Enterprise.id == ident)).one()
        return Recipient(f"enterprise:{firm.id}", firm.name, firm.email)
    if contract.association_id is not None:
        body = db.session.scalars(
            select(EmployerAssociation).where(EmployerAssociation.id == contract.association_id)
        ).one()
        return Recipient(f"association:{body.id}", body.name, body.email)
    return Recipient(f"contract:{contract.id}:employers", contract.employer_side, None)


def worker_side(contract: Contract, enterprise_id: int | None = None) -> Recipient:
    """The workers' chief: the union that is party, else that of the enterprise, else on paper."""
    union_id = contract.union_id or union_of(enterprise_id or contract.enterprise_id)
    if union_id is not None:
        union = db.session.scalars(select(TradeUnion).where(TradeUnion.id == union_id)).one()
        return Recipient(f"union:{union.id}", union.name, union.email)
    return Recipient(f"contract:{contract.id}:workers", contract.worker_side, None)


def both_chiefs(contract: Contract, enterprise_id: int | None = None) -> Iterator[Recipient]:
    yield employer_side(contract, enterprise_id)
    yield worker_side(contract, enterprise_id)


def union_of(enterprise_id: int | None) -> int | None:
    if enterprise_id is None:
        return None
    return db.session.scalar(select(Enterprise.union_id).where(Enterprise.id == enterprise_id))


def enterprises_bound(contract: Contract, on: date) -> Sequence[Enterprise]:
    """The enterprises whose workers the contract covers on a day."""
    rows = db.session.execute(members_of(contract.id).where(*binding(on)).order_by(Enterprise.id))
    return [enterprise for _member, enterprise in rows]


def contact() -> dict[str, str]:
    """Who answers questions about a letter."""
    federation = this_federation()
    kept = federation.settings.get("contact", {})
    return {
        "contact_name": kept.get("name") or federation.name,
        "contact_phone": kept.get("phone") or "—",
        "contact_address": kept.get("address") or federation.name,
    }
