"""A letter as a Word document, in the faces and measures of GB/T 9704.

docxtpl fills one of two templates of our own (`word/`, drawn by `word_template.py`) with the
blocks of the letter. Values go in as text and are never read as marks of a template or of XML.
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.shared import Emu, Twips
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import Environment, StrictUndefined

from blueprints.notices.letters import words
from blueprints.notices.letters.check import qr_png
from blueprints.notices.letters.model import (
    Annexes,
    Break,
    Para,
    Signature,
    Table,
    column_weights,
    plain,
    width,
)
from blueprints.notices.letters.values import lines, one_line
from blueprints.notices.letters.word_package import ACROSS, WORD, repacked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blueprints.notices.letters.model import Block, Letter, Runs

_QR = Emu(576_000)
_LONGEST_TITLE = 255  # characters that python-docx lets a property have
# docxtpl reads {_{ and the like as a way to write its own marks: never let one stand whole.
_MARKS = re.compile(r"(?<=[{}%])(?=_)")


def docx(letter: Letter) -> bytes:
    """The letter, with its QR code and check address in the footer and 草稿 above a draft."""
    template = DocxTemplate(
        io.BytesIO(_template("form" if letter.form in words.FORMS else "letter"))
    )
    blocks = [_block(block, letter) for block in letter.blocks]
    template.render(
        {
            "draft": words.DRAFT.in_(letter.lang) if letter.draft else "",
            "letterhead": [_rich(name, size=_half_points(letter)) for name in letter.letterhead],
            "doc_no": letter.doc_no and _rich(letter.doc_no),
            "signer": letter.signer and _rich(letter.signer),
            "title": _rich(letter.title or letter.subject),
            "addressee": letter.addressee and _rich(letter.addressee),
            "blocks": blocks,
            "check": _check(letter, template),
        },
        Environment(undefined=StrictUndefined, autoescape=True),
    )
    _measure(template, [block["widths"] for block in blocks if "widths" in block])
    _name(template, letter)
    out = io.BytesIO()
    template.save(out)
    return repacked(out.getvalue())


@lru_cache(maxsize=2)
def _template(name: str) -> bytes:
    return (WORD / f"{name}.docx").read_bytes()


@lru_cache(maxsize=64)
def _qr(url: str) -> bytes:
    return qr_png(url)


def _rich(runs: Runs, *, before: str = "", after: str = "", size: int | None = None) -> RichText:
    """Text as Word has it: bold where it is bold, a new line where there is one."""
    rich = RichText()
    for text, bold in ((before, False), *((r.text, r.bold) for r in runs), (after, False)):
        for part in _MARKS.split(lines(text)):
            if part:
                rich.add(part, bold=bold, size=size)
    return rich


def _half_points(letter: Letter) -> int:
    longest = max((width(plain(name)) for name in letter.letterhead), default=1)
    return min(80 if len(letter.letterhead) == 1 else 56, 860 // max(longest, 1))


def _block(block: Block, letter: Letter) -> dict[str, Any]:
    match block:
        case Para(kind, runs):
            return {"kind": kind, "words": _rich(runs)}
        case Table():
            return _table(block)
        case Annexes():
            listed = list(_annexes(block, letter))
            return {"kind": "copies" if block.copies else "annex", "listed": listed}
        case Signature():
            return _signature(block, letter)
        case Break():
            return {"kind": "break"}


def _table(table: Table) -> dict[str, Any]:
    weights = column_weights(table)
    centred = [*table.centred, *(False for _ in weights)]
    return {
        "kind": "table",
        "widths": [Twips(ACROSS.twips * weight // sum(weights)) for weight in weights],
        "head": [_rich(runs) for runs in table.head[: len(weights)]],
        "rows": [
            [
                {"words": _rich(runs), "centred": middle}
                for runs, middle in zip(row[: len(weights)], centred, strict=False)
            ]
            for row in table.rows
        ],
    }


def _annexes(block: Annexes, letter: Letter) -> Iterable[RichText]:
    label = f"{block.label}{words.ANNEX_SEPARATOR.in_(letter.lang)}"
    numbered = len(block.items) > 1
    for n, item in enumerate(block.items, start=1):
        yield _rich(item, before=f"{label if n == 1 else '　　　'}{f'{n}. ' if numbered else ''}")


def _signature(block: Signature, letter: Letter) -> dict[str, Any]:
    """Two columns without edges; a single signature stands on the right."""
    mark, empty = f"（{' '.join(filter(None, letter.seal))}）", RichText()
    cells = [_rich(party, after=mark) for party in block.parties]
    if len(cells) == 1:
        cells.insert(0, empty)
    for row in block.lines:
        if len(row) == 1:
            cells.append(empty)
        cells += [_rich(cell) for cell in row]
    if block.dated:
        cells += [empty] * (1 + len(cells) % 2) + [_rich(block.dated)]
    cells += [empty] * (len(cells) % 2)
    return {
        "kind": "signature",
        "widths": [Twips(ACROSS.twips // 2)] * 2,
        "rows": list(zip(cells[::2], cells[1::2], strict=True)),
    }


def _check(letter: Letter, template: DocxTemplate) -> dict[str, Any] | None:
    if not (check := letter.check):
        return None
    return {
        "code": InlineImage(template, io.BytesIO(_qr(check.url)), width=_QR, height=_QR),
        "hint": f"{words.CHECK_HINT.in_(letter.lang)} {check.code}",
        "url": check.url,
    }


def _measure(template: DocxTemplate, widths: list[list[Twips]]) -> None:
    """Give each table its columns; a template can only spread them evenly."""
    for table, own in zip(template.docx.tables, widths, strict=True):
        for column, across in zip(table.columns, own, strict=False):
            column.width = across
        for row in table.rows:
            for cell, across in zip(row.cells, own, strict=False):
                cell.width = across


def _name(template: DocxTemplate, letter: Letter) -> None:
    """What a reader of screens says of the document and of the code in its footer."""
    template.docx.core_properties.title = one_line(letter.name)[:_LONGEST_TITLE]
    template.docx.core_properties.language = letter.lang
    for _key, footer in template.get_headers_footers(DocxTemplate.FOOTER_URI):
        for picture in footer.element.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            picture.set("descr", words.CHECK_LABEL.in_(letter.lang))
