"""The trail of a case in words: what a line of its timeline says beside the verb."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.bargaining.ground.activity_kinds import kind_names
from blueprints.bargaining.ground.labels import CHOSEN, GROUNDS, PARTS, SIDES
from blueprints.shared.languages import said
from rules.words import Text

# Names in the payload whose values are words of a closed list of ours.
_LISTS: Mapping[str, Mapping[str, Text]] = {
    "side": SIDES,
    "chosen": CHOSEN,
    "ground": GROUNDS,
    "part": PARTS,
}
_PARTS_OF = ("before", "after")
_PLAIN = (
    "enterprise", "person", "agent", "trade", "source", "period", "name", "number", "place",
    "held_on", "on", "days", "counted_on",
)  # fmt: skip


def detail_of(payload: Mapping[str, Any]) -> str:
    """Who and what, then the days that follow from it, in the language of the reader."""
    found = [_plain(name, payload[name]) for name in _PLAIN if payload.get(name)]
    if isinstance(payload.get("people"), int):
        found.append(ngettext("%(num)s person", "%(num)s people", payload["people"]))
    for name, words in _LISTS.items():
        if payload.get(name) in words:
            found.append(said(words[payload[name]]))
    if payload.get("activity"):
        names = kind_names()
        found.insert(0, said(names.get(payload["activity"], payload["activity"])))
    found += [said(PARTS[payload[n]]) for n in _PARTS_OF if payload.get(n) in PARTS][-1:]
    for name in ("offers", "enterprises"):
        if isinstance(payload.get(name), list):
            found.append(_some(payload[name]))
    found += [make(payload[name]) for name, make in _DAYS.items() if payload.get(name)]
    if payload.get("reason"):
        found.append(str(payload["reason"]))
    return "　".join(found)


def _plain(name: str, value: Any) -> str:
    """As it stands; a bare number is the one of a meeting."""
    number = name == "number" and isinstance(value, int)
    return str(_("Meeting %(number)s", number=value) if number else value)


def _some(names: list[Any]) -> str:
    shown = _(", ").join(map(str, names[:5]))
    return shown if len(names) <= 5 else f"{shown}…"


_DAYS: Mapping[str, Callable[[Any], str]] = {
    "due_on": lambda day: _("by %(day)s", day=day),
    "until": lambda day: _("until %(day)s", day=day),
}
