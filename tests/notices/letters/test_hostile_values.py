"""A value is data: whatever it looks like, it comes out as it went in."""

from io import BytesIO

import pytest
from docx import Document

from blueprints.notices.letters.check import fingerprint
from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.html import html
from blueprints.notices.letters.merge import prerender
from blueprints.notices.letters.model import Para, plain
from blueprints.notices.letters.pdf import pdf
from blueprints.notices.letters.texts import letter_text, sample_values
from tests.notices.letters.sampled import sampled

HOSTILE = [
    "{{ doc_no }}有限公司",
    "<b>粗</b><script>alert(1)</script>",
    "**粗体** # 标题",
    "<!-- when: nothing --> <!-- end -->",
    "| 一 | 二 |",
    '#eval("1 + 1") $x^2$ *粗* @ref ~ \\ `raw` https://example.org',
    '"); #read("/etc/passwd")',
    "]]> &amp; \x07</w:t></w:r>",
    "附件：1. 假附件　2. 又一个",
    "%s {0} {name} ${x}",
    "{_{ doc_no }_} {_% endif %_} {%p endfor %}{{r title }}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strange_name_stays_a_name(name):
    plainly = sampled("01a-offer-single")
    letter = sampled("01a-offer-single", own={"addressee_name": name})
    expected = name.replace("\x07", "")
    assert plain(letter.addressee) == f"{expected}："
    assert [type(b) for b in letter.blocks] == [type(b) for b in plainly.blocks]
    assert [b.kind for b in letter.blocks if isinstance(b, Para)] == [
        b.kind for b in plainly.blocks if isinstance(b, Para)
    ]
    shown = html(letter)
    assert "<script" not in shown
    assert "<b>粗" not in shown
    document = Document(BytesIO(docx(letter)))
    assert f"{expected}：" in [p.text for p in document.paragraphs]
    assert b"pdfuaid:part" in pdf(letter)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strange_name_stays_a_name_in_a_mail_to_many(name):
    text = letter_text("01a-offer-single")
    merge = prerender(text, sample_values(text), "zh", ["addressee_name", "doc_no"])
    mail = merge.fill({"addressee_name": name, "doc_no": "一\r\nBcc: all@example.org"})
    assert f"{name.replace(chr(7), '')}：" in mail.text
    assert "<script" not in mail.html
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_only_web_addresses_become_links():
    letter = sampled("01a-offer-single", own={"reply_url": "javascript:alert(1)"})
    assert "href" not in html(letter)


def test_a_name_no_font_can_draw_does_not_stop_the_letter(caplog):
    made = pdf(sampled("01a-offer-single", own={"addressee_name": "𪚥𪚥有限公司🎉"}))
    assert made.startswith(b"%PDF-")
    assert "FONT_DIR" in caplog.text


def test_every_word_counts_for_the_fingerprint():
    letter = sampled("01a-offer-single")
    assert fingerprint(letter) == fingerprint(sampled("01a-offer-single", draft=True))
    assert fingerprint(letter) != fingerprint(sampled("01a-offer-single", "en"))
    for own in ({"addressee_name": "别家"}, {"topics": []}, {"issued_on": "2026-04-16"}):
        assert fingerprint(letter) != fingerprint(sampled("01a-offer-single", own=own))
