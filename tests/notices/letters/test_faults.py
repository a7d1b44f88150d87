"""What an editor of a text is told, and on which line."""

import pytest

from blueprints.notices.letters.faults import faults
from blueprints.notices.letters.texts import letter_text

RESOLUTION = letter_text("18b-congress-resolution")


def told(old: str, new: str, count: int = 1) -> list[tuple[int, str]]:
    assert old in RESOLUTION.source
    changed = RESOLUTION.source.replace(old, new, count)
    return [(fault.line, fault.words.en) for fault in faults(changed, RESOLUTION)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{{ resolution_text }}", "{{ resolution_txt }}", "no placeholder “resolution_txt”"),
        ("{{ meeting_place }}", "{{meeting_place}}", "Not a placeholder: {{meeting_place}}"),
        ("{{ meeting_place }}", "{{ meeting_place", "Not a placeholder: {{"),
        ("<!-- each: voting_units -->", "<!-- each: units -->", "List “units” is not declared."),
        ("<!-- when: vote_passed -->", "<!-- when: won -->", "Condition “won” is not declared."),
        ("<!-- when: vote_passed -->\n", "", "No condition is open here."),
        ("<!-- each: voting_units -->\n", "", "“voting_unit_name” stands outside the repeat"),
        ("<!-- lang: en -->", "", "The English text is missing."),
        ("# {{ unit_scope_name }}", "{{ unit_scope_name }}", "There is no title line"),
        ("计算说明：", "**计算说明：", "The bold marks “**” do not pair up."),
        ("计算说明：", "<!-- note -->", "This mark is not known."),
        ("{type: code", "{type: colour", "“text_hash” needs a known type"),
        ("{type: code", "{type: 'code", "The front matter cannot be read."),
        ("{{ resolution_text }}", "", "“resolution_text” is used in English only."),
        ("conditions: [vote_passed, vote_lost]", "conditions: 3", "are not laid out rightly"),
        ("lists:\n", "extra: 1\nlists:\n  more: [text_hush]\n", "“text_hush” of list “more”"),
        ("kind: congress_resolution\n", "", "The front matter lacks “kind”."),
    ],
)  # fmt: skip
def test_an_editor_is_told_what_is_wrong(old, new, words):
    assert any(words in said for _, said in told(old, new))


def test_the_line_is_the_line_of_the_editor():
    line = RESOLUTION.source.split("\n").index("大会决议：{{ resolution_text }}") + 1
    assert told("{{ resolution_text }}", "{{ nothing }}")[0][0] == line


def test_an_unclosed_condition_is_named():
    said = told("<!-- end -->\n<!-- when: vote_lost -->", "<!-- when: vote_lost -->")
    assert any("within another" in words for _, words in said)
    tail = RESOLUTION.source.replace("<!-- end -->\n\nChair", "\nChair")
    assert any("not closed" in fault.words.en for fault in faults(tail))


def test_a_name_used_nowhere_is_pointed_out():
    both = RESOLUTION.source.replace("{{ resolution_text }}", "通过")
    assert [fault.words.en for fault in faults(both)] == ["“resolution_text” is not used."]


def test_a_federation_may_reword_but_not_ask_for_what_the_program_lacks():
    assert told("计算说明：", "计算过程：") == []
    more = "  wage_level: {type: number, zh: '工资', en: 'wage', example: '1'}\n"
    said = told("placeholders:\n", f"placeholders:\n{more}")
    assert said == [(said[0][0], "The program has no value for “wage_level” in this letter.")]


def test_every_fault_speaks_both_languages():
    for fault in faults(RESOLUTION.source.replace("{{ text_hash }}", "{{ hash }}")):
        assert fault.words.zh != fault.words.en


def test_an_endless_text_is_not_read():
    assert "too long" in faults(RESOLUTION.source + "x" * 100_000)[0].words.en
