"""Opening a ledger: .xlsx or .csv, read as rows of text with their true row numbers."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from blueprints.registry.unpacking import SheetRefused, examine
from rules.words import Text

MAX_BYTES = 25 * 1024 * 1024
MAX_ROWS = 60_000
MAX_COLUMNS = 104
PEEK = 40
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
Row = tuple[int, list[str]]

EMPTY = Text("文件里没有内容。", "There is nothing in this file.")
NOT_A_LEDGER = Text(
    "这不是Excel工作簿（.xlsx）或者CSV文件，请核对后重新选择。",
    "This is neither an Excel workbook (.xlsx) nor a CSV file; choose another.",
)
CORRUPT = Text(
    "工作簿已损坏，无法打开；请用Excel打开后另存一份再上传。",
    "The workbook is damaged; open it in Excel, save a copy and upload that.",
)
TOO_MANY = Text(
    f"表格超过{MAX_ROWS:,}行，请按县（市、区）拆分后分次导入。",
    f"The sheet has more than {MAX_ROWS:,} rows; split it by county and import the parts.",
)


@dataclass
class Sheet:
    """One sheet of a ledger. `rows` can be walked again and again; numbers are as Excel shows."""

    name: str
    height: int
    others: tuple[str, ...]
    _source: Any

    def rows(self) -> Iterator[Row]:
        if isinstance(self._source, _Delimited):
            yield from self._source.rows()
            return
        if self._source.start is None:
            return
        # The reader begins at the first row, filled or not, but at the first filled column.
        lead = [""] * self._source.start[1]
        for number, cells in enumerate(self._source.iter_rows(), start=1):
            yield (
                number,
                lead + [c if type(c) is str and c.isprintable() else as_text(c) for c in cells],
            )

    def head(self) -> list[Row]:
        """The first rows, where titles and headings stand."""
        return list(islice(self.rows(), PEEK))


def open_sheet(data: bytes, *, sheet: str | None = None) -> Sheet:
    """A sheet of the file: the one named, else the visible one with most rows.

    Raises SheetRefused, in words, for whatever is not a ledger of reasonable size.
    """
    if not data.strip(b"\x00\r\n\t "):
        raise SheetRefused(EMPTY)
    if len(data) > MAX_BYTES:
        size = f"{MAX_BYTES // 1024 // 1024} MB"
        raise SheetRefused(Text(f"文件超过{size}。", f"The file is larger than {size}."))
    found = _open_workbook(data, sheet) if examine(data) else _open_delimited(data)
    if found.height == 0:
        raise SheetRefused(EMPTY)
    if found.height > MAX_ROWS + PEEK:
        raise SheetRefused(TOO_MANY)
    return found


def _open_workbook(data: bytes, name: str | None) -> Sheet:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if name is None or name not in visible:
            sheets = [workbook.get_sheet_by_name(one) for one in visible]
            chosen = max(sheets, key=_last_row, default=None)
        else:
            chosen = workbook.get_sheet_by_name(name)
    except (CalamineError, ValueError, OSError):
        raise SheetRefused(CORRUPT) from None
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # raised by Rust, and no Exception
            raise
        raise SheetRefused(CORRUPT) from None
    if chosen is None or chosen.start is None:
        raise SheetRefused(EMPTY)
    if chosen.total_width > MAX_COLUMNS:
        raise SheetRefused(NOT_A_LEDGER)
    others = tuple(one for one in visible if one != chosen.name)
    return Sheet(chosen.name, _last_row(chosen), others, chosen)


def _last_row(sheet: CalamineSheet) -> int:
    """The number of the last filled row, as the spreadsheet shows it; 0 where there is none."""
    return sheet.end[0] + 1 if sheet.end else 0


def _open_delimited(data: bytes) -> Sheet:
    text = decode(data)
    source = _Delimited(text, _delimiter(text))
    try:
        height = sum(1 for _ in islice(source.rows(), MAX_ROWS + PEEK + 1))
    except csv.Error:
        raise SheetRefused(
            Text(
                "CSV文件里有没有配对的引号，请核对后重新上传。",
                "A quotation mark in the CSV file is never closed; correct it and upload again.",
            )
        ) from None
    return Sheet("CSV", height, (), source)


@dataclass(frozen=True)
class _Delimited:
    text: str
    delimiter: str

    def rows(self) -> Iterator[Row]:
        lines = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        for number, cells in enumerate(lines, start=1):
            if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
                raise SheetRefused(NOT_A_LEDGER)
            yield number, [c if c.isprintable() else as_text(c) for c in cells]


def decode(data: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 or GB 18030, with or without a mark at its head."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    head = data[:4096]
    nulls = head.count(0)
    if nulls:
        # ASCII commas and digits give UTF-16 away: a zero in every second place.
        odd = sum(1 for byte in head[1::2] if byte == 0)
        lopsided = max(odd, nulls - odd) > nulls * 0.9  # 一 is 4E00: not all on one side
        if len(data) % 2 == 0 and nulls > len(head) // 16 and lopsided:
            return _decoded(data, "utf-16-le" if odd * 2 > nulls else "utf-16-be")
        raise SheetRefused(NOT_A_LEDGER)
    try:
        return _decoded(data, "utf-8")
    except SheetRefused:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise SheetRefused(NOT_A_LEDGER) from None
    if "\x00" in text or sum(1 for c in text[:2000] if c < " " and c not in "\r\n\t") > 5:
        raise SheetRefused(NOT_A_LEDGER)
    return text


def _delimiter(text: str) -> str:
    """The mark that splits most of the first lines into the same number of cells."""
    lines = text.splitlines()[:PEEK]

    def fits(mark: str) -> int:
        counts = [line.count(mark) for line in lines if mark in line]
        return max((count * counts.count(count) for count in counts), default=0)

    return max(",\t;|", key=fits)


def as_text(value: Any) -> str:
    """A cell as text. Whole numbers lose their point; a number too long for its digits shows it."""
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer() and abs(value) < 1e15
            else f"{value:G}"
            if abs(value) >= 1e15
            else repr(value)
        )
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time.min
            else value.isoformat(" ", "minutes")
        )
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value) if isinstance(value, int | time | timedelta) else ""
