"""Questions as the command line puts them: single answers, batches, and the chain of clocks."""

import json
from datetime import date

import pytest

from rules.asking import batch, due_answer, rule_names
from rules.books import book_for
from rules.broken import RuleBroken
from rules.calendars import prc_calendar
from rules.chains import chain_of
from rules.reckoning import Tolling
from rules.words import Text

MONDAY = date(2025, 3, 3)


def test_an_answer_is_plain_data_with_its_derivation():
    answer = due_answer("offer.reply_days", "421000", "wage", MONDAY)
    assert json.loads(json.dumps(answer)) == answer
    assert (answer["due"], answer["status"], answer["article"]) == (
        "2025-03-24",
        "unconfirmed",
        "17",
    )
    assert (answer["remind_by"], answer["no_sanction_before"]) == ("2025-03-13", "2025-03-24")
    assert not answer["provisional"]
    assert answer["from"] is None
    assert len(answer["derivation"]) == 5


def test_a_year_without_calendar_leaves_an_unconfirmed_place_a_provisional_day_and_no_sanction():
    answer = due_answer("offer.reply_days", "421000", "wage", date(2028, 3, 3))
    assert (answer["due"], answer["provisional"]) == ("2028-03-23", True)
    assert (answer["remind_by"], answer["no_sanction_before"]) == ("2028-03-23", None)


def test_a_window_is_answered_with_both_its_ends():
    answer = due_answer("renewal.window", "000000", "general", date(2026, 12, 31))
    assert (answer["from"], answer["to"]) == ("2026-09-30", "2026-12-31")


def test_a_batch_answers_line_by_line_and_a_bad_line_harms_no_other():
    lines = [
        (
            '{"rule": "offer.reply_days", "division": "330100", "kind": "wage", '
            '"anchor": "2025-03-03", "id": 7}'
        ),
        "",
        "not json",
        "[1]",
        '{"rule": "offer.reply_days", "division": "330100", "kind": "wage"}',
        '{"rule": "offer.reply_days", "division": "330100", "anchor": "2025-02-30"}',
        '{"rule": "offer.colour", "division": "330100", "anchor": "2025-03-03"}',
        '{"rule": "offer.reply_days", "division": "330100", "anchor": "2026-12-28"}',
        '{"rule": "vote.quorum", "division": "330100", "anchor": "2025-03-03"}',
        '{"rule": "offer.reply_days", "division": "110000", "anchor": "2025-03-03"}',
    ]
    answers = [json.loads(line) for line in batch(lines)]
    assert answers[0] == {
        "rule": "offer.reply_days",
        "division": "330100",
        "kind": "wage",
        "anchor": "2025-03-03",
        "id": 7,
        "due": "2025-03-17",
        "status": "confirmed",
        "article": "24",
        "provisional": False,
    }
    errors = [answer.get("error", "") for answer in answers]
    for number, words in enumerate(
        [
            "not JSON",
            "not a JSON object",
            "no 'anchor'",
            "not a date",
            "no rule called",
            "2027 are not known",
            "sets no period",
        ],
        1,
    ):
        assert words in errors[number]
    assert answers[-1]["due"] == "2025-03-24"


def test_every_question_has_a_plain_name():
    names = dict(rule_names())
    assert names["offer.reply_days"].en == "Time to answer an offer"
    assert len(names) == len(rule_names())


def clocks(division, events, today, **how):
    found = chain_of(book_for(division, today), events, today, prc_calendar(), **how)
    return {clock.key: clock for clock in found}


def test_the_chain_shows_what_is_past_running_and_next():
    events = {
        "offer_received": date(2025, 3, 3),
        "replied": date(2025, 3, 10),
        "chiefs_signed": date(2025, 4, 11),
    }
    chain = clocks("330000", events, date(2025, 4, 23))
    assert {key: clock.standing.value for key, clock in chain.items()} == {
        "offer.reply_days": "past",
        "info.disclosure_before_meeting": "next",
        "draft.to_congress_days": "next",
        "draft.revote_days": "next",
        "file.days": "running",
        "review.days": "next",
        "publish.days": "next",
        "renewal.window": "next",
    }
    assert chain["file.days"].late
    assert not chain["offer.reply_days"].late
    review, publish = chain["review.days"], chain["publish.days"]
    assert review.expected
    assert review.due.on == date(2025, 5, 6)
    assert publish.due.anchor_on == date(2025, 5, 7)
    assert json.loads(json.dumps([clock.to_json() for clock in chain.values()]))


def test_a_window_runs_while_it_is_open_and_nobody_is_late_for_it():
    standing = []
    for today in (date(2026, 9, 1), date(2026, 11, 1), date(2027, 1, 2)):
        clock = clocks("330000", {"expires": date(2026, 12, 31)}, today)["renewal.window"]
        standing.append(clock.standing.value)
        assert not clock.late
    assert standing == ["next", "running", "past"]


def test_a_clock_that_counts_back_runs_as_soon_as_its_event_is_fixed():
    chain = clocks("330000", {"bargaining_starts": date(2026, 4, 20)}, date(2026, 4, 1))
    assert chain["info.disclosure_before_meeting"].standing == "running"
    planned = clocks("330000", {"offer_received": date(2026, 4, 20)}, date(2026, 4, 1))
    assert planned["offer.reply_days"].standing == "next"


def test_a_clock_that_cannot_be_counted_says_why_and_the_chain_goes_on():
    chain = clocks("330000", {"offer_received": date(2026, 12, 28)}, date(2026, 12, 29))
    assert "2027" in chain["offer.reply_days"].refused.zh
    assert chain["offer.reply_days"].due is None
    assert chain["offer.reply_days"].to_json()["refused"]["en"]


def test_a_suspension_moves_the_clock_it_belongs_to():
    stop = Tolling(date(2026, 3, 10), date(2026, 3, 19), Text(zh="中止", en="suspended"))
    events = {"replied": date(2026, 3, 2)}
    with_it = clocks(
        "370000", events, date(2026, 3, 3), tolling={"bargaining.max_duration": [stop]}
    )
    without = clocks("370000", events, date(2026, 3, 3))
    key = "bargaining.max_duration"
    assert (without[key].due.on, with_it[key].due.on) == (date(2026, 5, 6), date(2026, 5, 11))


def test_an_unknown_question_is_refused_in_words():
    with pytest.raises(RuleBroken, match="no rule called"):
        due_answer("offer.colour", "000000", "wage", MONDAY)
