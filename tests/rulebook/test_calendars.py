"""The days on screen: a year, the State Council's notice as we entered it, how days are counted."""

from datetime import date

import pytest
from sqlalchemy import func, select

from blueprints.rulebook import queries
from blueprints.rulebook.models import CalendarDay, CalendarYear
from tenants.db import db
from tenants.models import Event

NOTICE = "国办发明电〔2026〕7号"
SPRING = {"name": "春节", "first": "2027-02-05", "last": "2027-02-11",
          "make_up": "2027-01-31\n2027-02-20", "notice": NOTICE}  # fmt: skip


def enter(browser, federation, year=2027, **changes):
    return browser.post(federation.url(f"/calendars/{year}/entries"), data={**SPRING, **changes})


def only_entry(browser, federation):
    with federation.scope():
        return db.session.scalar(select(func.min(CalendarDay.id)))


def test_everybody_sees_the_year_and_only_an_administrator_the_ways_to_change_it(ours, as_):
    for person in ours.people.values():
        page = as_(person).get(ours.url("/calendars/2026"))
        assert page.status_code == 200
        assert page.text.count('class="y-month"') == 12
        assert ("Enter a holiday" in page.text) is (person == ours.administrator)
        assert "Complete" in page.text


def test_a_published_year_shows_its_holidays_and_the_days_worked_for_them(ours, as_):
    page = as_(ours.officer).get(ours.url("/calendars/2026")).text
    assert page.count('class="make_up"') == 6
    assert "published calendar" in page
    sheet = as_(ours.officer).get(ours.url("/calendars/2026/export.csv")).get_data(as_text=True)
    assert "2026-10-10,Worked instead" in sheet
    assert "2026-10-01,Holiday" in sheet


def test_a_year_nobody_knows_yet_says_what_that_means(ours, as_):
    page = as_(ours.officer).get(ours.url("/calendars/2027")).text
    assert "The notice of 2027 is not entered in full" in page
    assert "nothing lapses on them" in page
    assert as_(ours.officer).get(ours.url("/calendars/1990")).status_code == 404


def test_a_notice_is_entered_and_the_year_marked_then_working_days_are_counted(ours, as_):
    browser = as_(ours.administrator)
    assert enter(browser, ours).status_code == 303
    with ours.scope():
        calendar = queries.calendar()
        assert not calendar.works(date(2027, 2, 8))
        assert calendar.works(date(2027, 2, 20))
    page = browser.get(ours.url("/calendars/2027")).text
    assert "own entry" in page
    assert NOTICE in page
    assert "entered" in page
    address = ours.url("/calendars/2027/completion")
    assert browser.post(address, data={"notice": ""}).status_code == 422
    assert browser.post(address, data={"notice": NOTICE}).status_code == 303
    assert browser.post(address, data={"notice": NOTICE}).status_code == 303
    with ours.scope():
        assert queries.calendar().covers(date(2027, 1, 1), date(2027, 12, 31))
        assert db.session.scalar(select(func.count()).select_from(CalendarYear)) == 1


def test_a_year_opened_again_refuses_working_days(ours, as_):
    browser = as_(ours.administrator)
    browser.post(ours.url("/calendars/2027/completion"), data={"notice": NOTICE})
    address = ours.url("/calendars/2027/reopening")
    assert browser.post(address, data={"reason": ""}).status_code == 422
    assert browser.post(address, data={"reason": "漏录国庆节"}).status_code == 303
    with ours.scope():
        assert not queries.calendar().covers(date(2027, 1, 1), date(2027, 12, 31))
    assert "漏录国庆节" in browser.get(ours.url("/calendars/2027")).text


def test_an_entry_is_changed_and_removed_and_both_stay_in_the_trail(ours, as_):
    browser = as_(ours.administrator)
    enter(browser, ours)
    ident = only_entry(browser, ours)
    address = ours.url(f"/calendars/2027/entries/{ident}")
    assert "2027-02-20" in browser.get(address).text
    assert browser.post(address, data={**SPRING, "last": "2027-02-12"}).status_code == 303
    ident = only_entry(browser, ours)
    with ours.scope():
        assert not queries.calendar().works(date(2027, 2, 12))
    removal = ours.url(f"/calendars/2027/entries/{ident}/removal")
    assert browser.post(removal, data={"reason": ""}).status_code == 422
    assert browser.post(removal, data={"reason": "通知作废"}).status_code == 303
    with ours.scope():
        assert db.session.scalar(select(func.count()).select_from(CalendarDay)) == 0
        verbs = db.session.scalars(select(Event.verb).order_by(Event.seq)).all()
        assert verbs[-3:] == ["calendar.entered", "calendar.changed", "calendar.removed"]


def test_a_single_day_may_be_entered_and_so_may_a_worked_day_alone(ours, as_):
    browser = as_(ours.administrator)
    assert (
        enter(browser, ours, name="元旦", first="2027-01-01", last="", make_up="").status_code
        == 303
    )
    answer = enter(browser, ours, name="调休", first="", last="", make_up="2027-01-09")
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Please fill in this field"),
        ({"notice": ""}, "Please fill in this field"),
        ({"first": "2027-02-30"}, "not a date"),
        ({"last": "2027-02-01"}, "cannot end before it begins"),
        ({"last": "2027-05-01"}, "More than 31 days"),
        ({"make_up": "20 February"}, "is not a date such as"),
        ({"make_up": "2027-02-06"}, "is given as a day off too"),
        ({"make_up": "2029-02-06"}, "is not of this year"),
        ({"first": "", "last": "", "make_up": ""}, "or the days worked"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_beside_its_field(ours, as_, changes, words):
    answer = enter(as_(ours.administrator), ours, **changes)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_day_is_entered_once(ours, as_):
    browser = as_(ours.administrator)
    enter(browser, ours)
    again = enter(browser, ours, name="另一节日", first="2027-02-11", last="2027-02-12", make_up="")
    assert again.status_code == 422
    assert "already entered (春节)" in again.text


def test_the_days_of_one_federation_are_not_those_of_another(ours, theirs, as_):
    enter(as_(ours.administrator), ours)
    ident = only_entry(None, ours)
    address = theirs.url(f"/calendars/2027/entries/{ident}")
    assert as_(theirs.administrator).get(address).status_code == 404
    with theirs.scope():
        assert queries.calendar().works(date(2027, 2, 11))
    assert NOTICE not in as_(theirs.administrator).get(theirs.url("/calendars/2027")).text


def test_how_days_are_counted_is_a_setting_that_the_derivation_names(ours, as_):
    browser = as_(ours.administrator)
    page = browser.get(ours.url("/rules/offer.reply_days?anchor=2025-03-03")).text
    assert "moves to the next working day" in page
    browser.post(ours.url("/calendars/conventions"), data={"make_up_days_count": "y"})
    page = browser.get(ours.url("/rules/offer.reply_days?anchor=2025-03-03")).text
    assert '<time datetime="2025-03-23">' in page
    assert "By setting, the last day is not moved" in page
    assert "changed how days are counted" in browser.get(ours.url("/calendars")).text


def test_only_an_administrator_changes_days(ours, as_):
    for person in (ours.officer, ours.approver, ours.auditor):
        browser = as_(person)
        assert enter(browser, ours).status_code == 403
        for act in ("2027/completion", "2027/reopening", "conventions"):
            assert browser.post(ours.url(f"/calendars/{act}")).status_code == 403
