"""Authorities to act for a lower union, as far as a test wants them."""

from dataclasses import replace
from datetime import date

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.acting.actions import Proposal
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_models import Ground
from tenants.db import db
from tests.contracts.world import at
from tests.world import Federation

INDUSTRY = Proposal(
    level="industry",
    scope_name="沙市区餐饮业",
    ground=Ground.UNORGANISED,
    ground_text="本行业尚未建立工会联合会，经走访核实",
    matters=("offer", "election", "chief"),
    from_on=date(2025, 3, 1),
    until_on=date(2025, 12, 31),
    handback_plan="年内成立行业工会联合会并培训代表",
    handback_due_on=date(2025, 11, 30),
    party="upper_union",
    industry="62",
    area="421002",
    principal_name="沙市区餐饮业职工",
    principal_email="workers@sector.example",
)


def of_enterprise(enterprise_id: int, **changed: object) -> Proposal:
    known = {
        "level": "enterprise", "enterprise_id": enterprise_id, "industry": None, "area": None,
        "ground": Ground.NO_UNION, "matters": ("offer", "election", "outsiders"),
        "party": "elected", "scope_name": "示例甲餐饮有限公司",
    }  # fmt: skip
    return replace(INDUSTRY, **{**known, **changed})  # type: ignore[arg-type]


def proposed(federation: Federation, said: Proposal = INDUSTRY, *, on: str = "2025-03-03") -> int:
    with federation.scope(at=at(on)):
        made = acting.propose(said, by_id=federation.officer.id)
        db.session.commit()
        return made.id


def approved(federation: Federation, said: Proposal = INDUSTRY, *, on: str = "2025-03-03") -> int:
    ident = proposed(federation, said, on=on)
    with federation.scope(at=at(on, 14), by=federation.approver):
        acting.approve(queries.get_authority(ident, lock=True), by_id=federation.approver.id)
        db.session.commit()
    return ident
