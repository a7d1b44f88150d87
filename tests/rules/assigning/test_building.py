"""Wishes as points: who should serve whom, and why this one."""

from rules.assigning.building import Building, Wishes
from rules.assigning.seats import loads
from rules.assigning.solving import solve
from rules.assigning.weighing import Case, Person, Policy
from tests.rules.assigning.oracle import least

HERE, THERE, NEXT = "421002", "421003", "421022"
POLICY = Policy(circuits={HERE: "1", NEXT: "1", THERE: "2"}, even=0)


def answer(building):
    found = solve(building.problem)
    return found, {choice.case: choice for choice in building.told(found)}


def test_the_same_area_goes_before_a_near_one_and_that_before_a_far_one():
    people = [Person(1, THERE), Person(2, NEXT), Person(3, HERE)]
    _, told = answer(Building(POLICY, [Case(7, HERE)], people))
    assert told[7].person == 3
    assert [(one.person, dict(one.unmet), one.more) for one in told[7].options] == [
        (3, {}, 0),
        (2, {"near": 20}, 20),
        (1, {"far": 60}, 60),
    ]


def test_somebody_of_the_whole_city_is_near_everywhere():
    assert POLICY.distance(THERE, None) == "near"


def test_a_known_industry_and_a_spoken_language_decide_between_equals():
    policy = Policy(languages={HERE: "mn"}, even=0)
    people = [
        Person(1, HERE, frozenset({"62"})),
        Person(2, HERE, frozenset({"62"}), frozenset({"zh", "mn"})),
    ]
    _, told = answer(Building(policy, [Case(7, HERE, "62")], people))
    assert told[7].person == 2
    assert dict(told[7].options[1].unmet) == {"language": 50}


def test_who_served_it_last_goes_on_unless_a_wish_weighs_more():
    people = [Person(1, HERE), Person(2, NEXT)]
    _, told = answer(Building(POLICY, [Case(7, HERE, before=2)], people))
    assert told[7].person == 2  # 20 points for being near only, 40 for a change
    far = [Person(1, HERE), Person(2, THERE)]
    _, told = answer(Building(POLICY, [Case(7, HERE, before=2)], far))
    assert told[7].person == 1
    assert dict(told[7].unmet) == {"changed": 40}


def test_size_difficulty_and_dispute_make_a_case_heavier():
    policy = Policy(difficult=("62",))
    assert policy.weight(Case(1, headcount=20)) == 8
    assert policy.weight(Case(1, headcount=60, industry="62")) == 14
    assert policy.weight(Case(1, headcount=900, dispute=True)) == 26
    assert policy.weight_parts(Case(1, headcount=900, dispute=True)) == {"size": 16, "dispute": 10}


def test_a_tie_an_exclusion_and_a_bar_are_never_overruled():
    people = [Person(1, HERE), Person(2, HERE), Person(3, HERE, barred="leave"), Person(4, THERE)]
    wishes = Wishes(ties=[(7, 1)], excluded=[(7, 2)])
    _, told = answer(Building(POLICY, [Case(7, HERE)], people, wishes))
    assert told[7].person == 4
    assert {one.person: one.barred for one in told[7].options} == {
        4: "", 1: "conflict", 2: "excluded", 3: "leave",
    }  # fmt: skip


def test_each_that_is_left_out_has_a_reason():
    people = [Person(1, HERE, capacity=1), Person(2, HERE, barred="certificate")]
    cases = [Case(n, HERE, headcount=60) for n in range(4)]
    wishes = Wishes(ties=[(1, 1)], pins={2: 2}, excluded=[(3, 1)])
    _, told = answer(Building(POLICY, cases, people, wishes))
    assert {case: choice.reason for case, choice in told.items()} == {
        0: "", 1: "conflict", 2: "pin", 3: "excluded",
    }  # fmt: skip
    _, told = answer(Building(POLICY, cases[:2], people))
    assert sorted(choice.reason for choice in told.values()) == ["", "capacity"]
    _, told = answer(Building(POLICY, cases[:1], people[1:]))
    assert told[0].reason == "nobody"


def test_a_pin_on_somebody_unknown_is_a_pin_on_nobody():
    _, told = answer(Building(POLICY, [Case(7, HERE)], [Person(1)], Wishes(pins={7: 99})))
    assert told[7].reason == "pin"


def test_the_load_is_evened_out_by_capacity_and_by_what_each_has_already():
    policy = Policy(even=10)
    people = [Person(1, HERE, capacity=100), Person(2, HERE, capacity=50, load=100)]
    cases = [Case(n, HERE, headcount=60) for n in range(20)]
    building = Building(policy, cases, people)
    found, _ = answer(building)
    mine, other = loads(building.problem, found.by)
    assert (mine, other) == (200, 0)  # 20 of 100 against 10 of 50: the same share
    assert found.optimal
    assert found.total == least(building.problem)


def test_after_somebody_leaves_as_few_as_possible_change_hands():
    """Wishes alone would move all six; the plan with the fewest moves touches two."""
    people = [Person(1, THERE), Person(2, THERE), Person(3, HERE, barred="leave")]
    cases = [Case(n, HERE, before=1 + n % 3) for n in range(6)]
    building = Building(Policy(even=50), cases, people, fewest=True)
    _, told = answer(building)
    moved = [case.id for case in cases if told[case.id].person != case.before]
    assert moved == [2, 5]
    assert sorted(told[n].person for n in moved) == [1, 2]


def test_a_policy_survives_being_stored():
    assert Policy.from_json(POLICY.to_json()) == POLICY
    assert Policy.from_json({"near": 5, "gone": 1}).near == 5
