"""Opening what people upload: every encoding, and every file that is no ledger."""

import io
import random
import zipfile

import pytest

from blueprints.registry import sheets
from blueprints.registry.sheets import open_sheet
from blueprints.registry.unpacking import SheetRefused
from tests.registry.making import firm, sheet, text, xlsx

ROWS = sheet([firm(n) for n in range(1, 6)])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_ledger_reads_the_same_in_every_encoding(encoding, delimiter):
    opened = open_sheet(text(ROWS, delimiter=delimiter).encode(encoding))
    assert opened.head()[1][1][1] == "单位名称"
    assert opened.head()[2] == (3, [str(cell) for cell in ROWS[2]])


def test_a_workbook_keeps_its_row_numbers_and_drops_the_points_of_whole_numbers():
    opened = open_sheet(xlsx([[], [], *ROWS]))
    number, cells = opened.head()[4]
    assert (number, cells[0], cells[6]) == (5, "1", "30")


def test_the_largest_visible_sheet_is_read_and_another_can_be_named():
    book = xlsx([["说明"]], ROWS)
    assert open_sheet(book).name == "Sheet2"
    assert open_sheet(book).others == ("Sheet1",)
    assert open_sheet(book, sheet="Sheet1").head()[0][1][0] == "说明"


def test_a_code_kept_as_a_number_shows_that_its_digits_are_lost():
    opened = open_sheet(xlsx([["名称", "代码"], ["某公司", 914210020000000001]]))
    assert "E+17" in opened.head()[1][1][1]


def test_what_looks_like_a_formula_stays_text():
    opened = open_sheet(xlsx([["名称"], ['=HYPERLINK("http://x.example","某公司")']]))
    assert opened.head()[1][1][0].startswith("=HYPERLINK")


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return made.getvalue()


def lying_bomb() -> bytes:
    """Says in its directory that it is small."""
    data = bytearray(bomb())
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(signature)
        data[at + offset : at + offset + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def far_cell() -> bytes:
    """Two cells, a million rows and sixteen thousand columns apart."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([["名称"]]))) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = content.replace(
                    b"</sheetData>",
                    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
                )
            new.writestr(part, content)
    return made.getvalue()


def cut_short() -> bytes:
    return xlsx(ROWS)[:-600]


REFUSED = {
    "empty": (b"", "没有内容"),
    "blank": (b"\r\n\r\n  ", "没有内容"),
    "empty workbook": (xlsx([]), "没有内容"),
    "program": (b"MZ\x90\x00" + random.Random(1).randbytes(5000), "不是Excel"),
    "noise": (random.Random(2).randbytes(5000), "不是Excel"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(400), "不是Excel"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "旧版"),
    "locked": (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "bomb": (bomb(), "过大"),
    "lying bomb": (lying_bomb(), "损坏"),
    "far cell": (far_cell(), "很远"),
    "cut short": (cut_short(), "损坏"),
    "open quote": (('名称,代码\n"某公司,1\n' + "x" * 200_000).encode(), "引号"),
    "nul": (b"a,b\x00c" + bytes(3), "不是Excel"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_ledger_is_refused_in_words(kind):
    data, words = REFUSED[kind]
    with pytest.raises(SheetRefused) as refused:
        open_sheet(data)
    assert words in refused.value.text.zh
    assert refused.value.text.en


def test_a_hundred_thousand_rows_are_refused_in_words():
    data = ("名称,代码\n" + "某公司,1\n" * 100_000).encode()
    with pytest.raises(SheetRefused) as refused:
        open_sheet(data)
    assert f"{sheets.MAX_ROWS:,}" in refused.value.text.en
