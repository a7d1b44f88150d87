"""Text as people type it, made comparable: full-width letters, odd spaces, kinds of brackets."""

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]+")
_BRACKETS = str.maketrans("（）〔〕【】[]", "()()()()")


@lru_cache(maxsize=4096)  # one cell is looked at by several readers
def plain(text: str) -> str:
    """Half-width letters and digits, single spaces, nothing before or after."""
    if text.isascii():
        return text if text.isalnum() else " ".join(text.split())
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def tight(text: str) -> str:
    """`plain`, without any space and with one kind of bracket: what is compared, never shown."""
    text = plain(text)
    return text if text.isalnum() else text.replace(" ", "").translate(_BRACKETS)
