"""Papers the room draws itself: a signing sheet, slips, an index."""

from collections.abc import Iterable, Sequence
from typing import cast

from blueprints.notices.letters.model import Block, Check, Letter, Para, Run, Runs, Table
from blueprints.notices.letters.pdf import pdf_many
from blueprints.notices.letters.values import Lang
from blueprints.offers.ground.letters import rendered
from tenants.federation import this_federation


def runs(text: object, *, bold: bool = False) -> Runs:
    return (Run(str(text), bold),)


def para(text: object) -> Para:
    return Para("text", runs(text))


def heading(text: object) -> Para:
    return Para("heading", runs(text, bold=True))


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Table:
    cells = tuple(tuple(runs(cell) for cell in row) for row in rows)
    return Table(tuple(runs(one) for one in head), cells, tuple(False for _ in head))


def paper(
    title: str,
    blocks: Iterable[Block],
    *,
    number: str = "",
    lang: Lang = "zh",
    check: Check | None = None,
) -> Letter:
    """A plain paper of the federation: a title and what stands under it."""
    return Letter(
        text_id="bargaining-paper",
        version="1",
        kind="paper",
        form="form",
        lang=lang,
        letterhead=(runs(this_federation().name),),
        doc_no=runs(number),
        signer=(),
        title=runs(title),
        subject=runs(title),
        addressee=(),
        blocks=tuple(blocks),
        check=check,
    )


def pdf_of(letter: Letter) -> bytes:
    return cast("bytes", rendered(letter, "pdf"))


def pdf_of_many(letters: Sequence[Letter]) -> bytes:
    """All of them in one file, each on a page of its own."""
    return pdf_many(letters)
