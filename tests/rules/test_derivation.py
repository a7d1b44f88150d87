"""Why this date: the steps a person reads, in both languages, and what is kept of them."""

import json
from datetime import date

import pytest

from rules.books import book_for
from rules.broken import NoCalendar, NoLaw, RuleBroken
from rules.calendars import Override, prc_calendar
from rules.deadlines import Conventions, Due, Extension, Tolling, due, spread
from rules.reckoning import add_months
from rules.words import Text

WHY = Text(zh="不可抗力", en="force majeure")


def ask(key, division, anchor, *args, kind="wage", calendar=None, **how):
    rule = book_for(division, anchor).known(key, kind)
    return due(rule, anchor, calendar or prc_calendar(), *args, **how)


def told(answer, locale="en"):
    return [step.text.in_(locale) for step in answer.steps]


def test_working_days_name_every_day_they_passed_over():
    answer = ask("publish.days", "330000", date(2025, 4, 25))
    assert told(answer) == [
        (
            "Starting point: the contract took effect, Fri 2025-04-25. The day itself is not "
            "counted; the count starts on the next day."
        ),
        (
            "The contract is published within 5 working days of taking effect; the workers' side "
            "also files with the upper union."
        ),
        "5 working days from there comes to Tue 2025-05-06.",
        "Make-up days count as working days (setting): 2025-04-27.",
    ]
    skipped = dict(answer.steps[2].skipped)
    assert skipped[date(2025, 5, 1)] == Text(zh="劳动节", en="Labor Day")
    assert skipped[date(2025, 4, 26)].en == "Saturday"
    assert date(2025, 4, 27) not in skipped
    assert answer.steps[1].article.zh == "《浙江省集体合同条例》第35条"


def test_the_setting_about_make_up_days_is_named_when_it_is_off():
    without = Conventions(make_up_days_count=False)
    answer = ask("publish.days", "330000", date(2025, 4, 25), conventions=without)
    assert told(answer, "zh_CN")[3] == "调休上班日不按工作日计入（设置）：2025-04-27。"
    assert answer.on == date(2025, 5, 7)


def test_a_last_day_of_rest_moves_on_and_the_setting_is_named():
    answer = ask("offer.reply_days", "000000", date(2025, 3, 3))
    assert told(answer, "zh")[-1] == (
        "2025-03-23（星期日）为休息日，顺延至下一个工作日2025-03-24（星期一）（设置）。"
    )
    assert "National Day" in told(ask("review.days", "000000", date(2025, 9, 16)))[-1]
    stays = Conventions(roll_off_rest_days=False)
    answer = ask("offer.reply_days", "000000", date(2025, 3, 3), conventions=stays)
    assert "By setting, the last day is not moved" in told(answer)[-1]


def test_an_unconfirmed_rule_says_so_among_the_steps():
    assert "National default, local rule not confirmed" in told(
        ask("offer.reply_days", "421000", date(2025, 3, 3))
    )


def test_days_counted_back_are_not_moved():
    answer = ask("info.disclosure_before_meeting", "370000", date(2026, 3, 18))
    assert answer.on == date(2026, 3, 8)
    assert "A day counted backwards is not moved on" in told(answer)[-1]
    assert ask("info.disclosure_before_meeting", "330100", date(2026, 3, 18)).on == date(2026, 3, 9)
    assert ask("info.disclosure_before_meeting", "370000", date(2026, 3, 19)).steps[-1].text.en == (
        "10 days back from there comes to Mon 2026-03-09."
    )


def test_the_renewal_window_opens_and_closes_and_is_no_deadline():
    answer = ask("renewal.window", "000000", date(2026, 12, 31), kind="general")
    assert (answer.on, answer.opens, answer.closes) == (
        date(2026, 9, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    )
    assert "right to propose" in told(answer)[-1]
    assert ask("renewal.window", "000000", date(2026, 12, 31)).opens == date(2026, 11, 1)


def test_a_year_without_a_calendar_refuses_working_days_and_marks_days_provisional():
    with pytest.raises(NoCalendar, match="2027 are not known yet"):
        ask("offer.reply_days", "330000", date(2026, 12, 25))
    with pytest.raises(NoCalendar, match="2027"):
        ask("info.disclosure_before_meeting", "330100", date(2027, 1, 6))
    answer = ask("offer.reply_days", "370000", date(2026, 12, 25))
    assert answer.provisional
    assert "2027年度放假安排尚未录入" in told(answer, "zh_CN")[-1]


def test_an_administrators_notice_covers_the_year_and_changes_the_version():
    notice = [
        Override(date(2027, 1, 4), works=False, name=Text(zh="元旦", en="New Year"), notice="n1"),
        Override(date(2027, 1, 9), works=True, name=Text(zh="调休", en="make-up"), notice="n1"),
    ]
    with_it, same = prc_calendar(notice, [2027]), prc_calendar(reversed(notice), [2027])
    assert with_it.version == same.version != prc_calendar().version
    answer = ask("offer.reply_days", "330000", date(2026, 12, 25), calendar=with_it)
    assert answer.on == date(2027, 1, 11)
    assert answer.calendar_version == with_it.version
    assert not with_it.works(date(2027, 1, 4))
    assert with_it.name(date(2027, 1, 5)) is None


def test_days_outside_the_calendar_are_refused_in_words():
    for key, anchor in (("offer.reply_days", date(2099, 12, 30)), ("renewal.window", date.min)):
        with pytest.raises(RuleBroken):
            ask(key, "000000", anchor) if anchor != date.min else add_months(anchor, -3)
    with pytest.raises(RuleBroken, match="beyond the calendar"):
        ask("offer.reply_days", "000000", date.max)


def test_a_suspension_stops_the_clock_and_is_told():
    stop = Tolling(date(2026, 3, 10), date(2026, 3, 19), WHY)
    answer = ask("bargaining.max_duration", "370000", date(2026, 3, 2), [stop])
    assert answer.on == date(2026, 5, 11)
    assert "The clock stands still from 2026-03-10 to 2026-03-19" in told(answer)[2]
    open_end = Tolling(date(2026, 8, 1), None, WHY)
    later = ask("bargaining.max_duration", "370000", date(2026, 3, 2), [open_end])
    assert later.on == date(2026, 5, 6)
    assert "until further notice" in told(later)[2]


def test_a_clock_that_stands_still_without_an_end_has_no_last_day():
    stop = Tolling(date(2026, 3, 10), None, WHY)
    with pytest.raises(RuleBroken, match="stood still since 2026-03-10"):
        ask("bargaining.max_duration", "370000", date(2026, 3, 2), [stop])
    on_the_roll = Tolling(date(2025, 3, 24), None, WHY)
    with pytest.raises(RuleBroken, match="stood still since 2025-03-24"):
        ask("offer.reply_days", "000000", date(2025, 3, 3), [on_the_roll])


def test_suspensions_may_touch_and_overlap_but_not_end_before_they_begin():
    stops = [
        Tolling(date(2026, 3, 10), date(2026, 3, 12), WHY),
        Tolling(date(2026, 3, 13), date(2026, 3, 15), WHY),
        Tolling(date(2026, 3, 14), None, WHY),
        Tolling(date(2026, 4, 1), date(2026, 4, 2), WHY),
    ]
    with pytest.raises(RuleBroken, match="stood still since 2026-03-10"):
        ask("bargaining.max_duration", "370000", date(2026, 3, 2), stops)
    with pytest.raises(RuleBroken, match="ends before it begins"):
        ask(
            "bargaining.max_duration",
            "370000",
            date(2026, 3, 2),
            [Tolling(date(2026, 3, 10), date(2026, 3, 9), WHY)],
        )


def test_a_period_counted_back_cannot_be_suspended():
    with pytest.raises(RuleBroken, match="cannot be suspended"):
        ask(
            "renewal.window",
            "000000",
            date(2026, 12, 31),
            [Tolling(date(2026, 10, 1), date(2026, 10, 2), WHY)],
        )


def test_an_extension_is_added_within_its_cap_and_refused_beyond_it():
    more = Extension(15, Text(zh="争议复杂", en="a complicated dispute"))
    answer = ask("dispute.making", "370000", date(2026, 3, 2), (), more)
    assert (answer.on, answer.value) == (date(2026, 4, 16), 45)
    assert told(answer)[2] == "Extended by 15 days, 45 days in all. Reason: a complicated dispute"
    with pytest.raises(RuleBroken, match="at most 15 days"):
        ask("dispute.making", "370000", date(2026, 3, 2), (), Extension(16, WHY))
    with pytest.raises(RuleBroken, match="may not be extended"):
        ask("offer.reply_days", "370000", date(2026, 3, 2), (), Extension(1, WHY))


def test_months_end_on_the_day_with_the_same_number():
    assert ask("bargaining.max_duration", "410000", date(2025, 12, 31)).on == date(2026, 2, 28)


def test_a_rule_about_something_else_than_time_gives_no_date():
    with pytest.raises(NoLaw, match="sets no period"):
        ask("vote.quorum", "000000", date(2026, 3, 2))
    rule = book_for("000000", date(2026, 3, 2)).rule("sick_pay.floor")
    with pytest.raises(NoLaw, match="is not verified"):
        due(rule, date(2026, 3, 2), prc_calendar())


@pytest.mark.parametrize("key", ["offer.reply_days", "renewal.window"])
def test_a_derivation_survives_being_stored(key):
    answer = ask(key, "421000", date(2025, 9, 12))
    assert Due.from_json(json.loads(json.dumps(answer.to_json()))) == answer


def test_remind_at_the_shortest_known_period_and_wait_for_the_longest():
    rule = book_for("421000", date(2025, 9, 29)).rule("offer.reply_days")
    first, last = spread(rule, date(2025, 9, 29), prc_calendar())
    assert (first.on, last.on) == (date(2025, 10, 9), date(2025, 10, 20))
    sure = book_for("370000", date(2025, 9, 29)).rule("offer.reply_days")
    assert {one.on for one in spread(sure, date(2025, 9, 29), prc_calendar())} == {
        date(2025, 10, 9)
    }


def test_words_read_in_the_readers_language():
    assert (WHY.in_("zh_Hans_CN"), WHY.in_("en"), str(WHY)) == (
        "不可抗力",
        "force majeure",
        "force majeure",
    )
    assert RuleBroken("plain", "art. 1").article.en == "art. 1"
