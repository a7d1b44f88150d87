"""Marks of charts: only bars and lines are drawn, every word and figure stays in the page.

So they stay legible on a phone, need no script and no style of their own, and the table beside
them is the data.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

FLAT = (
    '<svg class="{}" viewBox="0 0 100 10" preserveAspectRatio="none" {} focusable="false">{}</svg>'
)
SILENT = 'aria-hidden="true"'


@dataclass(frozen=True)
class Cell:
    """A day in the strip under a clock; without a date it only fills the week."""

    on: date | None = None
    kind: str = ""
    note: str = ""


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        bar=bar, stack=stack, track=track, tide_mark=tide_mark, line_mark=line_mark,
        day_strip=day_strip, weekday_letters=weekday_letters,
    )  # fmt: skip


def bar(
    value: float,
    whole: float,
    *,
    of: float | None = None,
    kind: str = "f",
    line: float | None = None,
) -> Markup:
    """`value` of `whole`. `of`: what it had been (shown pale); `line`: where the mark to reach is.

    kind: f plain · h red (only with a legend and a second cue) · m pale.
    """
    parts = [_rect("t", 0, 100)] if of is None else [_rect("l", 0, _per(of, whole))]
    parts.append(_rect(kind, 0, _per(value, whole)))
    if line is not None:
        parts.append(_rect("n", _per(line, whole), 0.6))
    return _flat("y-bar", parts)


def stack(parts: Sequence[tuple[str, float]], whole: float, line: float | None = None) -> Markup:
    """Votes and the like: [(kind, value)] one after another; kinds f, l, m, h."""
    marks, at = [_rect("t", 0, 100)], 0.0
    for kind, value in parts:
        marks.append(_rect(kind, _per(at, whole), _per(value, whole)))
        at += value
    if line is not None:
        marks += [_rect("wh", _per(line, whole) - 0.5, 1), _rect("h", _per(line, whole) - 0.2, 0.4)]
    return _flat("y-bar y-vote", marks)


def track(start: date, due: date, on: date) -> Markup:
    """How much of a period has run: what is gone, what remains, and today."""
    whole = max((due - start).days, 1)
    gone = min(max((on - start).days, 0), whole)
    at = min(_per(gone, whole), 99.0)
    marks = [_rect("r", 0, 100, 2, 6), _rect("f", 0, _per(gone, whole), 2, 6), _rect("n", at, 1)]
    return _flat("y-track", marks)


def tide_mark(parts: Sequence[tuple[str, float]], top: float) -> Markup:
    """One day's column: [(kind, value)] from the ground up; kinds a (main), z (other)."""
    marks, at = "", 64.0
    for kind, value in parts:
        tall = round(56 * value / top, 1) if top else 0
        if tall:
            at -= tall
            marks += f'<rect class="{kind}" x="6" y="{at:g}" width="16" height="{tall:g}"/>'
            at -= 1
    return Markup(f'<svg viewBox="0 0 28 64" {SILENT} focusable="false">{marks}</svg>')  # noqa: S704


def line_mark(values: Sequence[float], low: float, high: float, label: str) -> Markup:
    """A line over equal steps of time between `low` and `high`, which the page must name."""
    step = 330 / max(len(values) - 1, 1)
    reach = (high - low) or 1
    points = " L".join(
        f"{n * step:.4g} {120 - 120 * (value - low) / reach:.4g}" for n, value in enumerate(values)
    )
    drawn = (
        '<path class="g" d="M0 119.5h330M0 60h330M0 .5h330"/>'
        f'<path class="area" d="M0 120 L{points} L330 120z"/><path class="p" d="M{points}"/>'
    )
    frame = (
        '<svg class="y-line" viewBox="0 0 330 120" preserveAspectRatio="none" role="img" '
        'aria-label="{}" focusable="false">{}</svg>'
    )
    return Markup(frame).format(label, Markup(drawn))  # noqa: S704


def day_strip(
    start: date,
    due: date,
    on: date,
    *,
    works: Callable[[date], bool] | None = None,
    working: bool = False,
    nominal: date | None = None,
    start_note: str = "",
    due_note: str = "",
) -> list[list[Cell]]:
    """The weeks from `start` to `due`, day by day, numbered as they are counted.

    `works(day)` comes from the calendar; `working` counts only worked days; `nominal` is the last
    day before it moved off a day of rest.
    """
    works = works or (lambda day: day.weekday() < 5)
    first = start - timedelta(days=start.weekday())
    last = due + timedelta(days=6 - due.weekday())
    cells, counted = [], 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if not start <= day <= due:
            cells.append(Cell(kind="void"))
            continue
        rest = not works(day)
        counted += day > start and not (working and rest)
        note = "" if day == start or (working and rest) else str(counted)
        kinds = [
            ("start", day == start), ("due", day == due), ("rest", rest and day != due),
            ("today", day == on and day != due),
            ("moved", nominal is not None and day == nominal != due),
        ]  # fmt: skip
        if day == start:
            note = start_note or _("served")
        elif day == due:
            note = due_note or _("due")
        elif nominal is not None and day > nominal:
            note = ""
        cells.append(Cell(day, " ".join(name for name, is_so in kinds if is_so), note))
    return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def weekday_letters() -> list[tuple[str, str]]:
    """Monday first: the letter over the column, and the whole word for a screen reader."""
    locale: Any = get_locale()
    days = locale.days["format"]["wide"] if locale else {}
    if not days or locale.language == "zh":
        return [(letter, f"星期{letter}") for letter in "一二三四五六日"]
    return [(days[n][:2], days[n]) for n in range(7)]


def _per(value: float, whole: float) -> float:
    return round(100 * max(value, 0) / whole, 2) if whole else 0.0


def _rect(kind: str, x: float, width: float, y: float = 0, height: float = 10) -> str:
    place = f' y="{y:g}"' if y else ""
    return f'<rect class="{kind}" x="{x:g}"{place} width="{max(width, 0):g}" height="{height:g}"/>'


def _flat(name: str, marks: list[str]) -> Markup:
    return Markup(FLAT.format(name, SILENT, "".join(marks)))  # noqa: S704
