"""Small cells: which groups of answers may be shown, so that no difference of two is a person.

Answers come from places, and a place belongs to an area, an industry and a contract at once. If
sums by area and sums by industry were each cut off at a smallest number, one taken from the other
could still leave three answers. So the places are put into blocks first, each large enough, and
every sum that is shown is a sum of whole blocks: whatever is added or taken away, what remains
is whole blocks again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Cell:
    """One place: how many answered there, and the groups it belongs to, in a fixed order."""

    key: int
    size: int
    groups: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """`shown` in blocks of enough answers; `rest` counts only in the sum of all."""

    shown: tuple[tuple[Cell, ...], ...]
    rest: tuple[Cell, ...]

    @property
    def whole(self) -> int:
        return sum(size_of(block) for block in (*self.shown, self.rest))


def size_of(block: Sequence[Cell]) -> int:
    return sum(cell.size for cell in block)


def blocks_of(cells: Sequence[Cell], least: int) -> Blocks:
    """Put places into blocks of at least `least` answers, within the same groups.

    What does not fill a block of its own groups joins the smallest block there; where there is
    none it becomes the rest, which is itself empty or large enough. With fewer than `least`
    answers in all there is no block, and nothing may be shown, not even the sum.
    """
    alike: dict[tuple[Hashable, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.size:
            alike[cell.groups].append(cell)
    shown: list[tuple[Cell, ...]] = []
    rest: list[Cell] = []
    for found in alike.values():
        blocks: list[tuple[Cell, ...]] = [(cell,) for cell in found if cell.size >= least]
        small = tuple(cell for cell in found if cell.size < least)
        if 0 < size_of(small) < least:
            if blocks:
                smallest = min(blocks, key=lambda block: (size_of(block), block[0].key))
                blocks.remove(smallest)
                blocks.append((*smallest, *small))
            else:
                rest += small
        elif small:
            blocks.append(small)
        shown += blocks
    shown.sort(key=lambda block: (size_of(block), block[0].key))
    while shown and 0 < size_of(rest) < least:
        rest += shown.pop(0)
    shown.sort(key=lambda block: block[0].key)
    return Blocks(tuple(shown), tuple(rest))


def choices_shown(
    counts: Mapping[str, int], least: int, *, exclusive: bool
) -> dict[str, int | None]:
    """How often each box was ticked; None where too few did.

    Where everybody ticks one box only, a single small box would be what is missing to the sum,
    so the next smallest is hidden too.
    """
    hidden = {name for name, n in counts.items() if 0 < n < least}
    if exclusive:
        open_ = sorted((n, name) for name, n in counts.items() if n >= least)
        while open_ and 0 < sum(counts[name] for name in hidden) < least:
            hidden.add(open_.pop(0)[1])
    return {name: None if name in hidden else n for name, n in counts.items()}
