"""What a finished letter is made of, before anyone decides how to draw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from blueprints.notices.letters.values import Lang


class Run(NamedTuple):
    """A stretch of text. `name` is the placeholder it came from; `open` leaves it to the mail merge."""

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
    """Where anyone can compare this letter with the record, and the code to type there."""

    url: str
    code: str


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
    def name(self) -> str:
        """The title in plain words; a mail is called by its subject."""
        return plain(self.title or self.subject)


def plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)
