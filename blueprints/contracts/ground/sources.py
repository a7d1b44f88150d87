"""The slot for what a room above knows of a contract: how its workers answered a survey.

The room of the surveys stands above this one. It hands in one function when its module is
imported; the last one handed in answers, for assessments and for the yearly report:

    from blueprints.contracts.assessment_sources import NotSurveyed, Rate, Surveyed, survey_source

    @survey_source
    def answered(contract_id: int, first: date, last: date) -> Surveyed | NotSurveyed:
        survey = last_closed(contract_id, first, last)
        if survey is None:
            return NotSurveyed(Text("本期没有开展职工问卷", "no survey was held in this time"))
        return Surveyed(
            awareness=Rate(202, 240), participation=Rate(150, 240), satisfaction=Rate(198, 240),
            asked=300, answers=240, instrument="25-worker-survey/1", closed_on=survey.closed_on,
            door=("evaluation.show", "survey_id", survey.id),
        )

`first` and `last` are local days, both counted: the time the assessment or the report looks at.
It is asked within the federation's scope and only reads; it must not commit. Cells too small to be
shown are its own concern: it then says `NotSurveyed` with that reason.

Until something is handed in, or where it says `NotSurveyed`, the item of the workers' view has no
basis: its points go to the other items in proportion, and the assessment says so with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rules.words import Text

Door = tuple[str, str, int]  # endpoint, the name of its argument, and its value


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many; never without its denominator. ValueError for what cannot be."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator or not self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is no rate")

    @property
    def share(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    def __str__(self) -> str:
        return f"{float(self.share):.1%} ({self.numerator}/{self.denominator})"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Three rates, each its own figure, with the sample they come from."""

    awareness: Rate
    participation: Rate
    satisfaction: Rate
    asked: int  # workers who were invited
    answers: int  # valid forms
    instrument: str  # which questions, in which version
    closed_on: date
    door: Door | None = None  # where its page is

    def to_json(self) -> dict[str, Any]:
        """As an assessment keeps it: whole numbers, so that nobody has to trust a quotient."""
        rates = {name: getattr(self, name) for name in RATES}
        return {
            **{name: [rate.numerator, rate.denominator] for name, rate in rates.items()},
            "asked": self.asked,
            "answers": self.answers,
            "instrument": self.instrument,
            "closed_on": self.closed_on.isoformat(),
            "door": list(self.door) if self.door else None,
        }


@dataclass(frozen=True, slots=True)
class NotSurveyed:
    """There is nothing to score by, and why."""

    why: Text


RATES = ("awareness", "participation", "satisfaction")
NOBODY_ASKED = NotSurveyed(Text("尚无职工问卷", "no survey of the workers yet"))
Source = Callable[[int, date, date], Surveyed | NotSurveyed]
_sources: list[Source] = []


def survey_source(answer: Source) -> Source:
    """Hand in what surveys say of a contract within a time; the last one handed in answers."""
    _sources[:] = [answer]
    return answer


def survey_of(contract_id: int, first: date, last: date) -> Surveyed | NotSurveyed:
    return _sources[0](contract_id, first, last) if _sources else NOBODY_ASKED
