"""A whole ledger, line by line: titles skipped, totals checked, doubles found."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from blueprints.registry import columns
from blueprints.registry.areas import City
from blueprints.registry.columns import Columns, Header
from blueprints.registry.names import name_key
from blueprints.registry.reasons import Finding
from blueprints.registry.rows import Record, RowReader
from blueprints.registry.sheets import Sheet
from blueprints.registry.unpacking import SheetRefused
from blueprints.registry.values import read_count
from rules.words import Text

NO_HEADINGS = Text(
    "没有找到表头：表中应有“单位名称”以及“统一社会信用代码”等栏目。",
    "No heading row was found: there should be columns such as 单位名称 and 统一社会信用代码.",
)


@dataclass(slots=True)
class Line:
    """A line of data: its number, its cells as they came, what was read and found."""

    number: int
    cells: list[str]
    record: Record | None
    findings: list[Finding]


@dataclass
class Aside:
    """What else the sheet says: totals that do or do not agree, notes, what was left unread."""

    stated_total: int | None = None
    summed: int = 0
    notes: list[str] = field(default_factory=list)


class Ledger:
    """Reads the lines of a sheet in one pass. `aside` is complete once all have been read."""

    def __init__(self, sheet: Sheet, city: City, *, header: Header | None = None) -> None:
        found = header or columns.find_header(sheet.head())
        if found is None:
            raise SheetRefused(NO_HEADINGS)
        self.sheet, self.city, self.header = sheet, city, found
        self.aside = Aside()
        self._codes: dict[str, tuple[int, str]] = {}
        self._names: dict[str, int] = {}

    @property
    def mapping(self) -> Columns:
        return self.header.mapping

    def lines(self) -> Iterator[Line]:
        reader = RowReader(self.mapping, self.city)
        ended = False
        for number, cells in self.sheet.rows():
            if number <= self.header.row:
                continue
            kind = columns.line_kind(cells, self.mapping)
            if kind == "data" and ended and sum(map(bool, cells)) < 3:
                kind = "note"
            if kind != "data":
                ended = self._set_aside(kind, cells) or ended
                continue
            if stated := read_count(columns.at(cells, self.mapping.get("headcount"))):
                self.aside.summed += stated[0]
            record, findings = reader.read(cells)
            if record is not None and (double := self._double(number, record)):
                record, findings = None, [*findings, double]
            yield Line(number, cells, record, findings)

    def _set_aside(self, kind: str, cells: list[str]) -> bool:
        """Keep what a total or a note says. True after a total: the table proper has ended."""
        if kind == "total":
            written = columns.at(cells, self.mapping.get("headcount"))
            stated = read_count(written) if written else None
            if stated and "小计" not in "".join(cells):
                self.aside.stated_total = (self.aside.stated_total or 0) + stated[0]
        elif kind == "note" and len(self.aside.notes) < 5:
            self.aside.notes.append(" ".join(filter(None, cells))[:200])
        return kind == "total"

    def _double(self, number: int, record: Record) -> Finding | None:
        """The first row of a code, or of a name without one, is taken; the others are said."""
        code, key = record.credit_code, name_key(record.name)
        if code is None:
            first = self._names.setdefault(key, number)
            if first != number:
                return Finding("name", record.name, "name_duplicate", {"row": first})
            return None
        row, name = self._codes.setdefault(code, (number, record.name))
        if row == number:
            self._names.setdefault(key, number)
            return None
        if name_key(name) == key:
            return Finding("credit_code", code, "code_duplicate", {"row": row})
        return Finding("credit_code", code, "code_of_another", {"row": row, "name": name})
