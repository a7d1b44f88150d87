"""What a room above says of the workers' survey: scored with its sample, or left out with why."""

from datetime import date

import pytest

from blueprints.contracts.ground import sources as assessment_sources
from blueprints.contracts.ground.sources import NotSurveyed, Rate, Surveyed, survey_source
from blueprints.contracts.reports import actions as report_actions
from blueprints.contracts.reports.models import PerformanceReport
from rules.words import Text
from tenants.db import db
from tests.contracts.desk import CHECKED

ANSWERS = Surveyed(
    awareness=Rate(202, 240), participation=Rate(150, 240), satisfaction=Rate(180, 240),
    asked=300, answers=240, instrument="25-worker-survey/1", closed_on=date(2026, 3, 1),
)  # fmt: skip


@pytest.fixture
def slot():
    """The slot as it is before anybody fills it; as it was, afterwards."""
    kept = list(assessment_sources._sources)
    assessment_sources._sources.clear()
    yield survey_source
    assessment_sources._sources[:] = kept


def assessed(desk):
    desk.look_at(["kept", "partly"])
    assert desk.sign().status_code == 303
    path = f"/performance/contracts/{desk.town.contract_id}/assessment"
    desk.done(f"{path}/new", "2026-03-20", assessors="监督小组", next_round="提高起薪")
    return desk.see(path, "2026-03-20").text


def test_three_rates_with_their_sample_are_scored(desk, slot):
    asked = []

    @slot
    def answered(contract_id, first, last):
        asked.append((contract_id, first, last))
        return ANSWERS

    page = assessed(desk)
    assert (desk.town.contract_id, date(2025, 5, 7), date(2026, 3, 20)) in asked
    assert "240 valid forms of 300 asked" in page
    assert "aware 84.2% (202/240), took part 62.5% (150/240), satisfied 75.0% (180/240)" in page
    assert "25-worker-survey/1" in page
    assert "shared out among the others" not in page
    (report,) = desk.rows(db.select(PerformanceReport))
    with desk.town.on(CHECKED):
        values = report_actions.values_of(report)
    assert values["satisfaction_rate"] == 0.75
    assert values["valid_answer_count"] == 240


def test_where_it_says_why_not_the_points_are_shared_out_and_the_reason_is_told(desk, slot):
    few = Text("有效问卷不足，不予公布", "too few forms to be shown")
    slot(lambda contract_id, first, last: NotSurveyed(few))
    page = assessed(desk)
    assert "too few forms to be shown" in page
    assert "shared out among the others" in page


def test_until_somebody_fills_it_there_is_no_survey(desk, slot):
    assert "no survey of the workers yet" in assessed(desk)


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 0), (3, 2), (-1, 5)])
def test_a_rate_without_a_true_denominator_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="is no rate"):
        Rate(numerator, denominator)
