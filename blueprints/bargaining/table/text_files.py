"""Papers the room draws itself: the text of a draft, the signing sheet, slips, an index."""

from collections.abc import Iterable, Sequence
from typing import cast

from blueprints.bargaining.drafts.queries import written
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.notices.letters.model import Block, Check, Letter, Para, Run, Runs, Table
from blueprints.notices.letters.pdf import pdf_many
from blueprints.notices.letters.values import Lang
from blueprints.offers.ground.letters import rendered
from rules.clauses import text_of
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


def text_pdf(case: BargainingCase, draft: Draft) -> bytes:
    """The text of a version as it is, or as it was fixed."""
    text = draft.text or text_of(draft.title, written(draft.id))
    lines = text.split("\n")[1:]
    blocks = [heading(line) if line.startswith("第") and "条　" in line[:8] else para(line)
              for line in lines if line.strip()]  # fmt: skip
    if draft.text_sha256:
        blocks.append(para(f"文本指纹（SHA-256）：{draft.text_sha256}"))
    return pdf_of(paper(draft.title, blocks, number=case.document_no))
