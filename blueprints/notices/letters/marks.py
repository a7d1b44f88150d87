"""How the body of a letter text is read: paragraphs, tables, repeats and conditions.

Everything that decides the shape of a letter is decided here, on the text itself. Values come
later and fill slots; they cannot make a heading, a table or a condition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SLOT = re.compile(r"\{\{ (\w+) \}\}")
MARK = re.compile(r"<!-- (?:(each|when): (\w+)|(end)) -->")
_INLINE = re.compile(r"(\*\*|\{\{ \w+ \}\})")
_SEALED = re.compile(r"(\{\{ \w+ \}\}) ?[（(](?:印章|seal)[）)]")
GAP = re.compile("　{2,}")
_LONE_SLOT = re.compile(r"\{\{ (\w+) \}\}")
_LABELLED = re.compile(r"(附件：|抄送：|Annex(?:es)?: |Copy to: )")
_ITEMGAP = re.compile(r"[　\s;；]+(?=\d+\. )")
_NUMBER = re.compile(r"^\d+\. ")
_HEADING_ZH = re.compile(r"^[一二三四五六七八九十]+、[^。：；:]+$")
_HEADING_EN = re.compile(r"^\d+\. (?:\*\*[^*]+\*\*|[^.:;*{]+)$")
_NUMBERED = r"(?![一二三四五六七八九十]+、|[（(]?[一二三四五六七八九十\da-z]+[）).] ?)"
_FIELD = re.compile(rf"^{_NUMBERED}(?:\*\*)?(?:[^。；，：]{{1,14}}：|[^.;:,]{{1,40}}: ).*\{{\{{")

Role = Literal["text", "heading", "field", "item", "bullet"]


class Piece(NamedTuple):
    """Words, or the name of a slot."""

    text: str
    slot: bool = False
    bold: bool = False


Pieces: TypeAlias = tuple[Piece, ...]


class Line(NamedTuple):
    """One line of the text; `each` repeats it for every member of a list."""

    pieces: Pieces
    source: str
    each: str = ""
    role: Role = "text"


@dataclass(frozen=True, slots=True)
class ParaNode:
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TitleNode:
    line: Line


@dataclass(frozen=True, slots=True)
class TableNode:
    """The last row repeats when `each` names a list."""

    head: tuple[Pieces, ...]
    rows: tuple[tuple[Pieces, ...], ...]
    centred: tuple[bool, ...]
    each: str = ""


@dataclass(frozen=True, slots=True)
class BreakNode:
    pass


@dataclass(frozen=True, slots=True)
class SignNode:
    parties: tuple[Line, ...]
    lines: tuple[tuple[Line, ...], ...]
    dated: Line | None


@dataclass(frozen=True, slots=True)
class ListNode:
    label: str
    items: tuple[Line, ...]
    copies: bool


@dataclass(frozen=True, slots=True)
class WhenNode:
    flag: str
    nodes: tuple[Node, ...]


Node: TypeAlias = ParaNode | TitleNode | TableNode | BreakNode | SignNode | ListNode | WhenNode


@dataclass(slots=True)
class _Reader:
    """Collects nodes line by line."""

    nodes: list[Node] = field(default_factory=list)
    outer: list[Node] = field(default_factory=list)
    flag: str = ""
    each: str = ""
    lines: list[Line] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    table_each: str = ""

    def read(self, line: str) -> None:
        if mark := MARK.fullmatch(line):
            self._mark(mark)
        elif line.startswith("|"):
            if not self.rows:
                self.flush()
                self.table_each, self.each = self.each, ""
            self.rows.append(line)
        elif not line:
            self.flush()
        elif line.startswith("# "):
            self.flush()
            self.nodes.append(TitleNode(line_of(line[2:])))
        elif line == "---":
            self.flush()
            self.nodes.append(BreakNode())
        else:
            if self.rows:
                self.flush()
            self.lines.append(line_of(line, self.each))
            self.each = ""

    def _mark(self, mark: re.Match[str]) -> None:
        word, name, end = mark.groups()
        if word == "each":
            self.each = name
            return
        self.flush()
        if end and self.flag:
            inside, self.nodes = self.nodes, self.outer
            self.nodes.append(WhenNode(self.flag, tuple(inside)))
            self.flag = ""
        elif word == "when":
            self.outer, self.nodes, self.flag = self.nodes, [], name

    def flush(self) -> None:
        if self.rows:
            self.nodes.append(_table(self.rows, self.table_each))
            self.rows = []
        if self.lines:
            self.nodes.append(_paragraph(self.lines))
            self.lines = []


def read_marks(body: Iterable[str]) -> tuple[Node, ...]:
    """The shape of one language's body."""
    reader = _Reader()
    for line in body:
        reader.read(line.rstrip())
    reader.flush()
    return tuple(reader.nodes)


def slots_in(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Every slot with the list it is repeated for, if any."""
    for node in nodes:
        match node:
            case WhenNode():
                yield from slots_in(node.nodes)
            case TableNode():
                for number, row in enumerate((node.head, *node.rows)):
                    each = node.each if number == len(node.rows) else ""
                    yield from ((p.text, each) for cell in row for p in cell if p.slot)
            case _:
                yield from (
                    (p.text, line.each) for line in _lines(node) for p in line.pieces if p.slot
                )


def _lines(node: Node) -> tuple[Line, ...]:
    match node:
        case ParaNode():
            return node.lines
        case TitleNode():
            return (node.line,)
        case ListNode():
            return node.items
        case SignNode():
            dated = (node.dated,) if node.dated else ()
            return (*node.parties, *(line for row in node.lines for line in row), *dated)
        case _:
            return ()


def _pieces(source: str) -> Pieces:
    bold, found = False, []
    for part in _INLINE.split(source):
        if part == "**":
            bold = not bold
        elif slot := SLOT.fullmatch(part):
            found.append(Piece(slot[1], slot=True, bold=bold))
        elif part:
            found.append(Piece(part, bold=bold))
    return tuple(found)


def line_of(source: str, each: str = "") -> Line:
    role: Role = "text"
    if source.startswith("- "):
        source, role = source[2:], "bullet"
    elif source.startswith("☐"):
        role = "item"
    elif _FIELD.match(source):
        role = "field"
    return Line(_pieces(source), source, each, role)


def _table(rows: list[str], each: str) -> TableNode:
    cells = [[cell.strip() for cell in row[1:].removesuffix("|").split("|")] for row in rows]
    centred = tuple(cell.startswith(":") and cell.endswith(":") for cell in cells[1])
    body = tuple(tuple(_pieces(cell) for cell in row) for row in cells[2:])
    return TableNode(tuple(_pieces(cell) for cell in cells[0]), body, centred, each)


def _paragraph(lines: list[Line]) -> Node:
    if label := _LABELLED.match(lines[0].source):
        return _list(label[1], lines)
    if sign := _sign(lines):
        return sign
    if len(lines) == 1 and (
        _HEADING_ZH.match(lines[0].source) or _HEADING_EN.match(lines[0].source)
    ):
        return ParaNode((lines[0]._replace(role="heading"),))
    return ParaNode(tuple(lines))


def _list(label: str, lines: list[Line]) -> ListNode:
    first = lines[0]._replace(source=lines[0].source.removeprefix(label))
    found = [part for line in (first, *lines[1:]) for part in _ITEMGAP.split(line.source)]
    items = (
        line_of(_NUMBER.sub("", part.strip(" 　;；").removesuffix(".")))
        for part in found
        if part.strip(" 　")
    )
    copies = label.startswith(("抄送", "Copy"))
    return ListNode(label.rstrip("：: "), tuple(items), copies)


def _sign(lines: list[Line]) -> SignNode | None:
    """The block of seals and signatures: a party with its seal, or a last line that is a date."""
    parties: list[Line] = []
    rows: list[tuple[Line, ...]] = []
    lone = _LONE_SLOT.fullmatch(lines[-1].source)
    dated = lines[-1] if lone and lone[1].endswith("_on") else None
    for line in lines[:-1] if dated else lines:
        parts = GAP.split(line.source)
        seals = [_SEALED.fullmatch(part) for part in parts]
        if all(seals):
            parties += [line_of(seal[1], line.each) for seal in seals if seal]
        else:
            rows.append(tuple(line_of(part, line.each) for part in parts if part.strip()))
    return SignNode(tuple(parties), tuple(rows), dated) if parties or dated else None
