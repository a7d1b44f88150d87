"""A letter as a page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup, escape

from blueprints.notices.letters import words
from blueprints.notices.letters.check import qr_svg
from blueprints.notices.letters.model import Annexes, Break, Para, Run, Signature, Table
from blueprints.notices.letters.values import MissingValue

if TYPE_CHECKING:
    from blueprints.notices.letters.model import Letter, Runs

Part: TypeAlias = str | Run
"""Finished markup, or a run that the mail merge still has to fill."""

_RED = "#a81e22"
_RING = Markup('<circle cx="42" cy="42" r="38" fill="none" stroke="{}" stroke-width="2"{}/>')
_PLAIN = Markup("<p>"), Markup("</p>")
_FLUSH = Markup('<p class="end">'), Markup("</p>")


def html(letter: Letter, *, heading: int = 3, mark: bool = False) -> Markup:
    """The letter as markup; `mark` sets off what differs from addressee to addressee."""
    parts = html_parts(letter, heading=heading, mark=mark)
    if left := [part.name for part in parts if isinstance(part, Run)]:
        raise MissingValue(left)
    return Markup("").join(Markup(part) for part in parts if isinstance(part, str))  # noqa: S704


def html_parts(
    letter: Letter, *, heading: int = 3, mark: bool = False, drawings: bool = True
) -> list[Part]:
    """The same, with the runs left open for the mail merge standing in between.

    Mail readers drop drawings, so a mail does without the ring of the seal and the QR code.
    """
    page = _Page(letter, mark=mark, drawings=drawings)
    page.letter(heading)
    return page.parts


def inline(text: str, kind: str) -> Markup:
    """A value as markup: escaped, its own lines kept, an address made a link."""
    shown = Markup("<br>").join(text.split("\n")) if "\n" in text else escape(text)
    if kind == "url" and text.startswith(("https://", "http://")):
        return Markup('<a href="{}">{}</a>').format(text, shown)
    return shown


class _Page:
    def __init__(self, letter: Letter, *, mark: bool, drawings: bool) -> None:
        self.of, self.mark, self.drawings = letter, mark, drawings
        self.parts: list[Part] = []
        self.tables = 0
        self.forms = letter.form in words.FORMS

    def add(self, markup: str, *values: object) -> None:
        """Only literals of this module come in as markup; values are escaped into it."""
        shown = Markup(markup)  # noqa: S704 — see above
        self.parts.append(shown.format(*values) if values else shown)

    def runs(self, runs: Runs) -> None:
        for run in runs:
            around = [
                tag for tag, on in (("b", run.bold), ("mark", run.differs and self.mark)) if on
            ]
            self.parts += [f"<{tag}>" for tag in around]
            self.parts.append(run if run.open else inline(run.text, run.kind))
            self.parts += [f"</{tag}>" for tag in reversed(around)]

    def wrapped(self, opening: str, runs: Runs, closing: str) -> None:
        self.add(opening)
        self.runs(runs)
        self.add(closing)

    def letter(self, heading: int) -> None:
        letter = self.of
        lang = "zh-CN" if letter.lang == "zh" else "en"
        self.add('<article class="y-letter" lang="{}" aria-label="{}">', lang, letter.name)
        if letter.letterhead:
            self.letterhead()
        if letter.draft:
            draft = words.DRAFT.in_(letter.lang)
            self.add(
                '<div class="y-letter__no"><span class="y-pill is-draft">{}</span></div>', draft
            )
        if letter.doc_no:
            self.add('<div class="y-letter__no">')
            self.runs(letter.doc_no)
            if letter.signer:
                self.add("　　")
                self.runs(letter.signer)
            self.add("</div>")
        if letter.title:
            self.wrapped(f"<h{heading:d}>", letter.title, f"</h{heading:d}>")
        if letter.addressee:
            self.wrapped('<p class="to">', letter.addressee, "</p>")
        for block in letter.blocks:
            self.block(block)
        if letter.check:
            self.foot()
        self.add("</article>")

    def letterhead(self) -> None:
        self.add('<div class="y-letter__org">')
        for number, name in enumerate(self.of.letterhead):
            if number:
                self.add("<br>")
            self.runs(name)
        self.add('</div><hr class="y-letter__rule">')

    def block(self, block: object) -> None:
        match block:
            case Para("heading", runs):
                self.wrapped("<p><b>", runs, "</b></p>")
            case Para("bullet", runs):
                self.wrapped("<p>· ", runs, "</p>")
            case Para(kind, runs):
                flush = kind in {"field", "item"} and self.forms
                opening, closing = _FLUSH if flush else _PLAIN
                self.wrapped(opening, runs, closing)
            case Table():
                self.table(block)
            case Break():
                self.add("<hr>")
            case Annexes():
                self.annexes(block)
            case Signature():
                self.signature(block)

    def table(self, table: Table) -> None:
        self.tables += 1
        label = f"{words.TABLE.in_(self.of.lang)} {self.tables}"
        self.add('<div class="y-scroll" tabindex="0" role="region" aria-label="{}">', label)
        self.add('<table class="y-table"><thead><tr>')
        for cell in table.head:
            self.wrapped('<th scope="col">', cell, "</th>")
        self.add("</tr></thead><tbody>")
        for row in table.rows:
            self.add("<tr>")
            for cell in row:
                self.wrapped("<td>", cell, "</td>")
            self.add("</tr>")
        self.add("</tbody></table></div>")

    def annexes(self, block: Annexes) -> None:
        label = f"{block.label}{words.ANNEX_SEPARATOR.in_(self.of.lang)}"
        numbered = len(block.items) > 1
        for number, item in enumerate(block.items, start=1):
            self.add(
                "<p>{}{}", label if number == 1 else "　　　", f"{number}. " if numbered else ""
            )
            self.runs(item)
            self.add("</p>")

    def signature(self, block: Signature) -> None:
        self.add('<div class="sign">')
        if len(block.parties) == 1:
            self.add("<div></div>")
        for party in block.parties:
            self.add("<div>{}", self.stamp())
            self.runs(party)
            self.add("</div>")
        for row in block.lines:
            if len(row) == 1:
                self.add("<div></div>")
            for cell in row:
                self.wrapped("<div>", cell, "</div>")
        if block.dated:
            self.wrapped('<div class="date">', block.dated, "</div>")
        self.add("</div>")

    def stamp(self) -> Markup:
        """A ring where the seal goes; it says whether and when the seal was put there."""
        if not self.drawings:
            return Markup("")
        dashes = Markup("") if self.of.sealed_on else Markup(' stroke-dasharray="4 3"')
        first, second = self.of.seal
        shown = [(39, first), (54, second)] if second else [(46, first)]
        lines = Markup("").join(
            Markup('<text class="y-stamp-txt" x="42" y="{}">{}</text>').format(y, line)
            for y, line in shown
        )
        return Markup(
            '<svg class="stamp" viewBox="0 0 84 84" role="img" aria-label="{}">{}{}</svg>'
        ).format(
            f"{first} {second}".strip(),
            _RING.format(_RED, dashes),
            lines,
        )

    def foot(self) -> None:
        lang, check = self.of.lang, self.of.check
        if check:
            self.add(
                '<div class="y-letter__foot">{}<span>{} <b>{}</b><br>{}</span></div>',
                qr_svg(check.url, words.CHECK_LABEL.in_(lang)) if self.drawings else "",
                words.CHECK_HINT.in_(lang),
                check.code,
                check.url,
            )
