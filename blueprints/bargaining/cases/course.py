"""The course of a case: what was done by whom and when, the newest first, equal acts folded."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import groupby

from flask_babel import gettext as _

from blueprints.bargaining.ground.contributions import Entry, events_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.moves import move_words
from blueprints.bargaining.ground.wording import detail_of
from blueprints.shared.trail.words import actor_words, payload_words, verb_words
from rules.words import Text
from tenants import trail
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


def course_of(case: BargainingCase) -> tuple[list[Entry], list[Entry]]:
    """The newest lines, and the earlier ones: from the trail, and from what the parts add."""
    lines: list[Entry] = [*(line_of(event) for event in trail.of(case)), *events_of(case)]
    lines.sort(key=lambda line: instant(line.at), reverse=True)
    folded = in_runs(lines)
    return folded[:SHOWN], folded[SHOWN:]


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


def _run(act: str, run: Sequence[Entry]) -> Line:
    names = {line.who for line in run if isinstance(line, Line)}
    who = names.pop() if len(names) == 1 else ""
    text = _("%(num)s × %(what)s", num=len(run), what=f"{who} {verb_words(act)}".strip())
    return Line(run[0].at, text, act=act, run=run)


def _act(line: Entry) -> str:
    return line.act if isinstance(line, Line) else ""


def line_of(event: Event) -> Line:
    who = actor_words(event.actor)
    if event.verb == "case.moved":
        act, state = move_words(event.payload)
        return Line(event.at, act, Text(f"{state.zh}　{who}", f"{state.en}; {who}"))
    known = event.payload
    detail = payload_words(known) if "changed" in known else detail_of(known)
    return Line(event.at, f"{who} {verb_words(event.verb)}", detail, act=event.verb, who=who)


def instant(at: date | datetime) -> datetime:
    """A day stands at its midnight here, so that days and moments can be put in order."""
    if isinstance(at, datetime):
        return at.astimezone(UTC)
    return datetime.combine(at, time(0), ZONE).astimezone(UTC)
