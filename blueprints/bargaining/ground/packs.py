"""Topic packs (议题包): clauses by trade and by situation, with blanks for a firm's own figures.

The packs are data (clauses/*.yaml, clauses/packs.toml) and come with the product. A pack never
fills a number in: a blank is an empty place with a name and a unit, and what to look at before
somebody bargains a figure into it.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from rules.words import Text

HERE = Path(__file__).with_name("clauses")
_BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class NoSuchPack(LookupError):
    """No pack, and no clause of one, goes by this name."""


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty place in a clause. `kind` is quantity, text, date or time; `unit` may be empty."""

    name: str
    kind: str
    unit: str
    trades: tuple[str, ...]  # trades or posts it is usually bargained for


@dataclass(frozen=True, slots=True)
class Clause:
    """A suggested clause. `text` is Chinese, as the contract is, with {{ blank }} places."""

    id: str
    type: str
    title: Text
    text: str
    blanks: tuple[Blank, ...]
    repeat: bool  # one row for each trade or grade
    floor_rule: str | None  # the rule it is checked against
    note: Text  # what to talk about

    @property
    def kind(self) -> Text:
        return clause_types()[self.type]

    @property
    def looks_at(self) -> tuple[Text, ...]:
        """The reference figures to have on the table."""
        known = _catalogue()
        return tuple(known.figures[name] for name in known.looks_at.get(self.type, ()))

    def parts(self) -> list[tuple[str, Blank | None]]:
        """The text in pieces: words, and the blanks between them."""
        known = {blank.name: blank for blank in self.blanks}
        pieces = _BLANK.split(self.text)
        return [(piece, known[piece] if n % 2 else None) for n, piece in enumerate(pieces) if piece]

    def filled(self, values: dict[str, str]) -> str:
        """The text with figures somebody has bargained; a blank without one stays a line."""
        return _BLANK.sub(lambda m: values.get(m[1]) or "＿＿＿＿", self.text)


@dataclass(frozen=True, slots=True)
class Pack:
    """Clauses for a trade or a situation."""

    key: str
    group: str  # common · industry · situation
    name: Text
    version: str
    industries: tuple[str, ...]  # GB/T 4754, two digits
    regional: bool
    clauses: tuple[Clause, ...]

    @property
    def blanks(self) -> int:
        return sum(len(clause.blanks) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class _Catalogue:
    packs: dict[str, dict[str, Any]]
    groups: dict[str, Text]
    types: dict[str, Text]
    figures: dict[str, Text]
    looks_at: dict[str, list[str]]


@lru_cache(maxsize=1)
def _catalogue() -> _Catalogue:
    read = tomllib.loads((HERE / "packs.toml").read_text(encoding="utf-8"))
    return _Catalogue(
        read["pack"], _words(read["group"]), _words(read["type"]), _words(read["figure"]),
        read["looks_at"],
    )  # fmt: skip


def _words(pairs: dict[str, dict[str, str]]) -> dict[str, Text]:
    return {name: Text(**pair) for name, pair in pairs.items()}


@lru_cache(maxsize=1)
def packs() -> dict[str, Pack]:
    """Every pack by its key: the common one, then by industry, then by situation."""
    order = list(_catalogue().packs)
    read = (_pack(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in HERE.glob("*.yaml"))
    return {pack.key: pack for pack in sorted(read, key=lambda pack: order.index(pack.key))}


@lru_cache(maxsize=1)
def clauses() -> dict[str, Clause]:
    """Every clause of every pack by its id, like "catering.min-trade"."""
    return {clause.id: clause for pack in packs().values() for clause in pack.clauses}


def pack(key: str) -> Pack:
    """Raises NoSuchPack."""
    if key not in packs():
        raise NoSuchPack(key)
    return packs()[key]


def clause(ident: str) -> Clause:
    """Raises NoSuchPack."""
    if ident not in clauses():
        raise NoSuchPack(ident)
    return clauses()[ident]


def packs_for(industry: str | None, *, regional: bool = False) -> list[Pack]:
    """The packs that fit: those of the trade first, then those for a park, then the common one."""
    known = packs().values()
    fitting = [one for one in known if industry and industry in one.industries]
    fitting += [one for one in known if regional and one.regional]
    return [*fitting, *(one for one in known if one.group == "common")]


def clause_types() -> dict[str, Text]:
    """What clauses are about, in the order of the contract (domain §6.1)."""
    return _catalogue().types


def groups() -> dict[str, Text]:
    return _catalogue().groups


def figures() -> dict[str, Text]:
    """The kinds of reference figures, by name."""
    return _catalogue().figures


def _pack(read: dict[str, Any]) -> Pack:
    known = _catalogue().packs[read["key"]]
    return Pack(
        read["key"],
        read["group"],
        Text(read["name_zh"], read["name_en"]),
        str(read["version"]),
        tuple(known["industries"]),
        bool(known.get("regional")),
        tuple(_clause(one) for one in read["clauses"]),
    )


def _clause(read: dict[str, Any]) -> Clause:
    return Clause(
        read["id"],
        read["type"],
        Text(read["title_zh"], read["title_en"]),
        read["text_zh"],
        tuple(_blank(one) for one in read["quantities"]),
        bool(read.get("repeat")),
        read.get("floor_rule"),
        Text(read["note_zh"], read["note_en"]),
    )


def _blank(read: dict[str, Any]) -> Blank:
    """A figure in the data itself would be one that nobody bargained: it is refused here."""
    if read["value"] is not None:
        raise ValueError(f"The blank {read['name']} is filled in already.")
    return Blank(read["name"], read["kind"], read.get("unit", ""), tuple(read.get("trade", ())))
