"""Papers that carry a code each: posters to hang up, slips to cut apart. Typeset by typst."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from blueprints.notices.letters.model import width
from blueprints.notices.letters.pdf import code_svg, faces, tagged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from blueprints.notices.letters.values import Lang

_TEXT_BLOCK_PT = 470
_LARGEST = 40


@dataclass(frozen=True, slots=True)
class Poster:
    """Every word of it, in one language. `url` is what the code says."""

    lang: Lang
    issuer: str
    title: str
    about: str
    url: str
    scan: str
    promise: str
    because: str
    asked: str
    topics: tuple[str, ...]
    comma: str
    until: str
    contact: str


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """A sheet of slips, one code each. `codes` are (address, code as it is printed)."""

    lang: Lang
    title: str
    head: str  # on every page, above the slips: for whoever cuts them apart
    unit: str
    kind: str
    scan: str
    address: str  # where the code is typed in
    notes: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


def poster_pdf(poster: Poster, *, font_dir: Path | None = None) -> bytes:
    """One A4 sheet, tagged, with its fonts."""
    return posters_pdf([poster], font_dir=font_dir)


def posters_pdf(posters: Sequence[Poster], *, font_dir: Path | None = None) -> bytes:
    """A4 sheets in one file, in one language."""
    drawn = {"faces": faces(font_dir), "posters": [_poster(one) for one in posters]}
    return tagged({"posters": json.dumps(drawn, ensure_ascii=False)}, font_dir, "poster.typ")


def _poster(poster: Poster) -> dict[str, object]:
    size = min(_LARGEST, _TEXT_BLOCK_PT / (width(poster.title) * 1.05))
    return {**asdict(poster), "svg": code_svg(poster.url), "size": max(size, 22)}


def code_sheet_pdf(sheet: CodeSheet, *, font_dir: Path | None = None) -> bytes:
    """A4 sheets of twelve slips, with lines to cut along."""
    drawn = {
        **asdict(sheet), "faces": faces(font_dir),
        "codes": [{"svg": code_svg(url), "code": code} for url, code in sheet.codes],
    }  # fmt: skip
    return tagged({"sheet": json.dumps(drawn, ensure_ascii=False)}, font_dir, "codes.typ")
