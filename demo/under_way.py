"""What is under way beside the campaign: bargaining, a contract, supervisors, visits, the ladder.

Every day is counted from the day of issue, and the last of them is today, so that the rooms look
the same whenever they are first opened. Nothing is random.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from blueprints.bargaining.cases.opening import ACCEPTED
from blueprints.contracts.forecast.actions import assign, record_trigger
from blueprints.contracts.forecast.models import ForecastEntry, TriggerKind
from blueprints.contracts.ground.check_models import CheckState
from blueprints.contracts.performance import check_actions, check_queries
from blueprints.exposures import ladder, queries
from blueprints.exposures.step_models import StepKind, StepMethod
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.queries import get_offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.visits import actions as visits
from blueprints.visits.actions import Made
from blueprints.visits.models import Met, NextStep, Outcome, Purpose, Visit, Way
from demo.bargaining_story import CATERING, BargainingStory
from demo.contract_story import ContractStory
from demo.federations import user_of
from demo.main_story import MainStory
from demo.supervisor_story import SupervisorStory
from demo.table_story import lay_beside
from rules.forecast import Ground
from tenants.clock import ZONE, today
from tenants.db import db
from tenants.roles import Role

MORE_GUIDES = 11  # with the three of every demonstration: a page of people, and all are served
SILENCE = range(15, 31)  # days after a contract is received on which the sweep looks
PLANNED = 12  # lines of the forecast that somebody has taken on, one a week
WAGES = (("workers", "position", 2400), ("employer", "counter", 2150))


@dataclass
class UnderWay:
    """The other rooms of one federation; `last` is today, in days after the day of issue."""

    main: MainStory
    last: int

    def assign(self) -> None:
        """The roster is filled, and the campaign's addressees are given out by a plan."""
        story = SupervisorStory(self.main, more=MORE_GUIDES, second="")
        story.take_on()
        story.plan()
        story.apply()

    def bargain(self) -> None:
        """Restaurants that said yes: both teams, one meeting, a draft, the next meeting called."""
        story = BargainingStory(self.main)
        story.open(self.last - 11, self.county())
        story.choose_teams(self.last - 10)
        lay_beside(story, self.last - 8)
        story.meet(self.workday(self.last - 4, -1), "双方交换意见", WAGES)
        story.write(self.last - 3, agreed=False)
        story.call(self.workday(self.last + 1, 1), "逐条商谈草案")

    def keep_a_contract(self) -> None:
        """One is in force, published and checked once; the next check is planned for soon."""
        weeks = timedelta(days=today().weekday())  # the story ends on a Friday: keep its weekdays
        story = ContractStory(
            self.main.app, self.main.tenant_id, last_day=today() - weeks - timedelta(days=3),
            until=date(2026, 3, 2), handed_back_by=date(2026, 2, 28), received=date(2025, 4, 16),
        )  # fmt: skip
        story.register()
        story.act()
        story.sign()
        story.file()
        story.wait(SILENCE)
        story.publish()
        story.inspect()
        with self.main.scope(Role.OFFICER, self.main.moment(self.last - 1)):
            officer = user_of(Role.OFFICER)
            for check in check_queries.of_contract(story.contract_id):
                if check.state == CheckState.PLANNED:
                    check_actions.change(
                        check, planned_on=self.day(self.workday(self.last + 4, 1)),
                        owner_id=officer.id, joint=True, version=check.version,
                    )  # fmt: skip
            record_trigger(
                TriggerKind.MINIMUM_WAGE, happened_on=self.day(self.last - 30),
                source=f"演示政发〔{today().year}〕9号", area=None, industry="62",
                note="演示：最低工资标准调整，餐饮业须逐店核对。", by_id=officer.id,
            )  # fmt: skip
            db.session.commit()
        story.forecast(today())
        self.take_on_rounds()

    def take_on_rounds(self) -> None:
        """What concerns a contract or an event first, then the sets with most workers."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last)):
            owner = user_of(Role.OFFICER).id
            lines = db.session.scalars(
                select(ForecastEntry).order_by(
                    ForecastEntry.ground == Ground.NEVER_BARGAINED,
                    ForecastEntry.workers.desc(),
                    ForecastEntry.id,
                )
            ).all()
            for number, line in enumerate(lines):
                week = min(number, PLANNED)
                day = self.day(self.workday(self.last + 7 * week, 1))
                assign(
                    [line], owner_id=owner if week < PLANNED else None, planned_on=day, note=None
                )
            db.session.commit()

    def visit(self) -> None:
        """The supervisor of the demonstration has been on the road, and goes out again today."""
        early, late, soon = (self.workday(self.last - back, -1) for back in (9, 5, 2))
        next_day = self.workday(self.last, 1)
        with self.main.scope(Role.SUPERVISOR, self.main.moment(early, 17)):
            own = user_of(Role.SUPERVISOR).id
            guide = db.session.scalars(select(Supervisor).where(Supervisor.user_id == own)).one()
            firms = self.portfolio(guide, (OfferState.SERVED, OfferState.OVERDUE), 3)
            others = self.portfolio(guide, (OfferState.DISPATCHED, OfferState.UNDELIVERABLE), 3)
            self.record(guide, firms[0], early, Outcome.WILL_BARGAIN, "愿意协商，先看同行的标准")
            self.record(
                guide, firms[1], early, Outcome.TALK_AGAIN, "等总经理回来再定",
                next_step=NextStep.HELP_REPLY, next_on=self.day(next_day),
            )  # fmt: skip
            db.session.commit()
        with self.main.scope(Role.SUPERVISOR, self.main.moment(late, 16)):
            guide = db.session.scalars(select(Supervisor).where(Supervisor.user_id == own)).one()
            self.record(guide, others[0], late, Outcome.CONTACT_CORRECTED, "人事换了人，留下新电话")
            day_after = self.workday(next_day + 1, 1)
            for firm, day, at, what, note in (
                (others[1], next_day, time(9, 30), Purpose.SERVE, "带要约书原件两份、送达回证"),
                (firms[2], next_day, time(14, 0), Purpose.REPLY, "带答复书样本，帮助填写"),
                (firms[0], day_after, time(10, 0), Purpose.PREPARE, "商定职工代表的推选办法"),
            ):
                visits.plan(
                    guide, firm.id, self.day(day), purpose=what, at=at, note=note,
                    offer_id=firm.offer_id,
                )  # fmt: skip
            db.session.commit()
        with self.main.scope(Role.SUPERVISOR, self.main.moment(soon, 16)):
            guide = db.session.scalars(select(Supervisor).where(Supervisor.user_id == own)).one()
            self.record(guide, others[2], soon, Outcome.TALK_AGAIN, "年底忙，下月再谈")
            db.session.commit()

    def record(
        self,
        guide: Supervisor,
        firm: Row[int, int],
        day: int,
        outcome: Outcome,
        said: str,
        **more: Any,
    ) -> None:
        known: dict[str, Any] = {
            "visited_on": self.day(day), "visited_at": time(10, 0), "minutes": 45,
            "way": Way.ON_SITE, "place": None, "purpose": Purpose.REPLY, "met": Met.STAFF,
            "met_post": "人事主管", "topics": ("wages", "how_to_reply"), "said": said,
            "help_given": "讲解了答复书的填法", "outcome": outcome, "refusal_code": None,
            "next_step": NextStep.NONE, "next_on": None,
        }  # fmt: skip
        visit = Visit(
            supervisor_id=guide.id, enterprise_id=firm.id, offer_id=firm.offer_id,
            purpose=Purpose.REPLY,
        )  # fmt: skip
        visits.record(visit, Made(**{**known, **more}), by_id=guide.user_id)

    def portfolio(
        self, guide: Supervisor, states: Sequence[OfferState], most: int
    ) -> Sequence[Row[int, int]]:
        """Enterprises of a supervisor with an offer in certain states, with its id."""
        query = (
            select(Enterprise.id, Offer.id.label("offer_id"))
            .join(Assignment, Assignment.enterprise_id == Enterprise.id)
            .join(Offer, Offer.enterprise_id == Enterprise.id)
            .where(
                Assignment.supervisor_id == guide.id,
                Assignment.valid_to.is_(None),
                Offer.state.in_(states),
            )
            .order_by(Enterprise.id)
            .limit(most)
        )
        return db.session.execute(query).all()

    def press(self) -> None:
        """Two who let the period pass: one has its demand letter, for one it waits for a leader."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last, 9, 30)):
            officer, leader = user_of(Role.OFFICER).id, user_of(Role.APPROVER).id
            overdue = select(Offer.id).where(Offer.state == OfferState.OVERDUE)
            found = db.session.scalars(overdue.order_by(Offer.id).limit(2)).all()
            offers = [get_offer(ident, lock=True) for ident in found]  # holidays may leave but one
            steps = [ladder.propose_step(one, StepKind.DEMAND, {}, by_id=officer) for one in offers]
            ids = [step.id for step in steps[:1]]
            db.session.commit()
        for step_id in ids:
            with self.main.scope(Role.APPROVER, self.main.moment(self.last, 9, 40)):
                step = queries.get_step(step_id, lock=True)
                ladder.issue_step(step, get_offer(step.offer_id), by_id=leader)
                db.session.commit()
            with self.main.scope(Role.OFFICER, self.main.moment(self.last, 9, 50)):
                step = queries.get_step(step_id, lock=True)
                number = f"XA{get_offer(step.offer_id).number:08}42"
                by_post = ladder.Served(StepMethod.REGISTERED_POST, today(), "前台", number)
                ladder.serve_step(step, by_post)
                db.session.commit()

    def county(self) -> str | None:
        """Where most restaurants said yes: a bargaining keeps to one county (art. 53)."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last)):
            query = (
                select(Enterprise.area)
                .join(Offer, Offer.enterprise_id == Enterprise.id)
                .where(Offer.state.in_(ACCEPTED), Enterprise.industry == CATERING)
                .group_by(Enterprise.area)
                .order_by(func.count().desc(), Enterprise.area)
            )
            return db.session.scalars(query).first()

    def day(self, number: int) -> date:
        return self.main.moment(number).astimezone(ZONE).date()

    def workday(self, number: int, way: int) -> int:
        """The next day on which people work, from a day on, forwards (1) or backwards (-1)."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last)):
            while not visits.works(self.day(number)):
                number += way
        return number
