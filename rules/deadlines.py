"""The last day of a period with its derivation: each step in words, with the days it skipped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rules.broken import NoLaw, RuleBroken
from rules.derivation import Step, derive
from rules.law import Direction, Period, Rule
from rules.reckoning import DEFAULT, Conventions, Tolling, reckon
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.calendars import Calendar

__all__ = ["DEFAULT", "Conventions", "Due", "Extension", "Step", "Tolling", "due", "spread"]


@dataclass(frozen=True, slots=True)
class Extension:
    """More time granted once, in the unit of the period, with its reason and its article."""

    length: int
    reason: Text
    article: Text | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "length": self.length,
            "reason": self.reason.to_json(),
            "article": self.article and self.article.to_json(),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Extension:
        article = stored.get("article")
        return cls(
            stored["length"],
            Text.from_json(stored["reason"]),
            Text.from_json(article) if article else None,
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, and everything needed to explain it years later without this programme.

    `opens` and `closes` are set for a window such as the renewal window: there `on` is the day
    it opens, and nothing is late before it closes. `value` counts an extension in; `tolling` and
    `extension` are kept so that a later recount stands still, and gives more time, as this did.
    """

    on: date
    provisional: bool
    key: str
    kind: str
    anchor_on: date
    anchor: str
    value: int
    unit: str
    direction: str
    status: str
    level: str
    division: str
    article: str
    citation: Text
    label: Text
    rule_version: str
    calendar_version: str
    steps: tuple[Step, ...]
    opens: date | None = None
    closes: date | None = None
    tolling: tuple[Tolling, ...] = ()
    extension: Extension | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, to be stored beside the deadline."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            **{name: getattr(self, name).isoformat() for name in ("on", "anchor_on")},
            "citation": self.citation.to_json(),
            "label": self.label.to_json(),
            "steps": [step.to_json() for step in self.steps],
            "opens": self.opens and self.opens.isoformat(),
            "closes": self.closes and self.closes.isoformat(),
            "tolling": [stop.to_json() for stop in self.tolling],
            "extension": self.extension and self.extension.to_json(),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Due:
        extension = stored.get("extension")
        return cls(
            **{name: stored[name] for name in _PLAIN},
            on=date.fromisoformat(stored["on"]),
            anchor_on=date.fromisoformat(stored["anchor_on"]),
            citation=Text.from_json(stored["citation"]),
            label=Text.from_json(stored["label"]),
            steps=tuple(Step.from_json(step) for step in stored["steps"]),
            opens=date.fromisoformat(stored["opens"]) if stored["opens"] else None,
            closes=date.fromisoformat(stored["closes"]) if stored["closes"] else None,
            tolling=tuple(Tolling.from_json(stop) for stop in stored.get("tolling", ())),
            extension=Extension.from_json(extension) if extension else None,
        )


_PLAIN = (
    "provisional",
    "key",
    "kind",
    "anchor",
    "value",
    "unit",
    "direction",
    "status",
    "level",
    "division",
    "article",
    "rule_version",
    "calendar_version",
)


def due(  # noqa: PLR0917 - the order in which a lawyer would say it
    rule: Rule,
    anchor: date,
    calendar: Calendar,
    tolling: Sequence[Tolling] = (),
    extension: Extension | None = None,
    conventions: Conventions = DEFAULT,
) -> Due:
    """When the rule's period ends if its event happened on `anchor`, and why."""
    period = period_of(rule)
    length = _extended(rule, period, extension)
    if tolling and rule.direction is Direction.BEFORE:
        raise RuleBroken(
            Text(
                zh="向前倒推的期限不适用中止。",
                en="A period counted back from an event cannot be suspended.",
            ),
            rule.citation,
        )
    reckoning = reckon(
        length,
        anchor,
        calendar,
        direction=rule.direction,
        tolling=tolling,
        conventions=conventions,
        window=rule.window,
    )
    steps = derive(
        rule,
        anchor,
        calendar,
        reckoning,
        period=length,
        tolling=tolling,
        extension=extension,
        conventions=conventions,
    )
    return Due(
        on=reckoning.on,
        provisional=reckoning.provisional,
        key=rule.key,
        kind=rule.kind,
        anchor_on=anchor,
        anchor=rule.anchor or "",
        value=length.length,
        unit=length.unit.value,
        direction=rule.direction.value,
        status=rule.status,
        level=rule.level.value,
        division=rule.division,
        article=rule.article,
        citation=rule.citation,
        label=rule.label,
        rule_version=rule.version,
        calendar_version=calendar.version,
        steps=steps,
        opens=min(reckoning.on, anchor) if rule.window else None,
        closes=max(reckoning.on, anchor) if rule.window else None,
        tolling=tuple(tolling),
        extension=extension,
    )


def spread(
    rule: Rule,
    anchor: date,
    calendar: Calendar,
    tolling: Sequence[Tolling] = (),
    conventions: Conventions = DEFAULT,
    *,
    extension: Extension | None = None,
) -> tuple[Due, Due]:
    """The earliest and the latest last day that any known rule gives.

    Both are the rule's own day when it is confirmed. When it is not, remind for the first and
    take no step that hurts anyone before the second has passed.
    """
    known = (period_of(rule), *(() if rule.confirmed else rule.known))
    days = [
        due(
            replace(rule, value=period.length, unit=period.unit.value),
            anchor,
            calendar,
            tolling,
            extension,
            conventions,
        )
        for period in known
    ]
    return min(days, key=lambda one: one.on), max(days, key=lambda one: one.on)


def period_of(rule: Rule) -> Period:
    """The rule's length of time, refused in words when it has none."""
    if (period := rule.period) is None:
        reason = (
            Text(
                zh=f"规则“{rule.key}”的期限尚未核实，不能计算日期。",
                en=f"The period of '{rule.key}' is not verified, so no date can be counted.",
            )
            if rule.value is None
            else Text(
                zh=f"规则“{rule.key}”不是期限规则，不能计算日期。",
                en=f"The rule '{rule.key}' sets no period, so no date can be counted.",
            )
        )
        raise NoLaw(reason, rule.citation)
    return period


def _extended(rule: Rule, period: Period, extension: Extension | None) -> Period:
    """The period with its extension, which may not exceed what the rule allows."""
    if extension is None:
        return period
    if rule.extension is None or not 0 < extension.length <= rule.extension:
        cap = Period(rule.extension or 0, period.unit).words
        raise RuleBroken(
            Text(
                zh=f"该期限最多可延长{cap.zh}。" if rule.extension else "该期限不可延长。",
                en=f"This period may be extended by at most {cap.en}."
                if rule.extension
                else "This period may not be extended.",
            ),
            rule.citation,
        )
    return Period(period.length + extension.length, period.unit)
