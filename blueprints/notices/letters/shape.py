"""The parts every official letter has: who speaks, its number, its title, whom it addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blueprints.notices.letters.marks import GAP, Line, ParaNode, TitleNode, line_of, read_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blueprints.notices.letters.marks import Node

_SUBJECT = re.compile(r"(?:主题：|Subject: )(.+)")
_ADDRESSED = re.compile(r".*：|(?:To |Dear |Delegates|Hello).*[:,]")
_NUMBER = "{{ doc_no }}"


@dataclass(frozen=True, slots=True)
class Shape:
    """One language of a text, taken apart; `nodes` is what stands below the addressee."""

    letterhead: tuple[Line, ...]
    doc_no: Line | None
    signer: Line | None
    title: Line | None
    subject: Line | None
    addressee: Line | None
    nodes: tuple[Node, ...]

    @property
    def head(self) -> tuple[Node, ...]:
        """The parts above the body, as nodes, for whoever asks which slots are used."""
        own = (self.doc_no, self.signer, self.title, self.subject, self.addressee)
        return (ParaNode((*self.letterhead, *(line for line in own if line))),)


def shape_of(body: Iterable[str]) -> Shape:
    """Paragraphs before the title name the sender and number; the first after it, the reader."""
    nodes = list(read_marks(body))
    subject = _take_subject(nodes)
    at = next((n for n, node in enumerate(nodes) if isinstance(node, TitleNode)), 0)
    letterhead: list[Line] = []
    doc_no, signer = None, None
    for node in nodes[:at]:
        if not isinstance(node, ParaNode):
            continue
        if node.lines[0].source.startswith(_NUMBER):
            doc_no, signer = _number_and_signer(node.lines[0])
        else:
            letterhead += node.lines
    head = nodes[at] if nodes else None
    title = head.line if isinstance(head, TitleNode) else None
    rest = nodes[at + 1 :] if title else nodes
    addressee = _take_addressee(rest) if title or subject else None
    return Shape(tuple(letterhead), doc_no, signer, title, subject, addressee, tuple(rest))


def _number_and_signer(line: Line) -> tuple[Line, Line | None]:
    """Where a letter goes up to a higher body, the one who signs it stands beside its number."""
    number, *signer = GAP.split(line.source, maxsplit=1)
    return line_of(number), line_of(signer[0]) if signer else None


def _take_subject(nodes: list[Node]) -> Line | None:
    if nodes and isinstance(nodes[0], ParaNode):
        found = _SUBJECT.fullmatch(nodes[0].lines[0].source)
        if found:
            nodes.pop(0)
            return line_of(found[1])
    return None


def _take_addressee(nodes: list[Node]) -> Line | None:
    if nodes and isinstance(nodes[0], ParaNode) and len(nodes[0].lines) == 1:
        line = nodes[0].lines[0]
        if _ADDRESSED.fullmatch(line.source):
            nodes.pop(0)
            return line
    return None
