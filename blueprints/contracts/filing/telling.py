"""Telling that a contract is in force: every enterprise bound, and the upper union, once."""

from typing import Any

from sqlalchemy import case, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from blueprints.contracts.ground.contributions import when_effective
from blueprints.contracts.ground.membership_models import Membership, MembershipState
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.papers import letters
from blueprints.notices.actions import post, wake_worker
from blueprints.notices.messages import message_for
from blueprints.notices.models import Notice, NoticeState
from blueprints.registry.models import Enterprise, TradeUnion
from tenants.clock import now
from tenants.db import db

IN_FORCE, COPY = "contract_in_force", "contract_copy"


@when_effective
def tell_of_the_effect(contract: Contract) -> None:
    """The notice for the board goes out in one statement, however many are bound."""
    values = letters.common(contract)
    message = message_for(IN_FORCE, letters.IN_FORCE, open_slots=(), shared=values)
    address = func.nullif(func.btrim(Enterprise.email), "")
    rows = (
        select(
            Enterprise.tenant_id,
            literal(IN_FORCE),
            literal(Contract.__tablename__),
            literal(contract.id),
            func.concat("enterprise:", Enterprise.id),
            Enterprise.name,
            literal(message.id),
            address,
            case((address.is_(None), NoticeState.PAPER), else_=NoticeState.QUEUED),
            literal(now()),
            literal(now()),
        )
        .join(
            Membership,
            (Membership.tenant_id == Enterprise.tenant_id)
            & (Membership.enterprise_id == Enterprise.id),
        )
        .where(Membership.contract_id == contract.id, Membership.state == MembershipState.ACTIVE)
    )
    columns = [
        "tenant_id", "kind", "subject_kind", "subject_id", "recipient", "recipient_name",
        "message_id", "address", "state", "due_at", "created_at",
    ]  # fmt: skip
    db.session.execute(insert(Notice).from_select(columns, rows).on_conflict_do_nothing())
    _copy_to_the_upper_union(contract, values)
    wake_worker()


def _copy_to_the_upper_union(contract: Contract, values: dict[str, Any]) -> None:
    """The union above the one that bargained, where the register knows it."""
    own = select(TradeUnion.parent_id).where(TradeUnion.id == contract.union_id)
    upper = db.session.scalar(select(TradeUnion).where(TradeUnion.id.in_(own)))
    if upper is None:
        return
    post(
        COPY, subject=contract, recipient=f"union:{upper.id}", name=upper.name,
        address=upper.email, text_id=letters.IN_FORCE, values=values,
    )  # fmt: skip
