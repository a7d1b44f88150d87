"""An appraisal is counted from the record, item by item, and contracts alone are none."""

import pytest

from blueprints.appraisals import actions, indicators, scoring
from blueprints.appraisals.indicators import Item, Measure
from blueprints.appraisals.queries import get_appraisal, scheme_of
from blueprints.visits import work_actions
from rules.broken import RuleBroken
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.models import Tenant
from tests.appraisals.world import END, SETTINGS, opened, weights
from tests.offers.world import instant
from tests.supervisors.test_pages import get


@pytest.fixture
def year(ours):
    world = opened(ours)
    with clock_at(instant(END, 9)):
        yield world


def lines(ours, year):
    from flask import g

    with ours.app.test_request_context(ours.url("/")):
        g.tenant = db.session.get(Tenant, ours.id)
        found = scoring.lines(get_appraisal(year.appraisal), get(ours, year.mine), scheme_of(2026))
    return {line.indicator.name: line for line in found}


def test_each_indicator_is_so_many_of_so_many(ours, year):
    with ours.scope(at=instant(END)):
        found = {name: (line.done, line.of) for name, line in lines(ours, year).items()}
    assert found == {
        "visits": (3, 4),
        "first_visits": (3, 4),
        "offers": (3, 4),
        "reply_rate": (1, 4),
        "training": (20, 40),
        "records": (2, 3),
        "conduct": (1, 1),
    }


def test_the_score_is_what_the_weights_make_of_it(ours, year):
    with ours.scope(at=instant(END)):
        found = lines(ours, year)
        assert scoring.score_of(list(found.values())) == round(
            20 * 0.75 + 10 * 0.75 + 20 * 0.75 + 10 * 0.25 + 10 * 0.5 + 15 * 2 / 3 + 15
        )
        assert found["offers"].points == 15.0


def test_what_there_was_nothing_of_carries_no_weight(ours, year):
    with ours.scope(at=instant(END)):
        changed = weights(disputes=20, visits=0)
        actions.set_weights(2026, changed, by_id=ours.officer.id, **SETTINGS)
        found = lines(ours, year)
        assert found["disputes"].share is None
        rest = 10 * 0.75 + 20 * 0.75 + 10 * 0.25 + 10 * 0.5 + 15 * 2 / 3 + 15
        assert scoring.score_of(list(found.values())) == round(100 * rest / 80)


def test_a_month_with_fewer_visits_than_its_confirmed_plan_lacks_the_difference(ours, year):
    with ours.scope(at=instant(END)):
        mine = get(ours, year.mine)
        plan = work_actions.draft_plan(
            mine, instant("2026-04-01").date(), by_id=ours.supervisor.id, visits=5,
            first_visits=0, training=None, support=None, gap=None, other_work=None, ways={},
        )  # fmt: skip
        assert (lines(ours, year)["visits"].done, lines(ours, year)["visits"].of) == (3, 4)
        work_actions.confirm_plan(mine, plan, by_id=ours.officer.id)
        assert (lines(ours, year)["visits"].done, lines(ours, year)["visits"].of) == (3, 9)


def test_only_a_proven_complaint_counts(ours, year):
    with ours.scope(at=instant(END)):
        mine, on = get(ours, year.mine), instant(END).date()
        complaint = actions.complain(
            mine, by_id=ours.officer.id, received_on=on, matter="未按约到访"
        )
        assert lines(ours, year)["conduct"].share == 1
        actions.find(complaint, finding="proven", note="核实", by_id=ours.approver.id)
        assert lines(ours, year)["conduct"].share == 0


def test_the_page_leads_from_each_figure_to_its_items(ours, as_, year):
    browser = as_(ours.officer)
    page = browser.get(ours.url(f"/appraisals/{year.appraisal}")).text
    for name in ("visits", "offers", "reply_rate", "training", "records", "conduct"):
        address = f"/appraisals/{year.appraisal}/items/{name}"
        assert address in page
        assert browser.get(ours.url(address)).status_code == 200
    items = browser.get(ours.url(f"/appraisals/{year.appraisal}/items/records")).text
    assert items.count("/visits/") >= 3
    assert browser.get(ours.url(f"/appraisals/{year.appraisal}/items/nothing")).status_code == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"contracts": 100}, "Contracts alone"),
        ({"contracts": 80, "visits": 10, "training": 10}, "Contracts alone"),
        ({"contracts": 70, "visits": 10, "training": 10, "conduct": 10}, "20 at most"),
        ({"visits": 50, "training": 20, "conduct": 20}, "not to 100"),
    ],
)
def test_contracts_never_make_an_appraisal_alone(given, words):
    assert words in scoring.fault_in_weights(given).en


def test_weights_that_cannot_stand_are_refused_with_what_was_typed(ours, as_, year):
    data = {**{k: str(v) for k, v in weights(visits=30).items()},
            **{k: str(v) for k, v in SETTINGS.items()}}  # fmt: skip
    answer = as_(ours.officer).post(ours.url("/appraisals/weights?year=2027"), data=data)
    assert answer.status_code == 422
    assert "add up to 110" in answer.text
    assert 'value="30"' in answer.text


def test_once_somebody_is_marked_the_weights_stand(ours, year):
    with ours.scope(at=instant(END)):
        actions.mark(
            get_appraisal(year.appraisal), note="认真", pay_check=None, by_id=ours.officer.id
        )
        with pytest.raises(RuleBroken, match="can no longer change"):
            actions.set_weights(2026, weights(), by_id=ours.officer.id, **SETTINGS)


def test_a_room_above_counts_what_only_it_can(ours, as_, year, monkeypatch):
    kept = {n: one for n, one in indicators._indicators.items() if n != "content"}
    monkeypatch.setattr(indicators, "_indicators", kept)
    browser = as_(ours.officer)
    assert 'name="content"' not in browser.get(ours.url("/appraisals/weights")).text

    @indicators.indicator("content", "Content", "counted")
    def content(supervisor, year):
        return Measure.counting([Item("a"), Item("b", counts=False)])

    assert 'name="content"' in browser.get(ours.url("/appraisals/weights")).text
    with ours.scope(at=instant(END)):
        changed = weights(content=20, visits=0)
        actions.set_weights(2026, changed, by_id=ours.officer.id, **SETTINGS)
        assert lines(ours, year)["content"].points == 10.0
    with pytest.raises(LookupError):
        indicators.indicator("charm", "x", "y")(content)
