"""What one rule of the law is: a value with its unit, article, days of force and plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from rules.words import Text

Value = int | Fraction | str | bool | tuple[str, ...] | None

NATIONAL_DEFAULT = Text(
    zh="采用全国规定，本地规则尚未确认", en="National default, local rule not confirmed"
)
LOCAL_CONFIRMED = Text(zh="本地规则已确认", en="Confirmed local rule")
NATIONAL_RULE = Text(zh="全国规定", en="National rule")
NOT_CONFIRMED = Text(zh="规则尚未确认", en="Rule not confirmed")


class Kind(StrEnum):
    """The kind of contract that is asked about; a book may also say `any`."""

    WAGE = "wage"
    GENERAL = "general"


class Level(StrEnum):
    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    FEDERATION = "federation"


class Unit(StrEnum):
    """Units in which time is counted; a book has further units for numbers and words."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"


UNIT_WORDS = {
    Unit.DAY: (Text(zh="日", en="day"), Text(zh="日", en="days")),
    Unit.WORKING_DAY: (
        Text(zh="个工作日", en="working day"),
        Text(zh="个工作日", en="working days"),
    ),
    Unit.MONTH: (Text(zh="个月", en="month"), Text(zh="个月", en="months")),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time."""

    length: int
    unit: Unit

    @property
    def words(self) -> Text:
        one, many = UNIT_WORDS[self.unit]
        unit = one if self.length == 1 else many
        return Text(zh=f"{self.length}{unit.zh}", en=f"{self.length} {unit.en}")


@dataclass(frozen=True, slots=True)
class Source:
    """The text of law a rule was read in."""

    title: Text
    year: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it applies at one place on one day.

    `division` and `level` say whose book it stands in; `status` is `confirmed` or `unconfirmed`
    *for the place that was asked about*, so a national rule shown for want of a local one is
    unconfirmed. `known` are all confirmed local and national periods for the same question: an
    unconfirmed period reminds at the earliest of them and lets no sanction step before the latest.
    """

    key: str
    kind: str
    division: str
    level: Level
    value: Value
    unit: str
    operator: str
    article: str
    source: Source
    valid_from: date
    valid_to: date | None
    status: str
    text: Text
    version: str
    anchor: str | None = None
    direction: Direction = Direction.AFTER
    affects: tuple[str, ...] = ()
    everywhere: bool = False
    lower: int | None = None
    extension: int | None = None
    suggested: int | None = None
    verified_by: str | None = None
    when: Mapping[str, int] = field(default_factory=dict, hash=False)
    checks: tuple[Mapping[str, str | int], ...] = field(default=(), hash=False)
    known: tuple[Period, ...] = ()
    default: bool = False

    @property
    def confirmed(self) -> bool:
        return self.status == "confirmed"

    @property
    def window(self) -> bool:
        """True when it opens a span of days (renewal) rather than setting one last day."""
        return self.key.endswith(".window")

    @property
    def period(self) -> Period | None:
        """The rule's length of time; None when it is not about time or its value is not known."""
        if self.unit in UNIT_WORDS and isinstance(self.value, int) and self.anchor:
            return Period(self.value, Unit(self.unit))
        return None

    @property
    def label(self) -> Text:
        """How a page shows its standing."""
        if self.confirmed:
            return NATIONAL_RULE if self.level is Level.NATION else LOCAL_CONFIRMED
        return NATIONAL_DEFAULT if self.default else NOT_CONFIRMED

    @property
    def citation(self) -> Text:
        """The text and its article, as a lawyer would cite it."""
        title = self.source.title
        if not self.article[:1].isdigit():
            return Text(
                zh=f"《{title.zh}》（条号待补录）", en=f"{title.en} (article number to be added)"
            )
        return Text(zh=f"《{title.zh}》第{self.article}条", en=f"{title.en}, art. {self.article}")
