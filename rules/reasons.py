"""The reason codes: why an employer declines, why a letter or an exposure does not go out.

A code records what was said or found. None is proper or improper by itself: whether an employer's
reason is proper is a finding of the upper union under the rule `offer.may_refuse`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Group(StrEnum):
    """What a reason is a reason for."""

    REFUSAL = "refusal"
    LEFT_OUT_OF_SCOPE = "left_out_of_scope"
    SERVICE_FAILURE = "service_failure"
    EXPOSURE_EXCLUSION = "exposure_exclusion"
    CONTACT_REPAIR = "contact_repair"


class NoSuchReason(LookupError):
    """No reason goes by this code."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a short label for lists, and the sentence the person concerned reads.

    `review` tells the reviewer of a refusal what to look at; `advise` names what to do about a
    contact that failed.
    """

    code: str
    group: Group
    label: Text
    say: Text
    review: str = ""
    advise: str = ""


def reason(code: str) -> Reason:
    """The reason with this code, such as `refusal.capacity`."""
    if found := _all().get(code):
        return found
    raise NoSuchReason(code)


def reasons(group: Group) -> tuple[Reason, ...]:
    """The reasons of one group, in the order in which a form lists them."""
    return tuple(own for own in _all().values() if own.group is group)


def version() -> str:
    return str(_file()["version"])


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Any]:
    text = (files("rules") / "reasons.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


@lru_cache(maxsize=1)
def _all() -> Mapping[str, Reason]:
    return {row["code"]: _reason(group, row) for group in Group for row in _file()[group]}


def _reason(group: Group, row: Mapping[str, str]) -> Reason:
    return Reason(
        code=row["code"],
        group=group,
        label=Text(zh=row["label_zh"], en=row["label_en"]),
        say=Text(zh=row["say_zh"], en=row["say_en"]),
        review=row.get("review", ""),
        advise=row.get("advise", ""),
    )
