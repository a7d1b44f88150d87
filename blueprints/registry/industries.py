"""GB/T 4754-2017: what trade an enterprise is in, found by what people write in a ledger."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from blueprints.registry.widths import tight
from rules.words import Text

_SPLIT = re.compile(r"[;,+|]|(?<=业)[、和及]")
_CODE = re.compile(r"([a-t])?(\d{2})\d{0,2}")


@dataclass(frozen=True)
class Division:
    """A two-digit division (大类) of a section (门类)."""

    code: str
    name: Text
    section: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A one-letter section (门类) with its divisions."""

    code: str
    name: Text
    divisions: tuple[Division, ...]


@cache
def sections() -> tuple[Section, ...]:
    with Path(__file__).with_name("industries.toml").open("rb") as source:
        read = tomllib.load(source)
    return tuple(
        Section(
            section["code"],
            Text(section["zh"], section["en"]),
            tuple(
                Division(
                    division["code"],
                    Text(division["zh"], division["en"]),
                    section["code"],
                    tuple(division.get("also", ())),
                )
                for division in section["divisions"]
            ),
        )
        for section in read["section"]
    )


@cache
def divisions() -> dict[str, Division]:
    """All 97, by code."""
    return {d.code: d for section in sections() for d in section.divisions}


def industry_name(code: str | None) -> Text:
    """The name of a division, or of the division a finer code belongs to."""
    division = divisions().get((code or "")[:2])
    return division.name if division else Text(code or "", code or "")


@cache
def find(written: str) -> tuple[str, ...]:
    """The division codes a cell means, the main one first: 餐饮/住宿 → 62, 61. Empty: unknown.

    Cached: a ledger writes the same few trades thousands of times.
    """
    found: list[str | None] = []
    for part in tight(written).lower().split("/"):
        whole = _find_one(part)
        found += [whole] if whole else map(_find_one, _SPLIT.split(part))
    return tuple(dict.fromkeys(code for code in found if code))


def _find_one(text: str) -> str | None:
    if not text:
        return None
    index = _spellings()
    if text in index:
        return index[text]
    if code := _CODE.match(text):
        division = divisions().get(code[2])
        if division and (code[1] or division.section.lower()) == division.section.lower():
            return division.code
    for ending in ("行业", "企业", "业", "类"):
        if (stem := text.removesuffix(ending)) != text and stem in index:
            return index[stem]
    return index.get(f"{text}业")


@cache
def _spellings() -> dict[str, str]:
    index: dict[str, str] = {}
    for division in divisions().values():
        for spelling in (division.name.zh, division.name.en, *division.also):
            index.setdefault(tight(spelling).lower(), division.code)
    return index
