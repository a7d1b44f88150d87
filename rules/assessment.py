"""How well a contract was performed over its term, in points; what cannot be scored is shared out.

The points and the limits of the grades are a federation's own settings, not law. An item without a
basis (no survey yet, nothing due) is not scored as nought: its points go to the others in
proportion, and the result says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TENTH = Decimal("0.1")


class Item(StrEnum):
    """What is scored, in the order of the form."""

    FULFILMENT = "fulfilment"
    TIMELINESS = "timeliness"
    PUBLICITY = "publicity"
    SUPERVISION = "supervision"
    RECTIFICATION = "rectification"
    WORKERS = "workers"


class Grade(StrEnum):
    EXCELLENT = "excellent"
    GOOD = "good"
    ADEQUATE = "adequate"
    TO_IMPROVE = "to_improve"


ITEM_NAMES: Mapping[Item, Text] = {
    Item.FULFILMENT: Text("约定履行", "Promises kept"),
    Item.TIMELINESS: Text("按时履行", "On time"),
    Item.PUBLICITY: Text("公开告知", "Made known"),
    Item.SUPERVISION: Text("监督运行", "Supervision at work"),
    Item.RECTIFICATION: Text("问题整改", "Correction"),
    Item.WORKERS: Text("职工评价", "The workers' view"),
}
GRADE_NAMES: Mapping[Grade, Text] = {
    Grade.EXCELLENT: Text("优秀", "Excellent"),
    Grade.GOOD: Text("良好", "Good"),
    Grade.ADEQUATE: Text("合格", "Adequate"),
    Grade.TO_IMPROVE: Text("需改进", "To improve"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What the record says for one item: a share of 0 to 1, or None with the reason why."""

    share: Fraction | None
    basis: Text


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of the assessment: its points as set, as they count here, and what was reached."""

    item: Item
    points: Fraction
    counted: Fraction  # the points after those of unscored items were shared out
    score: Fraction | None
    basis: Text


@dataclass(frozen=True, slots=True)
class Result:
    lines: tuple[Scored, ...]
    total: Decimal | None  # of 100, to a tenth; None where nothing at all could be scored
    left_out: tuple[Item, ...]
    said: Text | None  # that points were shared out, and why

    @property
    def redistributed(self) -> bool:
        return bool(self.left_out)


def assess(found: Mapping[Item, Found], points: Mapping[Item, int]) -> Result:
    """Score every item; `points` add up to whatever the federation has set."""
    whole = sum(points.values())
    known = [item for item in Item if found[item].share is not None and points[item]]
    there = sum(points[item] for item in known)
    lines = []
    for item in Item:
        share = found[item].share if item in known else None
        counted = Fraction(points[item] * whole, there) if share is not None else Fraction(0)
        score = counted * share if share is not None else None
        lines.append(Scored(item, Fraction(points[item]), counted, score, found[item].basis))
    left_out = tuple(item for item in Item if points[item] and item not in known)
    reached = sum((line.score for line in lines if line.score is not None), Fraction(0))
    total = tenths(reached * 100 / whole) if known else None
    return Result(tuple(lines), total, left_out, _said(left_out, found))


def tenths(points: Fraction) -> Decimal:
    """Points as they are printed."""
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return exact.quantize(TENTH, ROUND_HALF_UP)


def grade_of(total: Decimal, limits: Sequence[int]) -> Grade:
    """The grade; `limits` are the least points for the first three grades, from the top."""
    reached = (grade for grade, least in zip(Grade, limits, strict=False) if total >= least)
    return next(reached, Grade.TO_IMPROVE)


def _said(left_out: Sequence[Item], found: Mapping[Item, Found]) -> Text | None:
    if not left_out:
        return None
    zh = "；".join(f"“{ITEM_NAMES[one].zh}”（{found[one].basis.zh}）" for one in left_out)
    en = "; ".join(f"'{ITEM_NAMES[one].en}' ({found[one].basis.en})" for one in left_out)
    return Text(
        zh=f"以下项目没有评分依据，其分值按比例分摊到其他项目：{zh}。",
        en=f"These items have no basis, so their points were shared out among the others: {en}.",
    )
