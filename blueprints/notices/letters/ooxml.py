"""The few elements of WordprocessingML that a letter is written with."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from blueprints.notices.letters.values import lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blueprints.notices.letters.model import Runs

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NO_EDGES = '<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
EDGES = (
    '<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
)


def paragraph(
    style: str, runs: Runs, *, before: str = "", after: str = "", ppr: str = "", rpr: str = ""
) -> str:
    inside = (
        f"{stretch(before) if before else ''}{written(runs, rpr)}{stretch(after) if after else ''}"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{ppr}</w:pPr>{inside}</w:p>'


def written(runs: Runs, rpr: str = "") -> str:
    return "".join(stretch(run.text, ("<w:b/>" if run.bold else "") + rpr) for run in runs)


def stretch(text: str, rpr: str = "") -> str:
    shown = '</w:t><w:br/><w:t xml:space="preserve">'.join(
        xml_words(line) for line in lines(text).split("\n")
    )
    own = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def xml_words(text: str) -> str:
    return escape(text)


def cell(style: str, runs: Runs, own: int) -> str:
    return f"<w:tc>{cell_width(own)}{paragraph(style, runs)}</w:tc>"


def cell_width(twips: int) -> str:
    return f'<w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'


def grid(widths: Iterable[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def picture(label: str, emu: int) -> str:
    label = quoteattr(label)
    size = f'cx="{emu}" cy="{emu}"'
    main = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:drawing><wp:inline xmlns:wp="{main}/wordprocessingDrawing"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="QR" descr={label}/><a:graphic xmlns:a="{main}/main">'
        f'<a:graphicData uri="{main}/picture"><pic:pic xmlns:pic="{main}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name="qr.png" descr={label}/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
