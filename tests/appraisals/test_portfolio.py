"""What rooms above hand in by enterprise is added up over one's own portfolio, and no further."""

from datetime import date, timedelta

import pytest

from blueprints.appraisals import actions, indicators
from blueprints.appraisals.portfolio import Share, of_the_portfolio
from blueprints.supervisors.models import Assignment
from tenants.db import db
from tests.appraisals.test_counting import lines, year
from tests.appraisals.world import END, SETTINGS, weights
from tests.offers.world import instant

__all__ = ["year"]

SURVEYED = date(2026, 6, 1)


@pytest.fixture
def surveyed(ours, year, monkeypatch):
    """A room that surveyed two enterprises of the portfolio, and one of nobody's."""
    kept = {n: i for n, i in indicators._indicators.items() if n != "workers"}
    monkeypatch.setattr(indicators, "_indicators", kept)
    year.asked = []

    def hand_in():
        @of_the_portfolio("workers", "Workers' view", "those who know")
        def awareness(enterprise_ids, known):
            year.asked.append(set(enterprise_ids))
            firm, other = year.firms[0], year.firms[1]
            door = ("registry.show", "enterprise_id", firm)
            yield Share(firm, 18, 24, SURVEYED, "一季度问卷", door)
            yield Share(other, 2, 16, SURVEYED + timedelta(days=1), "二季度问卷")
            yield Share(10**6, 9, 9, SURVEYED, "别人的问卷")
            yield Share(firm, 9, 9, date(2025, 6, 1), "上年问卷")

    year.hand_in = hand_in
    return year


def weighed(ours):
    with ours.scope(at=instant(END)):
        actions.set_weights(2026, weights(workers=20, visits=0), by_id=ours.officer.id, **SETTINGS)
        db.session.commit()


def test_while_nobody_hands_it_in_the_page_says_why_it_cannot_be_weighed(ours, as_, surveyed):
    page = as_(ours.officer).get(ours.url("/appraisals/weights")).text
    assert 'name="workers"' not in page
    assert "have not been asked here" in page


def test_shares_of_the_portfolio_are_added_up(ours, as_, surveyed):
    surveyed.hand_in()
    weighed(ours)
    with ours.scope(at=instant(END)):
        line = lines(ours, surveyed)["workers"]
        assert (line.done, line.of, line.points) == (20, 40, 10.0)
        assert set(surveyed.firms[:2]) <= surveyed.asked[-1]


def test_each_share_is_an_item_with_its_own_figures(ours, as_, surveyed):
    surveyed.hand_in()
    weighed(ours)
    browser = as_(ours.officer)
    page = browser.get(ours.url(f"/appraisals/{surveyed.appraisal}/items/workers")).text
    assert "18 out of 24" in page
    assert "2 out of 16" in page
    assert f"/enterprises/{surveyed.firms[0]}" in page
    assert "别人的问卷" not in page
    assert "上年问卷" not in page
    assert "have not been asked" not in browser.get(ours.url("/appraisals/weights")).text


def test_nobody_answers_for_the_time_of_another(ours, surveyed):
    surveyed.hand_in()
    weighed(ours)
    with ours.scope(at=instant(END)):
        handed_on = db.session.query(Assignment).filter_by(enterprise_id=surveyed.firms[0]).one()
        handed_on.valid_to = SURVEYED
        db.session.flush()
        line = lines(ours, surveyed)["workers"]
        assert (line.done, line.of) == (2, 16)
