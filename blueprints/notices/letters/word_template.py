"""The two Word templates that letters are filled into: one for letters, one for forms.

`python -m blueprints.notices.letters.word_template` writes them into `word/`. What stands in
double braces and in `{%p … %}`, `{%tr … %}`, `{%tc … %}` is read by docxtpl; the names are those
that `docx.py` hands over.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from blueprints.notices.letters.word_package import ACROSS, WORD, repacked
from blueprints.notices.letters.word_styles import RED, borders, element, put_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document as Written
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_FOOT = (Twips(1100), Twips(6244), Twips(1500))
_NEEDED = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.HEADER,
    RELATIONSHIP_TYPE.FOOTER,
}


class Kind(NamedTuple):
    """A template: what its running text, its filled-in lines and its addressee are written in."""

    text: str
    field: str
    addressee: str
    top: Twips


TEMPLATES = {
    "letter": Kind("Letter Text", "Letter Field", "Letter Addressee", Twips(2098)),
    "form": Kind("Form Text", "Form Line", "Form Line", Twips(1474)),
}


def template(kind: Kind) -> bytes:
    """A whole .docx; the same bytes each time."""
    document = Document()
    put_styles(document)
    _measures(document, kind)
    _head(document, kind)
    _blocks(document, kind)
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ draft }}"
    section.header.paragraphs[0].style = "Draft Mark"
    _footer(section.footer)
    return _saved(document)


def _measures(document: Written, kind: Kind) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = kind.top, Twips(1984)
    section.left_margin, section.right_margin = Twips(1588), Twips(1474)
    section.header_distance, section.footer_distance = Twips(851), Twips(567)


def _head(document: Written, kind: Kind) -> None:
    _say(document, "{%p for name in letterhead %}")
    _say(document, "{%p if loop.last %}")
    last = _say(document, "{{r name }}", "Letterhead")
    borders(last.paragraph_format, "thickThinSmallGap", 24, 6, colour=RED)
    _say(document, "{%p else %}")
    _say(document, "{{r name }}", "Letterhead")
    _say(document, "{%p endif %}")
    _say(document, "{%p endfor %}")
    _say(document, "{%p if doc_no and signer %}")
    numbered = _say(document, "{{r doc_no }}", "Document Number")
    numbered.add_run("\t")
    numbered.add_run("{{r signer }}")
    _say(document, "{%p elif doc_no %}")
    numbered = _say(document, "\t", "Document Number")
    numbered.add_run("{{r doc_no }}")
    _say(document, "{%p endif %}")
    _say(document, "{{r title }}", "Heading 1")
    _say(document, "{%p if addressee %}")
    _say(document, "{{r addressee }}", kind.addressee)
    _say(document, "{%p endif %}")


def _blocks(document: Written, kind: Kind) -> None:
    """One paragraph or table for each kind of block that a letter is made of."""
    _say(document, "{%p for block in blocks %}")
    _say(document, "{%p if block.kind == 'heading' %}")
    _say(document, "{{r block.words }}", "Heading 2")
    _say(document, "{%p elif block.kind == 'text' %}")
    _say(document, "{{r block.words }}", kind.text)
    _say(document, "{%p elif block.kind == 'bullet' %}")
    _say(document, "· ", kind.field).add_run("{{r block.words }}")
    _say(document, "{%p elif block.kind == 'field' or block.kind == 'item' %}")
    _say(document, "{{r block.words }}", kind.field)
    _say(document, "{%p elif block.kind == 'table' %}")
    _table(document)
    _say(document, "", "Table Cell")
    _say(document, "{%p elif block.kind == 'break' %}")
    borders(_say(document, "", kind.field).paragraph_format, "single", 4, 1)
    for listed in ("annex", "copies"):
        _say(document, f"{{%p elif block.kind == '{listed}' %}}")
        _say(document, "{%p for words in block.listed %}")
        _say(document, "{{r words }}", listed.capitalize())
        _say(document, "{%p endfor %}")
    _say(document, "{%p elif block.kind == 'signature' %}")
    _say(document, "", "Letter Addressee")
    _signature(document)
    _say(document, "", "Letter Foot")
    _say(document, "{%p endif %}")
    _say(document, "{%p endfor %}")


def _say(place: BlockItemContainer | Written, words: str, style: str | None = None) -> Paragraph:
    return place.add_paragraph(words, style)


def _table(document: Written) -> None:
    """The head is repeated on each page; docxtpl drops the rows and cells that only steer."""
    table = document.add_table(4, 3)
    _frame(table, edges=True)
    head, each, row, end = table.rows
    _loop(head.cells, "{%tc for words in block.head %}")
    _in(head.cells[1], "{{r words }}", "Table Head")
    _whole(head.cells[1], "cantSplit", "tblHeader")
    _in(each.cells[0], "{%tr for row in block.rows %}")
    _loop(row.cells, "{%tc for cell in row %}")
    cell = row.cells[1]
    _in(cell, "{%p if cell.centred %}")
    cell.add_paragraph("{{r cell.words }}", "Table Head")
    cell.add_paragraph("{%p else %}")
    cell.add_paragraph("{{r cell.words }}", "Table Cell")
    cell.add_paragraph("{%p endif %}")
    _in(end.cells[0], "{%tr endfor %}")


def _signature(document: Written) -> None:
    table = document.add_table(3, 2)
    _frame(table)
    each, pair, end = table.rows
    _in(each.cells[0], "{%tr for left, right in block.rows %}")
    _in(pair.cells[0], "{{r left }}", "Signature Line")
    _in(pair.cells[1], "{{r right }}", "Signature Line")
    _whole(pair.cells[0], "cantSplit")
    _in(end.cells[0], "{%tr endfor %}")


def _footer(footer: BlockItemContainer) -> None:
    """Code, check address and page beside each other; the page alone where nothing is checked."""
    footer.paragraphs[0].text = "{%p if check %}"
    footer.paragraphs[0].style = "Normal"
    table = footer.add_table(1, len(_FOOT), ACROSS)
    _frame(table)
    code, hint, page = table.rows[0].cells
    for cell, column, width in zip((code, hint, page), table.columns, _FOOT, strict=True):
        cell.width = column.width = width
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _in(code, "{{ check.code }}", "Letter Foot")
    _in(hint, "{{ check.hint }}", "Letter Foot")
    hint.add_paragraph("{{ check.url }}", "Letter Foot")
    _page(page.paragraphs[0])
    _say(footer, "", "Letter Foot")
    _say(footer, "{%p else %}")
    _page(_say(footer, ""))
    _say(footer, "{%p endif %}")


def _page(paragraph: Paragraph) -> None:
    paragraph.style = "Page Number Line"
    paragraph.add_run("— ")
    field = element("fldSimple", instr=" PAGE ")
    paragraph.paragraph_format.element.append(field)
    shown = paragraph.add_run("1")
    field.append(shown.font.element)
    paragraph.add_run(" —")


def _loop(cells: tuple[_Cell, ...], begin: str) -> None:
    _in(cells[0], begin)
    _in(cells[2], "{%tc endfor %}")


def _in(cell: _Cell, words: str, style: str = "Normal") -> None:
    cell.paragraphs[0].text = words
    cell.paragraphs[0].style = style
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _whole(cell: _Cell, *rules: str) -> None:
    """Lay down rules for the row of a cell."""
    row = next(_around(cell.paragraphs[0], "w:tr"))
    for rule in rules:
        row.get_or_add_trPr().append(element(rule))


def _frame(table: Table, *, edges: bool = False) -> None:
    """Across the whole page, in columns that do not give way, with or without lines."""
    table.autofit = False
    form = next(_around(table.rows[0].cells[0].paragraphs[0], "w:tbl")).tblPr
    width, layout = form.find(qn("w:tblW")), form.find(qn("w:tblLayout"))
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    margins = element("tblCellMar")
    margins.extend(element(side, w=80, type="dxa") for side in ("left", "right"))
    layout.addnext(margins)
    if edges:
        lines = element("tblBorders")
        lines.extend(element(side, val="single", sz=4, space=0, color="000000") for side in _SIDES)
        layout.addprevious(lines)


def _around(paragraph: Paragraph, tag: str) -> Iterator[Any]:
    """The elements of this name that a paragraph stands in, from the inside out."""
    return cast("Iterator[Any]", paragraph.paragraph_format.element.iterancestors(qn(tag)))


def _saved(document: Written) -> bytes:
    """Without what a new document brings with it: theme, thumbnail, other people's properties."""
    package = document.part.package
    for relations in (document.part.rels, package.rels):
        for key in [key for key, own in relations.items() if own.reltype not in _NEEDED]:
            del relations[key]
    package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element.clear()
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def main() -> None:
    """Write both templates anew."""
    for name, kind in TEMPLATES.items():
        Path(str(WORD / f"{name}.docx")).write_bytes(template(kind))


if __name__ == "__main__":
    main()
