"""The rules on screen: what applies, what is unconfirmed, confirming, correcting, taking back."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import func, select

from blueprints.rulebook import queries
from blueprints.rulebook.models import ConfirmedRule
from rules.shelf import catalogue
from tenants.clock import at
from tenants.db import db
from tenants.models import Event
from tests.offers.world import instant
from tests.rulebook.world import typed
from tests.world import found

DAY = date(2026, 3, 2)
RULE = "/rules/offer.reply_days"


def confirm(browser, federation, key="offer.reply_days", **changes):
    return browser.post(federation.url(f"/rules/{key}/confirmation"), data=typed(**changes))


def count(federation, of):
    with federation.scope():
        return db.session.scalar(select(func.count()).select_from(of))


def test_everybody_with_an_account_reads_the_rules_of_the_place(ours, as_):
    for person in ours.people.values():
        page = as_(person).get(ours.url("/rules"))
        assert page.status_code == 200
        assert "National default, local rule not confirmed" in page.text


def test_the_list_is_narrowed_by_standing_topic_and_words(theirs, as_):
    browser = as_(theirs.officer)

    def keys(query):
        sheet = browser.get(theirs.url(f"/rules/export.csv?{query}")).get_data(as_text=True)
        return [row[0] for row in csv.reader(io.StringIO(sheet.lstrip("\ufeff")))][1:]

    everything = keys("")
    assert everything == list(catalogue())
    confirmed, unconfirmed = keys("status=confirmed"), keys("status=unconfirmed")
    assert sorted(confirmed + unconfirmed) == sorted(everything)
    assert "offer.reply_days" in confirmed
    assert keys("status=own") == []
    assert keys("topic=vote&q=quorum") == ["vote.quorum"]
    assert keys("q=要约 期限") == ["offer.reply_days"]
    assert keys("q=nothing-of-the-kind") == []
    assert browser.get(theirs.url("/rules/export.xlsx?status=confirmed")).data[:2] == b"PK"


def test_a_filter_that_finds_nothing_offers_the_way_back(ours, as_):
    page = as_(ours.officer).get(ours.url("/rules?q=nothing-of-the-kind&status=mistyped"))
    assert "Nothing matches your filters." in page.text
    assert "Clear filters" in page.text


def test_the_list_answers_htmx_with_its_part(ours, as_):
    page = as_(ours.officer).get(ours.url("/rules?sort=-title"), headers={"HX-Request": "true"})
    assert page.text.lstrip().startswith('<div id="rules-list">')


def test_henan_has_two_clocks_for_the_same_question(app, as_):
    henan = found(app, division="410500")
    browser = as_(henan.officer)
    wage = browser.get(henan.url(f"{RULE}?kind=wage&anchor=2025-03-03")).text
    general = browser.get(henan.url(f"{RULE}?kind=general&anchor=2025-03-03")).text
    assert "10 working days" in wage
    assert '<time datetime="2025-03-17">' in wage
    assert "15 days" in general
    assert '<time datetime="2025-03-18">' in general


@pytest.mark.parametrize("day", ["2026-03-02", "2030-12-20"])
def test_an_unconfirmed_rule_says_what_that_means_for_reminders_and_sanctions(ours, as_, day):
    """Also in a December in which nobody knows the coming year's holidays yet."""
    with at(instant(day)):
        page = as_(ours.supervisor).get(ours.url(f"{RULE}?anchor=2025-03-03")).text
    assert "National default, local rule not confirmed" in page
    assert "shortest known period (10 days)" in page
    assert "the longest (20 days)" in page
    assert "we remind as if it were due on 13 March 2025" in page


def test_a_date_is_tried_and_its_reasons_are_shown(theirs, as_):
    page = as_(theirs.officer).get(theirs.url(f"{RULE}?anchor=2026-09-28")).text
    assert '<time datetime="2026-10-16">' in page  # over National Day, one day worked instead
    assert "Passed over:" in page
    assert "art. 24" in page


@pytest.mark.parametrize("day", ["", "2026-02-30", "1889-01-01"])
def test_a_day_that_is_none_is_refused_beside_its_field(ours, as_, day):
    page = as_(ours.officer).get(ours.url(f"{RULE}?anchor={day}"))
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text


def test_a_year_without_a_calendar_is_said_in_words(theirs, as_):
    page = as_(theirs.officer).get(theirs.url(f"{RULE}?anchor=2031-03-03"))
    assert page.status_code == 200
    assert "No date can be given" in page.text
    assert "2031 are not known yet" in page.text


@pytest.mark.parametrize("kind", ["wage", "general"])
def test_every_rule_has_a_page_and_a_public_page(ours, as_, visitor, kind):
    browser = as_(ours.administrator)
    for key in catalogue():
        for address in (f"/rules/{key}", f"/rules/{key}/confirmation"):
            assert browser.get(ours.url(f"{address}?kind={kind}")).status_code == 200, key
        assert visitor.get(ours.url(f"/rules/public/{key}?kind={kind}")).status_code == 200, key


def test_a_question_nobody_asks_has_no_page(ours, as_, visitor):
    assert as_(ours.officer).get(ours.url("/rules/offer.colour")).status_code == 404
    assert as_(ours.administrator).get(ours.url("/rules/x/confirmation")).status_code == 404
    assert visitor.get(ours.url("/rules/public/offer.colour")).status_code == 404


def test_the_chain_of_clocks_shows_what_runs_and_what_is_next(theirs, as_):
    page = as_(theirs.officer).get(theirs.url("/rules/file.days?anchor=2026-03-02")).text
    assert 'id="chain"' in page
    assert 'aria-current="step"' in page
    assert "expected by" in page


def test_an_administrator_confirms_a_rule_and_everything_shows_it(ours, as_):
    browser = as_(ours.administrator)
    answer = confirm(browser, ours)
    assert answer.status_code == 303
    page = browser.get(ours.url(f"{RULE}?anchor=2026-03-02")).text
    assert "10 working days" in page
    assert "Confirmed local rule" in page
    assert "法律顾问 林某某" in page
    assert "示范市集体协商办法, art. 21" in page
    assert "status=own" in browser.get(ours.url("/rules?status=own")).text
    with ours.scope():
        event = db.session.scalars(select(Event).where(Event.verb == "rule.confirmed")).one()
        assert event.payload["article"] == "21"
        assert queries.book(DAY).rule("offer.reply_days", "general").value == 10


def test_another_federation_sees_nothing_of_it(app, ours, as_, visitor):
    neighbour = found(app, division="421000")
    confirm(as_(ours.administrator), ours)
    page = as_(neighbour.administrator).get(neighbour.url(RULE)).text
    assert "法律顾问" not in page
    assert "Nothing has been confirmed here yet." in page
    visitor.set_cookie("language", "en")
    assert "National default" in visitor.get(neighbour.url("/rules/public/offer.reply_days")).text
    with neighbour.scope():
        assert queries.book(DAY).rule("offer.reply_days").status == "unconfirmed"
        assert queries.overlay() == []


def test_another_federations_record_cannot_be_withdrawn(ours, theirs, as_):
    confirm(as_(ours.administrator), ours)
    with ours.scope():
        record_id = db.session.scalars(select(ConfirmedRule.id)).one()
    answer = as_(theirs.administrator).post(
        theirs.url(f"/rules/records/{record_id}/withdrawal"), data={"reason": "mine"}
    )
    assert answer.status_code == 404


def test_the_public_page_says_what_applies_but_not_who_entered_it(ours, as_, visitor):
    confirm(as_(ours.administrator), ours)
    visitor.set_cookie("language", "en")
    page = visitor.get(ours.url("/rules/public/offer.reply_days?anchor=2026-03-02")).text
    assert "10 working days" in page
    assert "art. 21" in page
    assert '<time datetime="2026-03-16">' in page
    assert "法律顾问" not in page
    assert ours.administrator.name not in page
    assert "10 working days" in visitor.get(ours.url("/rules/public")).text


def test_a_correction_is_a_new_record_and_the_old_one_is_kept(ours, as_):
    browser = as_(ours.administrator)
    confirm(browser, ours)
    confirm(browser, ours, value="15", unit="day", article="22")
    page = browser.get(ours.url(RULE)).text
    assert page.index("15 days") < page.index("10 working days")
    assert "Withdrawn by" in page
    assert count(ours, ConfirmedRule) == 2
    with ours.scope():
        rule = queries.book(DAY).rule("offer.reply_days")
        assert (rule.value, rule.unit, rule.article) == (15, "day", "22")


def test_a_rule_of_later_force_leaves_the_earlier_one_its_time(ours, as_):
    browser = as_(ours.administrator)
    confirm(browser, ours)
    confirm(browser, ours, value="5", valid_from="2026-07-01")
    with ours.scope():
        values = [
            queries.book(day).rule("offer.reply_days").value for day in (DAY, date(2026, 7, 1))
        ]
        assert values == [10, 5]


def test_a_withdrawn_record_lets_the_book_speak_again(ours, as_):
    browser = as_(ours.administrator)
    confirm(browser, ours)
    with ours.scope():
        record_id = db.session.scalars(select(ConfirmedRule.id)).one()
    address = ours.url(f"/rules/records/{record_id}/withdrawal")
    assert browser.post(address, data={"reason": " "}).status_code == 422
    assert browser.post(address, data={"reason": "误读条文"}).status_code == 303
    assert browser.post(address, data={"reason": "误读条文"}).status_code == 409
    page = browser.get(ours.url(RULE)).text
    assert "误读条文" in page
    with ours.scope():
        assert queries.book(DAY).rule("offer.reply_days").status == "unconfirmed"


@pytest.mark.parametrize(
    ("key", "changes", "words"),
    [
        ("offer.reply_days", {"article": ""}, "Please fill in this field"),
        ("offer.reply_days", {"article": "见条例"}, "number of the article"),
        ("offer.reply_days", {"value": "0"}, "whole number above 0"),
        ("offer.reply_days", {"value": "ten"}, "whole number above 0"),
        ("offer.reply_days", {"unit": "fortnight"}, "Not a valid choice"),
        ("offer.reply_days", {"verified_by": " "}, "Please fill in this field"),
        ("offer.reply_days", {"verified_on": "2199-01-01"}, "in the future"),
        ("offer.reply_days", {"valid_to": "2025-12-31"}, "cannot end before it begins"),
        ("offer.reply_days", {"text_en": ""}, "Please fill in this field"),
        ("vote.quorum", {"value": "4/3"}, "between 0 and 1"),
        ("vote.quorum", {"value": "most"}, "1/3 or 50%"),
        ("reps.min_per_side", {"value": "a few"}, "Write a number"),
        ("binding.mode", {"value": "EVERYBODY"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(
    ours, as_, key, changes, words
):
    answer = confirm(as_(ours.administrator), ours, key, **changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert count(ours, ConfirmedRule) == 0


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("vote.quorum", "50%", "1/2"),
        ("reps.min_per_side", "5", 5),
        ("reps.max_per_side", "不限", "none"),
        ("overtime.rates", "150，200、300", [150, 200, 300]),
        ("chief.external_allowed", "no", False),
        ("binding.mode", "RECOGNISING_ONLY", "RECOGNISING_ONLY"),
        ("offer.form", "in_the_text", "in_the_text"),
        ("file.documents", "合同文本\n\n 会议记录 ", ["合同文本", "会议记录"]),
        ("change/terminate", "in_the_text", "in_the_text"),
    ],
)
def test_every_kind_of_value_can_be_confirmed_and_read_again(ours, as_, key, value, kept):
    browser = as_(ours.administrator)
    answer = confirm(browser, ours, key, value=value)
    assert answer.status_code == 303, answer.text
    with ours.scope():
        assert db.session.scalars(select(ConfirmedRule)).one().value == kept
        assert queries.book(DAY).rule(key).confirmed
    assert "Confirmed local rule" in browser.get(ours.url(f"/rules/{key}")).text
    assert browser.get(ours.url(f"/rules/{key}/confirmation")).status_code == 200


def test_only_an_administrator_confirms(ours, as_):
    for person in (ours.officer, ours.approver, ours.supervisor, ours.auditor, ours.partner):
        assert confirm(as_(person), ours).status_code == 403
        assert "/confirmation" not in as_(person).get(ours.url(RULE)).text
    assert count(ours, ConfirmedRule) == 0
