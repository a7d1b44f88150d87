"""Whom an industry or regional contract binds: all in scope, those that recognised, or that sealed.

The most dangerous field in the system: coverage figures, performance checks and exposure all
hang on it. An industry code alone never binds anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from rules.law import Rule


class Mode(StrEnum):
    ALL_IN_SCOPE = "ALL_IN_SCOPE"
    RECOGNISING_ONLY = "RECOGNISING_ONLY"
    STAMPED_ONLY = "STAMPED_ONLY"


class Basis(StrEnum):
    """What ties an enterprise to a contract."""

    IN_SCOPE = "in_scope"
    MANDATED = "mandated"
    RECOGNISED = "recognised"
    SEALED = "sealed"


# A seal is the stronger act: who sealed has recognised; a mandate to bargain is neither.
SUFFICES = {
    Mode.ALL_IN_SCOPE: {Basis.IN_SCOPE, Basis.MANDATED, Basis.RECOGNISED, Basis.SEALED},
    Mode.RECOGNISING_ONLY: {Basis.RECOGNISED, Basis.SEALED},
    Mode.STAMPED_ONLY: {Basis.SEALED},
}
WANTED = {
    Mode.ALL_IN_SCOPE: Text(zh="在适用范围内", en="lies in its scope"),
    Mode.RECOGNISING_ONLY: Text(zh="法定代表人已确认草案", en="recognised the draft"),
    Mode.STAMPED_ONLY: Text(zh="已在合同上盖章", en="put its seal to the contract"),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """Whether an enterprise is bound, and the sentence that says why."""

    bound: bool
    text: Text
    article: Text
    confirmed: bool


def mode_of(rule: Rule) -> Mode:
    """The mode that `binding.mode` of the place sets."""
    return Mode(str(rule.value))


def resolve(rule: Rule, bases: Collection[str], *, effective: bool) -> Bound:
    """Is an enterprise with these bases bound by a contract that is or is not in force."""
    mode = mode_of(rule)
    held = {Basis(basis) for basis in bases}
    wanted = WANTED[mode]
    if not effective:
        text = Text(
            zh="合同尚未生效，不约束任何企业。", en="The contract is not in force and binds nobody."
        )
        return Bound(bound=False, text=text, article=rule.citation, confirmed=rule.confirmed)
    bound = bool(held & SUFFICES[mode])
    text = (
        Text(zh=f"该企业{wanted.zh}，受合同约束。", en=f"It {wanted.en} and is bound.")
        if bound
        else Text(
            zh=f"当地规则要求企业{wanted.zh}；现有依据不足，不受约束。",
            en=f"Here an enterprise is bound only if it {wanted.en}; this one is not.",
        )
    )
    return Bound(bound=bound, text=text, article=rule.citation, confirmed=rule.confirmed)
