"""The course of a case in words: what the trail kept, named as the people of the ladder name it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from blueprints.exposures.facts import CHANNELS
from blueprints.exposures.models import Ground, Heard
from blueprints.exposures.names import OUTCOMES, STEP_NAMES, VISITS
from blueprints.exposures.reading import Case
from blueprints.exposures.step_models import AnswerFinding, ExposureStep
from blueprints.shared.formats import written
from blueprints.shared.languages import said
from blueprints.shared.trail.words import actor_words, verb_words
from rules.reasons import reason
from rules.words import Text
from tenants.models import Event

HEARD: Mapping[str, Text] = {
    Heard.ONLINE: Text("网上提交", "through its own page"),
    Heard.PAPER: Text("书面材料", "on paper"),
}
GROUNDS: Mapping[str, Text] = {
    Ground.REMEDIED: Text("已经改正", "remedied"),
    Ground.EXPIRED: Text("期满", "expired"),
    Ground.ERROR: Text("有误或者不再成立", "wrong or no longer holding"),
}
FINDINGS: Mapping[str, Text] = {
    AnswerFinding.SETTLED: Text("已经解决", "it settles the matter"),
    AnswerFinding.UNSETTLED: Text("没有解决", "it does not settle the matter"),
}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "channel": {**CHANNELS, **HEARD},
    "ground": GROUNDS,
    "finding": FINDINGS,
    "outcome": OUTCOMES,
    "purpose": VISITS,
}
MARKS: Mapping[str, Text] = {
    "late": Text("陈述期满后收到", "after the right of reply"),
    "proper": Text("理由正当", "a proper reason"),
}
LEFT_OUT = {"offer", "kind", "at", "open", "attended", "channels"}


def entries(case: Case, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Lines for the timeline: who did what to which document, and what was said of it."""
    kinds = {step.id: step.kind for step in case.steps}
    return [
        {
            "at": event.at,
            "text": _did(event, kinds),
            "detail": " · ".join(_details(event.payload)),
        }
        for event in events
    ]


def _did(event: Event, kinds: Mapping[int, str]) -> str:
    words = str(_("%(who)s %(did)s", who=actor_words(event.actor), did=verb_words(event.verb)))
    kind = kinds.get(event.subject_id or 0)
    if event.subject_kind != ExposureStep.__tablename__ or kind is None:
        return words
    return str(_("%(step)s: %(did)s", step=said(STEP_NAMES[kind]), did=words))


def _details(payload: Mapping[str, Any]) -> Iterable[str]:
    for name, value in payload.items():
        if name in LEFT_OUT or value in (None, "", [], {}) or value is False:
            continue
        yield _word(name, value)


def _word(name: str, value: Any) -> str:
    if value is True:
        return said(MARKS[name]) if name in MARKS else ""
    if name == "number" and isinstance(value, int):
        return str(_("no. %(number)s", number=value))
    if name in WORDS:
        known = WORDS[name].get(value)
        return said(known) if known else str(value)
    if isinstance(value, str) and value.startswith("exposure."):
        return said(reason(value).label)
    if name.endswith("_on") or name == "on":
        return _day(name, value)
    return str(value)


def _day(name: str, value: str) -> str:
    on = written(date.fromisoformat(value))
    if name == "due_on":
        return str(_("by %(day)s", day=on))
    if name == "window_ends_on":
        return str(_("heard until %(day)s", day=on))
    return on
