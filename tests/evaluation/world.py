"""A survey of workers, carried as far as a test wants it, by the room's own verbs."""

from datetime import date

from blueprints.evaluation import answering, deeds, planning, queries
from blueprints.evaluation.models import Survey, SurveyScope
from blueprints.evaluation.planning import Plan
from tenants.db import db
from tests.contracts import world as contracts
from tests.contracts.world import Town

PLANNED, OPENED, LAST = date(2025, 6, 2), date(2025, 6, 3), date(2025, 6, 20)
AFTER = date(2025, 6, 21)
FIRMS = ("示例甲餐饮有限公司", "示例乙餐饮有限公司", "示例丙餐饮有限公司")
# Boxes as a form ticks them; question 2 is filled in by `form`.
KNOWS = {"knows": ["yes"], "took_part": ["vote"], "satisfied": ["satisfied"], "kept": ["most"]}
DOES_NOT = {"knows": ["no"], "took_part": ["none"], "satisfied": ["hard_to_say"], "job": ["office"]}
# A form as the app's own role would write it, past every verb; to be filled in with format().
FORM = (
    "INSERT INTO survey_answer (tenant_id, id, invitation_id, ticked) "
    "VALUES ({tenant}, {id}, {link}, '{{}}')"
)


def town(federation, **changed: object) -> Town:
    """Three restaurants under one contract in force."""
    return contracts.published(contracts.town(federation, *FIRMS), **changed)


def plan(**changed: object) -> Plan:
    known = {
        "name": "示例职工问卷",
        "respondents": ["workers"],
        "opens_on": OPENED,
        "closes_on": LAST,
        "sampling": "全体职工均可填写",
        "sample_wanted": 20,
    }
    return Plan(**{**known, **changed})  # type: ignore[arg-type]


def planned(found: Town, *, scope=SurveyScope.CONTRACT, ident=None, units=None, **changed) -> int:
    with found.on(PLANNED):
        survey = planning.plan(
            scope, ident or found.contract_id, plan(**changed),
            by_id=found.federation.officer.id, units=units,
        )  # fmt: skip
        db.session.commit()
        return survey.id


def opened(found: Town, **changed) -> int:
    survey_id = planned(found, **changed)
    with found.on(OPENED, by=found.federation.approver):
        deeds.open_survey(
            queries.get_survey(survey_id, lock=True), by_id=found.federation.approver.id
        )
        db.session.commit()
    return survey_id


def links(survey_id: int, respondent: str = "workers") -> list:
    """The links of a survey, in the order of the names of the units."""
    return [row for row in queries.places(survey_id) if row.respondent == respondent]


def form(survey: Survey, contract_id: int, ticked: dict) -> dict:
    """A form with a true box of question 2 where the worker knows the contract."""
    true = [
        str(box.id)
        for box in queries.contents_of(survey.id)
        if box.in_contract and box.contract_id == contract_id
    ]
    return {**ticked, "contents": true[:1] if ticked.get("knows") == ["yes"] else ["cannot_say"]}


def answered(found: Town, survey_id: int, *counts: tuple[int, int], respondent="workers") -> None:
    """At each unit in turn, so many who know the contract and so many who do not."""
    with found.on(OPENED):
        survey = queries.get_survey(survey_id)
        for row, (know, not_) in zip(links(survey_id, respondent), counts, strict=False):
            invitation = db.session.get_one(queries.Invitation, (survey.tenant_id, row.id))
            for ticked in [KNOWS] * know + [DOES_NOT] * not_:
                boxes = form(survey, row.contract_id, ticked)
                answering.answer(invitation, boxes, answering.new_number())
        db.session.commit()


def closed(found: Town, *counts: tuple[int, int], **changed) -> int:
    survey_id = opened(found, **changed)
    answered(found, survey_id, *counts)
    with found.on(AFTER):
        assert deeds.end(queries.get_survey(survey_id, lock=True))
        db.session.commit()
    return survey_id
