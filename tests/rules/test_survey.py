"""What counts as knowing, taking part and being satisfied; and which groups may be shown."""

import random

import pytest

from rules.cells import Cell, blocks_of, choices_shown, size_of
from rules.survey import (
    Rate,
    RateKind,
    Tally,
    instrument,
    is_aware,
    is_satisfied,
    is_valid,
    sample_for,
    took_part,
)

TRUE = {"1", "2"}
NEEDED = instrument().needed


@pytest.mark.parametrize(
    ("knows", "contents", "aware"),
    [
        (["yes"], ["1"], True),
        (["yes"], ["1", "2"], True),
        (["yes"], ["1", "9"], False),  # one that is not in the contract
        (["yes"], ["9"], False),
        (["yes"], ["cannot_say"], False),
        (["yes"], [], False),
        (["heard"], ["1"], False),
        (["no"], ["1"], False),
    ],
)
def test_awareness_needs_the_contract_and_something_in_it(knows, contents, aware):
    assert is_aware({"knows": knows, "contents": contents}, TRUE) is aware


def test_one_of_four_ways_is_taking_part():
    assert all(took_part({"took_part": [way]}) for way in ("demands", "election", "vote"))
    assert took_part({"took_part": ["feedback"]})
    assert not took_part({"took_part": ["none"]})
    assert not took_part({})


def test_hard_to_say_is_in_the_denominator_only():
    forms = [
        ({"knows": ["yes"], "took_part": ["none"], "satisfied": [grade]}, TRUE)
        for grade in ("satisfied", "basically", "not_very", "dissatisfied", "hard_to_say")
    ]
    tally = Tally.of(forms, NEEDED)
    assert tally.rate(RateKind.SATISFACTION) == Rate(2, 5)
    assert tally.unsure == 1
    assert is_satisfied({"satisfied": ["basically"]})


def test_a_form_without_one_of_the_three_questions_is_not_valid():
    assert is_valid({"knows": ["no"], "took_part": ["none"], "satisfied": ["satisfied"]}, NEEDED)
    assert not is_valid({"knows": ["no"], "satisfied": ["satisfied"]}, NEEDED)
    tally = Tally.of([({"knows": ["yes"], "contents": ["1"]}, TRUE)], NEEDED)
    assert (tally.returned, tally.valid, tally.aware) == (1, 0, 0)


def test_an_interval_narrows_with_the_sample_and_closes_when_everybody_answered():
    few, many = Rate(8, 10).interval(), Rate(800, 1000).interval()
    assert few is not None
    assert many is not None
    assert few[1] - few[0] > many[1] - many[0]
    assert Rate(8, 10).interval(10) == pytest.approx((0.8, 0.8))
    assert Rate(0, 0).interval() is None
    assert Rate(0, 0).share is None


@pytest.mark.parametrize(("population", "sample"), [(0, 0), (10, 10), (1000, 278), (10**9, 385)])
def test_how_many_must_answer_for_five_points(population, sample):
    assert sample_for(population) == sample


def test_an_unknown_version_is_no_instrument():
    with pytest.raises(LookupError):
        instrument("worker-0")


@pytest.mark.parametrize("seed", range(200))
def test_no_sum_of_what_is_shown_leaves_a_small_group(seed):
    """Blocks, the rest and the whole: each is empty or large enough, so every difference is."""
    chance = random.Random(seed)
    least = chance.choice([5, 10])
    cells = [
        Cell(
            n, chance.choice([0, 1, 3, 4, 7, 12, 30]), (chance.randint(1, 3), chance.randint(1, 2))
        )
        for n in range(chance.randint(0, 12))
    ]
    found = blocks_of(cells, least)
    assert sorted(cell.key for block in (*found.shown, found.rest) for cell in block) == [
        cell.key for cell in cells if cell.size
    ]
    assert found.whole == sum(cell.size for cell in cells)
    assert all(size_of(block) >= least for block in found.shown)
    assert all(len({cell.groups for cell in block}) == 1 for block in found.shown)
    if found.whole >= least:
        assert size_of(found.rest) == 0 or size_of(found.rest) >= least
    else:
        assert found.shown == ()


def test_a_single_small_box_takes_the_next_smallest_with_it():
    counts = {"a": 30, "b": 12, "c": 2}
    assert choices_shown(counts, 10, exclusive=True) == {"a": 30, "b": None, "c": None}
    assert choices_shown(counts, 10, exclusive=False) == {"a": 30, "b": 12, "c": None}
    assert choices_shown({"a": 30, "b": 0}, 10, exclusive=True) == {"a": 30, "b": 0}
