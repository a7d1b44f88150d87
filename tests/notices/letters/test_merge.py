"""One mail to many: filled like a letter, only faster."""

import pytest

from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.merge import body, prerender
from blueprints.notices.letters.texts import letter_text, sample_values
from blueprints.notices.letters.values import LANGS, MissingValue

OWN = {
    "addressee_name": "荆州澄江楼酒店管理有限公司",
    "doc_no": "荆工约〔2026〕14号之037",
    "reply_url": "https://yaoyue.example/r/abc?x=1&y=2",
    "proposed_on": "2026-12-03",
}


@pytest.mark.parametrize("lang", LANGS)
def test_a_merged_mail_is_the_composed_mail(lang):
    text = letter_text("01b-offer-double")
    shared = {name: v for name, v in sample_values(text).items() if name not in OWN}
    merged = prerender(text, shared, lang, OWN).fill(OWN)
    assert merged == body(compose(text, {**shared, **OWN}, lang))
    assert "&amp;y=2" in merged.html


def test_a_mail_goes_under_its_subject_and_a_letter_under_title_and_number():
    text = letter_text("28b-mail-invitation")
    assert body(compose(text, sample_values(text), "en")).subject.startswith(
        "示范市总工会 invites you"
    )
    offer = letter_text("01a-offer-single")
    merged = prerender(offer, sample_values(offer), "zh", ["doc_no"]).fill(OWN)
    assert merged.subject == "集体协商要约书（荆工约〔2026〕14号之037）"


def test_an_addressee_without_a_value_is_refused():
    text = letter_text("01a-offer-single")
    merge = prerender(text, sample_values(text), "zh", ["addressee_name", "doc_no"])
    with pytest.raises(MissingValue, match="addressee_name"):
        merge.fill({"doc_no": "1"})


def test_a_list_cannot_differ_in_a_merge():
    text = letter_text("01a-offer-single")
    with pytest.raises(ValueError, match="topics"):
        prerender(text, sample_values(text), "zh", ["topics"])
