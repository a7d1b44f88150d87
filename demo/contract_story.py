"""A contract of an industry without a union of its own: from 上代下 to the forecast of its renewal.

Every step goes through the rooms' verbs and jobs; time is an argument. The days lie in a year that
is over, because the database lets no contract take effect before its day has come; `last_day` moves
all of them together.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.acting.actions import Proposal
from blueprints.contracts.assessment import actions as assessment_actions
from blueprints.contracts.filing import actions as filing
from blueprints.contracts.filing import publishing
from blueprints.contracts.filing.actions import Receipt
from blueprints.contracts.forecast.models import EntryState, ForecastEntry
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_models import Ground, Matter
from blueprints.contracts.ground.filing_models import Filer, Publication
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract, ContractKind, Reach, WorkerParty
from blueprints.contracts.making import drawing
from blueprints.contracts.making.drawing import Line, Terms
from blueprints.contracts.membership import actions as members
from blueprints.contracts.performance import (
    check_actions,
    check_queries,
    finding_actions,
    finding_queries,
)
from blueprints.contracts.performance.check_actions import Signed
from blueprints.contracts.performance.finding_models import Finding, FindingState
from blueprints.offers.ground.models import ActingMode
from blueprints.registry.actions import register_enterprise
from demo.federations import user_of
from jobs.contracts import take_effect
from jobs.forecast import sweep as sweep_forecast
from rules.binding import Basis
from rules.broken import RuleBroken
from rules.performance import Result
from tenants.acting import Actor
from tenants.acting import acting as acting_as
from tenants.clock import ZONE, today
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.files import store
from tenants.roles import Role
from tenants.scope import tenant_scope

AREA, TRADE = "421002", "62"
SCOPE = "沙市区餐饮业"
FIRMS = tuple(f"演示{one}餐饮有限公司" for one in "甲乙丙丁戊己庚辛")
PROPOSED, VOTED, SIGNED, RECEIVED = (
    date(2025, 3, 3), date(2025, 4, 10), date(2025, 4, 11), date(2025, 4, 21),
)  # fmt: skip
FIRST, LAST = date(2025, 5, 1), date(2026, 4, 30)
CHECKED, CORRECTED, ASSESSED = date(2025, 10, 20), date(2025, 11, 18), date(2026, 2, 10)
PROMISED = date(2025, 11, 20)
LAST_DAY = date(2026, 2, 20)
SILENT = (15, 16, 16)  # days after receipt on which the sweep looks; the last one twice
SCAN = b"%PDF-1.7\n%a scan of the demonstration\n"
TEXT = "{name}（演示）\n第一条　服务员工资每月不低于2260元。\n"
LINES = (
    Line("第一条", "minimum_wage", "最低工资", "服务员：2260元/月。", measure="pay",
         subject="月工资", amount=Decimal(2260), unit="元/月", trade="服务员"),
    Line("第二条", "payment", "工资支付", "每月15日前发放上月工资。"),
    Line("第三条", "overtime", "加班工资", "休息日加班按200%支付。"),
)  # fmt: skip
FOUND: tuple[dict[str, Any], ...] = (
    {"result": Result.KEPT, "done_quantity": "8家中8家", "in_time": True, "beneficiaries": 320},
    {"result": Result.PARTLY, "done_quantity": "8家中6家按时", "in_time": False,
     "gap_reason": "两家资金周转晚了5日", "beneficiaries": 240},
    {"result": Result.NOT_DUE},
)  # fmt: skip


@dataclass
class ContractStory:
    """One contract, carried by verbs; what the books say at the end are the figures."""

    app: Flask
    tenant_id: int
    last_day: date = LAST_DAY
    until: date = date(2025, 12, 31)
    handed_back_by: date = date(2025, 11, 30)
    received: date = RECEIVED
    contract_id: int = 0
    authority_id: int = 0
    firms: list[int] = field(default_factory=list)
    refused_with: str = ""

    @contextmanager
    def on(self, day: date, role: Role = Role.OFFICER) -> Iterator[None]:
        """Stand in the federation on a day of the story, as the account of a role."""
        moment = datetime.combine(self.day(day), time(10), ZONE)
        with self.app.app_context(), tenant_scope(self.tenant_id), clock_at(moment):
            user = user_of(role)
            with acting_as(Actor(user.name, user.id)):
                yield

    def day(self, told: date) -> date:
        """The day on which it happens, of a day as the story tells it."""
        return told + (self.last_day - LAST_DAY)

    @property
    def name(self) -> str:
        return f"{SCOPE}{self.day(FIRST).year}年度工资专项集体合同"

    def register(self) -> None:
        with self.on(date(2025, 1, 6)):
            known = {"area": AREA, "industries": [TRADE], "headcount": 40}
            self.firms = [
                register_enterprise({"name": name, **known}, today=today()).id for name in FIRMS
            ]
            db.session.commit()

    def proposal(self, **changed: Any) -> Proposal:
        known: dict[str, Any] = {
            "level": Reach.INDUSTRY, "scope_name": SCOPE, "ground": Ground.UNORGANISED,
            "ground_text": "本行业尚未建立工会联合会，经走访核实",
            "matters": (Matter.OFFER, Matter.ELECTION, Matter.CHIEF),
            "from_on": self.day(PROPOSED), "until_on": self.day(self.until),
            "handback_plan": "年内成立行业工会联合会",
            "handback_due_on": self.day(self.handed_back_by), "party": WorkerParty.UPPER_UNION,
            "industry": TRADE, "area": AREA, "principal_name": f"{SCOPE}职工",
        }  # fmt: skip
        return Proposal(**{**known, **changed})

    def knock_at_the_enterprise(self) -> None:
        """In one enterprise the upper union is never the party: refused, with the article."""
        with self.on(PROPOSED):
            said = self.proposal(
                level=Reach.ENTERPRISE, enterprise_id=self.firms[0], industry=None, area=None,
                ground=Ground.NO_UNION, matters=(Matter.OFFER, Matter.ELECTION),
                scope_name=FIRMS[0],
            )  # fmt: skip
            try:
                acting.propose(said, by_id=user_of(Role.OFFICER).id)
            except RuleBroken as broken:
                self.refused_with = broken.article.zh if broken.article else broken.text.zh
            db.session.rollback()

    def act(self) -> None:
        """For the industry it is proposed by one person and decided by another."""
        with self.on(PROPOSED):
            made = acting.propose(self.proposal(), by_id=user_of(Role.OFFICER).id)
            db.session.commit()
            self.authority_id = made.id
        with self.on(PROPOSED, Role.APPROVER):
            authority = queries.get_authority(self.authority_id, lock=True)
            acting.approve(authority, by_id=user_of(Role.APPROVER).id)
            db.session.commit()

    def sign(self) -> None:
        """Drawn up on behalf of the industry's workers, voted on by them, signed."""
        with self.on(SIGNED):
            authority = queries.get_authority(self.authority_id)
            contract = drawing.draw_up(
                Terms(
                    name=self.name, text=TEXT.format(name=self.name),
                    worker_side=f"{authority.acting_name}（代{SCOPE}职工）",
                    employer_side="沙市区餐饮行业协会（演示）", term_from=self.day(FIRST),
                    term_to=self.day(LAST), kind=ContractKind.WAGE, level=Reach.INDUSTRY,
                    industry=TRADE, area=AREA, territory=SCOPE,
                    worker_party=WorkerParty.UPPER_UNION, acting_mode=ActingMode.UPPER_ACTS,
                    acting_authority_id=authority.id, acting_name=authority.acting_name,
                    on_behalf_of=f"{SCOPE}职工", lines=LINES,
                ),
                by_id=user_of(Role.OFFICER).id,
            )  # fmt: skip
            members.add_candidates(contract, self.firms)
            rows = select(Membership).where(Membership.contract_id == contract.id)
            for row in db.session.scalars(rows).all():
                members.confirm(row, contract, Basis.MANDATED, on=today(), note="授权委托书")
            drawing.pass_vote(
                contract, voted_on=self.day(VOTED), voted_hash=contract.text_hash,
                summary="代表80人，实到74人，赞成66人",
            )  # fmt: skip
            drawing.sign(
                contract, signed_on=today(), worker_chief="演示主席", employer_chief="演示会长",
                vote_reported_on=self.day(VOTED),
            )  # fmt: skip
            db.session.commit()
            self.contract_id = contract.id

    def file(self) -> None:
        with self.on(self.received):
            contract = queries.get_contract(self.contract_id, lock=True)
            made = filing.assemble(
                contract, Filer.ASSOCIATION, filer_name="沙市区餐饮行业协会（演示）",
                authority_name="演示市人力资源和社会保障局",
            )  # fmt: skip
            receipt = Receipt(today(), today(), number=f"演示{today():%Y-%m%d}")
            filing.hand_in(made, contract, receipt, by_id=user_of(Role.OFFICER).id)
            db.session.commit()

    def wait(self, days: Iterable[int] = SILENT) -> None:
        """The sweep of every day; the contract takes effect the instant the period has ended."""
        for days_after in days:
            day = self.day(self.received) + timedelta(days=days_after)
            moment = datetime.combine(day, time(0, 5), ZONE).isoformat()
            with self.app.app_context():
                take_effect(tenant_id=self.tenant_id, at=moment)

    def publish(self) -> None:
        """Two days after it took effect, to the workers of every enterprise."""
        with self.on(LAST_DAY):
            effective = queries.get_contract(self.contract_id).effective_on
        if effective is None:
            raise LookupError("The contract has not taken effect.")
        with self.on(effective - (self.last_day - LAST_DAY) + timedelta(days=2)):
            contract = queries.get_contract(self.contract_id, lock=True)
            for firm in self.firms:
                publishing.publish(contract, firm, place="厂务公开栏", from_on=today())
            db.session.commit()

    def inspect(self) -> None:
        """Both sides check; what was not wholly kept is put to both chiefs, and corrected."""
        with self.on(CHECKED):
            officer = user_of(Role.OFFICER).id
            contract = queries.get_contract(self.contract_id)
            check = check_queries.of_contract(contract.id)[0]
            for clause, found in zip(queries.clauses(contract), FOUND, strict=True):
                fact = check_actions.save_fact(check, clause, found)
                about = ("clause_fact", fact.id)
                proof = store(SCAN, "证据.pdf", purpose="performance", subject=about)
                fact.evidence_id = proof.id
            signed = Signed(today(), "演示职工监督员", "演示企业监督员", 12, 10)
            noted = check_actions.hold(check, signed, by_id=officer)
            for one in noted:
                finding_actions.amend(
                    one, remedy="恢复按约定日期发放", due_on=self.day(PROMISED), evidence_id=None
                )
            finding_actions.put(check, by_id=officer)
            db.session.commit()
        with self.on(CORRECTED):
            for one in finding_queries.of_check(check.id):
                finding_actions.agree_plan(
                    one, plan_on=self.day(PROMISED), plan_text="按月核对", version=one.version
                )
                finding_actions.fix(
                    one, fixed_on=today(), note="工资表已核对", evidence_id=None, by_id=officer,
                    version=one.version,
                )  # fmt: skip
            db.session.commit()

    def assess(self) -> None:
        with self.on(ASSESSED):
            contract = queries.get_contract(self.contract_id)
            made = assessment_actions.begin(
                contract, assessors="双方监督小组（演示）", next_round="细化计件岗位工价",
                by_id=user_of(Role.OFFICER).id,
            )  # fmt: skip
            db.session.commit()
        with self.on(ASSESSED, Role.APPROVER):
            made = assessment_actions.of_contract(self.contract_id, lock=True) or made
            assessment_actions.confirm(made, by_id=user_of(Role.APPROVER).id)
            db.session.commit()

    def forecast(self, on: date | None = None) -> None:
        moment = datetime.combine(on or self.last_day, time(3, 40), ZONE).isoformat()
        for _ in range(2):
            with self.app.app_context():
                sweep_forecast(tenant_id=self.tenant_id, at=moment)

    def figures(self) -> dict[str, Any]:
        """What the books say."""
        with self.on(LAST_DAY):
            contract = queries.get_contract(self.contract_id)
            authority = queries.get_authority(self.authority_id)
            covered = queries.covered(today(), Contract.id == contract.id)
            fixed = count(Finding, Finding.state == FindingState.FIXED)
            return {
                "acting_mode": contract.acting_mode,
                "authority_ok": authority.approved_by_id not in {None, authority.proposed_by_id},
                "refused_on_enterprise_level": bool(self.refused_with),
                "refused_under": self.refused_with,
                "effective_basis": contract.effective_basis,
                "effective_on": str(contract.effective_on),
                "enterprises_bound": covered.enterprises,
                "workers_bound": covered.workers,
                "published": count(Publication, Publication.contract_id == contract.id),
                "findings": count(Finding),
                "findings_corrected": fixed,
                "forecast_entries": count(ForecastEntry, ForecastEntry.state == EntryState.OPEN),
            }


def count(table: Any, *conditions: Any) -> int:
    query = select(func.count()).select_from(table).where(*conditions)
    return int(db.session.scalar(query) or 0)
