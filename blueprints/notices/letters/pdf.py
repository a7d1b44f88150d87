"""A letter as PDF, typeset by typst: tagged (PDF/UA-1), fonts embedded, always the same bytes."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from blueprints.notices.letters import words
from blueprints.notices.letters.check import qr_path
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blueprints.notices.letters.model import AddressSheet, Block, Check, Letter, Runs
    from blueprints.notices.letters.values import Lang

HERE = Path(__file__).parent
_LOG = logging.getLogger(__name__)
_TEXT_BLOCK_PT = 430
# Size and leading in points: GB/T 9704 sets Chinese in 16 on a line of 28.95.
_SIZES = {"zh": (16.0, 12.95), "en": (13.0, 9.0), "form": (12.0, 9.0)}
# The faces of GB/T 9704, used where the operator has them; each falls back to Noto Sans SC.
_FACES = {
    "body": ["FangSong_GB2312", "FangSong", "STFangsong"],
    "title": ["FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong"],
    "hei": ["SimHei", "STHeiti"],
}
_NO_FACES: dict[str, list[str]] = {face: [] for face in _FACES}


def pdf(letter: Letter, *, font_dir: Path | None = None) -> bytes:
    """One letter."""
    return pdf_many([letter], font_dir=font_dir)


def pdf_many(
    letters: Sequence[Letter],
    *,
    sheets: Sequence[AddressSheet] = (),
    font_dir: Path | None = None,
) -> bytes:
    """All letters of a run in one document, each on its own pages counted from 1.

    `sheets`, where there are any, has one for each letter, which is drawn on the page before it.

    A process keeps one compiler per font folder. Do not fork a process that has compiled: typst
    keeps threads, and a child has none of them.
    """
    drawn = _inputs(letters, font_dir)
    for letter, sheet in zip(drawn["letters"], sheets, strict=bool(sheets)) if sheets else ():
        letter["sheet"] = _sheet(sheet, letter["lang"])
    return tagged({"letters": json.dumps(drawn, ensure_ascii=False)}, font_dir)


def png(letter: Letter, *, page: int = 1, font_dir: Path | None = None) -> bytes:
    """One page as a picture, for a preview or a screenshot."""
    inputs = {"letters": json.dumps(_inputs([letter], font_dir), ensure_ascii=False)}
    drawn: Any = compiler(font_dir).compile(format="png", ppi=110.0, sys_inputs=inputs)
    pages = drawn if isinstance(drawn, list) else [drawn]
    return bytes(pages[page - 1])


def tagged(inputs: dict[str, str], font_dir: Path | None, drawing: str = "letter.typ") -> bytes:
    """Tagged, unless a name holds a character that no font has: then it goes out and is logged."""
    try:
        made: Any = compiler(font_dir, drawing).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"]
        )
    except typst.TypstError as fault:
        if "could not be displayed" not in str(fault):
            raise
        _LOG.warning("A letter holds a character that no font has; add one in FONT_DIR.")
        made = compiler(font_dir, drawing).compile(format="pdf", sys_inputs=inputs)
    return bytes(made)


@lru_cache(maxsize=4)
def compiler(font_dir: Path | None = None, drawing: str = "letter.typ") -> typst.Compiler:
    """The one compiler of this process for a drawing; making it costs several letters."""
    own = [str(font_dir)] if font_dir else []
    return typst.Compiler(
        input=str(HERE / drawing),
        root=str(HERE),
        font_paths=[*own, str(files("justmytype_intl_cjk") / "fonts")],
        ignore_system_fonts=True,
    )


def faces(font_dir: Path | None) -> dict[str, list[str]]:
    """The faces to ask for: those of the operator, where there are any."""
    return _FACES if font_dir else _NO_FACES


def _inputs(letters: Sequence[Letter], font_dir: Path | None) -> dict[str, Any]:
    first = letters[0]
    return {
        "title": first.name,
        "lang": first.lang,
        "fonts": faces(font_dir),
        "letters": [_letter(letter, f"letter-{n}") for n, letter in enumerate(letters)],
    }


def _letter(letter: Letter, mark: str) -> dict[str, Any]:
    form = letter.form in words.FORMS
    size, leading = _SIZES["form" if form else letter.lang]
    return {
        "mark": mark,
        "lang": letter.lang,
        "form": form,
        "size": size,
        "leading": leading,
        "colon": words.ANNEX_SEPARATOR.in_(letter.lang),
        "letterhead": [_runs(name) for name in letter.letterhead],
        "headsize": _head_size(letter),
        "doc_no": _runs(letter.doc_no),
        "signer": _runs(letter.signer),
        "title": _runs(letter.title or letter.subject),
        "addressee": _runs(letter.addressee),
        "blocks": [_block(block) for block in letter.blocks],
        "draft": words.DRAFT.in_(letter.lang) if letter.draft else "",
        "sealed": letter.sealed_on is not None,
        "stamp": list(letter.seal),
        "check": _check(letter.check, letter.lang) if letter.check else None,
        "sheet": None,
    }


def _sheet(sheet: AddressSheet, lang: Lang) -> dict[str, str]:
    return {
        **asdict(sheet),
        "svg": code_svg(sheet.url),
        "label": words.SERVICE_CODE.in_(lang),
        "hint": words.SERVICE_HINT.in_(lang),
    }


def _head_size(letter: Letter) -> float:
    """As large as the longest name allows on one line; joint issuers share the room."""
    longest = max((width(plain(name)) for name in letter.letterhead), default=1)
    largest = 40 if len(letter.letterhead) == 1 else 28
    return min(largest, _TEXT_BLOCK_PT / (longest * 1.08))


def _runs(runs: Runs) -> list[list[str | int]]:
    """Neighbours that look alike are one stretch: less to lay out."""
    found: list[list[str | int]] = []
    for run in runs:
        look = [int(run.bold), int(run.kind == "url" and run.text.startswith("http"))]
        if found and found[-1][1:] == look and not look[1]:
            found[-1][0] = f"{found[-1][0]}{run.text}"
        else:
            found.append([run.text, *look])
    return found


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Para():
            return {"is": block.kind, "runs": _runs(block.runs)}
        case Table():
            return {
                "is": "table",
                "head": [_runs(cell) for cell in block.head],
                "rows": [[_runs(cell) for cell in row] for row in block.rows],
                "centred": list(block.centred),
                "widths": column_weights(block),
            }
        case Signature():
            return {
                "is": "signature",
                "parties": [_runs(party) for party in block.parties],
                "lines": [[_runs(cell) for cell in row] for row in block.lines],
                "dated": _runs(block.dated),
            }
        case Annexes():
            items = [_runs(item) for item in block.items]
            return {"is": "annexes", "label": block.label, "items": items, "copies": block.copies}
        case Break():
            return {"is": "break"}


@lru_cache(maxsize=64)
def _check(check: Check, lang: Lang) -> dict[str, str]:
    return {
        "svg": code_svg(check.url),
        "url": check.url,
        "code": check.code,
        "label": words.CHECK_LABEL.in_(lang),
        "hint": (check.hint or words.CHECK_HINT).in_(lang),
    }


def code_svg(url: str) -> str:
    """The QR code with its quiet zone, as typst takes a picture."""
    side, path = qr_path(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {side + 4} {side + 4}">'
        f'<path d="{path}"/></svg>'
    )
