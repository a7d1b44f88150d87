"""Every sentence on a screen is there in Chinese."""

import re
from collections.abc import Iterator
from functools import lru_cache

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.architecture.tree import HOUSE

SOURCE = HOUSE / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "_p": ((1, "c"), 2),
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@lru_cache
def asked() -> Catalog:
    """All that the house asks to be translated, as `pybabel extract -F babel.cfg` finds it."""
    with (HOUSE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog()
    for name, line, message, _, context in extract_from_dir(
        HOUSE, method_map=methods, options_map=options, keywords=KEYWORDS
    ):
        catalog.add(message, locations=[(name, line)], context=context)
    return catalog


@lru_cache
def kept() -> Catalog:
    with SOURCE.open("rb") as file:
        return read_po(file, locale="zh")


def sentences(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def test_something_is_asked():
    assert len(list(sentences(asked()))) > 300


def test_every_sentence_is_translated():
    missing = []
    for message in sentences(asked()):
        known = kept().get(_single(message), message.context)
        said = known.string if known else ""
        if not (all(said) if isinstance(said, tuple | list) else said):
            missing.append(f"{message.locations[0][0]}: {message.id!r}")
    assert missing == []


def test_no_translation_is_a_guess():
    assert [message.id for message in sentences(kept()) if message.fuzzy] == []


def test_no_translation_is_left_over():
    wanted = {(_single(message), message.context) for message in sentences(asked())}
    left = [m.id for m in sentences(kept()) if (_single(m), m.context) not in wanted]
    assert left == []


def test_translations_keep_the_placeholders():
    wrong = []
    for message in sentences(kept()):
        given = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wanted = {name for text in given for name in _names(text)}
        for text in said:
            if text and not _names(text) <= wanted:
                wrong.append(f"{message.id!r} → {text!r}")
            if text and len(given) == 1 and _names(text) != wanted:
                wrong.append(f"{message.id!r} → {text!r}")
    assert wrong == []


def test_translations_are_chinese():
    """Short codes and names may stay; a sentence of five words may not."""
    plain = []
    for message in sentences(kept()):
        said = message.string if isinstance(message.string, str) else message.string[0]
        if said and len(said.split()) >= 5 and not re.search(r"[\u4e00-\u9fff]", said):
            plain.append(message.id)
    assert plain == []


def _single(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))
