"""The texts of all letters, and what each needs to be filled in.

A text is its source: front matter that declares every placeholder, then the Chinese and the
English body. The product's own texts lie in `notices/texts`; a federation may keep its own
wording of one as another source string, and every function here takes either.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from blueprints.notices.letters.marks import slots_in
from blueprints.notices.letters.shape import Shape, shape_of
from blueprints.notices.letters.values import LANGS, PRINTERS
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from blueprints.notices.letters.values import Lang

LONGEST_SOURCE = 100_000
# The safe loader; where libyaml is built in, the same in C, nine times as quick for all texts.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LANG_MARKS: dict[str, Lang] = {"<!-- lang: zh -->": "zh", "<!-- lang: en -->": "en"}
_FOLDER: Traversable = files("blueprints.notices") / "texts"


class NoSuchText(LookupError):
    """No letter text goes by this name."""


class FaultyText(ValueError):
    """The source cannot be read as a letter text; `faults.faults` says where and why."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One thing to fill in. `lists` names the lists whose members carry it, if any."""

    name: str
    type: str
    meaning: Text
    example: str
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter before it is filled in."""

    id: str
    kind: str
    variant: str
    form: str
    title: Text
    audience: tuple[str, ...]
    channel: tuple[str, ...]
    approval: str
    legal_basis: tuple[str, ...]
    note: str
    conditions: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    placeholders: Mapping[str, Placeholder]
    shapes: Mapping[Lang, Shape]
    source: str
    version: str

    def __hash__(self) -> int:
        return hash((self.id, self.version))


def letter_text(text_id: str) -> LetterText:
    """One of the product's own texts, by its id such as `01b-offer-double`."""
    if found := all_texts().get(text_id):
        return found
    raise NoSuchText(text_id)


@lru_cache(maxsize=1)
def all_texts() -> Mapping[str, LetterText]:
    """Every text the product brings, in the order of their numbers."""
    own = sorted((f for f in _FOLDER.iterdir() if f.name.endswith(".md")), key=lambda f: f.name)
    texts = (read_text(file.read_text(encoding="utf-8")) for file in own)
    return {text.id: text for text in texts}


def texts_of(kind: str) -> tuple[LetterText, ...]:
    """The texts of one kind, e.g. the four letters of offer."""
    return tuple(text for text in all_texts().values() if text.kind == kind)


@lru_cache(maxsize=256)
def read_text(source: str) -> LetterText:
    """A text from its source; FaultyText when it cannot be read at all."""
    source = source.replace("\r\n", "\n")
    head, bodies, _ = sections(source)
    try:
        matter = front_matter(head)
        lists = {str(name): tuple(map(str, own)) for name, own in matter["lists"].items()}
        holders = {
            str(name): _placeholder(str(name), declared, lists)
            for name, declared in matter["placeholders"].items()
        }
        shapes = {lang: shape_of(line for _, line in bodies[lang]) for lang in LANGS}
        return LetterText(
            id=str(matter["id"]),
            kind=str(matter["kind"]),
            variant=str(matter.get("variant", "")),
            form=str(matter["form"]),
            title=Text(zh=str(matter["title_zh"]), en=str(matter["title_en"])),
            audience=tuple(matter["audience"]),
            channel=tuple(matter["channel"]),
            approval=str(matter.get("approval", "")),
            legal_basis=(*matter.get("legal_basis", ()), *matter.get("legal_basis_proposed", ())),
            note=str(matter.get("note", "")),
            conditions=tuple(map(str, matter["conditions"])),
            lists=lists,
            placeholders=holders,
            shapes=shapes,
            source=source,
            version=hashlib.sha256(source.encode()).hexdigest()[:12],
        )
    except (KeyError, TypeError, AttributeError, IndexError, yaml.YAMLError) as fault:
        raise FaultyText(str(fault)) from fault


def sections(source: str) -> tuple[str, dict[Lang, list[tuple[int, str]]], int]:
    """The front matter, the numbered lines of each language, and the line the body begins on."""
    all_lines = source.split("\n")
    if len(source) > LONGEST_SOURCE or all_lines[0] != "---" or "---" not in all_lines[1:]:
        return "", {}, 1
    end = all_lines.index("---", 1)
    bodies: dict[Lang, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] = []
    for number, line in enumerate(all_lines[end + 1 :], start=end + 2):
        if lang := LANG_MARKS.get(line.strip()):
            current = bodies.setdefault(lang, [])
        else:
            current.append((number, line.rstrip()))
    return "\n".join(all_lines[1:end]), bodies, end + 2


def front_matter(head: str) -> dict[str, Any]:
    matter = yaml.load(head, Loader=LOADER)  # noqa: S506 - it is the safe one
    if not isinstance(matter, dict):
        raise FaultyText("There is no front matter.")
    return matter


def fields_needed(text: LetterText) -> dict[str, Placeholder]:
    """What a form must ask for, in the order in which the letter uses it."""
    shape = text.shapes["zh"]
    used = dict.fromkeys(name for name, _ in slots_in((*shape.head, *shape.nodes)))
    return {name: text.placeholders[name] for name in used}


def sample_values(text: LetterText, *, flags: tuple[str, ...] | None = None) -> dict[str, Any]:
    """Values from the declared examples; numbered lists get two members; the first condition holds.

    Name other `flags` to see another branch of the text.
    """
    chosen = text.conditions[:1] if flags is None else flags
    values: dict[str, Any] = {name: p.example for name, p in text.placeholders.items()}
    values |= {name: name in chosen for name in text.conditions}
    for name, own in text.lists.items():
        numbers = (1, 2) if any(field.endswith("_no") for field in own) else (1,)
        values[name] = [_member(text, own, number) for number in numbers]
    return values


def _member(text: LetterText, own: tuple[str, ...], number: int) -> dict[str, str]:
    """A member of a list: the examples, counted on where the first field is a running number."""
    member = {name: text.placeholders[name].example for name in own}
    for name in own:
        if name.endswith("_no") and member[name] == "1":
            member[name] = str(number)
    return member


def _placeholder(name: str, declared: Any, lists: Mapping[str, tuple[str, ...]]) -> Placeholder:
    if declared["type"] not in PRINTERS:
        raise FaultyText(f"{name} has no known type.")
    return Placeholder(
        name=name,
        type=declared["type"],
        meaning=Text(zh=str(declared["zh"]), en=str(declared["en"])),
        example=str(declared["example"]),
        lists=tuple(each for each, own in lists.items() if name in own),
    )
