"""How somebody acts in what follows a contract: in the same capacity, by an authority given anew.

An authority is decided for one case. What follows begins as the contract it follows was bargained,
unless the lower union has taken its right back, and says that the decision must be made again.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.contracts.ground.acting_models import ActingAuthority, AuthorityState
from blueprints.contracts.ground.models import Contract, Reach
from blueprints.contracts.ground.queries import ACTED
from blueprints.offers.ground.models import ActingMode
from blueprints.registry.models import TradeUnion
from rules.words import Text
from tenants.db import db

TAKEN_BACK = (AuthorityState.REVOKED, AuthorityState.HANDED_BACK)


@dataclass(frozen=True)
class Capacity:
    """In which capacity the workers' side begins, and what has to be said about it."""

    mode: ActingMode
    upper_union_id: int | None = None
    words: Text | None = None


def capacity_of(contract: Contract) -> Capacity:
    """That of the contract; its own where the lower union acts again, or nobody knows who acted."""
    mode = ActingMode(contract.acting_mode)
    if mode == ActingMode.OWN:
        return Capacity(mode)
    upper_id = _upper_union(contract)
    if mode not in ACTED:
        return Capacity(mode, upper_id)
    before = authority_behind(contract)
    if before is not None and before.state in TAKEN_BACK:
        return Capacity(ActingMode.OWN, None, _acts_again(before))
    if upper_id is None:
        return Capacity(ActingMode.OWN, None, _nobody_named(contract))
    return Capacity(mode, upper_id, anew(contract, before))


def authority_behind(contract: Contract) -> ActingAuthority | None:
    """By what right the contract was bargained for somebody; None where it was not on record."""
    if contract.acting_authority_id is None:
        return None
    return db.session.scalar(
        select(ActingAuthority).where(ActingAuthority.id == contract.acting_authority_id)
    )


def anew(contract: Contract, before: ActingAuthority | None) -> Text:
    """That the right must be given once more, beside the one that was for the earlier case."""
    who = contract.on_behalf_of or contract.worker_side
    number = before.document_no if before else None
    zh = f"原决定{number}只及于上一份合同" if number else "上一份合同没有登记代行决定"
    en = (
        f"decision {number} was for the earlier contract only"
        if number
        else "no decision is on record for the earlier contract"
    )
    return Text(
        f"沿用上代下（上参下），代{who}；{zh}，签订前须重新办理审批。",
        f"An upper union acts again, on behalf of {who}; {en}: have it approved anew before "
        "anything is signed.",
    )


def known_for(case: BargainingCase, before: ActingAuthority | None) -> dict[str, Any]:
    """What a proposal for this case begins with: the case, and the decision before it."""
    known: dict[str, Any] = {
        "case_id": case.id, "level": case.level, "industry": case.industry or "",
        "area": case.area or "", "scope_name": case.territory or case.name,
        "mode": case.acting_mode if case.acting_mode in ACTED else ActingMode.UPPER_ACTS,
        "acting_union_id": case.upper_union_id or 0, "principal_id": case.union_id or 0,
        "party": "elected" if case.level == Reach.ENTERPRISE else "upper_union",
    }  # fmt: skip
    if before is None:
        return known
    kept = (
        "scope_name", "principal_name", "principal_email", "ground", "ground_text", "matters",
        "party", "handback_plan",
    )  # fmt: skip
    ids = ("principal_id", "enterprise_id")
    return {
        **known,
        **{name: getattr(before, name) for name in kept},
        **{name: getattr(before, name) or 0 for name in ids},
    }


def _upper_union(contract: Contract) -> int | None:
    """The union that acted: of the case, else of the decision, else by its name on the register."""
    of_case = db.session.scalar(
        select(BargainingCase.upper_union_id).where(BargainingCase.id == contract.case_id)
    )
    before = authority_behind(contract)
    if found := of_case or (before.acting_union_id if before else None):
        return found
    return db.session.scalar(
        select(TradeUnion.id)
        .where(TradeUnion.name == contract.acting_name, TradeUnion.status == "active")
        .order_by(TradeUnion.id)
        .limit(1)
    )


def _acts_again(before: ActingAuthority) -> Text:
    return Text(
        f"{before.principal_name}已收回或者接回协商，由其自行协商。",
        f"{before.principal_name} has taken the bargaining back and bargains for itself.",
    )


def _nobody_named(contract: Contract) -> Text:
    who = contract.acting_name or contract.worker_side
    return Text(
        f"上一份合同由{who}代为协商，名册中没有该工会；请登记后在项目中写明，并重新办理审批。",
        f"{who} bargained for the earlier contract but is not on the register; register it, name "
        "it in the case, and have its authority approved anew.",
    )
