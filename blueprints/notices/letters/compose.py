"""A letter from its text and its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blueprints.notices.letters.marks import (
    BreakNode,
    ListNode,
    ParaNode,
    SignNode,
    TableNode,
    TitleNode,
    WhenNode,
)
from blueprints.notices.letters.model import Annexes, Break, Letter, Para, Run, Signature, Table
from blueprints.notices.letters.texts import LetterText
from blueprints.notices.letters.values import BLANK, MissingValue, printed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from blueprints.notices.letters.marks import Line, Node, Pieces
    from blueprints.notices.letters.model import Block, Check, Runs
    from blueprints.notices.letters.values import Lang

BLANK_ROWS = 3


def compose(
    text: LetterText,
    values: Mapping[str, Any],
    lang: Lang = "zh",
    *,
    draft: bool = False,
    blanks: bool = False,
    differs: Collection[str] = (),
    later: Collection[str] = (),
    sealed_on: date | None = None,
    check: Check | None = None,
) -> Letter:
    """Fill a text in; MissingValue names everything that is wanted and not there.

    Lists are sequences of mappings, conditions are booleans. A `draft` carries its mark and shows
    what is missing as a blank; `blanks` leaves the same room in a form meant for the pen.
    `differs` names what is different for each addressee, so that a preview can mark it;
    `later` names what the mail merge puts in.
    """
    filling = _Filling(text, values, lang, blanks=draft or blanks, differs=differs, later=later)
    shape = text.shapes[lang]
    letter = Letter(
        text_id=text.id,
        version=text.version,
        kind=text.kind,
        form=text.form,
        lang=lang,
        letterhead=tuple(runs for line in shape.letterhead for runs in filling.repeated(line)),
        doc_no=filling.line(shape.doc_no),
        signer=filling.line(shape.signer),
        title=filling.line(shape.title),
        subject=filling.line(shape.subject),
        addressee=filling.line(shape.addressee),
        blocks=tuple(filling.blocks(shape.nodes)),
        draft=draft,
        sealed_on=sealed_on,
        check=check,
    )
    if filling.missing:
        raise MissingValue(filling.missing)
    return letter


class _Filling:
    """One pass over the nodes; what is missing is collected, so that all of it is named at once."""

    def __init__(
        self,
        text: LetterText,
        values: Mapping[str, Any],
        lang: Lang,
        *,
        blanks: bool,
        differs: Collection[str],
        later: Collection[str],
    ) -> None:
        self.text, self.values, self.lang, self.blanks = text, values, lang, blanks
        self.differs, self.later = frozenset(differs), frozenset(later)
        self.missing: list[str] = []

    def blocks(self, nodes: tuple[Node, ...]) -> Iterator[Block]:
        for node in nodes:
            match node:
                case WhenNode():
                    if self.holds(node.flag):
                        yield from self.blocks(node.nodes)
                case ParaNode():
                    for line in node.lines:
                        yield from (Para(line.role, runs) for runs in self.repeated(line))
                case _:
                    yield self.block(node)

    def block(self, node: TitleNode | TableNode | BreakNode | SignNode | ListNode) -> Block:
        match node:
            case TitleNode():
                return Para("heading", self.line(node.line))
            case TableNode():
                return self.table(node)
            case SignNode():
                return self.signature(node)
            case ListNode():
                items = tuple(runs for line in node.items for runs in self.repeated(line))
                return Annexes(node.label, items, node.copies)
            case BreakNode():
                return Break()

    def table(self, node: TableNode) -> Table:
        once, repeated = (node.rows[:-1], node.rows[-1]) if node.each else (node.rows, ())
        rows = [tuple(self.runs(cell) for cell in row) for row in once]
        if node.each:
            rows += [
                tuple(self.runs(cell, member, node.each) for cell in repeated)
                for member in self.members(node.each)
            ]
        return Table(tuple(self.runs(cell) for cell in node.head), tuple(rows), node.centred)

    def signature(self, node: SignNode) -> Signature:
        parties = tuple(runs for line in node.parties for runs in self.repeated(line))
        lines = tuple(tuple(self.line(line) for line in row) for row in node.lines)
        return Signature(parties, lines, self.line(node.dated))

    def repeated(self, line: Line) -> Iterator[Runs]:
        if not line.each:
            yield self.runs(line.pieces)
            return
        for member in self.members(line.each):
            yield self.runs(line.pieces, member, line.each)

    def line(self, line: Line | None) -> Runs:
        return self.runs(line.pieces) if line else ()

    def runs(self, pieces: Pieces, member: Mapping[str, Any] | None = None, each: str = "") -> Runs:
        found: list[Run] = []
        for piece in pieces:
            if not piece.slot:
                found.append(Run(_joined(found, piece.text), piece.bold))
                continue
            name, kind = piece.text, self.text.placeholders[piece.text].type
            differs = name in self.differs or (bool(each) and each in self.differs)
            if name in self.later:
                found.append(Run("", piece.bold, name, kind, differs, open=True))
            else:
                words = self.value(name, kind, member)
                found.append(Run(words, piece.bold, name, kind, differs))
        return tuple(found)

    def value(self, name: str, kind: str, member: Mapping[str, Any] | None) -> str:
        value = member.get(name) if member is not None else None
        if value is None:
            value = self.values.get(name)
        if value is None:
            self.want(name)
            return BLANK
        return printed(name, kind, value, self.lang)

    def members(self, each: str) -> tuple[Mapping[str, Any], ...]:
        found = self.values.get(each)
        if found is None:
            self.want(each)
            return ({},) * (BLANK_ROWS if self.blanks else 0)
        return tuple(found)

    def holds(self, flag: str) -> bool:
        found = self.values.get(flag)
        if found is None:
            self.want(flag)
        return bool(found)

    def want(self, name: str) -> None:
        if not self.blanks:
            self.missing.append(name)


def _joined(before: list[Run], words: str) -> str:
    """A sentence that came with its own full stop does not get a second one."""
    if before and before[-1].name and before[-1].text.endswith(("。", ".")) and words[:1] in "。.":
        return words[1:]
    return words
