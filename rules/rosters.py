"""How the workers' side is to be chosen, and whether the workers must approve the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.books import Book
    from rules.law import Rule

OF_ONE, OF_MANY = "reps.worker.selection", "industry.worker_reps"
# Values of the two rules, as the books have them.
ELECTED = frozenset(
    {"elected_by_congress", "congress_or_joint_heads", "union_organises_election"}
)  # fmt: skip
APPROVED = frozenset({"union_nominates_more_than_half", "union_appoints_congress_approves"})


def selection(book: Book, kind: str, *, joint: bool) -> Rule:
    """The rule by which the workers' side is chosen.

    An industry or a region has a rule of its own in most places; where none is on record the rule
    for one enterprise is the careful answer.
    """
    if joint and (rule := book.rule(OF_MANY, kind)).value is not None:
        return rule
    return book.rule(OF_ONE, kind)


def wants_election(rule: Rule) -> bool:
    """Whether an appointment alone is not enough."""
    return rule.value in ELECTED


def wants_approval(rule: Rule) -> bool:
    """Whether the union's list goes to the workers or their congress for a vote."""
    return rule.value in APPROVED
