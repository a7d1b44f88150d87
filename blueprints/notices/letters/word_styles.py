"""The styles of a letter in Word: faces, sizes and line measures of GB/T 9704."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from blueprints.notices.letters.word_package import ACROSS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.parfmt import ParagraphFormat

RED = "C8102E"
LATIN = "Times New Roman"
SONG, TITLE, HEI, KAI = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
_BORDERS_COME_BEFORE = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


class Style(NamedTuple):
    """What differs from the style of all text; lengths in points, an indent in characters.

    `line` is exact; 0 lets the line be as high as its largest character.
    """

    name: str
    align: ALIGN | None = None
    face: str = ""
    size: float = 16
    line: float | None = None
    around: float = 0
    first: int = 0
    left: float = 0
    right: float = 0
    red: bool = False
    keep: bool = False
    level: int = 0


STYLES = (
    Style("Letter Text", ALIGN.JUSTIFY, first=2),
    Style("Letter Field", ALIGN.LEFT, first=2),
    Style("Letter Addressee", ALIGN.LEFT),
    Style("Form Text", ALIGN.JUSTIFY, size=12, line=21, first=2),
    Style("Form Line", ALIGN.LEFT, size=12, line=21),
    Style("Heading 1", ALIGN.CENTER, TITLE, 22, line=34, around=28, keep=True, level=1),
    Style("Heading 2", None, HEI, first=2, keep=True, level=2),
    Style("Letterhead", ALIGN.CENTER, TITLE, 36, line=0, red=True),
    Style("Document Number"),
    Style("Annex", ALIGN.LEFT, left=32),
    Style("Copies", ALIGN.LEFT, size=14, left=14, right=14),
    Style("Signature Line", ALIGN.CENTER, keep=True),
    Style("Table Cell", ALIGN.LEFT, size=10.5, line=14, around=2),
    Style("Table Head", ALIGN.CENTER, HEI, 10.5, line=14, around=2),
    Style("Letter Foot", ALIGN.LEFT, size=9, line=0),
    Style("Page Number Line", ALIGN.RIGHT, size=14, line=0),
    Style("Draft Mark", ALIGN.RIGHT, KAI, 22, line=0, red=True),
)


def put_styles(document: Document) -> None:
    """Put these styles in the place of those a new document brings with it."""
    document.styles.element.clear()
    normal = document.styles.add_style("Normal", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    normal.element.default = True
    _face(normal, SONG, 16)
    normal.font.element.rPr.append(element("lang", val="en-GB", eastAsia="zh-CN"))
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Twips(579)  # 22 lines in 225 mm
    for style in STYLES:
        _put(document, style)
    document.styles["Document Number"].paragraph_format.tab_stops.add_tab_stop(
        ACROSS, WD_TAB_ALIGNMENT.RIGHT
    )
    borders(document.styles["Copies"].paragraph_format, "single", 6, 4, sides=("top", "bottom"))


def _put(document: Document, own: Style) -> None:
    builtin = own.name.startswith("Heading")
    style = document.styles.add_style(own.name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    if own.face or own.size != Style("").size:
        _face(style, own.face, own.size)
    if own.red:
        style.font.color.rgb = RGBColor.from_string(RED)
    form = style.paragraph_format
    form.alignment = own.align
    form.keep_with_next = own.keep or None
    if own.line is not None:
        form.line_spacing = Pt(own.line) if own.line else 1.0
    if own.around:
        form.space_before = form.space_after = Pt(own.around)
    if own.first:
        form.first_line_indent = Pt(own.first * own.size)
        form.element.pPr.ind.set(qn("w:firstLineChars"), str(own.first * 100))
    form.left_indent = Pt(own.left) if own.left else None
    form.right_indent = Pt(own.right) if own.right else None
    if own.level:
        form.element.get_or_add_pPr().append(element("outlineLvl", val=own.level - 1))


def _face(style: ParagraphStyle, face: str, size: float) -> None:
    style.font.size = Pt(size)
    if face:
        style.font.name = LATIN
        style.font.element.rPr.rFonts.set(qn("w:cs"), LATIN)
        style.font.element.rPr.rFonts.set(qn("w:eastAsia"), face)


def borders(
    form: ParagraphFormat,
    kind: str,
    eighths: int,
    space: int,
    *,
    colour: str = "000000",
    sides: tuple[str, ...] = ("bottom",),
) -> None:
    """Rule lines beside a paragraph: `eighths` of a point wide, `space` points away."""
    drawn = element("pBdr")
    for side in sides:
        drawn.append(element(side, val=kind, sz=eighths, space=space, color=colour))
    form.element.get_or_add_pPr().insert_element_before(drawn, *_BORDERS_COME_BEFORE)


def element(tag: str, **values: object) -> BaseOxmlElement:
    """An element that python-docx has no name for, with its attributes."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    return made
