"""Thirty more of everything, so that a page can be asked whether it minds."""

from datetime import date
from types import SimpleNamespace

from sqlalchemy import func, select

from blueprints.notices import repairs
from blueprints.notices.models import Notice
from blueprints.offers.ground.models import Offer
from blueprints.registry import imports
from blueprints.registry.models import TradeUnion
from blueprints.registry.union_actions import register_association
from blueprints.rulebook.actions import confirm
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.db import db
from tenants.models import User
from tests.architecture import furnished_delivery
from tests.architecture.furnished import LEDGER, Furnished
from tests.offers import campaign_world as town
from tests.offers.world import enterprise, instant, union

MANY = 30


def multiply(house: Furnished) -> Furnished:
    """Add to what `furnish` made; its rows stay where they are."""
    federation = house.federation
    with federation.scope(at=instant("2026-03-10")):
        firms = _register(federation)
        upper = db.session.scalars(select(TradeUnion.id).where(TradeUnion.level == "city")).first()
        _people(federation, firms)
        _rules(federation)
        db.session.commit()
    many = SimpleNamespace(upper=upper)
    for number in range(MANY):
        town.drafted(federation, many, name=f"第{number}次行动")
    out = town.out(federation, many, name="很多企业的行动")
    with federation.scope(at=instant("2026-03-11")):
        house.rows.issued = out
        of_it = select(func.count()).select_from(Offer).where(Offer.campaign_id == out)
        assert db.session.scalar(of_it) >= MANY
        lost = list(
            db.session.scalars(
                select(Notice).where(Notice.address.is_not(None), Notice.state == "queued")
            )
        )[:MANY]
        for notice in lost:
            notice.state, notice.last_answer = "failed", "550 no such mailbox"
        db.session.flush()
        repairs.open_for([(row.id, "contact.mailbox_unknown", "550 no") for row in lost])
        db.session.commit()
    furnished_delivery.multiply(federation, MANY)
    return house


def _register(federation) -> list[int]:
    firms = []
    for number in range(MANY):
        own = union(f"第{number}家工会", "enterprise", email=f"u{number}@many.example")
        firm = enterprise(f"示例第{number}餐饮有限公司", email=f"m{number}@many.example", union=own)
        register_association({"name": f"第{number}协会", "kind": "trade"})
        imports.receive(imports.Upload(LEDGER.encode("utf-8-sig"), f"台账{number}.csv"))
        firms.append(firm.id)
    return firms


def _people(federation, firms: list[int]) -> None:
    for number, firm in enumerate(firms):
        user = User(email=f"s{number}@many.example", name=f"第{number}员", role="supervisor")
        db.session.add(user)
        db.session.flush()
        guide = Supervisor(user_id=user.id, name=user.name)
        db.session.add(guide)
        db.session.flush()
        served = Assignment(supervisor_id=guide.id, enterprise_id=firm, valid_from=date(2026, 1, 1))
        db.session.add(served)


def _rules(federation) -> None:
    facts = {
        "kind": "wage", "value": 15, "unit": "day", "operator": "≤", "article": "第十七条",
        "source_title": "示范办法", "text_zh": "十五日内答复。", "text_en": "Within fifteen days.",
        "verified_by": "郑某某", "verified_on": date(2026, 3, 7), "valid_to": None,
    }  # fmt: skip
    for number in range(MANY):
        day = date(2030, 1, 1 + number)
        confirm("offer.reply_days", {**facts, "valid_from": day}, by_id=federation.administrator.id)
