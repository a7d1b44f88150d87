"""Draws a machine as an SVG: states in columns by their distance from the start, steps as lines.

An act that is open in half of the states or more would bury the drawing in lines: it is written
under the state it leads to instead, with the number of states it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rules.procedure import Machine, State

BOX_WIDTH, BOX_HEIGHT = 168, 46
COLUMN, ROW = 250, 104
MARGIN = 24
MANY = 4
INK, LINE, BACK, PAPER = "#1f2933", "#52606d", "#b44d12", "#ffffff"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a state's box stands: its column, its row, and the corner they give."""

    column: int
    row: int

    @property
    def left(self) -> int:
        return MARGIN + self.column * COLUMN

    @property
    def top(self) -> int:
        return MARGIN + self.row * ROW

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + BOX_WIDTH / 2, self.top + BOX_HEIGHT / 2


def places(machine: Machine) -> Mapping[str, Place]:
    """Each state in the column of its distance from the start, in the order it is written."""
    depth, edge = {machine.initial: 0}, [machine.initial]
    while edge:
        state = edge.pop(0)
        for step in machine.steps_from(state):
            if step.next not in depth:
                depth[step.next] = depth[state] + 1
                edge.append(step.next)
    last = max(depth.values())
    rows: dict[int, int] = {}
    found = {}
    for name, box in machine.states.items():
        column = last if box.final else depth[name]
        found[name] = Place(column, rows.get(column, 0))
        rows[column] = found[name].row + 1
    return found


def common(machine: Machine) -> Mapping[str, list[str]]:
    """The acts that are open in half of the states or more, by the state they lead to."""
    found: dict[str, list[str]] = {}
    for event in machine.events:
        steps = [step for step in machine.steps if step.event == event]
        if len(steps) > MANY and 2 * len(steps) >= len(machine.states):
            found.setdefault(steps[0].next, []).append(event)
    return found


def draw(machine: Machine) -> str:
    """The diagram. A line's tooltip lists the acts it stands for, in both languages."""
    at = places(machine)
    width = max(place.left for place in at.values()) + BOX_WIDTH + 2 * MARGIN
    height = max(place.top for place in at.values()) + BOX_HEIGHT + 2 * MARGIN
    everywhere = common(machine)
    pairs: dict[tuple[str, str], list[str]] = {}
    for step in machine.steps:
        if step.event in everywhere.get(step.next, ()):
            continue
        pairs.setdefault((step.state, step.next), []).append(step.event)
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
                f'width="{width}" height="{height}" role="img" font-family="sans-serif">'
            ),
            f"<title>{escape(machine.title.zh)} · {escape(machine.title.en)}</title>",
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
            (
                '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
                f'markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="{LINE}"/>'
                "</marker></defs>"
            ),
            *(_line(machine, at[start], at[end], events) for (start, end), events in pairs.items()),
            *(_box(state, at[name]) for name, state in machine.states.items()),
            *(_note(machine, at[name], events) for name, events in everywhere.items()),
            "</svg>\n",
        ]
    )


def _box(state: State, place: Place) -> str:
    x, y = place.middle
    border = 3 if state.final else 1.2
    return (
        f'<g><rect x="{place.left}" y="{place.top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" '
        f'rx="6" fill="{PAPER}" stroke="{INK}" stroke-width="{border}"/>'
        f'<text x="{x:g}" y="{y - 4:g}" text-anchor="middle" font-size="14" fill="{INK}">'
        f"{escape(state.label.zh)}</text>"
        f'<text x="{x:g}" y="{y + 13:g}" text-anchor="middle" font-size="11" fill="{LINE}">'
        f"{escape(state.label.en)}</text></g>"
    )


def _note(machine: Machine, place: Place, events: list[str]) -> str:
    """Under a box: the acts that lead to it from most states."""
    x, _ = place.middle
    froms = max(sum(step.event == event for step in machine.steps) for event in events)
    zh = "、".join(machine.events[event].zh for event in events)
    en = ", ".join(machine.events[event].en for event in events)
    lines = (f"← {zh}（{froms}种状态）", f"{en} ({froms} states)")
    return "".join(
        f'<text x="{x:g}" y="{place.top + BOX_HEIGHT + 14 + 13 * n}" text-anchor="middle" '
        f'font-size="10" fill="{BACK}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )


def _line(machine: Machine, start: Place, end: Place, events: list[str]) -> str:
    """Forward from the right edge; back, and within a column, as a bow that stands clear."""
    colour = LINE if end.column > start.column else BACK
    names = "; ".join(f"{machine.events[e].zh} {machine.events[e].en}" for e in events)
    return (
        f'<path d="{_course(start, end)}" fill="none" stroke="{colour}" stroke-width="1.2" '
        f'marker-end="url(#tip)"><title>{escape(names)}</title></path>'
    )


def _course(start: Place, end: Place) -> str:
    (_, from_y), (_, to_y) = start.middle, end.middle
    right, bend = start.left + BOX_WIDTH, (COLUMN - BOX_WIDTH) / 2
    if start == end:
        return f"M{right} {from_y - 10:g}c{bend:g} -14 {bend:g} 34 0 20"
    if start.column == end.column:
        out = right + bend
        return f"M{right} {from_y:g}C{out:g} {from_y:g} {out:g} {to_y:g} {right} {to_y:g}"
    if end.column > start.column:
        shift = 6 * (start.row - end.row) / max(1, abs(start.row - end.row))
        x, y = end.left, to_y + shift
        return f"M{right} {from_y:g}C{right + bend:g} {from_y:g} {x - bend:g} {y:g} {x} {y:g}"
    x, y, low = end.left + BOX_WIDTH - 20, end.top + BOX_HEIGHT, start.top + BOX_HEIGHT
    out = start.left + 20
    dip = max(y, low) + 26
    return f"M{out} {low}C{out - 20} {dip} {x + 20} {dip} {x} {y}"
