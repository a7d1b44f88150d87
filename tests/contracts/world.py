"""An industry contract, carried as far as a test wants it, by the room's own verbs."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from blueprints.contracts.filing import actions as filing
from blueprints.contracts.filing import effect, publishing
from blueprints.contracts.filing.actions import Receipt
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.filing_models import Filer
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.making import drawing
from blueprints.contracts.making.drawing import Line, Terms
from blueprints.contracts.membership import actions as members
from blueprints.registry.actions import register_enterprise
from rules.binding import Basis
from tenants.clock import today
from tenants.db import db
from tests.world import Federation

ZONE = ZoneInfo("Asia/Shanghai")
SIGNED, HANDED_IN, RECEIVED = date(2025, 4, 11), date(2025, 4, 14), date(2025, 4, 21)
LAST_DAY = date(2025, 5, 6)  # fifteen days from the day of receipt
IN_FORCE = date(2025, 5, 7)
TEXT = "沙市区餐饮业2025年度工资专项集体合同\n\n第一条　服务员工资每月不低于2260元。\n"
LINES = (
    Line("第一条", "minimum_wage", "最低工资", "服务员：2260元/月。", measure="pay",
         subject="月工资", amount=Decimal(2260), unit="元/月", trade="服务员"),
    Line("第二条", "minimum_wage", "最低工资", "厨师：3350元/月。", measure="pay",
         subject="月工资", amount=Decimal(3350), unit="元/月", trade="厨师"),
    Line("第三条", "payment", "工资支付", "每月15日前发放上月工资。"),
    Line("第四条", "overtime", "加班工资", "休息日加班：200%。", measure="overtime_rest",
         subject="休息日加班工资", amount=Decimal(200), unit="%"),
)  # fmt: skip


def at(day: str | date, hour: int = 10) -> datetime:
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(on.year, on.month, on.day, hour, tzinfo=ZONE)


@dataclass
class Town:
    """A federation with enterprises of one trade, and the contract made for them."""

    federation: Federation
    contract_id: int = 0
    firms: list[int] = field(default_factory=list)

    @contextmanager
    def on(self, day: str | date, by: object = None):
        with self.federation.scope(at=at(day), by=by or self.federation.officer):
            yield

    @property
    def contract(self):
        return queries.get_contract(self.contract_id)

    def register(self, *names: str, headcount: int = 30, **facts: object) -> list[int]:
        known = {"area": "421002", "industries": ["62"], "headcount": headcount, **facts}
        with self.on("2025-01-06"):
            made = [
                register_enterprise({"name": name, **known}, today=today()).id for name in names
            ]
            db.session.commit()
        self.firms += made
        return made


def town(federation: Federation, *names: str) -> Town:
    found = Town(federation)
    found.register(*(names or ("示例甲餐饮有限公司", "示例乙餐饮有限公司", "示例丙餐饮有限公司")))
    return found


def terms(**changed: object) -> Terms:
    known = {
        "name": "沙市区餐饮业2025年度工资专项集体合同",
        "text": TEXT,
        "worker_side": "沙市区餐饮行业工会联合会",
        "employer_side": "沙市区餐饮行业协会",
        "term_from": date(2025, 5, 1),
        "term_to": date(2026, 4, 30),
        "industry": "62",
        "area": "421002",
        "territory": "沙市区餐饮业",
        "lines": LINES,
    }
    return Terms(**{**known, **changed})  # type: ignore[arg-type]


def drawn(found: Town, **changed: object) -> Town:
    """A draft with its enterprises on the list, their basis on record."""
    with found.on("2025-04-01"):
        contract = drawing.draw_up(terms(**changed), by_id=found.federation.officer.id)
        members.add_candidates(contract, found.firms)
        rows = db.session.scalars(
            select(Membership).where(Membership.contract_id == contract.id)
        ).all()
        for row in rows:
            members.confirm(row, contract, Basis.MANDATED, on=date(2025, 4, 1), note="授权委托书")
        db.session.commit()
        found.contract_id = contract.id
    return found


def signed(found: Town, **changed: object) -> Town:
    drawn(found, **changed)
    with found.on(SIGNED):
        sign(found.contract)
        db.session.commit()
    return found


def sign(contract) -> None:
    drawing.pass_vote(
        contract, voted_on=date(2025, 4, 10), voted_hash=contract.text_hash,
        summary="代表80人，实到74人，赞成66人",
    )  # fmt: skip
    drawing.sign(
        contract, signed_on=SIGNED, worker_chief="赵某某", employer_chief="钱某某",
        vote_reported_on=date(2025, 4, 10),
    )  # fmt: skip


def filed(found: Town, **changed: object) -> Town:
    signed(found, **changed)
    with found.on(RECEIVED):
        hand_in(found.contract)
        db.session.commit()
    return found


def hand_in(contract, *, received_on: date = RECEIVED) -> None:
    filing.assemble(
        contract, Filer.EMPLOYER, filer_name="沙市区餐饮行业协会", authority_name="示范市人社局"
    )
    receipt = Receipt(min(HANDED_IN, received_on), received_on, number="2025-0421")
    filing.hand_in(filing.open_filing(contract), contract, receipt, by_id=None)


def in_force(found: Town, **changed: object) -> Town:
    filed(found, **changed)
    with found.on(IN_FORCE):
        assert effect.take_effect_by_silence(queries.get_contract(found.contract_id, lock=True))
        db.session.commit()
    return found


def published(found: Town, **changed: object) -> Town:
    in_force(found, **changed)
    with found.on(IN_FORCE + timedelta(days=2)):
        publishing.publish(
            found.contract, found.firms[0], place="厂务公开栏", from_on=date(2025, 5, 9)
        )
        db.session.commit()
    return found


def sweep(job, federation: Federation, day: str | date, hour: int = 10) -> object:
    """Run one of the room's jobs for a federation, at an hour of a day."""
    with federation.app.app_context():
        return job(tenant_id=federation.id, at=at(day, hour).isoformat())
