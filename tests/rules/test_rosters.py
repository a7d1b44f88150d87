"""How the workers' side is chosen: one rule for an enterprise, another for a trade."""

from datetime import date

import pytest

from rules.books import book_for
from rules.rosters import selection, wants_approval, wants_election

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("place", "joint", "value", "elected", "approved"),
    [
        ("420000", False, "union_appoints", False, False),
        ("420000", True, "union_appoints", False, False),
        ("330000", False, "elected_by_congress", True, False),
        ("330000", True, "union_appoints", False, False),
        ("330100", True, "union_appoints_congress_approves", False, True),
        ("330200", True, "union_appoints_after_hearing", False, False),
        ("370000", False, "union_nominates_more_than_half", False, True),
        ("370000", True, "union_appoints_and_posts", False, False),
        ("410000", False, "congress_or_joint_heads", True, False),
        ("500000", False, "elected_or_appointed_and_posted", False, False),
        ("500000", True, "union_organises_election", True, False),
    ],
)
def test_each_place_says_who_chooses_and_who_agrees(place, joint, value, elected, approved):
    rule = selection(book_for(place, TODAY), "wage", joint=joint)
    assert rule.value == value
    assert wants_election(rule) is elected
    assert wants_approval(rule) is approved
