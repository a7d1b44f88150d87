"""From a plan to three rates: who may do what, what is asked, and what is counted."""

from datetime import date

import pytest
from sqlalchemy import func, select

from blueprints.contracts.ground.sources import NotSurveyed, survey_of
from blueprints.evaluation import deeds, instruments, planning, queries, results
from blueprints.evaluation.models import InstrumentState, SurveyAnswer, SurveyScope
from blueprints.evaluation.planning import Box
from jobs import surveys as job
from rules.broken import RuleBroken
from rules.survey import Question, RateKind
from rules.words import Text
from tenants.db import db
from tests.contracts.world import at, sweep
from tests.evaluation import world

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def town(ours):
    return world.town(ours)


def test_a_plan_asks_at_every_unit_the_contract_binds(town):
    survey_id = world.planned(town, respondents=["workers", "union"])
    with town.on(world.PLANNED):
        rows = queries.places(survey_id)
        assert {row.name for row in rows} == set(world.FIRMS)
        assert [row.respondent for row in rows].count("union") == 3
        assert len({row.token for row in rows}) == 6


def test_boxes_are_proposed_from_the_clauses_and_mixed_with_others(town):
    survey_id = world.planned(town)
    with town.on(world.PLANNED):
        boxes = queries.contents_of(survey_id)
        assert any("2,260" in box.words or "2260" in box.words for box in boxes if box.in_contract)
        assert any(not box.in_contract for box in boxes)
        true = [n for n, box in enumerate(boxes) if box.in_contract]
        assert true != list(range(len(true)))  # their order tells nobody which are true


def test_an_area_and_a_draw_by_lot_choose_the_same_units_again(town):
    first = world.planned(town, scope=SurveyScope.AREA, ident="421002", units=2)
    second = world.planned(town, scope=SurveyScope.AREA, ident="421002", units=2)
    with town.on(world.PLANNED):
        units = [{row.enterprise_id for row in queries.places(one)} for one in (first, second)]
    assert units[0] == units[1]
    assert len(units[0]) == 2


def test_whoever_planned_it_cannot_open_it(town):
    survey_id = world.planned(town)
    with town.on(world.OPENED), pytest.raises(RuleBroken, match="another"):
        deeds.open_survey(queries.get_survey(survey_id), by_id=town.federation.officer.id)


def test_it_is_not_opened_before_question_two_has_a_true_box(town):
    survey_id = world.planned(town)
    with town.on(world.OPENED, by=town.federation.approver):
        survey = queries.get_survey(survey_id)
        only_false = [Box(Text("不在合同里", "not in it"), in_contract=False)]
        planning.save_contents(survey, {town.contract_id: only_false})
        with pytest.raises(RuleBroken, match="question 2"):
            deeds.open_survey(survey, by_id=town.federation.approver.id)


def test_three_rates_stand_apart_with_numerator_and_denominator(town):
    survey_id = world.closed(town, (8, 4), (6, 6))
    with town.on(world.AFTER):
        group = results.whole(queries.get_survey(survey_id))
        rates = {one.kind: (one.rate.numerator, one.rate.denominator) for one in group.rates}
        assert rates == {
            RateKind.AWARENESS: (14, 24),
            RateKind.PARTICIPATION: (14, 24),
            RateKind.SATISFACTION: (14, 24),
        }
        assert group.tally.unsure == 10


def test_fewer_than_the_smallest_cell_show_nothing_not_even_the_sum(town):
    survey_id = world.closed(town, (5, 0), (4, 0))
    with town.on(world.AFTER):
        survey = queries.get_survey(survey_id)
        assert results.whole(survey) is None
        assert results.groups(survey, "enterprise") == []
        assert survey.figures["workers"]["valid"] == 9  # a count of forms says nothing of them
        assert isinstance(survey_of(town.contract_id, *YEAR), NotSurveyed)


def test_a_small_unit_cannot_be_reckoned_from_the_others(town):
    survey_id = world.closed(town, (12, 0), (0, 11), (3, 0))
    with town.on(world.AFTER):
        survey = queries.get_survey(survey_id)
        groups = results.groups(survey, "enterprise")
        assert sorted(group.tally.valid for group in groups) == [12, 14]
        whole = results.whole(survey).tally.valid
        assert whole == 26 == sum(group.tally.valid for group in groups)


def test_the_contract_has_its_newest_rates(town):
    world.closed(town, (8, 4), (6, 6))
    with town.on(world.AFTER):
        known = survey_of(town.contract_id, *YEAR)
        assert (known.asked, known.answers) == (90, 24)
        assert (known.awareness.numerator, known.satisfaction.denominator) == (14, 24)
        assert known.instrument == "worker-1"


def test_a_sample_smaller_than_planned_is_said(town):
    survey_id = world.closed(town, (8, 4), sample_wanted=50)
    with town.on(world.AFTER):
        said = [words.en for words in results.warnings(queries.get_survey(survey_id))]
        assert any("12 valid forms where 50 were wanted" in words for words in said)


def test_the_sweep_ends_it_after_its_last_day_and_only_once(town):
    survey_id = world.opened(town)
    assert sweep(job.end, town.federation, world.LAST) == 0
    assert sweep(job.end, town.federation, world.AFTER) == 1
    assert sweep(job.end, town.federation, world.AFTER) == 0
    with town.on(world.AFTER):
        assert queries.get_survey(survey_id).state == "closed"


def test_an_answer_keeps_no_name_no_hour_and_no_order(town):
    survey_id = world.opened(town)
    world.answered(town, survey_id, (3, 0))
    with town.on(world.OPENED):
        rows = db.session.scalars(select(SurveyAnswer)).all()
        assert {row.created_at.day for row in rows} <= {1, 30, 31, 28, 29}  # a month, in UTC
        assert len({row.created_at for row in rows}) == 1
        columns = set(SurveyAnswer.__table__.columns.keys())
        assert columns == {"tenant_id", "id", "invitation_id", "ticked", "on_paper", "created_at"}
        assert rows[0].id > 2**20  # drawn by lot, not counted up


def test_added_questions_need_a_second_person_and_old_surveys_keep_their_form(town):
    federation = town.federation
    with town.on(world.PLANNED):
        asked = [instruments.question(1, "one", Text("食堂", "Canteen"), ["好 | good", "差 | bad"])]
        made = instruments.propose("2025-1", asked, by_id=federation.officer.id)
        with pytest.raises(RuleBroken, match="Another person"):
            instruments.approve(made, by_id=federation.officer.id)
        with pytest.raises(RuleBroken, match="not approved"):
            planning.plan("contract", town.contract_id, world.plan(instrument_id=made.id),
                          by_id=federation.officer.id)  # fmt: skip
        db.session.rollback()
        made = instruments.propose("2025-1", asked, by_id=federation.officer.id)
        instruments.approve(made, by_id=federation.approver.id)
        db.session.commit()
        ident = made.id
    survey_id = world.planned(town, instrument_id=ident)
    with town.on(world.PLANNED):
        instruments.withdraw(queries.get_instrument(ident))
        db.session.commit()
        survey = queries.get_survey(survey_id)
        assert survey.instrument_version == "2025-1"
        assert Question.from_json(survey.questions[-1]).words.en == "Canteen"
        assert queries.get_instrument(ident).state == InstrumentState.WITHDRAWN


def test_two_people_who_change_one_plan_lose_nothing(town):
    survey_id = world.planned(town)
    with town.on(world.PLANNED):
        survey = queries.get_survey(survey_id)
        planning.change(survey, world.plan(name="改过一次"), version=1)
        with pytest.raises(RuleBroken, match="just changed"):
            planning.change(survey, world.plan(name="第二个人"), version=1)


def test_the_same_form_sent_twice_is_one_answer(town):
    survey_id = world.opened(town)
    with town.on(world.OPENED):
        survey = queries.get_survey(survey_id)
        row = world.links(survey_id)[0]
        invitation = db.session.get_one(queries.Invitation, (survey.tenant_id, row.id))
        from blueprints.evaluation.answering import answer, new_number

        number = new_number()
        answer(invitation, world.KNOWS, number)
        answer(invitation, world.KNOWS, number)
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1


def test_a_supervisor_is_measured_by_workers_who_know_their_contract(town):
    from blueprints.appraisals.indicators import Year, counted
    from blueprints.supervisors.models import Assignment, Supervisor

    with town.on(world.PLANNED):
        guide = Supervisor(name="示例指导员", user_id=town.federation.supervisor.id)
        db.session.add(guide)
        db.session.flush()
        db.session.add(
            Assignment(
                supervisor_id=guide.id, enterprise_id=town.firms[0], valid_from=date(2025, 1, 1)
            )
        )
        db.session.commit()
        guide_id = guide.id
    world.closed(town, (6, 6), (9, 3))  # by name: 丙, 甲, 乙
    with town.on(world.AFTER):
        guide = db.session.get_one(Supervisor, (town.federation.id, guide_id))
        year = Year(2025, date(2025, 1, 1), date(2025, 12, 31), scheme=None)
        measure = counted()["workers"].measure(guide, year)
        assert (measure.done, measure.of) == (9, 12)
        assert len(measure.items) == 1


def test_other_federations_see_nothing_of_it(town, theirs):
    survey_id = world.closed(town, (8, 4))
    with theirs.scope(at=at(world.AFTER)):
        assert queries.closed_about(town.contract_id) == []
        assert isinstance(survey_of(town.contract_id, *YEAR), NotSurveyed)
        assert db.session.scalar(select(func.count()).select_from(SurveyAnswer)) == 0
        assert queries.places(survey_id) == []
