"""Two versions of a text beside each other, clause by clause and within a clause word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.clauses import Written

# A number or a Latin word counts as one; of Chinese, each character does.
_WORDS = re.compile(r"[0-9]+(?:\.[0-9]+)?|[A-Za-z]+|\s+|.", re.DOTALL)


class Course(StrEnum):
    """What became of a clause."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `mark` is "+" where it is new, "-" where it went, "" where it stayed."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One clause, and how it differs from what it is held against."""

    key: str
    heading: str
    course: Course
    pieces: tuple[Piece, ...]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, went and came, in the order of reading; what went stands before what came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Piece("-", "".join(old[a:b])))
        if d > c:
            found.append(Piece("+", "".join(new[c:d])))
    return tuple(found)


def compared(before: Sequence[Written], after: Sequence[Written]) -> list[Compared]:
    """Every clause of the later version in its order; those that went stand at the end."""
    old = {clause.key: clause for clause in before}
    rows = [_of(clause, old.get(clause.key)) for clause in after]
    kept = {clause.key for clause in after}
    gone = [clause for clause in before if clause.key not in kept]
    return rows + [
        Compared(one.key, one.heading, Course.REMOVED, (Piece("-", words(one)),)) for one in gone
    ]


def _of(after: Written, before: Written | None) -> Compared:
    if before is None:
        return Compared(after.key, after.heading, Course.ADDED, (Piece("+", words(after)),))
    said = words if before.heading == after.heading else whole
    old, new = said(before), said(after)
    if old == new:
        return Compared(after.key, after.heading, Course.SAME, (Piece("", new),))
    return Compared(after.key, after.heading, Course.CHANGED, pieces(old, new))


def words(clause: Written) -> str:
    """A clause without its heading, which stands above it anyway."""
    return "\n".join(clause.lines)


def whole(clause: Written) -> str:
    """A clause as one text: heading, words, figures."""
    return "\n".join([clause.heading, *clause.lines])


def changes(rows: Iterable[Compared]) -> int:
    """How many clauses are not the same."""
    return sum(row.course is not Course.SAME for row in rows)
