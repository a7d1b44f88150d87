"""A list as a sheet to take away: XLSX or CSV, of just what is filtered."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from flask import Response

from tenants.clock import ZONE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """The rows as `name`.xlsx or .csv. Text stays text: nothing in a cell is ever a formula."""
    return csv_sheet(name, heads, rows) if kind == "csv" else xlsx_sheet(name, heads, rows)


def xlsx_sheet(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    return attachment(xlsx_bytes(heads, rows), f"{name}.xlsx", XLSX)


def xlsx_bytes(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Written row by row at constant memory; the head is frozen and can be filtered."""
    import xlsxwriter  # a fifth of a second, which only those who take a sheet wait for

    with tempfile.TemporaryFile() as made:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(made, options)
        page = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.freeze_panes(1, 0)
        page.set_column(0, len(heads) - 1, 18)
        page.write_row(0, 0, heads, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_string(last, column, local(value))
                elif isinstance(value, date):
                    page.write_datetime(last, column, value, day)
                elif isinstance(value, bool | int | float):
                    page.write(last, column, value)
                elif value is not None:
                    page.write_string(last, column, str(value))
        page.autofilter(0, 0, last, len(heads) - 1)
        book.close()
        made.seek(0)
        return made.read()


def csv_sheet(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """UTF-8 with the mark that office programs look for, streamed."""

    def lines() -> Iterator[str]:
        yield "\ufeff"
        for row in (heads, *rows):
            line = io.StringIO()
            csv.writer(line).writerow([cell(value) for value in row])
            yield line.getvalue()

    response = Response("".join(lines()), mimetype="text/csv")
    response.headers["Content-Disposition"] = disposition(f"{name}.csv")
    return response


def cell(value: Any) -> str:
    """Text that no office program will run."""
    if value is None:
        return ""
    text = local(value) if isinstance(value, datetime) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def local(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """A file to keep. Never shown in the page, whatever it holds."""
    response = Response(data, mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(name)
    return response


def disposition(name: str, kind: str = "attachment") -> str:
    """The header of a file with any name; what could end the header is left out of it."""
    name = "".join(char for char in name if char.isprintable())
    plain = name.encode("ascii", "ignore").decode().translate({34: None, 92: None}) or "file"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
