"""What the drawings add: the ring of the seal, the QR code, the faces, the same bytes each time."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from blueprints.notices.letters.check import check_code, qr_path, qr_png, qr_svg, read_code
from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.html import html
from blueprints.notices.letters.pdf import pdf, pdf_many, png
from tests.notices.letters.sampled import sampled


def test_the_ring_says_where_the_seal_goes_and_when_it_was_put_there():
    assert 'aria-label="印章"' in html(sampled("01a-offer-single"))
    sealed = sampled("01b-offer-double", sealed_on=date(2026, 10, 28))
    assert html(sealed).count('aria-label="已用印 10月28日"') == 2
    assert "Sealed 2026-10-28" in html(
        sampled("01a-offer-single", "en", sealed_on=date(2026, 10, 28))
    )


def test_the_same_letter_is_the_same_file():
    assert docx(sampled("01a-offer-single")) == docx(sampled("01a-offer-single"))
    assert pdf(sampled("01a-offer-single")) == pdf(sampled("01a-offer-single"))


def test_word_gets_the_official_faces_measures_and_code():
    letter = sampled("01a-offer-single", draft=True)
    package = ZipFile(BytesIO(docx(letter)))
    styles = package.read("word/styles.xml").decode()
    for face in ("仿宋_GB2312", "方正小标宋简体", "黑体"):
        assert face in styles
    assert 'w:line="579"' in styles
    assert letter.check.url in package.read("word/footer1.xml").decode()
    assert package.read("word/media/image1.png").startswith(b"\x89PNG")
    document = Document(BytesIO(docx(letter)))
    assert [p.text for p in document.sections[0].header.paragraphs] == ["草稿"]
    assert document.sections[0].top_margin.mm == pytest.approx(37, abs=0.1)


def test_a_run_of_letters_is_one_file_and_each_counts_its_own_pages():
    names = ["甲公司", "乙公司", "丙公司"]
    letters = [sampled("06-demand-letter", own={"addressee_name": name}) for name in names]
    one, many = pages(pdf(letters[0])), pages(pdf_many(letters))
    assert many == 3 * one >= 3


def pages(made: bytes) -> int:
    return made.count(b"/Type/Page/") + made.count(b"/Type /Page\n") + made.count(b"/Type/Page\n")


def test_a_page_can_be_looked_at():
    assert png(sampled("01a-offer-single"), page=2).startswith(b"\x89PNG")


def test_a_folder_of_faces_is_used_beside_the_own_ones(tmp_path):
    assert pdf(sampled("01a-offer-single"), font_dir=tmp_path).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7K4M-92QD", "7K4M-92QD"), (" 7k4m 92qd ", "7K4M-92QD"), ("7K4M92QO", "7K4M-92Q0"),
        ("7K4M-92QI", "7K4M-92Q1"), ("7K4M-92Q", None), ("7K4M-92QU", None), ("", None),
    ],
)  # fmt: skip
def test_a_code_is_read_as_people_type_it(typed, read):
    assert read_code(typed) == read


def test_a_code_comes_from_the_hash_alone():
    assert check_code("f" * 64) == "ZZZZ-ZZZZ"
    assert check_code("0" * 64) == "0000-0000"
    assert read_code(check_code("9f2ce07b" * 8)) == check_code("9f2ce07b" * 8)


def test_the_qr_code_is_drawn_for_pages_and_for_paper():
    side, path = qr_path("https://yaoyue.example/jingzhou/check/7K4M-92QD")
    assert side >= 29
    assert path.startswith("M0 0h7v1h-7z")
    assert "核验" in qr_svg("https://yaoyue.example/x", "核验二维码")
    assert qr_png("https://yaoyue.example/x").startswith(b"\x89PNG")
