"""What a finished letter is made of, before anyone decides how to draw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from blueprints.notices.letters import words

if TYPE_CHECKING:
    from datetime import date

    from blueprints.notices.letters.values import Lang
    from rules.words import Text


class Run(NamedTuple):
    """A stretch of text, with the placeholder it came from; one `open` waits for the mail merge."""

    text: str
    bold: bool = False
    name: str = ""
    kind: str = ""
    differs: bool = False
    open: bool = False


Runs: TypeAlias = tuple[Run, ...]
ParaKind = Literal["text", "heading", "field", "item", "bullet"]


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph: running text, a numbered heading, a filled-in line, a tick box or a bullet."""

    kind: ParaKind
    runs: Runs


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    centred: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who seals, who else signs, and the date of the document."""

    parties: tuple[Runs, ...]
    lines: tuple[tuple[Runs, ...], ...]
    dated: Runs


@dataclass(frozen=True, slots=True)
class Annexes:
    """`copies` distinguishes the copies list (抄送) from the annexes (附件)."""

    label: str
    items: tuple[Runs, ...]
    copies: bool = False


Block: TypeAlias = Para | Table | Break | Signature | Annexes


@dataclass(frozen=True, slots=True)
class Check:
    """Where anyone can compare this letter with the record, and the code to type there.

    `hint` says what the code is for where it is not for comparing.
    """

    url: str
    code: str
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class AddressSheet:
    """The page before a letter in a print: for an envelope's window and whoever carries it."""

    name: str
    address: str
    contact: str
    area: str
    doc_no: str
    place: str  # "17 / 230", in the order of the print
    url: str  # where its service is recorded


@dataclass(frozen=True, slots=True)
class Letter:
    """A composed letter, in one language."""

    text_id: str
    version: str
    kind: str
    form: str
    lang: Lang
    letterhead: tuple[Runs, ...]
    doc_no: Runs
    signer: Runs
    title: Runs
    subject: Runs
    addressee: Runs
    blocks: tuple[Block, ...]
    draft: bool = False
    sealed_on: date | None = None
    check: Check | None = None

    @property
    def signature(self) -> Signature | None:
        return next((block for block in self.blocks if isinstance(block, Signature)), None)

    @property
    def annexes(self) -> tuple[Runs, ...]:
        found = (b for b in self.blocks if isinstance(b, Annexes) and not b.copies)
        return tuple(item for block in found for item in block.items)

    @property
    def seal(self) -> tuple[str, str]:
        """What stands in the ring of the seal: its place, or that it was put there and when."""
        if not (day := self.sealed_on):
            return words.SEAL_PLACE.in_(self.lang), ""
        short = f"{day.month}月{day.day}日" if self.lang == "zh" else f"{day:%Y-%m-%d}"
        return words.SEALED.in_(self.lang), short

    @property
    def name(self) -> str:
        """The title in plain words; a mail is called by its subject."""
        return plain(self.title or self.subject)


def column_weights(table: Table) -> list[int]:
    """How wide each column should be beside the others, from the longest text in it."""
    columns = zip(table.head, *table.rows, strict=False)
    return [min(18, max(3, *(width(plain(cell)) for cell in column))) for column in columns]


def width(text: str) -> int:
    """Roughly how many Chinese characters wide the longest line of a text is."""
    return max(sum(2 if ord(c) > 0x2E7F else 1 for c in line) + 1 for line in text.split("\n")) // 2


def plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)
