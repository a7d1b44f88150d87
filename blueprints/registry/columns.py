"""Which column of a ledger is which: titles above the headings, synonyms, totals and notes."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from blueprints.registry.widths import tight
from rules.words import Text

Columns = dict[str, int]
_MARKS = re.compile(r"[\W_]+")
_TOTAL = re.compile(
    r"(?:本页|累计|全市|全县|全区|全旗|总)?(?:合计|总计|共计|小计|总数)(?:数|人数|\d*家?)?"
)
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|附注)\d*[:：.、]|注意|制表|填表人|填报人|填报单位|审核人"
    r"|负责人[:：]|联系人[:：]|填报日期|填表日期|单位\(盖章\)|第\d+页"
)


@dataclass(frozen=True)
class Field:
    """A fact the register keeps, and what ledgers head its column with."""

    name: str
    label: Text
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Header:
    """Where the headings stand, what they say, and which field each column feeds."""

    row: int  # number of the last heading row; data begin below it
    labels: tuple[str, ...]
    mapping: Columns


def _fields() -> Iterator[Field]:
    with Path(__file__).with_name("headings.toml").open("rb") as source:
        for field in tomllib.load(source)["field"]:
            yield Field(field["name"], Text(field["zh"], field["en"]), tuple(field["headings"]))


FIELDS = {field.name: field for field in _fields()}


def heading_key(text: str) -> str:
    return _MARKS.sub("", tight(text)).lower()


def _index() -> dict[str, str]:
    """Every heading to its field; what our own exports are headed with comes first."""
    own = [
        (heading_key(label), field.name)
        for field in FIELDS.values()
        for label in (field.label.zh, field.label.en)
    ]
    return {h: f.name for f in FIELDS.values() for h in f.headings} | dict(own)


_HEADINGS = _index()


def find_header(head: Sequence[tuple[int, list[str]]]) -> Header | None:
    """The heading row among the first rows: the one that names most fields, in one line or two."""
    singles, doubles = [], []
    for (number, cells), following in zip(head, [*head[1:], None], strict=True):
        singles.append(Header(number, tuple(cells), map_columns(cells)))
        if following is not None and not _has_data(following[1]):
            joined = _joined(cells, following[1])
            doubles.append(Header(following[0], tuple(joined), map_columns(joined)))
    named = [h for h in (*singles, *doubles) if "name" in h.mapping and len(h.mapping) >= 2]
    return max(named, key=lambda header: len(header.mapping), default=None)


def map_columns(labels: Sequence[str]) -> Columns:
    """Each field to the first column headed with one of its names."""
    mapping: Columns = {}
    for column, label in enumerate(labels):
        field = _HEADINGS.get(heading_key(label))
        if field and field not in mapping:
            mapping[field] = column
    return mapping


def corrected(mapping: Columns, choices: Mapping[str, int | None]) -> Columns:
    """The mapping after a person has set some fields to other columns, or to none."""
    merged = {**mapping, **choices}
    return {n: column for n, column in merged.items() if column is not None and n in FIELDS}


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two heading rows as one: under a merged 职工人数 stand 总数, 女职工, 一线职工."""
    width = max(len(upper), len(lower))
    joined, over = [], ""
    for column in range(width):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        over = above or over
        tries = (below, over + below, above) if below.strip() else (above,)
        known = (label for label in tries if heading_key(label) in _HEADINGS)
        joined.append(next(known, tries[-1] or over + below))
    return joined


def _has_data(cells: Sequence[str]) -> bool:
    """Whether a row can no longer be part of the headings: it has numbers or a credit code."""
    return any(len(tight(cell)) == 18 or tight(cell).replace(".", "").isdigit() for cell in cells)


def line_kind(cells: Sequence[str], mapping: Columns) -> str:
    """What a line below the headings is: data, blank, total, note, or the headings again."""
    filled = [cell for cell in cells if cell and not cell.isspace()]
    if not filled:
        return "blank"
    if len(tight(at(cells, mapping.get("credit_code")))) == 18:
        return "data"
    first = tight(filled[0])
    if _TOTAL.fullmatch(_MARKS.sub("", first)) or _TOTAL.fullmatch(
        _MARKS.sub("", tight(at(cells, mapping["name"])))
    ):
        return "total"
    if _NOTE.match(first) and (len(filled) <= 3 or len(first) > 4):
        return "note"
    if not first[0].isdigit() and len(map_columns(cells)) >= min(4, len(mapping)):
        return "headings"
    return "data"


def at(cells: Sequence[str], column: int | None) -> str:
    """The cell of a column, or nothing where the row is too short or the column not mapped."""
    return cells[column] if column is not None and column < len(cells) else ""
