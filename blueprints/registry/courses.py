"""The course of a thing: what was done by whom and when, the newest first, equal acts folded."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from blueprints.registry.contributions import Entry
from blueprints.shared.trail.words import actor_words, payload_words, verb_words
from rules.words import Text
from tenants.clock import ZONE
from tenants.models import Event

RUN = 3  # as many equal acts of a day are one line; fewer are read as quickly one by one
SHOWN = 20  # lines before the rest is folded away


@dataclass(frozen=True)
class Line(Entry):
    """A line of the timeline; `act` is the verb it comes from, `run` the lines folded into it."""

    act: str = ""
    who: str = ""
    run: Sequence[Entry] = field(default=())


def course(lines: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The newest lines, and the earlier ones."""
    folded = in_runs(sorted(lines, key=lambda line: instant(line.at), reverse=True))
    return folded[:SHOWN], folded[SHOWN:]


def line_of(
    event: Event, detail: Callable[[Mapping[str, Any]], Text | str] = payload_words
) -> Line:
    """One act of the trail, with `detail` of what was written beside it."""
    who = actor_words(event.actor)
    text = f"{who} {verb_words(event.verb)}"
    return Line(event.at, text, detail(event.payload), act=event.verb, who=who)


def in_runs(lines: Sequence[Entry]) -> list[Entry]:
    """One line for the equal acts of a day, whoever did them, where the latest stood."""
    found: list[Entry] = []
    for _day, of_day in groupby(lines, key=lambda line: instant(line.at).astimezone(ZONE).date()):
        some = list(of_day)
        acts = Counter(_act(line) for line in some)
        told: set[str] = set()
        for line in some:
            act = _act(line)
            if not act or acts[act] < RUN:
                found.append(line)
            elif act not in told:
                told.add(act)
                found.append(_run(act, [one for one in some if _act(one) == act]))
    return found


def instant(at: date | datetime) -> datetime:
    """A day stands at its midnight here, so that days and moments can be put in order."""
    if isinstance(at, datetime):
        return at.astimezone(UTC)
    return datetime.combine(at, time(0), ZONE).astimezone(UTC)


def _run(act: str, run: Sequence[Entry]) -> Line:
    names = {line.who for line in run if isinstance(line, Line)}
    who = names.pop() if len(names) == 1 else ""
    text = _("%(num)s × %(what)s", num=len(run), what=f"{who} {verb_words(act)}".strip())
    return Line(run[0].at, text, act=act, run=run)


def _act(line: Entry) -> str:
    return line.act if isinstance(line, Line) else ""
