"""The course of a case: its trail, its moves in words of their own, and what the parts add."""

from collections.abc import Mapping
from typing import Any

from blueprints.bargaining.ground.contributions import Entry, events_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.moves import move_words
from blueprints.bargaining.ground.wording import detail_of
from blueprints.registry import courses
from blueprints.registry.courses import Line
from blueprints.shared.trail.words import actor_words, payload_words
from rules.words import Text
from tenants import trail
from tenants.models import Event


def course_of(case: BargainingCase) -> tuple[list[Entry], list[Entry]]:
    """The newest lines, and the earlier ones: from the trail, and from what the parts add."""
    return courses.course([*(line_of(event) for event in trail.of(case)), *events_of(case)])


def line_of(event: Event) -> Line:
    if event.verb == "case.moved":
        act, state = move_words(event.payload)
        who = actor_words(event.actor)
        return Line(event.at, act, Text(f"{state.zh}　{who}", f"{state.en}; {who}"))
    return courses.line_of(event, _detail)


def _detail(known: Mapping[str, Any]) -> Text | str:
    return payload_words(known) if "changed" in known else detail_of(known)
