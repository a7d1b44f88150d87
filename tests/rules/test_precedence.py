"""Which contract holds: special over comprehensive, the enterprise's own only above the floor."""

from datetime import date
from decimal import Decimal

import pytest

from rules.precedence import (
    ABOVE,
    ALONE,
    BELOW,
    COMPARE,
    HIGHER,
    LATER,
    SPECIAL,
    Speaking,
    precedence,
)

OLD, NEW = date(2025, 1, 1), date(2026, 1, 1)


def says(contract, amount=None, *, own=False, special=True, since=OLD, unit="元/月", less=False):
    return Speaking(
        contract, own=own, special=special, since=since, less=less, unit=unit if amount else None,
        amount=Decimal(amount) if amount else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "order", "why"),
    [
        pytest.param([], [], None, id="nobody speaks"),
        pytest.param([says(1)], [1], ALONE, id="one alone"),
        pytest.param([says(1, special=False), says(2)], [2, 1], SPECIAL, id="special first"),
        pytest.param([says(1, special=False, since=NEW), says(2)], [2, 1], SPECIAL,
                     id="special first, though the comprehensive one is later"),
        pytest.param([says(1), says(2, since=NEW)], [2, 1], LATER, id="the later of two"),
        pytest.param([says(1, 2300), says(2, 2200, since=NEW)], [1, 2], HIGHER,
                     id="the better of two floors"),
        pytest.param([says(1, 36, less=True), says(2, 30, less=True)], [2, 1], HIGHER,
                     id="of two caps the lower"),
        pytest.param([says(1, 2260), says(2, 2400, own=True)], [2, 1], ABOVE, id="above the floor"),
        pytest.param([says(1, 2260), says(2, 2260, own=True)], [2, 1], ABOVE, id="at the floor"),
        pytest.param([says(1, 2260), says(2, 2100, own=True)], [1, 2], BELOW, id="below the floor"),
        pytest.param([says(1, 36, less=True), says(2, 40, own=True, less=True)], [1, 2], BELOW,
                     id="more overtime than the cap"),
        pytest.param([says(1, 2260), says(2, 15, own=True, unit="元/时")], [2, 1], COMPARE,
                     id="two units"),
        pytest.param([says(1), says(2, own=True)], [2, 1], COMPARE, id="words alone"),
        pytest.param([says(1, 2260), says(2, own=True, special=False, since=NEW),
                      says(3, 2400, own=True)], [3, 1, 2], ABOVE, id="three"),
    ],
)  # fmt: skip
def test_who_holds(said, order, why):
    found = precedence(said)
    assert [one.contract for one in found] == order
    assert [one.holds for one in found] == [True, *[False] * (len(order) - 1)][: len(order)]
    if found:
        assert found[0].why == why


def test_a_contract_below_its_floor_is_marked_and_no_other():
    found = precedence([says(1, 2260), says(2, 2100, own=True)])
    assert [(one.contract, one.below) for one in found] == [(1, False), (2, True)]


def test_that_special_comes_first_is_said_with_its_article():
    found = precedence([says(1, special=False), says(2)])
    assert all(one.article is not None for one in found)
