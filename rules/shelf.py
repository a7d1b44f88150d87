"""The shelf the rulebooks stand on: reads the TOML files once and turns them into rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from rules.law import Direction, Level, Rule, Source, Value
from rules.words import Text

HERE = Path(__file__).parent
NATION = "000000"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the catalogue, whatever the places answer."""

    key: str
    topic: str
    title: Text
    means: Text
    unit: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Volume:
    """One TOML file: the rules of one place, and those it leaves to the level above."""

    division: str
    name: Text
    version: str
    rules: Mapping[str, tuple[Rule, ...]]
    follows_above: tuple[str, ...]


def words(pair: dict[str, str]) -> Text:
    return Text(zh=pair["zh"], en=pair["en"])


def level_of(division: str) -> Level:
    if division == NATION:
        return Level.NATION
    return Level.PROVINCE if division.endswith("0000") else Level.CITY


def value_of(written: Any, unit: str) -> Value:
    """A share is written "1/3" so that nobody has to round it; lists become tuples."""
    if unit == "share" and isinstance(written, str):
        return Fraction(written)
    return tuple(written) if isinstance(written, list) else written


def rule_of(written: dict[str, Any], book: dict[str, Any]) -> Rule:
    source = book["sources"][written["source"]]
    return Rule(
        key=written["key"],
        kind=written.get("kind", "any"),
        division=book["division"],
        level=level_of(book["division"]),
        value=value_of(written.get("value"), written["unit"]),
        unit=written["unit"],
        operator=written["operator"],
        article=written["article"],
        source=Source(words(source["title"]), source["year"]),
        valid_from=written.get("valid_from", source["valid_from"]),
        valid_to=written.get("valid_to"),
        status=written["status"],
        text=words(written["text"]),
        version=book["version"],
        anchor=written.get("anchor"),
        direction=Direction(written.get("direction", "after")),
        affects=tuple(written["affects"]),
        everywhere=written.get("everywhere", False),
        lower=written.get("lower"),
        extension=written.get("extension"),
        suggested=written.get("suggested"),
        when=written.get("when", {}),
        checks=tuple(written.get("checks", ())),
    )


def read_volume(path: Path) -> Volume:
    book = tomllib.loads(path.read_text(encoding="utf-8"))
    rules: dict[str, tuple[Rule, ...]] = {}
    for written in book.get("rule", ()):
        key = written["key"]
        rules[key] = (*rules.get(key, ()), rule_of(written, book))
    above = tuple(book.get("follows_above", book.get("not_verified", ())))
    return Volume(book["division"], words(book["name"]), book["version"], rules, above)


@lru_cache(maxsize=1)
def shelf() -> Mapping[str, Volume]:
    """Every book by its six-digit code, the nation first."""
    volumes = [read_volume(path) for path in sorted((HERE / "books").glob("*.toml"))]
    return {volume.division: volume for volume in volumes}


def rules_of(division: str, key: str | None = None) -> tuple[Rule, ...]:
    """The rules of one book, whatever their day; nothing for a place without a book."""
    if (volume := shelf().get(division)) is None:
        return ()
    if key is None:
        return tuple(rule for rules in volume.rules.values() for rule in rules)
    return volume.rules.get(key, ())


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads((HERE / "keys.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Entry]:
    """Every question in the order of the procedure."""
    return {
        entry["key"]: Entry(
            key=entry["key"],
            topic=entry["topic"],
            title=words(entry["title"]),
            means=words(entry.get("means", entry["title"])),
            unit=entry["unit"],
            anchor=entry.get("anchor"),
        )
        for entry in _words()["key"]
    }


@lru_cache(maxsize=1)
def anchors() -> Mapping[str, Text]:
    """The events from which a period is counted."""
    return {name: words(pair) for name, pair in _words()["anchor"].items()}


@lru_cache(maxsize=1)
def people() -> Mapping[str, Text]:
    """Whom a rule affects."""
    return {name: words(pair) for name, pair in _words()["affects"].items()}


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Text]:
    return {name: words(pair) for name, pair in _words()["topic"].items()}
