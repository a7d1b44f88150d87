"""Opening a case on screen, correcting it, and its enterprises."""

from datetime import date

import pytest

from blueprints.bargaining.ground import clocks as case_clocks
from blueprints.bargaining.ground import queries
from tenants.db import db
from tests.bargaining.table_world import opened
from tests.bargaining.world import answered, by_hand, joined
from tests.offers.world import instant
from tests.world import found

OPEN = {
    "name": "沙市区餐饮行业工资集体协商", "level": "industry", "contract_kind": "wage",
    "industry": "62", "area": "421002", "acting_mode": "own", "opened_on": "2026-03-20",
    "counted_on": "2026-03-20", "subject": "工资", "territory": "", "union_id": "",
    "upper_union_id": "", "employer_association_id": "", "supervisor_id": "",
}  # fmt: skip


def test_an_officer_joins_accepted_offers_and_opens_the_case(ours, as_):
    offers = answered(ours)
    browser = as_(ours.officer)
    listed = browser.get(ours.url("/cases/join"))
    assert listed.text.count('name="offer"') == 3
    form = browser.get(ours.url(f"/cases/new?offer={offers[0]}&offer={offers[1]}"))
    assert form.status_code == 200
    done = browser.post(ours.url("/cases/new"), data={**OPEN, "offer": offers[:2]})
    assert done.status_code == 303
    assert "沙市区餐饮行业" in browser.get(done.location).text
    assert browser.get(ours.url("/cases/join")).text.count('name="offer"') == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"opened_on": "2026-03-01"}, "was only issued on"),
        ({"opened_on": "2099-01-01"}, "has not come yet"),
        ({"industry": ""}, "Name the industry"),
        ({"acting_mode": "upper_acts"}, "which upper union"),
    ],
)
def test_what_cannot_be_opened_so_is_said_beside_the_field_and_nothing_is_lost(
    ours, as_, typed, says
):
    offers = answered(ours)
    data = {**OPEN, "offer": offers[:2], **typed}
    refused = as_(ours.officer).post(ours.url("/cases/new"), data=data)
    assert refused.status_code == 422
    assert says in refused.text
    assert "沙市区餐饮行业" in refused.text


def test_a_case_by_hand_asks_why(ours, as_):
    refused = as_(ours.officer).post(ours.url("/cases/new"), data={**OPEN, "ground_note": ""})
    assert "say why the case is opened" in refused.text
    done = as_(ours.officer).post(ours.url("/cases/new"), data={**OPEN, "ground_note": "双方商定"})
    assert done.status_code == 303


def test_two_people_who_correct_the_same_case_do_not_overwrite_each_other(ours, as_):
    case = joined(ours)
    address = ours.url(f"/cases/{case.id}/edit")
    seen = case.updated_at.isoformat()
    first = as_(ours.officer).post(address, data={**OPEN, "name": "甲改", "seen": seen})
    second = as_(ours.officer).post(address, data={**OPEN, "name": "乙改", "seen": seen})
    assert first.status_code == 303
    assert second.status_code == 409
    assert "Somebody else has changed this" in second.text
    assert "乙改" in second.text
    with ours.scope():
        assert queries.get_case(case.id).name == "甲改"


def test_headcounts_are_those_of_the_day(ours, as_):
    case = joined(ours)
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/enterprises"))
    assert page.text.count("Change: 示例") == 5
    with ours.scope():
        assert queries.totals_of(case.id).workers == 150
    as_(ours.officer).post(ours.url(f"/cases/{case.id}/count"), data={"counted_on": "2020-01-01"})
    with ours.scope():
        totals = queries.totals_of(case.id)
    assert (totals.workers, totals.uncounted) == (0, 5)
    assert "have no headcount" in as_(ours.officer).get(ours.url(f"/cases/{case.id}")).text


def test_an_enterprise_leaves_with_a_reason_and_its_row_stays(ours, as_):
    case = joined(ours)
    with ours.scope():
        row = queries.enterprises_of(case.id)[0]
    address = ours.url(f"/cases/{case.id}/enterprises/{row.enterprise_id}")
    browser = as_(ours.officer)
    bare = browser.post(address, data={"part": "left", "on": "2026-03-25", "reason": ""})
    early = browser.post(address, data={"part": "left", "on": "2026-03-01", "reason": "停业"})
    done = browser.post(address, data={"part": "left", "on": "2026-03-25", "reason": "停业"})
    assert (bare.status_code, early.status_code, done.status_code) == (422, 422, 303)
    with ours.scope():
        assert len(queries.enterprises_of(case.id)) == 4
        assert len(queries.enterprises_of(case.id, still=False)) == 5


def test_an_enterprise_of_the_register_is_added_once(ours, as_):
    joined_case = joined(ours)
    case = by_hand(ours)
    with ours.scope():
        ident = queries.enterprises_of(joined_case.id)[0].enterprise_id
    browser = as_(ours.officer)
    for _ in range(2):
        browser.post(ours.url(f"/cases/{case.id}/enterprises"), data={"enterprise": [ident]})
    with ours.scope():
        assert [row.enterprise_id for row in queries.enterprises_of(case.id)] == [ident]
        db.session.rollback()


def test_the_list_is_filtered_and_its_sheet_holds_what_it_shows(ours, as_):
    by_hand(ours)
    browser = as_(ours.officer)
    assert browser.get(ours.url("/cases?group=preparing&sort=name")).text.count("示例甲") >= 1
    sheet = browser.get(ours.url("/cases/export.csv"))
    assert "示例甲餐饮有限公司工资集体协商" in sheet.text


def test_the_packs_can_be_browsed_and_searched(ours, as_):
    browser = as_(ours.officer)
    assert "Catering" in browser.get(ours.url("/cases/packs")).text
    assert "＿＿＿＿" in browser.get(ours.url("/cases/packs/catering")).text
    assert browser.get(ours.url("/cases/packs/no-such")).status_code == 404
    assert "Split shifts" in browser.get(ours.url("/cases/packs?q=split")).text


def test_a_case_opened_in_vain_is_withdrawn_and_its_offers_are_free_again(ours, as_):
    case = joined(ours)
    browser = as_(ours.officer)
    assert 'name="offer"' not in browser.get(ours.url("/cases/join")).text
    address = ours.url(f"/cases/{case.id}/withdrawal")
    bare = browser.post(address, data={"on": "2026-03-25", "reason": ""})
    early = browser.post(address, data={"on": "2026-03-01", "reason": "误立"})
    done = browser.post(address, data={"on": "2026-03-25", "reason": "误立"})
    assert (bare.status_code, early.status_code, done.status_code) == (422, 422, 303)
    page = browser.get(done.location).text
    assert "误立" in page
    assert browser.get(ours.url("/cases/join")).text.count('name="offer"') == 3
    assert browser.post(address, data={"on": "2026-03-26", "reason": "再次"}).status_code == 409


def test_a_case_whose_time_ran_out_is_closed_with_words_and_not_a_day_before(app, as_):
    """Sixty days in Hangzhou: an officer ends what nobody settled, the calendar does not."""
    hangzhou = found(app, division="330100")
    table = opened(hangzhou).meet()
    with table.at("2026-04-20"):
        case_clocks.start(table.case, case_clocks.DURATION, date(2026, 4, 20))
        db.session.commit()
    browser = as_(hangzhou.officer)
    address = hangzhou.url(f"/cases/{table.case_id}/closing")
    typed = {"reason": "双方未能达成一致"}
    with hangzhou.scope(at=instant("2026-06-19", 10)):
        assert address not in browser.get(hangzhou.url(f"/cases/{table.case_id}")).text
        assert browser.post(address, data={**typed, "on": "2026-06-19"}).status_code == 409
    with hangzhou.scope(at=instant("2026-06-23", 10)):
        assert address in browser.get(hangzhou.url(f"/cases/{table.case_id}")).text
        assert browser.get(address).status_code == 200
        assert browser.post(address, data={**typed, "on": "2026-06-24"}).status_code == 422
        done = browser.post(address, data={**typed, "on": "2026-06-23"})
        assert done.status_code == 303
        assert "双方未能达成一致" in browser.get(done.location).text
    assert table.state() == "lapsed"


def test_nobody_makes_a_mandate_out_of_a_tick(ours, as_):
    case = joined(ours)
    with ours.scope():
        row = queries.enterprises_of(case.id)[0]
    address = ours.url(f"/cases/{case.id}/enterprises/{row.enterprise_id}")
    refused = as_(ours.officer).post(address, data={"part": "mandated", "on": "2026-03-25"})
    assert refused.status_code == 422
