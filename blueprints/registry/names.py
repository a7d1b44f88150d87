"""Names of enterprises and unions: as they are shown, compared, sorted and searched for."""

import re
from functools import cache

from blueprints.registry.widths import plain, tight

_FORMER = re.compile(r"\s*[(（]\s*(?:原名?|曾用名|更名前)[:：]?\s*([^()（）]+?)\s*[)）]\s*")
_WESTERN = re.compile(r"(?<=[A-Za-z0-9&.])\s+(?=[A-Za-z0-9&])")
# Surnames that a dictionary of words reads otherwise; they matter at the head of a name.
_SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao",
    "任": "ren", "盖": "ge", "员": "yun", "尉": "wei", "折": "she", "乐": "yue", "翟": "zhai",
    "冼": "xian", "缪": "miao", "洗": "xian", "召": "shao", "覃": "qin", "宓": "mi", "逄": "pang",
}  # fmt: skip
# Characters with several readings, where the words around decide; the rest is read one by one.
_AMBIGUOUS = frozenset("重行朝厦都藏调弹传参降给贾强校薄尾泊便卜铅蚌阿")


def read_name(written: str) -> tuple[str, tuple[str, ...]]:
    """A name as it is kept, and former names that stand behind it in brackets.

    Brackets in Chinese names are full-width, as the register of companies writes them.
    """
    text = written.replace("\n", " ").replace("\r", " ")
    former = tuple(shown(name) for name in _FORMER.findall(text))
    return shown(_FORMER.sub(" ", text)), former


def shown(text: str) -> str:
    """One spelling for the eye: no stray spaces, full-width brackets around Chinese."""
    kept = plain(text)
    if kept.isascii():
        return kept
    kept = _WESTERN.sub("\0", kept).replace(" ", "").replace("\0", " ")
    return kept.replace("(", "（").replace(")", "）")


def name_key(name: str) -> str:
    """What two spellings of one name have in common."""
    return tight(name).replace("(", "").replace(")", "").lower()


def syllables(text: str) -> list[str]:
    """The text in pinyin without tones, one syllable a character; brackets and dots left out."""
    if _AMBIGUOUS.isdisjoint(text):
        read = [_reading(character) for character in text]
    else:
        whole = _pinyin(text)
        # 长 is almost never "zhang" in the name of a firm, whatever stands before it (荆州|长江).
        read = ["chang" if c == "长" else r for c, r in zip(text, whole, strict=True)]
    return [syllable.lower() for syllable in read if syllable.isalnum()]


@cache
def _reading(character: str) -> str:
    return "chang" if character == "长" else _pinyin(character)[0].lower()


def _pinyin(text: str) -> list[str]:
    # Its dictionary takes a third of a second to load, which only those who write names wait for.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]  # any callable


@cache
def person_syllables(name: str) -> tuple[str, ...]:
    """A person's name in pinyin, the surname as a surname is read."""
    read = syllables(name)
    if name[:1] in _SURNAMES:
        read[:1] = [_SURNAMES[name[0]]]
    return tuple(read)


def sort_key(name: str) -> str:
    """Orders names by pinyin where the database knows no Chinese collation."""
    return " ".join(syllables(name))


def initials(read: list[str] | tuple[str, ...]) -> str:
    return "".join(syllable[0] for syllable in read)


def search_key(name: str, read: list[str], *more: str) -> str:
    """Everything a search looks into, in lower case: the name, its initials, codes, people."""
    return "\n".join(
        part for part in (tight(name).lower(), initials(read), *map(str.lower, more)) if part
    )


def needles(typed: str) -> list[str]:
    """What is searched for: each word must occur somewhere in the search key."""
    return [tight(word).lower() for word in plain(typed).split(" ")[:5] if word]
