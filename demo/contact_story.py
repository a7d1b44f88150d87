"""Leaders in touch (联系制度), experts asked (工作室), and a handover that waits for its answer.

Everything is invented, and follows from the people and enterprises that are there.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from blueprints.offers.ground.models import Offer, OfferState
from blueprints.supervisors import contacts, handovers, studio
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.roster_models import SupervisorTie
from demo.federations import user_of
from demo.main_story import MainStory
from tenants.clock import now, today
from tenants.db import db
from tenants.roles import Role

LEADER, POST = "演示领导", "副主席"


@dataclass
class ContactStory:
    """`last` is today, in days after the day of issue."""

    main: MainStory
    last: int

    def play(self) -> None:
        self.keep_in_touch()
        self.ask_experts()
        self.wait_for_an_answer()

    def keep_in_touch(self) -> None:
        """A leader linked to an enterprise that answered, and to the restaurants of the city."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last - 12)):
            officer, leader = user_of(Role.OFFICER).id, user_of(Role.APPROVER).id
            answered = select(Offer.enterprise_id).where(Offer.replied_on.is_not(None))
            firm = db.session.scalars(answered.order_by(Offer.id).limit(1)).one()
            overdue = select(Offer.enterprise_id).where(Offer.state == OfferState.OVERDUE)
            silent = db.session.scalars(overdue.order_by(Offer.id).limit(1)).first()
            known = {"leader": LEADER, "post": POST, "user_id": leader}
            since = today() - timedelta(days=60)
            one = contacts.link(enterprise_id=firm, since_on=since, visits_due=2, **known)
            trade = contacts.link(industry="62", since_on=since, visits_due=4, **known)
            db.session.flush()
            contacts.visit(
                one, by_id=officer, visited_on=today(), outcome="offer_answered",
                findings="企业愿意先谈工资增长，请工会派指导员帮助准备。",
            )  # fmt: skip
            contacts.visit(
                trade, by_id=officer, visited_on=today(), enterprise_id=silent or firm,
                outcome="open", findings="企业担心同行不跟，希望行业统一谈。",
                follow_up="由指导员送行业标准测算表", follow_up_on=today() + timedelta(days=20),
            )  # fmt: skip
            db.session.commit()

    def ask_experts(self) -> None:
        """Two experts of the studio: one has advised, one is booked for next week."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last - 6)):
            officer = user_of(Role.OFFICER).id
            since = today() - timedelta(days=200)
            pay = studio.take_in(
                name="演示专家一", field="pay", industries=["61", "62"], workplace="演示大学",
                post="薪酬研究员", since_on=since,
            )  # fmt: skip
            law = studio.take_in(
                name="演示专家二", field="law", industries=[], workplace="演示律师事务所",
                post="律师", since_on=since,
            )  # fmt: skip
            db.session.flush()
            held = studio.book(
                pay, by_id=officer, industry="62", topic="服务员岗位工资标准怎样测算",
                from_at=now(), until_at=now() + timedelta(hours=2), place="协商工作室",
            )  # fmt: skip
            week = now() + timedelta(days=13)
            studio.book(
                law, by_id=officer, industry="62", topic="行业合同草案条款审读",
                from_at=week, until_at=week + timedelta(hours=1), place="协商工作室",
            )  # fmt: skip
            db.session.commit()
            booked = (pay.id, held.id)
        with self.main.scope(Role.OFFICER, self.main.moment(self.last - 5)):
            expert = studio.get(booked[0])
            studio.hold(
                studio.get_booking(expert, booked[1]),
                "以市最低工资为底，按岗位系数分三档，旺季另加计件提成。",
            )
            db.session.commit()

    def wait_for_an_answer(self) -> None:
        """Three enterprises of the fullest are offered to the demonstration's own supervisor."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last, 8)):
            own = user_of(Role.SUPERVISOR).id
            taker = db.session.scalars(select(Supervisor).where(Supervisor.user_id == own)).one()
            runs = Assignment.valid_to.is_(None)
            fullest = (
                select(Assignment.supervisor_id)
                .where(runs, Assignment.supervisor_id != taker.id)
                .group_by(Assignment.supervisor_id)
                .order_by(func.count().desc(), Assignment.supervisor_id)
                .limit(1)
            )
            giver = db.session.scalars(select(Supervisor).where(Supervisor.id.in_(fullest))).one()
            tied = select(SupervisorTie.enterprise_id).where(
                SupervisorTie.supervisor_id == taker.id
            )
            some = (
                select(Assignment.enterprise_id)
                .where(
                    runs,
                    Assignment.supervisor_id == giver.id,
                    Assignment.enterprise_id.not_in(tied),
                )
                .order_by(Assignment.enterprise_id)
                .limit(3)
            )
            handovers.propose(
                giver, taker, today() + timedelta(days=3), "这三家在您片区，负责人上午在。",
                by_id=user_of(Role.OFFICER).id, only=db.session.scalars(some).all(),
            )  # fmt: skip
            db.session.commit()
