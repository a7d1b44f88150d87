"""Lists to take away: text stays text, in whatever program they are opened."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from blueprints.shared.exports import attachment, cell, csv_sheet, disposition, sheet, xlsx_bytes

HEADS = ["名称", "职工人数", "日期", "时间", "是否"]
FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.example")',
    "=cmd|'/c calc'!A1",
)  # fmt: skip
MOMENT = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)


def read(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_a_sheet_holds_what_the_list_held():
    row = ["荆州示例饭店", 42, date(2026, 3, 2), MOMENT, True]
    heads, first, second = read(xlsx_bytes(HEADS, [row, [None, 0.5, None, None, False]]))
    assert heads == HEADS
    assert first == ["荆州示例饭店", 42.0, date(2026, 3, 2), "2026-03-03 00:30", True]
    assert second[:2] == ["", 0.5]


@pytest.mark.parametrize("text", [*FORMULAS, "http://x.example", "mailto:x@y.example", "001"])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text):
    data = xlsx_bytes(["x"], [[text]])
    assert read(data)[1] == [text]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in book.namelist() if "externalLink" in name]
    assert "<f>" not in page
    assert "hyperlink" not in page


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_text_file_is_run(text):
    assert cell(text) == f"'{text}"
    (line,) = csv.reader(
        io.StringIO(csv_sheet("x", ["h"], [[text]]).get_data(as_text=True)[1:].split("\n", 1)[1])
    )
    assert line == [f"'{text}"]


def test_numbers_below_nothing_stay_numbers():
    assert cell(-1) == "-1"
    assert cell(None) == ""
    assert cell(date(2026, 3, 2)) == "2026-03-02"
    assert cell(MOMENT) == "2026-03-03 00:30"


def test_a_text_file_opens_in_chinese_and_keeps_commas_quotes_and_lines():
    rows = [['a,"b"', "一\n二"], ["", None]]
    response = sheet("csv", "企业名单", ["甲", "乙"], rows)
    data = response.get_data()
    assert data.startswith("\ufeff".encode())
    read_back = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read_back == [["甲", "乙"], ['a,"b"', "一\n二"], ["", ""]]
    assert response.mimetype == "text/csv"


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_has_its_chinese_name(kind):
    header = sheet(kind, "荆州 企业名单", ["x"], []).headers["Content-Disposition"]
    assert header.startswith("attachment; ")
    assert unquote(header.partition("UTF-8''")[2]) == f"荆州 企业名单.{kind}"


@pytest.mark.parametrize(
    "name", ['a"b.pdf', "a\r\nSet-Cookie: x=1.pdf", "a;b.pdf", "..", "回执.pdf", "", "a\\b.pdf"]
)
def test_a_name_cannot_break_out_of_its_header(name):
    header = disposition(name)
    assert "\r" not in header
    assert "\n" not in header
    plain = header.partition('filename="')[2].partition('";')[0]
    assert '"' not in plain
    assert "\\" not in plain
    assert plain


def test_an_attachment_is_kept_and_never_shown():
    response = attachment(b"<script>", "x.html", "text/html")
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_ten_thousand_rows_are_written_without_holding_them():
    rows = ([f"示例{n}餐饮有限公司", n, date(2026, 1, 1), None, None] for n in range(10_000))
    assert len(read(xlsx_bytes(HEADS, rows))) == 10_001
