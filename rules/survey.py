"""The three rates of a survey (知晓率、参与率、满意率): what counts, out of how many, how sure.

Nobody has standardised the definitions, so they are data with a version (instruments/*.toml, the
worker survey of the federation's forms, no. 25), and every figure keeps its numerator, its
denominator and the version it was counted by. The three are separate figures and never merged.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

HERE = Path(__file__).parent / "instruments"
STANDARD = "worker-1"
CONFIDENCE = 1.959963984540054  # of the normal distribution: nineteen times in twenty
USUAL_MARGIN = Fraction(1, 20)


class RateKind(StrEnum):
    AWARENESS = "awareness"
    PARTICIPATION = "participation"
    SATISFACTION = "satisfaction"


RATE_NAMES: Mapping[RateKind, Text] = {
    RateKind.AWARENESS: Text("知晓率", "Awareness"),
    RateKind.PARTICIPATION: Text("参与率", "Participation"),
    RateKind.SATISFACTION: Text("满意率", "Satisfaction"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One box. `alone` says that it makes no sense beside another one."""

    id: str
    words: Text
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`kind`: one · several · contents (boxes of the contract itself come before its own)."""

    id: str
    kind: str
    words: Text
    options: tuple[Option, ...]
    most: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "kind": self.kind, "words": self.words.to_json(), "most": self.most,
            "options": [
                {"id": one.id, "words": one.words.to_json(), "alone": one.alone}
                for one in self.options
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Question:
        options = tuple(
            Option(one["id"], Text.from_json(one["words"]), one["alone"]) for one in kept["options"]
        )
        words = Text.from_json(kept["words"])
        return cls(kept["id"], kept["kind"], words, options, kept["most"])


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire in one version, and how its rates are counted."""

    version: str
    title: Text
    questions: tuple[Question, ...]
    needed: tuple[str, ...]  # a form without an answer to each of these is not valid
    definitions: Mapping[RateKind, Text]


@lru_cache
def instrument(version: str = STANDARD) -> Instrument:
    """A shipped questionnaire; LookupError for a version that never was."""
    path = HERE / f"{version}.toml"
    if version not in {one.stem for one in HERE.glob("*.toml")}:
        raise LookupError(version)
    kept = tomllib.loads(path.read_text("utf-8"))
    questions = tuple(
        Question(
            one["id"], one["kind"], Text(one["zh"], one["en"]),
            tuple(
                Option(box["id"], Text(box["zh"], box["en"]), box.get("alone", False))
                for box in one["option"]
            ),
            one.get("most"),
        )
        for one in kept["question"]
    )  # fmt: skip
    words = {kind: Text(**kept["definition"][kind.value]) for kind in RateKind}
    title = Text(**kept["title"])
    return Instrument(kept["version"], title, questions, tuple(kept["valid"]), words)


def is_valid(form: Mapping[str, Sequence[str]], needed: Collection[str]) -> bool:
    return all(form.get(name) for name in needed)


def is_aware(form: Mapping[str, Sequence[str]], true: Collection[str]) -> bool:
    """Knows that there is a contract, and at least one thing in it, and nothing that is not."""
    named = set(form.get("contents", ())) - {"cannot_say"}
    return list(form.get("knows", ())) == ["yes"] and bool(named) and named <= set(true)


def took_part(form: Mapping[str, Sequence[str]]) -> bool:
    return bool({"demands", "election", "vote", "feedback"} & set(form.get("took_part", ())))


def is_satisfied(form: Mapping[str, Sequence[str]]) -> bool:
    return bool({"satisfied", "basically"} & set(form.get("satisfied", ())))


def is_unsure(form: Mapping[str, Sequence[str]]) -> bool:
    return list(form.get("satisfied", ())) == ["hard_to_say"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many. A rate without a denominator is no rate."""

    numerator: int
    denominator: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def interval(self, population: int | None = None) -> tuple[float, float] | None:
        """Between which shares the rate of all lies, nineteen times in twenty, were they drawn.

        Wilson's score interval (1927), with the correction for a finite population: where
        everybody answered there is nothing left to guess.
        """
        n = self.denominator
        if not n:
            return None
        z = CONFIDENCE
        if population is not None and population > 1:
            z *= math.sqrt(max(population - n, 0) / (population - 1))
        p = self.numerator / n
        whole = 1 + z * z / n
        middle = (p + z * z / (2 * n)) / whole
        half = z / whole * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def sample_for(population: int, margin: Fraction = USUAL_MARGIN) -> int:
    """How many of a population must answer for a margin, nineteen times in twenty."""
    if population <= 0:
        return 0
    endless = CONFIDENCE**2 / 4 / float(margin) ** 2
    return min(population, math.ceil(endless / (1 + (endless - 1) / population)))


@dataclass(frozen=True, slots=True)
class Tally:
    """Forms of one group, counted."""

    returned: int = 0
    valid: int = 0
    aware: int = 0
    participated: int = 0
    satisfied: int = 0
    unsure: int = 0

    @classmethod
    def of(
        cls,
        forms: Iterable[tuple[Mapping[str, Sequence[str]], Collection[str]]],
        needed: Collection[str],
    ) -> Tally:
        """Count forms, each with what is truly in the contract it was asked about."""
        counts = [0] * 6
        for form, true in forms:
            counts[0] += 1
            if not is_valid(form, needed):
                continue
            found = (
                True, is_aware(form, true), took_part(form), is_satisfied(form), is_unsure(form)
            )  # fmt: skip
            for place, holds in enumerate(found, 1):
                counts[place] += holds
        return cls(*counts)

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self.to_json(), other.to_json(), strict=True)))

    def rate(self, kind: RateKind) -> Rate:
        counted = {
            RateKind.AWARENESS: self.aware,
            RateKind.PARTICIPATION: self.participated,
            RateKind.SATISFACTION: self.satisfied,
        }
        return Rate(counted[kind], self.valid)

    def to_json(self) -> list[int]:
        return [
            self.returned, self.valid, self.aware, self.participated, self.satisfied, self.unsure
        ]  # fmt: skip
