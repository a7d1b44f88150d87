"""How a letter on paper is compared with the record: fingerprint, check code and QR code."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import segno
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blueprints.notices.letters.model import Letter

# Crockford's alphabet: no I, L, O or U, which are misread on paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
_MISREAD = str.maketrans("OIL", "011")
# Any of the eight masks is read by every reader; choosing the prettiest costs five times as much.
_MASK = 3


def fingerprint(letter: Letter) -> str:
    """SHA-256 of what the letter says: its words, whatever they are drawn with.

    Seals, the draft mark and the check code itself are not part of it.
    """
    runs = ("letterhead", "doc_no", "signer", "title", "subject", "addressee", "blocks")
    said = [letter.text_id, letter.version, letter.lang]
    said += ["\x1f".join(_words(getattr(letter, name))) for name in runs]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _words(part: object) -> Iterator[str]:
    """Every word in order; a run is the only tuple that begins with one."""
    if isinstance(part, tuple):
        if part and isinstance(part[0], str):
            yield part[0]
            return
        for inner in part:
            yield from _words(inner)
    else:
        for name in getattr(part, "__slots__", ()):
            yield from _words(getattr(part, name))


def check_code(sha256: str) -> str:
    """Eight letters and digits from a SHA-256, as printed beside the QR code: `7K4M-92QD`."""
    bits = int(sha256[:10], 16)
    code = "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -5, -5))
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str | None:
    """What somebody typed from paper, in the printed form; None when it cannot be a code."""
    code = "".join(c for c in typed.upper() if c.isalnum()).translate(_MISREAD)
    if len(code) != CODE_LENGTH or any(c not in ALPHABET for c in code):
        return None
    return f"{code[:4]}-{code[4:]}"


@lru_cache(maxsize=64)
def _matrix(url: str) -> segno.QRCode:
    return segno.make_qr(url, error="m", mask=_MASK)


@lru_cache(maxsize=64)
def qr_path(url: str) -> tuple[int, str]:
    """The side of the code in modules, and the path that draws it."""
    code = _matrix(url)
    strokes = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            if row[x]:
                start = x
                while x < len(row) and row[x]:
                    x += 1
                strokes.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return len(code.matrix), "".join(strokes)


def qr_svg(url: str, label: str, css: str = "y-qr") -> Markup:
    """The QR code for a page; drawn with attributes only, so that no style policy is in its way."""
    side, path = qr_path(url)
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path d="{}" fill="#141414"/></svg>'
    ).format(css, side, side, label, path)


def qr_png(url: str, scale: int = 4) -> bytes:
    """The QR code with its quiet zone, as a picture for DOCX and mail."""
    out = BytesIO()
    _matrix(url).save(out, kind="png", scale=scale, border=2)
    return out.getvalue()
