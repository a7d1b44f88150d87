"""The procedure as data: which acts are open in a state, why the others are not, what follows.

The machines stand in `machines/*.toml`: states, conditions, steps, who takes them, the papers
they need, the clocks they start, and the article. A fact is a condition's name and whether it
holds; a fact that is not given does not hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rules.broken import RuleBroken
from rules.words import Text

HERE = Path(__file__).parent / "machines"

Facts = Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class State:
    name: str
    label: Text
    explain: Text
    final: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition, and what to say while it is not met."""

    name: str
    why: Text
    article: Text | None


@dataclass(frozen=True, slots=True)
class Step:
    """One way out of a state."""

    state: str
    event: str
    next: str
    who: tuple[str, ...]
    needs: tuple[str, ...]
    documents: tuple[str, ...]
    timers: tuple[str, ...]
    article: Text | None


@dataclass(frozen=True, slots=True)
class Machine:
    name: str
    title: Text
    initial: str
    states: Mapping[str, State]
    guards: Mapping[str, Guard]
    events: Mapping[str, Text]
    steps: tuple[Step, ...]

    def step(self, state: str, event: str) -> Step | None:
        return next((s for s in self.steps if (s.state, s.event) == (state, event)), None)

    def steps_from(self, state: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.state == state)


@dataclass(frozen=True, slots=True)
class Act:
    """An act as a page shows it: open, or closed with the reason and its article.

    `next` is the state it leads to, or the present one when this state does not know the act.
    """

    event: str
    label: Text
    open: bool
    why: Text | None
    article: Text | None
    next: str
    who: tuple[str, ...]
    documents: tuple[str, ...]
    timers: tuple[str, ...]


def _text(pair: dict[str, str] | None) -> Text | None:
    return None if pair is None else Text(zh=pair["zh"], en=pair["en"])


def _words(pair: dict[str, str]) -> Text:
    return Text(zh=pair["zh"], en=pair["en"])


def _read(path: Path) -> Machine:
    written: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Machine(
        name=written["name"],
        title=_words(written["title"]),
        initial=written["initial"],
        states={
            name: State(name, _words(s["label"]), _words(s["explain"]), name in written["final"])
            for name, s in written["state"].items()
        },
        guards={
            name: Guard(name, _words(g["why"]), _text(g.get("article")))
            for name, g in written["guard"].items()
        },
        events={name: _words(label) for name, label in written["event"].items()},
        steps=tuple(
            Step(
                state=state,
                event=step["event"],
                next=step["to"],
                who=tuple(step["who"]),
                needs=tuple(step.get("needs", ())),
                documents=tuple(step.get("documents", ())),
                timers=tuple(step.get("timers", ())),
                article=_text(step.get("article")),
            )
            for step in written["step"]
            for state in step["from"]
        ),
    )


@lru_cache(maxsize=1)
def machines() -> Mapping[str, Machine]:
    """Every machine by its name."""
    paths = sorted(path for path in HERE.glob("*.toml") if path.stem != "names")
    return {machine.name: machine for machine in map(_read, paths)}


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))


def people() -> Mapping[str, Text]:
    """Those who take steps."""
    return {name: _words(pair) for name, pair in _names()["who"].items()}


def documents() -> Mapping[str, Text]:
    """The papers that steps need."""
    return {name: _words(pair) for name, pair in _names()["document"].items()}


def machine_of(machine: Machine | str) -> Machine:
    return machines()[machine] if isinstance(machine, str) else machine


def label(machine: Machine | str, state: str) -> Text:
    """What a state is called."""
    return machine_of(machine).states[state].label


def open_acts(
    machine: Machine | str, state: str, facts: Facts | None = None, *, every: bool = False
) -> list[Act]:
    """The acts that lead out of a state; with `every`, those of other states too, closed."""
    machine = machine_of(machine)
    known = facts or {}
    acts = [_act(machine, step, known) for step in machine.steps_from(state)]
    here = {act.event for act in acts}
    if every:
        acts += [_elsewhere(machine, state, event) for event in machine.events if event not in here]
    return acts


def advance(machine: Machine | str, state: str, event: str, facts: Facts | None = None) -> str:
    """The state that follows; refused with the reason when the act is not open."""
    machine = machine_of(machine)
    step = machine.step(state, event)
    act = _act(machine, step, facts or {}) if step else _elsewhere(machine, state, event)
    if act.why is not None:
        raise RuleBroken(act.why, act.article)
    return act.next


def missing(machine: Machine | str, state: str, event: str, facts: Facts) -> list[Guard]:
    """Every condition of a step that is not met, not only the first."""
    machine = machine_of(machine)
    step = machine.step(state, event)
    needs = step.needs if step else ()
    return [machine.guards[name] for name in needs if not facts.get(name)]


def _act(machine: Machine, step: Step, facts: Facts) -> Act:
    unmet = next((machine.guards[name] for name in step.needs if not facts.get(name)), None)
    return Act(
        event=step.event,
        label=machine.events[step.event],
        open=unmet is None,
        why=unmet.why if unmet else None,
        article=(unmet.article if unmet else None) or step.article,
        next=step.next,
        who=step.who,
        documents=step.documents,
        timers=step.timers,
    )


def _elsewhere(machine: Machine, state: str, event: str) -> Act:
    """An act that this state does not allow, and the states that would."""
    here = machine.states[state].label
    froms = [machine.states[s.state].label for s in machine.steps if s.event == event]
    name = machine.events.get(event, Text(zh=event, en=event))
    zh, en = "、".join(t.zh for t in froms) or "无", ", ".join(t.en for t in froms) or "none"
    return Act(
        event=event,
        label=name,
        open=False,
        why=Text(
            zh=f"当前为“{here.zh}”，不能办理“{name.zh}”；可以办理的状态：{zh}。",
            en=f"'{name.en}' is not possible while it is '{here.en}'; possible when: {en}.",
        ),
        article=None,
        next=state,
        who=(),
        documents=(),
        timers=(),
    )
