"""Reading texts: what a text declares, its version, its examples."""

import pytest

from blueprints.notices.letters.texts import (
    FaultyText,
    NoSuchText,
    all_texts,
    fields_needed,
    letter_text,
    read_text,
    sample_values,
    texts_of,
)


def test_a_text_says_what_it_needs_in_the_order_of_the_letter():
    needed = fields_needed(letter_text("01b-offer-double"))
    assert list(needed)[:4] == ["issuer_name", "second_issuer_name", "doc_no", "addressee_name"]
    assert needed["proposed_on"].type == "date"
    assert needed["topic_title"].lists == ("topics",)
    assert needed["reply_period"].meaning.en.startswith("reply period")


def test_the_offers_are_of_one_kind():
    variants = {text.variant for text in texts_of("offer_letter")}
    assert {"single", "joint_double_offer", "industry", "upper_acts"} <= variants


def test_one_changed_word_is_another_version():
    text = letter_text("06-demand-letter")
    reworded = read_text(text.source.replace("特此函告。", "特此函告，请予支持。"))
    assert reworded.version != text.version
    assert read_text(text.source.replace("\n", "\r\n")).version == text.version


def test_an_unknown_text_is_not_found():
    with pytest.raises(NoSuchText):
        letter_text("99-no-such-letter")


@pytest.mark.parametrize("source", ["", "plain words", "---\nid: x\n---\n", "---\n[\n---\n"])
def test_what_is_no_text_is_refused(source):
    with pytest.raises(FaultyText):
        read_text(source)


def test_examples_fill_every_placeholder_and_choose_one_branch():
    for text in all_texts().values():
        values = sample_values(text)
        assert set(text.placeholders) <= set(values)
        assert sum(values[flag] for flag in text.conditions) <= 1


def test_members_of_an_example_list_are_counted_on():
    topics = sample_values(letter_text("01a-offer-single"))["topics"]
    assert [topic["topic_no"] for topic in topics] == ["1", "2"]
