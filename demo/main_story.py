"""The main job from end to end: ledger, campaign, double offer, mail, service, replies, lapses.

Every step goes through the rooms as a person or a worker would: the importer, the verbs of the
campaign, the reply desk over HTTP, the real queue, and SMTP. Time is an argument.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select, update

from blueprints.offers.campaigns import actions as campaigns
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.ground import queries
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer, OfferState, ReplyLink
from blueprints.offers.ground.service_models import ServiceMethod
from blueprints.offers.service import actions
from blueprints.offers.service.actions import Receipt
from blueprints.registry.actions import correct_enterprise
from blueprints.registry.imports import import_file
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.union_actions import found_union
from blueprints.supervisors.models import Assignment, Supervisor
from demo.federations import user_of
from jobs.clocks import follow_notices, sweep_clocks
from jobs.notices import drain
from jobs.sweeps import sweep_notices
from tenants.acting import Actor, acting
from tenants.clock import ZONE, today
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.roles import Role
from tenants.scope import current_tenant_id, tenant_scope

LEDGERS = Path(__file__).parent / "data"
TRADES = ("61", "62")  # GB/T 4754: accommodation, catering
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
TOPICS = (
    {
        "title": "岗位最低工资标准",
        "reason": "近两年岗位工作量和当地物价均有变化。",
        "position": "按岗位分别确定，不低于上一轮水平。",
    },
    {
        "title": "加班工资计算基数和支付日期",
        "reason": "职工反映基数不明、发放日期不固定。",
        "position": "在合同中写明基数和每月支付日期。",
    },
    {
        "title": "工作餐和高温津贴",
        "reason": "各店标准不一。",
        "position": "行业内统一最低标准。",
    },
)
ANSWERS = (
    {"kind": "accept", "chief_name": "企业代表甲", "chief_title": "总经理"},
    {"kind": "accept_other_date", "meeting_time": "14:30", "meeting_place": "本单位会议室"},
    {"kind": "refuse", "reason_code": "refusal.year_end_accounts", "reason": "年度结算尚未完成。"},
    {"kind": "accept", "chief_name": "企业代表乙", "chief_title": "人事经理"},
    {"kind": "not_us", "mistake": "moved", "mistake_note": "单位已迁往外市。"},
    {"kind": "accept", "chief_name": "企业代表丙", "chief_title": "副总经理"},
    {"kind": "refuse", "reason_code": "refusal.capacity", "reason": "近期经营困难，希望明年再谈。"},
)


Work = Callable[..., Any]


@dataclass
class MainStory:
    """One federation's spring campaign. `first_day` is the day of issue; nothing is random."""

    app: Flask
    tenant_id: int
    slug: str
    ledger: Path
    first_day: date
    work: Work | None = None  # a worker that does the jobs; without one they are done here
    figures: dict[str, object] = field(default_factory=dict)
    browsers: dict[int, FlaskClient] = field(default_factory=dict)

    def moment(self, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """An instant `day` days after the day of issue, in local time."""
        return datetime.combine(self.first_day + timedelta(days=day), time(hour, minute), ZONE)

    def import_ledger(self) -> None:
        with self.app.app_context(), clock_at(self.moment(-20)):
            summary = import_file(self.slug, self.ledger)
        self.figures["imported"] = summary["new"] + summary["changed"] + summary["unchanged"]
        self.figures["rejected"] = summary["rejected"]

    def furnish_unions(self) -> None:
        """Sector unions, addresses of the enterprises' unions, and who supervises whom."""
        with self.scope(Role.OFFICER, self.moment(-18)):
            for trade, name in (("62", "餐饮行业工会联合会"), ("61", "住宿行业工会联合会")):
                found_union(
                    {
                        "name": f"示范{name}",
                        "level": "sector",
                        "industry": trade,
                        "chair": "行业工会主席",
                        "email": f"sector{trade}@{self.slug}.example",
                    }
                )
            db.session.execute(
                update(TradeUnion)
                .where(TradeUnion.level == "enterprise", TradeUnion.id % 3 > 0)
                .values(email=func.concat("union", TradeUnion.id, f"@{self.slug}.example"))
            )
            self.assign()
            db.session.commit()

    def assign(self) -> None:
        """Every enterprise of the two trades gets a supervisor, in turn."""
        supervisors = list(db.session.scalars(select(Supervisor.id).order_by(Supervisor.id)))
        ids = db.session.scalars(
            select(Enterprise.id).where(Enterprise.industry.in_(TRADES)).order_by(Enterprise.id)
        )
        rows = [
            {
                "tenant_id": current_tenant_id(),
                "enterprise_id": ident,
                "supervisor_id": supervisors[n % len(supervisors)],
                "valid_from": self.first_day - timedelta(days=18),
            }
            for n, ident in enumerate(ids)
        ]
        if rows:
            db.session.execute(insert(Assignment), rows)

    def prepare(self) -> None:
        """The officer prepares the campaign and hands it to a leader."""
        with self.scope(Role.OFFICER, self.moment(-5)):
            officer = user_of(Role.OFFICER)
            campaign = campaigns.create(
                name=f"{self.first_day.year}年餐饮住宿业工资集体协商要约行动",
                contract_kind="wage",
                subject=f"{self.first_day.year + 1}年度工资",
                by_id=officer.id,
            )
            campaigns.save_scope(campaign, Scope(industries=TRADES))
            upper = campaign.union_id or 0
            campaigns.save_issuers(
                campaign, mode="double", union_id=upper, text_id="01b-offer-double"
            )
            campaigns.save_content(
                campaign,
                subject=f"{self.first_day.year + 1}年度工资",
                contract_kind="wage",
                proposed_on=self.first_day + timedelta(days=45),
                proposed_place="市总工会三楼协商室",
                letter={
                    **campaign.letter,
                    "worker_rep_count": 3,
                    "acting_decision_no": f"演工代〔{self.first_day.year}〕1号",
                    "acting_matters": "发出要约、跟踪答复、指导推举协商代表",
                    "acting_from": self.first_day.isoformat(),
                    "acting_until": self.first_day.replace(month=12, day=31).isoformat(),
                },
                topics=TOPICS,
            )
            db.session.flush()
            campaigns.submit(campaign, by_id=officer.id)
            db.session.commit()

    def approve_and_issue(self) -> None:
        """A leader agrees, and the officer sends it out: one transaction."""
        with self.scope(Role.APPROVER, self.moment(-2)):
            campaigns.approve(self.campaign(), by_id=user_of(Role.APPROVER).id, note="同意。")
            db.session.commit()
        with self.scope(Role.OFFICER, self.moment(0)):
            issued = campaigns.send_out(self.campaign(), by_id=user_of(Role.OFFICER).id)
            db.session.commit()
            self.figures["campaign_addressees"] = issued.count if issued else 0

    def send_mail(self, day: int = 0) -> None:
        """Empty the outbox over SMTP, then bring the offers to where their letters are."""
        for job in (drain, follow_notices):
            self.do(job, self.moment(day, 10))

    def do(self, job: Work, moment: datetime) -> None:
        """Have a job done for the federation: by the worker, or here and now."""
        arguments = {"tenant_id": self.tenant_id, "at": moment.isoformat()}
        if self.work is not None:
            self.work(f"{job.__module__}.{job.__name__}", **arguments)
            return
        with self.app.app_context():
            job(**arguments)

    def answer(self, *, until: int = 99, most: int | None = None) -> None:
        """A third confirm receipt at the reply desk; most of them answer, in every class."""
        for number, token in enumerate(self.tokens(0)[:most]):
            day = 1 + number % 9
            if day > until:
                continue
            with self.app.app_context(), clock_at(self.moment(day, 9, number % 60)):
                confirm(self.browser(number), self.slug, token)
            if number % 8 != 7 and day + 3 <= until:
                answer = ANSWERS[number % len(ANSWERS)]
                with self.app.app_context(), clock_at(self.moment(day + 3, 15, number % 60)):
                    proposed = self.first_day + timedelta(days=50 + number % 10)
                    reply(self.browser(number), self.slug, token, answer, proposed)

    def browser(self, number: int) -> FlaskClient:
        """A browser at one enterprise, each at an address of its own."""
        if number not in self.browsers:
            self.browsers[number] = browser = self.app.test_client()
            browser.environ_base["REMOTE_ADDR"] = f"198.51.{number // 250}.{number % 250 + 1}"
        return self.browsers[number]

    def serve_on_paper(self, *, until: int = 99) -> None:
        """Another third are served by registered post or in person; the rest never are."""
        with self.scope(Role.OFFICER, self.moment(min(10, until))):
            for number, offer_id in enumerate(self.offers(1)):
                day = 2 + number % 8
                if day > until:
                    continue
                offer = queries.get_offer(offer_id, lock=True)
                if offer.state == OfferState.CLOSED:
                    continue
                actions.record_service(
                    offer,
                    Receipt(
                        ServiceMethod.REGISTERED_POST,
                        self.first_day + timedelta(days=day),
                        receiver_name="前台",
                        post_number=f"XA{offer.number:08}42",
                    ),
                )
                db.session.commit()

    def let_time_pass(self, *, to: int = 60) -> None:
        """The sweeps, days apart: reminders first, then lapses, then the mails of both."""
        for day in (*range(12, to, 8), to):
            self.do(sweep_clocks, self.moment(day, 9))
            self.send_mail(day)

    def every_job(self, day: int) -> None:
        """Run everything that is scheduled once more."""
        for job in (sweep_notices, sweep_clocks, drain, follow_notices):
            self.do(job, self.moment(day, 11))

    def spoil_an_address(self) -> None:
        """One restaurant's mailbox does not exist any more: somebody must find the new one."""
        with self.scope(Role.OFFICER, self.moment(-17)):
            ident = db.session.scalars(
                select(Enterprise.id)
                .where(Enterprise.industry.in_(TRADES), Enterprise.email.is_not(None))
                .order_by(Enterprise.id)
                .limit(1)
            ).one()
            enterprise = db.session.get_one(Enterprise, (current_tenant_id(), ident))
            correct_enterprise(enterprise, {"email": "hr@refused.example"}, today=today())
            db.session.commit()

    def campaign(self) -> Campaign:
        return db.session.scalars(select(Campaign).order_by(Campaign.id).limit(1)).one()

    def offers(self, third: int) -> list[int]:
        """The ids of one third of the offers, by their numbers."""
        query = select(Offer.id).where(Offer.number % 3 == third).order_by(Offer.number)
        return list(db.session.scalars(query))

    def tokens(self, third: int) -> list[str]:
        with self.app.app_context(), tenant_scope(self.tenant_id):
            query = (
                select(ReplyLink.token)
                .join(Offer, Offer.id == ReplyLink.offer_id)
                .where(Offer.number % 3 == third)
                .order_by(Offer.number)
            )
            return list(db.session.scalars(query))

    @contextmanager
    def scope(self, role: Role, moment: datetime) -> Iterator[None]:
        """Stand in the federation as the account of a role, at a moment."""
        with self.app.app_context(), tenant_scope(self.tenant_id), clock_at(moment):
            user = user_of(role)
            with acting(Actor(user.name, user.id)):
                yield


def confirm(browser: FlaskClient, slug: str, token: str) -> None:
    """Confirm receipt, as somebody at the enterprise would."""
    post(browser, f"/{slug}/reply/{token}", "/receipt",
         {"receiver_name": "企业联系人", "receiver_title": "人事"})  # fmt: skip


def reply(
    browser: FlaskClient, slug: str, token: str, answer: dict[str, str], proposed: date
) -> None:
    known = {"person_name": "企业联系人", "person_title": "人事", "person_phone": "0716-0000001"}
    if answer["kind"] == "accept_other_date":
        known["meeting_on"] = proposed.isoformat()
    post(browser, f"/{slug}/reply/{token}", "", {**known, **answer})


def post(browser: FlaskClient, page: str, path: str, data: dict[str, str]) -> None:
    """Open the page, take its token against forgery, send the form; fail where it is refused."""
    known = browser.environ_base  # where the page's token is kept, once it has been opened
    if "TOKEN" not in known:
        found = CSRF.search(browser.get(page).text)
        known["TOKEN"] = found.group(1) if found else ""
    answer = browser.post(page + path, data={"csrf_token": known["TOKEN"], **data})
    if answer.status_code != 303:
        raise RuntimeError(f"{page + path} answered {answer.status_code}")
