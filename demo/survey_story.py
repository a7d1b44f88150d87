"""Workers asked about the contract of the demonstration: one survey is over, one runs, one waits.

Who answers what is counted off, not drawn: the same start shows the same three rates.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.queries import in_force
from blueprints.evaluation import answering, deeds, planning, queries
from blueprints.evaluation.habits import set_targets
from blueprints.evaluation.models import Invitation, Survey, SurveyScope
from blueprints.evaluation.planning import Plan
from demo.federations import user_of
from demo.main_story import MainStory
from rules.survey import RateKind
from tenants.clock import today
from tenants.db import db
from tenants.roles import Role

# Forms at each unit in turn; the third returns too few to be shown by itself.
RETURNED = (26, 18, 4)
OTHERS = 21
GRADES = ("satisfied", "basically", "basically", "satisfied", "not_very", "hard_to_say")
WAYS = ("vote", "demands", "none", "vote", "election")
JOBS = ("front_line", "front_line", "front_line", "technical", "office")
WISHES = ("wages", "overtime", "allowances", "pay_day")


@dataclass
class SurveyStory:
    """The surveys of one federation; `last` is today, in days after the day of issue."""

    main: MainStory
    last: int

    def ask(self) -> None:
        """The closed one first, so that the contract has rates to be assessed by."""
        with self.main.scope(Role.APPROVER, self.main.moment(self.last - 22)):
            percent = {RateKind.AWARENESS: 90, RateKind.PARTICIPATION: 80}
            set_targets(percent, "演示市总工会〔演示〕3号工作方案")
            db.session.commit()
        over = self.plan(self.last - 21, self.last - 3, "上半年职工问卷")
        self.open(over, self.last - 20)
        self.answer(over, self.last - 10, RETURNED)
        with self.main.scope(Role.OFFICER, self.main.moment(self.last - 2)):
            deeds.end(queries.get_survey(over, lock=True))
            db.session.commit()
        running = self.plan(self.last - 2, self.last + 5, "签约后职工问卷")
        self.open(running, self.last - 1)
        self.answer(running, self.last, (7, 3, 2))
        self.plan(self.last, self.last + 14, "续约前职工问卷")

    def plan(self, on: int, until: int, name: str) -> int:
        with self.main.scope(Role.OFFICER, self.main.moment(on)):
            contract = db.session.scalars(
                select(Contract)
                .where(in_force(today()), Contract.enterprise_id.is_(None))
                .order_by(Contract.id)
            ).first()
            if contract is None:
                raise LookupError("The demonstration has no contract in force.")
            plan = Plan(
                name=f"{contract.territory or contract.name}{name}", respondents=["workers"],
                opens_on=today(), closes_on=today() + timedelta(days=until - on),
                sampling="全体职工均可填写，二维码张贴在公告栏", sample_wanted=60,
            )  # fmt: skip
            made = planning.plan(
                SurveyScope.CONTRACT, contract.id, plan, by_id=user_of(Role.OFFICER).id
            )
            db.session.commit()
            return made.id

    def open(self, survey_id: int, on: int) -> None:
        with self.main.scope(Role.APPROVER, self.main.moment(on)):
            survey = queries.get_survey(survey_id, lock=True)
            deeds.open_survey(survey, by_id=user_of(Role.APPROVER).id)
            db.session.commit()

    def answer(self, survey_id: int, on: int, counts: tuple[int, ...]) -> None:
        with self.main.scope(Role.OFFICER, self.main.moment(on)):
            survey = queries.get_survey(survey_id)
            rows = queries.places(survey_id)
            for place, row in enumerate(rows):
                invitation = db.session.get_one(Invitation, (survey.tenant_id, row.id))
                many = counts[place] if place < len(counts) else OTHERS
                for number in range(many):
                    ticked = self.form(survey, row.contract_id, number)
                    answering.answer(invitation, ticked, answering.new_number())
            db.session.commit()

    def form(self, survey: Survey, contract_id: int, number: int) -> dict[str, list[str]]:
        """Of eight workers seven know the contract."""
        boxes = [one for one in queries.contents_of(survey.id) if one.contract_id == contract_id]
        true = [str(one.id) for one in boxes if one.in_contract]
        knows = number % 8 != 5
        return {
            "knows": ["yes"] if knows else ["heard"],
            "contents": true[:2] if knows else ["cannot_say"],
            "heard_from": ["board"] if knows else ["did_not_know"],
            "took_part": [WAYS[number % len(WAYS)]],
            "satisfied": [GRADES[number % len(GRADES)]],
            "kept": ["most" if knows else "unknown"],
            "next_time": [WISHES[number % len(WISHES)]],
            "job": [JOBS[number % len(JOBS)]],
        }
