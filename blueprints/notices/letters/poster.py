"""A poster to hang up, typeset by typst: a code to scan, what for, until when, and who asks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from blueprints.notices.letters.model import width
from blueprints.notices.letters.pdf import code_svg, faces, tagged

if TYPE_CHECKING:
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


def poster_pdf(poster: Poster, *, font_dir: Path | None = None) -> bytes:
    """One A4 sheet, tagged, with its fonts."""
    size = min(_LARGEST, _TEXT_BLOCK_PT / (width(poster.title) * 1.05))
    drawn = {
        **asdict(poster), "svg": code_svg(poster.url), "size": max(size, 22),
        "faces": faces(font_dir),
    }  # fmt: skip
    return tagged({"poster": json.dumps(drawn, ensure_ascii=False)}, font_dir, "poster.typ")
