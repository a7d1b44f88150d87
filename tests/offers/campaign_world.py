"""A federation with unions and enterprises of every standing, and campaigns at every step."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from blueprints.offers.campaigns import actions as campaigns
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.actions import register_enterprise
from blueprints.registry.models import Enterprise
from blueprints.registry.union_actions import found_union
from tenants.clock import today
from tenants.db import db
from tests.offers.world import ISSUED, TOPICS, _codes
from tests.world import Federation

LETTER = {
    "contact_name": "王某某",
    "contact_phone": "0716-0000000",
    "contact_address": "示范路1号",
    "acting_decision_no": "示工代〔2026〕3号",
    "acting_matters": "发出要约、跟踪答复、指导推举协商代表",
    "acting_from": "2026-03-01",
    "acting_until": "2026-12-31",
}


@dataclass
class Town:
    """The ids of who lives there."""

    upper: int
    sector: int
    county: int
    able: int
    weak: int
    bare: int
    far: int
    shop: int


def firm(name: str, **facts: object) -> Enterprise:
    given = {
        "name": name,
        "credit_code": next(_codes),
        "area": "421002",
        "industries": ["62"],
        "email": None,
        "union_id": None,
        "headcount": 30,
    }
    return register_enterprise({**given, **facts}, today=today())


def settled(federation: Federation) -> Town:
    """Catering firms with an able, a weak and no union; one in another area; a shop."""
    with federation.scope(at=ISSUED):
        upper = found_union({"name": "示范市总工会", "level": "city", "standing": "able"})
        sector = found_union(
            {
                "name": "示范市餐饮行业工会联合会",
                "level": "sector",
                "industry": "62",
                "standing": "able",
            }
        )
        county = found_union(
            {"name": "示范区总工会", "level": "county", "area": "421002", "standing": "able"}
        )
        own = found_union(
            {"name": "甲餐饮工会", "level": "enterprise", "standing": "able", "chair": "赵某某"}
        )
        weak = found_union({"name": "乙餐饮工会", "level": "enterprise", "standing": "weak"})
        town = Town(
            upper.id,
            sector.id,
            county.id,
            firm("示例甲餐饮有限公司", union_id=own.id, email="a@firm.example").id,
            firm("示例乙餐饮有限公司", union_id=weak.id, email="b@firm.example").id,
            firm("示例丙餐饮有限公司").id,
            firm("示例丁餐饮有限公司", area="421003").id,
            firm("示例戊商店有限公司", industries=["52"]).id,
        )
        db.session.commit()
    return town


def drafted(federation: Federation, town: Town, *, name: str = "餐饮行业春季要约", **scope) -> int:
    """A campaign with everything filled in, to catering in one area; its id."""
    with federation.scope(at=ISSUED):
        campaign = campaigns.create(
            name=name, contract_kind="wage", subject="2027年度工资", by_id=federation.officer.id
        )
        campaigns.save_scope(
            campaign, Scope(**{"areas": ("421002",), "industries": ("62",), **scope})
        )
        campaigns.save_issuers(
            campaign, mode="double", union_id=town.upper, text_id="01b-offer-double"
        )
        campaigns.save_content(
            campaign,
            subject="2027年度工资",
            contract_kind="wage",
            proposed_on=date(2026, 4, 20),
            proposed_place="示范市职工之家",
            letter=LETTER,
            topics=TOPICS,
        )
        db.session.commit()
        return campaign.id


def submitted(federation: Federation, town: Town, **scope) -> int:
    campaign_id = drafted(federation, town, **scope)
    with federation.scope(at=ISSUED):
        campaigns.submit(found(campaign_id), by_id=federation.officer.id)
        db.session.commit()
    return campaign_id


def approved(federation: Federation, town: Town, **scope) -> int:
    campaign_id = submitted(federation, town, **scope)
    with federation.scope(at=ISSUED, by=federation.approver):
        campaigns.approve(found(campaign_id), by_id=federation.approver.id, note="同意")
        db.session.commit()
    return campaign_id


def out(federation: Federation, town: Town, **scope) -> int:
    """A campaign that has been issued."""
    campaign_id = approved(federation, town, **scope)
    with federation.scope(at=ISSUED):
        campaigns.send_out(found(campaign_id), by_id=federation.officer.id)
        db.session.commit()
    return campaign_id


def found(campaign_id: int) -> Campaign:
    return db.session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()
