"""Two years of appraisal (考核): last year's decided, objected to and honoured; this year's open.

Three invented supervisors have a record of last year, each another one: so the scores differ, one
result is answered after an objection, and the list of awards holds two of the three.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from blueprints.appraisals import actions
from blueprints.appraisals.indicators import counted
from blueprints.appraisals.models import Appraisal
from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.queries import still_here
from blueprints.supervisors.roster_models import SupervisorTie
from blueprints.visits import actions as visits
from blueprints.visits.actions import Made
from blueprints.visits.models import Met, NextStep, Outcome, Purpose, Visit, Way
from blueprints.visits.work_actions import record_training
from demo.federations import user_of
from demo.main_story import MainStory
from tenants.acting import Actor, acting
from tenants.clock import today
from tenants.db import db
from tenants.roles import Role

WEIGHTS = {
    "visits": 12, "first_visits": 8, "offers": 12, "reply_rate": 12, "contacts": 6, "cases": 8,
    "filing": 6, "content": 6, "workers": 6, "disputes": 6, "training": 6, "records": 4,
    "conduct": 4, "contracts": 4,
}  # fmt: skip
SETTINGS = {"training_hours": 40, "record_days": 3, "objection_days": 10}


@dataclass(frozen=True)
class Course:
    """What one supervisor's year was like, and what was said of it."""

    firms: int  # served all year
    visited: int  # of these
    late: int  # visits written down a week later
    hours: int  # of training
    statement: str
    note: str
    grade: str
    award: bool
    reason: str


COURSES = (
    Course(
        8, 8, 1, 36, "全年走访到位，调解欠薪苗头一起；年底集中走访，有一次登记晚了。",
        "走访扎实，群众反映好；记录有一次超期。", "good", False, "总体称职，记录须再及时。",
    ),
    Course(
        6, 6, 0, 44, "新接企业全部上门一遍，培训学时超额完成。",
        "主动性强，首次走访无一遗漏。", "excellent", True, "首访和培训均为全市前列。",
    ),
    Course(
        8, 4, 2, 20, "兼职时间有限，一半企业没有走到。",
        "兼职条件所限，走访和培训均不足。", "fair", False, "明年核减负责企业数，补足培训。",
    ),
)  # fmt: skip
OBJECTION = "登记晚的那一次当天断网，已于次日补记并向科室报告，请核对。"
ANSWER = "经查属实：断网有记录，补记及时。等次改为优秀，列入表彰。"


@dataclass
class AppraisalStory:
    """`last` is today, in days after the day of issue."""

    main: MainStory
    last: int

    @property
    def year(self) -> int:
        """The year that is over."""
        return self.main.moment(self.last).year - 1

    def play(self) -> None:
        """Last year from its record to the file, then this year as far as it has come."""
        self._work()
        self._set_weights(self.year)
        self._begin(self.year)
        self._judge()
        self._object()
        self._close()
        self._set_weights(self.year + 1)
        self._begin(self.year + 1)

    def _work(self) -> None:
        """The record of last year: whom they served, visits, trainings."""
        with self.main.scope(Role.OFFICER, self._at(date(self.year, 1, 5))):
            for guide, course in self._pairs():
                for ident in self._firms(guide, course.firms):
                    db.session.add(
                        Assignment(
                            supervisor_id=guide.id, enterprise_id=ident, side=guide.side,
                            valid_from=date(self.year, 1, 5), valid_to=date(self.year + 1, 1, 1),
                        )
                    )  # fmt: skip
                db.session.flush()
            db.session.commit()
        for number in range(max(course.visited for course in COURSES)):
            self._visit(number)
        for n, (guide, course) in enumerate(self._guides()):
            with self.main.scope(Role.OFFICER, self._at(date(self.year, 6, 12 + n))):
                whose = db.session.get_one(Supervisor, (guide.tenant_id, guide.id))
                record_training(
                    [whose], held_on=today(), kind="negotiation", organiser="市总工会",
                    title="集体协商实务培训（演示）", minutes=60 * course.hours,
                    certificate_no=None,
                )  # fmt: skip
                db.session.commit()

    def _visit(self, number: int) -> None:
        """The visit that each makes in a month; some write it down late."""
        day = self._workday(date(self.year, 3 + number, 9))
        for guide, course in self._guides():
            if number >= course.visited:
                continue
            written = day if number >= course.late else day.replace(day=day.day + 9)
            with self._own(guide, self._at(written)):
                served = select(Assignment.enterprise_id).where(
                    Assignment.supervisor_id == guide.id,
                    Assignment.valid_to == date(self.year + 1, 1, 1),
                )
                firm = db.session.scalars(served.order_by(Assignment.id).offset(number)).first()
                settled = number == 1
                visit = Visit(
                    supervisor_id=guide.id, enterprise_id=firm,
                    purpose=Purpose.DISPUTE if settled else Purpose.FIRST_CONTACT,
                )  # fmt: skip
                visits.record(visit, self._made(day, settled=settled), by_id=guide.user_id)
                db.session.commit()

    def _made(self, day: date, *, settled: bool) -> Made:
        return Made(
            visited_on=day, visited_at=time(10, 0), minutes=50, way=Way.ON_SITE, place=None,
            purpose=Purpose.DISPUTE if settled else Purpose.FIRST_CONTACT, met=Met.STAFF,
            met_post="人事主管", topics=("wages",), help_given="讲解协商程序",
            said="加班工资已补发" if settled else "先了解情况",
            outcome=Outcome.SETTLED if settled else Outcome.TALK_AGAIN, refusal_code=None,
            next_step=NextStep.NONE, next_on=None,
        )  # fmt: skip

    def _set_weights(self, year: int) -> None:
        with self.main.scope(Role.OFFICER, self._at(date(year, 1, 8))):
            known = {name: n for name, n in WEIGHTS.items() if name in counted()}
            spare = sum(WEIGHTS.values()) - sum(known.values())
            weights = {**known, "visits": known["visits"] + spare}
            actions.set_weights(year, weights, by_id=user_of(Role.OFFICER).id, **SETTINGS)
            db.session.commit()

    def _begin(self, year: int) -> None:
        """Last year for those three, this year for everybody; each states a view of it."""
        over = year == self.year
        day = date(year, 12, 20) if over else self.main.moment(self.last).date()
        with self.main.scope(Role.OFFICER, self._at(day)):
            everybody = still_here(today())
            mine = [guide for guide, _ in self._pairs()]
            actions.begin(year, mine if over else everybody)
            db.session.commit()
        stated = self._guides() if over else self._guides()[:1]
        for guide, course in stated:
            with self._own(guide, self._at(day, 11)):
                words = course.statement if over else "今年要约行动参与三次送达，协商推动两家。"
                actions.state_view(self._of(guide, year), words, by_id=guide.user_id)
                db.session.commit()

    def _judge(self) -> None:
        """The officer marks what the record shows, a leader decides."""
        for guide, course in self._guides():
            with self.main.scope(Role.OFFICER, self._at(date(self.year + 1, 1, 12))):
                actions.mark(
                    self._of(guide, self.year), note=course.note, pay_check="补贴和保险均已落实",
                    by_id=user_of(Role.OFFICER).id,
                )  # fmt: skip
                db.session.commit()
            with self.main.scope(Role.APPROVER, self._at(date(self.year + 1, 1, 15))):
                actions.decide(
                    self._of(guide, self.year), grade=course.grade, award=course.award,
                    note=course.reason, by_id=user_of(Role.APPROVER).id,
                )  # fmt: skip
                db.session.commit()

    def _object(self) -> None:
        """The first objects, is answered by somebody who did not mark, and is honoured."""
        guide, _course = self._guides()[0]
        with self._own(guide, self._at(date(self.year + 1, 1, 19))):
            actions.object_to(self._of(guide, self.year), OBJECTION, by_id=guide.user_id)
            db.session.commit()
        with self.main.scope(Role.APPROVER, self._at(date(self.year + 1, 1, 22))):
            actions.settle(
                self._of(guide, self.year), answer=ANSWER, grade="excellent", award=True,
                by_id=user_of(Role.APPROVER).id,
            )  # fmt: skip
            db.session.commit()

    def _close(self) -> None:
        """The second accepts; nobody objects for the third, so the officer files it."""
        (second, _), (third, _) = self._guides()[1:]
        with self._own(second, self._at(date(self.year + 1, 1, 20))):
            actions.close(self._of(second, self.year), by_id=second.user_id)
            db.session.commit()
        with self.main.scope(Role.OFFICER, self._at(date(self.year + 1, 1, 29))):
            actions.close(self._of(third, self.year), by_id=user_of(Role.OFFICER).id)
            db.session.commit()

    def _firms(self, guide: Supervisor, most: int) -> Sequence[int]:
        """Enterprises of the home area that no offer went to, nobody serves and no tie bars."""
        taken = select(Assignment.enterprise_id)
        tied = select(SupervisorTie.enterprise_id).where(SupervisorTie.supervisor_id == guide.id)
        query = (
            select(Enterprise.id)
            .where(
                Enterprise.area == guide.area_code,
                Enterprise.id.not_in(select(Offer.enterprise_id)),
                Enterprise.id.not_in(taken),
                Enterprise.id.not_in(tied),
            )
            .order_by(Enterprise.id)
            .limit(most)
        )
        return db.session.scalars(query).all()

    def _pairs(self) -> Sequence[tuple[Supervisor, Course]]:
        """The three of every demonstration, each with a course; in the scope that is open."""
        first = select(Supervisor).order_by(Supervisor.user_id).limit(len(COURSES))
        return list(zip(db.session.scalars(first), COURSES, strict=True))

    def _guides(self) -> Sequence[tuple[Supervisor, Course]]:
        """The same, to be read when no scope is open."""
        with self.main.scope(Role.OFFICER, self.main.moment(self.last)):
            found = self._pairs()
            for guide, _course in found:
                db.session.refresh(guide)
                db.session.expunge(guide)
            return found

    def _of(self, guide: Supervisor, year: int) -> Appraisal:
        query = select(Appraisal).where(Appraisal.supervisor_id == guide.id, Appraisal.year == year)
        return db.session.scalars(query.with_for_update()).one()

    @contextmanager
    def _own(self, guide: Supervisor, moment: datetime) -> Iterator[None]:
        """Stand in the federation as this supervisor, at a moment."""
        person = Actor(guide.name, guide.user_id)
        with self.main.scope(Role.SUPERVISOR, moment), acting(person):
            yield

    def _workday(self, day: date) -> date:
        with self.main.scope(Role.OFFICER, self.main.moment(self.last)):
            while not visits.works(day):
                day = day.replace(day=day.day + 1)
            return day

    def _at(self, day: date, hour: int = 9) -> datetime:
        return self.main.moment((day - self.main.first_day).days, hour)
