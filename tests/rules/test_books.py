"""The rulebooks: sound, complete where they must be, and honest where nothing is known."""

import copy
import tomllib
from datetime import date
from pathlib import Path

import pytest

import rules
from rules.asking import effective_book
from rules.books import Confirmed, book_for, titles
from rules.broken import NoLaw, RuleBroken
from rules.law import Level, Unit
from rules.schema import faults_in
from rules.shelf import anchors, catalogue, people, rules_of, shelf, topics
from rules.words import Text

BOOKS = sorted((Path(rules.__path__[0]) / "books").glob("*.toml"))
COMPLETE = (
    "000000",
    "110000",
    "310000",
    "330000",
    "330100",
    "330200",
    "370000",
    "410000",
    "500000",
)
TODAY = date(2026, 3, 2)


def read(code):
    path = next(path for path in BOOKS if path.stem == code)
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_every_book_is_sound(path):
    assert faults_in(tomllib.loads(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("division", COMPLETE)
def test_the_nine_books_speak_about_every_question(division):
    volume = shelf()[division]
    answered = {rule.key for rule in rules_of(division)}
    assert answered | set(volume.follows_above) == set(catalogue())
    assert not answered & set(volume.follows_above)


def test_the_catalogue_knows_its_topics_events_and_people_in_both_languages():
    assert {entry.topic for entry in catalogue().values()} == set(topics())
    assert {entry.anchor for entry in catalogue().values()} - {None} <= set(anchors())
    for words in (*titles().values(), *anchors().values(), *people().values(), *topics().values()):
        assert words.zh
        assert words.en.isascii() or "–" in words.en


BREAKS = {
    "no article": lambda r: r.pop("article"),
    "no unit": lambda r: r.update(unit=""),
    "not in the catalogue": lambda r: r.update(key="offer.colour"),
    "operator '~' is not known": lambda r: r.update(operator="~"),
    "unit 'moon' is not known": lambda r: r.update(unit="moon"),
    "source 'X' is not listed": lambda r: r.update(source="X"),
    "status 'maybe' is not known": lambda r: r.update(status="maybe"),
    "both languages": lambda r: r.update(text={"en": "x"}),
    "someone it affects": lambda r: r.update(affects=["martians"]),
    "the kind is not known": lambda r: r.update(kind="odd"),
    "'colour' is not a field": lambda r: r.update(colour="red"),
    "a confirmed rule needs a value": lambda r: r.pop("value"),
    "anchor that is known": lambda r: r.update(anchor="the full moon"),
    "needs a direction": lambda r: r.pop("direction"),
    "whole number above 0": lambda r: r.update(value=0),
    'written as "1/3"': lambda r: r.update(unit="share", value="many"),
    "ends before it begins": lambda r: r.update(valid_from=TODAY, valid_to=date(2020, 1, 1)),
}


@pytest.mark.parametrize("fault", BREAKS)
def test_a_book_with_a_fault_is_refused(fault):
    book = read("50")
    rule = next(r for r in book["rule"] if r["key"] == "offer.reply_days")
    BREAKS[fault](rule)
    assert any(fault in found for found in faults_in(book))


def test_a_share_above_one_is_no_share():
    book = read("50")
    rule = next(r for r in book["rule"] if r["key"] == "vote.quorum")
    rule["value"] = "3/2"
    assert faults_in(book)


def test_two_rules_may_not_be_in_force_on_one_day():
    book = read("50")
    rule = next(r for r in book["rule"] if r["key"] == "offer.reply_days")
    book["rule"].append(copy.deepcopy(rule) | {"valid_from": date(2020, 1, 1)})
    assert "two rules are in force on 2020-01-01" in faults_in(book)[0]
    rule["valid_to"] = date(2019, 12, 31)
    assert faults_in(book) == []


def test_a_book_without_a_head_and_a_list_with_an_unknown_question_are_refused():
    assert faults_in({}) == [f"the book has no {x}" for x in ("division", "name", "version")]
    assert faults_in(read("50") | {"follows_above": ["x.y"]}) == ["x.y: not in the catalogue"]


def test_a_place_without_a_verified_rule_shows_the_nations_and_says_so():
    rule = book_for("421000", TODAY).rule("offer.reply_days", "general")
    assert (rule.value, rule.status, rule.level) == (20, "unconfirmed", Level.NATION)
    assert rule.label.zh == "采用全国规定，本地规则尚未确认"
    assert len(rule.known) == 3


def test_a_statute_that_applies_everywhere_is_confirmed_everywhere():
    rule = book_for("421000", TODAY).rule("review.days")
    assert (rule.value, rule.status, rule.label.en) == (15, "confirmed", "National rule")


def test_hubei_had_a_rule_until_the_revision_that_nobody_has_read():
    before, after = (
        book_for("421000", day).rule("offer.reply_days")
        for day in (date(2014, 1, 31), date(2014, 2, 1))
    )
    assert (before.value, before.status, before.article) == (15, "confirmed", "5")
    assert (after.value, after.status) == (20, "unconfirmed")


def test_a_city_without_a_book_follows_its_province():
    rule = book_for("330300", TODAY).rule("offer.reply_days")
    assert (rule.value, rule.unit, rule.division) == (10, Unit.WORKING_DAY, "330000")
    assert rule.label.en == "Confirmed local rule"


def test_a_question_nobody_has_verified_has_no_value_and_says_so():
    book = book_for("421000", TODAY)
    assert book.rule("sick_pay.floor").label.en == "Rule not confirmed"
    assert book.rule("sick_pay.floor").period is None
    with pytest.raises(NoLaw, match="no national rule is known") as refused:
        book.known("sick_pay.floor")
    assert "尚未确认" in refused.value.in_("zh_CN")


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda: book_for("42", TODAY), "six digits"),
        (lambda: book_for("42100x", TODAY), "six digits"),
        (lambda: book_for("421000", TODAY).rule("offer.colour"), "no rule called"),
        (lambda: book_for("421000", TODAY).rule("offer.reply_days", "odd"), "wage or general"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(ask, reason):
    with pytest.raises(RuleBroken, match=reason):
        ask()


OWN = Confirmed(
    key="offer.reply_days",
    value=15,
    unit="day",
    operator="≤",
    article="20",
    text=Text(zh="收到要约后15日内答复。", en="Answer within 15 days."),
    verified_by="法律工作部",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    kind="wage",
    direction="after",
    title=Text(zh="湖北省集体合同条例", en="Hubei Regulation on Collective Contracts"),
)


def test_a_federations_own_confirmed_rule_lies_over_the_book_while_it_is_in_force():
    book = book_for("421000", TODAY, [OWN])
    rule = book.rule("offer.reply_days")
    assert (rule.value, rule.status, rule.level, rule.verified_by) == (
        15,
        "confirmed",
        Level.FEDERATION,
        "法律工作部",
    )
    assert rule.citation.zh == "《湖北省集体合同条例》第20条"
    assert rule.anchor == "offer_received"
    assert book.version.startswith("own:offer.reply_days/wage@2026-01-01 420000@2026-1")
    assert book.rule("offer.reply_days", "general").value == 20
    assert book_for("421000", date(2027, 1, 1), [OWN]).rule("offer.reply_days").value == 20


def test_the_effective_book_sets_the_nations_value_beside_the_local_one():
    rows = {row["rule"]: row for row in effective_book("370000", TODAY)}
    assert set(rows) == set(catalogue())
    assert rows["offer.reply_days"]["value"] == 10
    assert rows["offer.reply_days"]["national_value"] == 20
    assert rows["reps.external_max_ratio"]["value"] == "0"
    assert rows["overtime.rates"]["value"] == [150, 200, 300]
    assert rows["info.content"]["source"]["en"].endswith("art. 23")
    beijing = {row["rule"]: row for row in effective_book("110000", TODAY)}
    assert beijing["file.days"]["source"]["zh"].endswith("（条号待补录）")
    assert rows["offer.reply_days"]["valid_to"] is None
