"""Letters in Word: our own templates, what is filled into them, and nothing else."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.model import Para, Run, Table
from blueprints.notices.letters.word_package import ACROSS, WORD
from blueprints.notices.letters.word_template import TEMPLATES, template
from tests.notices.letters.sampled import sampled

MARKS = [
    "{_{ 7*7 }_}", "{_% if x %_}", "{{r title }}", "{%p if nothing %}", "{%tr endfor %}",
    "{# no #}", "{%- raw -%}", "“{{ 7*7 }}”", "甲\t乙", "R&D <有限公司> \"'&amp;", "\\1 \\g<0>",
]  # fmt: skip


def parts(package):
    with ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def opened(letter):
    return Document(BytesIO(docx(letter)))


def with_text(text):
    letter = sampled("01a-offer-single")
    return replace(letter, title=(Run(text),), blocks=(Para("text", (Run(text), Run("粗", True))),))


def east_asian(style):
    return style.element.rPr.rFonts.get(qn("w:eastAsia"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_that_lies_here_is_the_one_we_draw(name):
    assert parts((WORD / f"{name}.docx").read_bytes()) == parts(template(TEMPLATES[name]))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_our_own_styles_and_nobody_elses_parts(name):
    package = (WORD / f"{name}.docx").read_bytes()
    assert [part for part in parts(package) if part.startswith(("word/", "docProps/"))] == [
        "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/footer1.xml", "word/header1.xml", "word/styles.xml",
    ]  # fmt: skip
    styles = Document(BytesIO(package)).styles
    assert {style: east_asian(styles[style]) for style in ("Normal", "Heading 1", "Heading 2")} == {
        "Normal": "仿宋_GB2312",
        "Heading 1": "方正小标宋简体",
        "Heading 2": "黑体",
    }
    assert east_asian(styles["Draft Mark"]) == "楷体_GB2312"
    assert styles["Normal"].font.size.pt == 16
    assert styles["Heading 1"].font.size.pt == 22


@pytest.mark.parametrize("text", MARKS)
def test_what_looks_like_a_mark_of_the_template_stays_text(text):
    document = opened(with_text(text))
    shown = text.replace("\t", " ")
    assert f"{shown}粗" in [p.text for p in document.paragraphs]
    assert document.core_properties.title == text.replace("\t", " ")
    assert [run.text for p in document.paragraphs for run in p.runs if run.bold] == ["粗"]


def test_a_new_line_stays_in_its_paragraph():
    assert "甲\n乙粗" in [p.text for p in opened(with_text("甲\r\n乙")).paragraphs]


def test_a_long_title_does_not_stop_the_letter():
    assert len(opened(with_text("长" * 300)).core_properties.title) == 255


def test_the_code_in_the_footer_says_what_it_is():
    letter = sampled("01a-offer-single")
    package = parts(docx(letter))
    footer = opened(letter).sections[0].footer
    code, hint, _page = footer.tables[0].rows[0].cells
    pictures = list(footer.part.element.iter(qn("wp:docPr"), qn("pic:cNvPr")))
    assert [picture.get("descr") for picture in pictures] == ["核验二维码"] * 2
    assert "graphicData" in code.paragraphs[0].runs[1].element.xml
    assert [p.text for p in hint.paragraphs] == [
        f"核验本函：扫码或者在核验页输入 {letter.check.code}",
        letter.check.url,
    ]
    assert sum(part.endswith(".png") for part in package) == 1


def test_a_letter_nobody_can_check_has_its_page_number_alone():
    package = docx(replace(sampled("01a-offer-single"), check=None))
    footer = Document(BytesIO(package)).sections[0].footer
    assert footer.tables == []
    assert [p.style.name for p in footer.paragraphs] == ["Page Number Line"]
    assert not any(part.endswith(".png") for part in parts(package))


def test_only_a_draft_is_called_one():
    for draft, mark in ((True, "草稿"), (False, "")):
        header = opened(sampled("01a-offer-single", draft=draft)).sections[0].header
        assert [p.text for p in header.paragraphs] == [mark]


def test_a_form_is_written_smaller_and_begins_higher():
    letter = sampled("01a-offer-single")
    form = replace(letter, form="form")
    tops = [opened(each).sections[0].top_margin.mm for each in (letter, form)]
    assert tops == pytest.approx([37, 26], abs=0.1)
    assert "Letter Text" in {p.style.name for p in opened(letter).paragraphs}
    assert not any(p.style.name.startswith("Letter Text") for p in opened(form).paragraphs)


def test_a_table_has_columns_as_wide_as_their_words():
    rows = tuple(
        tuple((Run(word),) for word in row) for row in (("1", "很长的一栏" * 3, "乙"),) * 2
    )
    head = ((Run("号"),), (Run("名称"),), (Run("签"),))
    letter = replace(sampled("01a-offer-single"), blocks=(Table(head, rows, (True, False)),))
    (table,) = opened(letter).tables
    widths = [column.width for column in table.columns]
    assert widths[1] > 4 * widths[0] == 4 * widths[2]
    assert sum(widths) == pytest.approx(ACROSS, abs=3 * 635)
    assert [[cell.width for cell in row.cells] for row in table.rows] == [widths] * 3
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == [
        "Table Head", "Table Cell", "Table Cell",
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == [
        "1", "很长的一栏" * 3, "乙",
    ]  # fmt: skip


def test_a_file_does_not_say_when_it_was_made():
    package = docx(sampled("01a-offer-single"))
    with ZipFile(BytesIO(package)) as made:
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert made.namelist() == sorted(made.namelist())
    own = Document(BytesIO(package)).core_properties
    assert (own.created, own.modified, own.language) == (None, None, "zh")
