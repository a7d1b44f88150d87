"""A case from joined offers to two full teams, and a worker on a phone who is nobody."""

import re

import pytest

from blueprints.bargaining.demands import actions as demands
from blueprints.bargaining.ground import queries
from blueprints.bargaining.teams.composition import of_the_teams
from tenants.db import db
from tests.bargaining.test_demands import opened
from tests.bargaining.world import WHEN, answered, joined
from tests.browser.conftest import NARROW

pytestmark = pytest.mark.browser
SAVE = "main form .y-submit .btn-primary"


def add(page, federation, case_id, side, name, *, chief):
    page.goto(
        page.url.split(federation.slug)[0]
        + federation.url(f"/cases/{case_id}/teams/{side}/new")[1:]
    )
    page.fill("[name=name]", name)
    page.fill("[name=chosen_on]", "2026-03-19")
    if side == "workers":
        page.fill("[name=electorate]", "90")
        page.fill("[name=votes_for]", "61")
    if chief:
        page.check("[name=chief]")
    page.click(SAVE)
    page.wait_for_url(re.compile("/teams$"))


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_an_officer_joins_offers_and_names_both_teams(ours, window, site, locale):
    site.moment = WHEN
    answered(ours)
    one = window(ours.officer, locale=locale)
    page = one.go(ours.url("/cases/join"))
    page.check("[data-pick-all]")
    assert one.faults() == []
    page.click(".y-bulk .btn-primary")
    page.wait_for_url(re.compile("/cases/new"))
    page.fill("[name=name]", "沙市区餐饮行业工资集体协商")
    assert page.input_value("[name=level]") == "industry"
    page.click(SAVE)
    page.wait_for_url(re.compile(r"/cases/\d+$"))
    assert one.faults() == []
    case_id = int(page.url.rpartition("/")[2])
    for side, letters in (("workers", "赵钱孙"), ("employer", "陈刘周")):
        for n, letter in enumerate(letters):
            add(page, ours, case_id, side, f"{letter}某某", chief=n == 0)
    assert one.faults() == []
    with ours.scope(at=WHEN):
        kept = queries.get_case(case_id)
        assert kept.state == "replied_yes"
        assert of_the_teams(kept) == {"teams_complete": True, "composition_met": True}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_worker_answers_on_a_phone_with_and_without_script(ours, window, script):
    call = opened(ours, joined(ours))
    one = window(width=NARROW, script=script)
    page = one.go(ours.url(f"/demands/{call.worker_token}"))
    assert one.faults(axe=script) == []
    page.check("#w-0-5")
    page.fill("[name=words]", "夜班多")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    assert "谢谢" in page.inner_text("h1")
    with ours.scope():
        assert demands.how_many_answers(call.case_id) == 1
        db.session.rollback()
