"""Text as people type it, made comparable: full-width letters, odd spaces, kinds of brackets."""

import re
import unicodedata

_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u3000\u00a0]+")
_BRACKETS = str.maketrans(
    {"（": "(", "）": ")", "〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")"}
)


def plain(text: str) -> str:
    """Half-width letters and digits, single spaces, nothing before or after."""
    return _SPACE.sub(" ", text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def tight(text: str) -> str:
    """`plain`, without any space and with one kind of bracket: what is compared, never shown."""
    return plain(text).replace(" ", "").translate(_BRACKETS)
