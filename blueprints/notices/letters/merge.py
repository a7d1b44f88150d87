"""One mail to many: everything shared is drawn once, and each addressee's own words are put in.

A campaign writes the same letter to thousands. `prerender` composes it once, with the names that
differ left open; `fill` then only prints a handful of values and joins strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from blueprints.notices.letters import words
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.html import html_parts, inline
from blueprints.notices.letters.model import Annexes, Para, Run, Signature, Table
from blueprints.notices.letters.values import MissingValue, one_line, printed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from blueprints.notices.letters.html import Part
    from blueprints.notices.letters.model import Block, Check, Letter, Runs
    from blueprints.notices.letters.texts import LetterText
    from blueprints.notices.letters.values import Lang

LONGEST_SUBJECT = 200


class Body(NamedTuple):
    """A mail to one addressee; the subject is one line and fit for a header."""

    subject: str
    text: str
    html: str


class _Woven(NamedTuple):
    """Finished strings with gaps between them: `strings[0] gap[0] strings[1] …`."""

    pattern: list[str]
    gaps: tuple[tuple[int, str], ...]

    def fill(self, values: Mapping[str, str]) -> str:
        pattern = self.pattern.copy()
        for at, name in self.gaps:
            pattern[at] = values[name]
        return "".join(pattern)


@dataclass(frozen=True, slots=True)
class Merge:
    """A mail with gaps for what differs."""

    lang: Lang
    kinds: Mapping[str, str]
    subject: _Woven
    text: _Woven
    html: _Woven

    def fill(self, own: Mapping[str, Any]) -> Body:
        """The mail to one addressee; values are printed and escaped as they are in a letter."""
        shown: dict[str, str] = {}
        kinds = self.kinds
        for name, kind in kinds.items():
            value = own.get(name)
            if value is None:
                raise MissingValue(n for n in kinds if own.get(n) is None)
            shown[name] = printed(name, kind, value, self.lang)
        return Body(
            one_line(self.subject.fill(shown))[:LONGEST_SUBJECT],
            self.text.fill(shown),
            self.html.fill({name: inline(value, kinds[name]) for name, value in shown.items()}),
        )


def prerender(
    text: LetterText,
    shared_values: Mapping[str, Any],
    lang: Lang,
    per_addressee: Collection[str],
    *,
    check: Check | None = None,
) -> Merge:
    """Draw the shared part once. Only single placeholders may differ: compose where lists do."""
    if unfit := [name for name in per_addressee if name not in text.placeholders]:
        raise ValueError(f"{', '.join(unfit)}: not a placeholder of {text.id}.")
    letter = compose(text, shared_values, lang, later=per_addressee, check=check)
    page = html_parts(letter, drawings=False)
    gaps = {part.name: part.kind for part in page if isinstance(part, Run)}
    subject = _subject(letter)
    gaps |= {run.name: run.kind for run in subject if isinstance(run, Run)}
    return Merge(lang, gaps, _woven(subject), _woven(_text(letter)), _woven(page))


def body(letter: Letter) -> Body:
    """The mail of a letter that is composed already."""
    subject = one_line(_woven(_subject(letter)).fill({}))[:LONGEST_SUBJECT]
    return Body(
        subject, _woven(_text(letter)).fill({}), _woven(html_parts(letter, drawings=False)).fill({})
    )


def _woven(parts: Iterable[Part]) -> _Woven:
    """Neighbouring strings become one, so that filling touches as little as possible."""
    pattern: list[str] = [""]
    gaps: list[tuple[int, str]] = []
    for part in parts:
        if isinstance(part, Run):
            gaps.append((len(pattern), part.name))
            pattern += ["", ""]
        else:
            pattern[-1] += str(part)
    return _Woven(pattern, tuple(gaps))


def _subject(letter: Letter) -> list[Part]:
    """A mail has its own subject; a letter goes under its title and number."""
    if letter.subject:
        return _flat(letter.subject)
    opening, closing = ("（", "）") if letter.lang == "zh" else (" (", ")")
    number = [opening, *_flat(letter.doc_no), closing] if letter.doc_no else []
    return [*_flat(letter.title), *number]


def _flat(runs: Runs) -> list[Part]:
    return [run if run.open else run.text for run in runs]


def _text(letter: Letter) -> Iterable[Part]:
    """The letter as plain text: a line for a line, an empty one between paragraphs."""
    for name in letter.letterhead:
        yield from (*_flat(name), "\n")
    if letter.doc_no:
        yield from (*_flat(letter.doc_no), "\n")
    if letter.title:
        yield from ("\n", *_flat(letter.title), "\n\n")
    if letter.addressee:
        yield from (*_flat(letter.addressee), "\n\n")
    for block in letter.blocks:
        yield from _text_of(block, words.ANNEX_SEPARATOR.in_(letter.lang))
    if letter.check:
        hint = words.CHECK_HINT.in_(letter.lang)
        yield f"\n{hint} {letter.check.code}\n{letter.check.url}\n"


def _text_of(block: Block, colon: str) -> Iterable[Part]:
    match block:
        case Para(kind, runs):
            yield from ("- " if kind == "bullet" else "", *_flat(runs), "\n")
            if kind not in {"bullet", "field", "item"}:
                yield "\n"
        case Table():
            for row in (block.head, *block.rows):
                for number, cell in enumerate(row):
                    yield from ((" | " if number else ""), *_flat(cell))
                yield "\n"
            yield "\n"
        case Annexes():
            yield f"{block.label}{colon}"
            for number, item in enumerate(block.items, start=1):
                yield from (f"\n{number}. " if len(block.items) > 1 else "", *_flat(item))
            yield "\n\n"
        case Signature():
            for line in (*block.parties, *(cell for row in block.lines for cell in row)):
                yield from (*_flat(line), "\n")
            yield from (*_flat(block.dated), "\n")
        case _:
            yield "\n"
