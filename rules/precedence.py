"""Which of several contracts holds on one matter, for one enterprise.

Two orders cross. Between contracts of one level the special one comes before the comprehensive
(Zhejiang 18, Chongqing 34). Between levels the industry or regional contract is the floor: the
enterprise's own holds where it is better for the workers, and nowhere else (Labour Contract Law,
art. 55, as the place's `industry.hierarchy` has it).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SPECIAL_FIRST = Text(
    "《浙江省集体合同条例》第18条、《重庆市集体合同条例》第34条",
    "Zhejiang regulation, art. 18; Chongqing regulation, art. 34",
)
ALONE = Text("只有这份合同有约定", "the only contract that speaks of it")
SPECIAL = Text("专项合同优先于综合性合同", "a special contract comes before a comprehensive one")
LATER = Text("后生效的合同优先", "the later of two comes first")
HIGHER = Text("同为底线，取对职工较有利的", "of two floors the one better for the workers")
ABOVE = Text(
    "企业合同不低于行业性、区域性合同，以企业合同为准",
    "the enterprise's own is not below the industry's, so it holds",
)
BELOW = Text(
    "企业合同低于行业性、区域性合同，以行业性、区域性合同为准",
    "the enterprise's own is below the industry's, so the industry's holds",
)
COMPARE = Text(
    "无法按数额比较，请人工核对：企业合同不得低于行业性、区域性合同",
    "figures cannot be compared: please compare; the enterprise's may not be below the industry's",
)
FLOOR = Text("作为底线继续适用", "goes on holding as the floor")


@dataclass(frozen=True, slots=True)
class Speaking:
    """What one contract says on a matter; `less` where less is better: hours of overtime."""

    contract: int
    own: bool  # the enterprise's own contract; else an industry or regional one
    special: bool
    since: date
    amount: Decimal | None = None
    unit: str | None = None
    less: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a contract stands on a matter: whether it holds, and why."""

    contract: int
    holds: bool
    why: Text
    article: Text | None = None
    below: bool = False  # an enterprise contract under its floor: a blocking finding


def precedence(said: Sequence[Speaking]) -> list[Place]:
    """The contracts on one matter, the one that holds first. Each contract speaks once."""
    own, above = (_in_order([one for one in said if one.own is mine]) for mine in (True, False))
    if not own or not above:
        whole = own or above
        return [_first(whole), *(_after(whole[0], one) for one in whole[1:])] if whole else []
    rest = [
        *(_after(own[0], one) for one in own[1:]),
        *(_after(above[0], one) for one in above[1:]),
    ]
    better = _not_worse(own[0], above[0])
    if better is False:
        return [Place(above[0].contract, holds=True, why=BELOW),
                Place(own[0].contract, holds=False, why=BELOW, below=True), *rest]  # fmt: skip
    return [Place(own[0].contract, holds=True, why=ABOVE if better else COMPARE),
            Place(above[0].contract, holds=False, why=FLOOR), *rest]  # fmt: skip


def _in_order(level: Sequence[Speaking]) -> list[Speaking]:
    """Special before comprehensive, then the better floor, then the later one."""

    def key(one: Speaking) -> tuple[bool, Decimal, int]:
        amount = one.amount if one.amount is not None and not one.own else Decimal(0)
        return not one.special, amount if one.less else -amount, -one.since.toordinal()

    return sorted(level, key=key)


def _first(whole: Sequence[Speaking]) -> Place:
    if len(whole) == 1:
        return Place(whole[0].contract, holds=True, why=ALONE)
    why, article = _between(whole[0], whole[1])
    return Place(whole[0].contract, holds=True, why=why, article=article)


def _after(first: Speaking, one: Speaking) -> Place:
    why, article = _between(first, one)
    return Place(one.contract, holds=False, why=why, article=article)


def _between(first: Speaking, second: Speaking) -> tuple[Text, Text | None]:
    """Why one of a level comes before another."""
    if first.special and not second.special:
        return SPECIAL, SPECIAL_FIRST
    if not first.own and first.amount != second.amount:
        return HIGHER, None
    return LATER, None


def _not_worse(own: Speaking, floor: Speaking) -> bool | None:
    """None where a person has to compare."""
    if own.amount is None or floor.amount is None or own.unit != floor.unit:
        return None
    return own.amount <= floor.amount if own.less else own.amount >= floor.amount
