"""The trail in words: what each verb and each kind of subject is called, and what changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from blueprints.shared.languages import said
from blueprints.shared.role_names import ROLE_NAMES
from blueprints.shared.trail import details, things
from blueprints.shared.trail.details import NUMBERS_OF_ROWS
from blueprints.shared.trail.things import KINDS
from blueprints.shared.trail.verbs import (
    bargaining,
    contracts,
    evaluation,
    exposures,
    house,
    notices,
    offers,
    registry,
    supervisors,
    work,
)
from rules.reasons import NoSuchReason, reason
from rules.words import Text
from tenants.models import Event

ROOMS = (
    bargaining, contracts, evaluation, exposures, house, notices, offers, registry, supervisors,
    work,
)  # fmt: skip
VERBS = {verb: words for room in ROOMS for verb, words in room.VERBS.items()}
# A room may have words for fields and values that only its own lines have.
FIELDS = {**details.FIELDS, **things.FIELDS, **contracts.FIELDS}
VALUES = {**details.VALUES, **things.VALUES, **contracts.VALUES}
LONGEST = 200


def verb_words(verb: str) -> str:
    """What was done; a verb without words yet stands for itself."""
    return str(VERBS.get(verb, verb.replace("_", " ").replace(".", ": ")))


def kind_words(kind: str) -> str:
    return str(KINDS.get(kind, kind.replace("_", " ")))


def actor_words(actor: str) -> str:
    """Who did it; jobs and visitors have words too."""
    return str(VALUES[actor]) if actor in {"system", "visitor"} else actor


def payload_words(payload: Mapping[str, Any]) -> str:
    """What changed, in a line: "Role: Officer → Auditor; Status: …"."""
    parts: list[str] = []
    colon = _(": ")
    for name, value in payload.items():
        if name == "changed" and isinstance(value, Mapping):
            parts += [f"{_field(key)}{colon}{_change(pair)}" for key, pair in value.items()]
        elif value not in (None, "", [], {}) and not _of_rows(name, value):
            parts.append(f"{_field(name)}{colon}{_value(value)}")
    line = _("; ").join(parts)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def history(events: Iterable[Event]) -> list[dict[str, str | datetime]]:
    """Entries for the timeline of one row."""
    return [
        {
            "at": event.at,
            "text": _("%(who)s %(did)s", who=actor_words(event.actor), did=verb_words(event.verb)),
            "detail": payload_words(event.payload),
        }
        for event in events
    ]


def _of_rows(name: str, value: Any) -> bool:
    """Whether a detail says nothing but which row of which table."""
    one = value[0] if isinstance(value, list) else value
    return name in NUMBERS_OF_ROWS and isinstance(one, int) and not isinstance(one, bool)


def _field(name: str) -> str:
    return str(FIELDS.get(name, name.replace("_", " ")))


def _change(pair: Any) -> str:
    if isinstance(pair, list | tuple) and len(pair) == 2:
        return f"{_value(pair[0])} → {_value(pair[1])}"
    return _value(pair)


def _several(value: Mapping[Any, Any]) -> str:
    """Words in both languages, or fields with their values."""
    if value.keys() == {"zh", "en"}:
        return said(Text.from_json(dict(value)))
    return str(_(", ")).join(f"{_field(str(key))} {_value(inner)}" for key, inner in value.items())


def _value(value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str):
        return str(ROLE_NAMES.get(value) or VALUES.get(value) or _reason(value))
    if isinstance(value, Mapping):
        return _several(value)
    if isinstance(value, list | tuple):
        shown = str(_(", ")).join(_value(inner) for inner in value[:5])
        return f"{shown}…" if len(value) > 5 else shown
    return str(value)


def _reason(value: str) -> str:
    """A reason is kept by its code and read in its words; everything else stands for itself."""
    try:
        return said(reason(value).label)
    except NoSuchReason:
        return value
