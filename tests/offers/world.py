"""A campaign that is out: unions, enterprises, four eyes, letters; as the rooms make them."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import select
from stdnum.cn import uscc

from blueprints.offers.campaigns import actions as campaigns
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer
from blueprints.registry.actions import register_enterprise
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.union_actions import found_union
from tenants.clock import today
from tenants.db import db
from tests.world import Federation

ISSUED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, nine o'clock in Shanghai
TOPICS = ({"title": "岗位最低工资", "reason": "两年未调整", "position": "按工种分别确定"},)


def _valid_codes() -> Iterator[str]:
    """Credit codes with their check character (GB 32100), of no firm there is."""
    for number in itertools.count(1):
        stem = f"91421002MA{number:07}"
        yield stem + uscc.calc_check_digit(stem)


_codes = _valid_codes()


def instant(day: str, hour: int = 10, minute: int = 0) -> datetime:
    """A moment on a day, in Shanghai."""
    local = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:00+08:00")
    return local.astimezone(UTC)


def enterprise(
    name: str,
    *,
    email: str | None = None,
    union: TradeUnion | None = None,
    area: str | None = "421002",
) -> Enterprise:
    return register_enterprise(
        {
            "name": name,
            "credit_code": next(_codes),
            "area": area,
            "industries": ["62"],
            "email": email,
            "union_id": union.id if union else None,
            "headcount": 30,
        },
        today=today(),
    )


def union(name: str, level: str, *, email: str | None = None, standing: str = "able") -> TradeUnion:
    return found_union(
        {"name": name, "level": level, "email": email, "standing": standing, "chair": "赵某某"}
    )


def issued(
    federation: Federation,
    names: Sequence[str] = ("示例甲餐饮有限公司", "示例乙餐饮有限公司"),
    *,
    at: datetime = ISSUED,
) -> list[int]:
    """Offers to these enterprises, each with its own union and an address; their ids."""
    with federation.scope(at=at):
        upper = union("示范市总工会", "city", email="office@upper.example")
        for number, name in enumerate(names):
            own = union(f"{name}工会", "enterprise", email=f"union{number}@firm.example")
            enterprise(name, email=f"hr{number}@firm.example", union=own)
        campaign = campaigns.create(
            name="春季集中要约行动", contract_kind="wage", subject="2027年度工资",
            by_id=federation.officer.id,
        )  # fmt: skip
        campaigns.save_scope(campaign, Scope(industries=("62",)))
        campaigns.save_issuers(
            campaign, mode="double", union_id=upper.id, text_id="01b-offer-double"
        )
        campaigns.save_content(
            campaign, subject="2027年度工资", contract_kind="wage",
            proposed_on=date(2026, 4, 20), proposed_place="示范市职工之家",
            letter={"worker_rep_count": 3, "contact_name": "王某某",
                    "contact_phone": "0716-0000000", "contact_address": "示范路1号"},
            topics=TOPICS,
        )  # fmt: skip
        db.session.flush()
        campaigns.submit(campaign, by_id=federation.officer.id)
        db.session.commit()
    with federation.scope(at=at, by=federation.approver):
        campaign = db.session.scalars(select(Campaign)).one()
        campaigns.approve(campaign, by_id=federation.approver.id, note=None)
        campaigns.send_out(campaign, by_id=federation.officer.id)
        db.session.commit()
        return list(db.session.scalars(select(Offer.id).order_by(Offer.number)))
