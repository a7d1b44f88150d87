"""Each of the official texts, in both languages, drawn in every way."""

from io import BytesIO

import html5lib
import pytest
from docx import Document

from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.faults import faults
from blueprints.notices.letters.html import html
from blueprints.notices.letters.merge import body
from blueprints.notices.letters.model import Signature, plain
from blueprints.notices.letters.pdf import pdf
from blueprints.notices.letters.texts import all_texts, fields_needed
from blueprints.notices.letters.values import LANGS
from tests.notices.letters.sampled import sampled

IDS = list(all_texts())
every_letter = pytest.mark.parametrize("text_id", IDS)
both_languages = pytest.mark.parametrize("lang", LANGS)


def test_every_carried_text_is_here():
    assert len(IDS) >= 58
    assert {"01b-offer-double", "11a-exposure-announcement", "28d-mail-contact-repair"} <= set(IDS)


@every_letter
def test_a_text_has_no_fault(text_id):
    assert faults(all_texts()[text_id].source) == []


@every_letter
def test_both_languages_ask_for_the_same(text_id):
    text = all_texts()[text_id]
    assert set(fields_needed(text)) == set(text.placeholders)


@every_letter
@both_languages
def test_a_page_shows_the_letter(text_id, lang):
    letter = sampled(text_id, lang)
    shown = str(html(letter))
    html5lib.HTMLParser(strict=True).parseFragment(shown)
    assert letter.check.code in shown
    assert "{{" not in shown
    assert "<!--" not in shown
    assert "<p>**" not in shown
    assert "style=" not in shown


@every_letter
@both_languages
def test_word_opens_the_letter(text_id, lang):
    letter = sampled(text_id, lang)
    document = Document(BytesIO(docx(letter)))
    words = "".join(
        node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")
    )
    assert plain(letter.title or letter.subject) in words
    assert "{{" not in words
    assert "{%" not in words
    assert len(document.inline_shapes) == 0
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


@every_letter
@both_languages
def test_the_letter_is_an_accessible_pdf(text_id, lang):
    made = pdf(sampled(text_id, lang))
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" in made


@every_letter
@both_languages
def test_a_mail_carries_the_letter(text_id, lang):
    letter = sampled(text_id, lang)
    mail = body(letter)
    assert mail.subject
    assert "\n" not in mail.subject
    assert plain(letter.addressee) in mail.text
    assert "<svg" not in mail.html


@pytest.mark.parametrize("text_id", [i for i in IDS if all_texts()[i].form == "letter"])
@both_languages
def test_an_official_letter_names_its_reader_and_is_dated(text_id, lang):
    letter = sampled(text_id, lang)
    assert plain(letter.addressee)
    assert isinstance(letter.signature, Signature)
    assert plain(letter.signature.dated)
    if letter.doc_no:
        assert letter.letterhead
