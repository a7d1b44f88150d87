"""What a federation sets for itself: by its administrator, within limits, one at a time."""

from datetime import date
from fractions import Fraction

import pytest

from blueprints.contracts.ground.check_models import PerformanceCheck
from blueprints.contracts.habits import actions
from blueprints.contracts.habits import values as habits
from blueprints.contracts.habits.listed import HABITS
from blueprints.contracts.papers import letters
from tenants.db import db
from tests.contracts.desk import Desk
from tests.contracts.world import drawn, filed, published, town
from tests.world import found

DAY = "2025-06-02"
PAGE = "/contracts/habits"


@pytest.fixture
def admin(ours, as_):
    """The administrator's desk, before any contract is in force."""
    found = Desk(town(ours), as_)
    found.admin = ours.administrator
    return found


def save(desk, *, version="0", by=None, **typed):
    return desk.send(PAGE, DAY, by or desk.admin, version=version, **typed)


def stands(desk, key):
    with desk.town.on(DAY):
        return habits.value(key)


def test_every_default_stands_with_its_source_until_somebody_sets_it(admin):
    page = admin.see(PAGE, DAY).text
    assert "Performance assessment (form 23)" in page
    assert "Nothing: every default holds." in page
    assert "<form action" not in page.split("<main")[1], "an officer only reads"
    assert stands(admin, "check_months") == 6


def test_what_the_administrator_sets_holds_and_the_trail_says_so(admin):
    assert save(admin, check_months="3", matter_renewal="2.5").status_code == 303
    assert stands(admin, "check_months") == 3
    assert stands(admin, "matter.renewal") == Fraction(5, 2)
    page = admin.see(PAGE, DAY, admin.admin).text
    assert "Between two checks of a contract" in page.split('id="course"')[1]
    assert 'value="3"' in page


def test_checks_are_planned_by_it_when_a_contract_takes_effect(admin):
    save(admin, check_months="3")
    published(admin.town)
    days = [one.planned_on for one in admin.rows(db.select(PerformanceCheck))]
    assert days[0] == date(2025, 8, 6)
    assert len(days) == 4


def test_copies_are_filed_by_the_list_of_the_place_and_else_as_the_federation_is_used_to(admin):
    filed(admin.town)
    with admin.town.on(DAY):
        assert letters.copies(admin.town.contract) == 3, "the national list names three"
    beijing = drawn(town(found(admin.town.federation.app, division="110000")), area="110101")
    with beijing.on(DAY):
        assert letters.copies(beijing.contract) == 3, "the list names none; the default holds"
        actions.change({"copies": Fraction(4)}, version=0)
        db.session.commit()
        assert letters.copies(beijing.contract) == 4


def test_an_empty_field_goes_back_to_the_default(admin):
    save(admin, check_months="3")
    assert save(admin, version="1", check_months="").status_code == 303
    assert stands(admin, "check_months") == 6


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"check_months": "0"}, "Between 1 and 12."),
        ({"check_months": "2.5"}, "Whole numbers only."),
        ({"partial_weight": "1.2"}, "Between 0 and 1."),
        ({"partial_weight": "NaN"}, "Between 0 and 1."),
        ({"points_workers": "20"}, "The points make 110, not 100."),
        ({"grade_good": "95"}, "Each grade needs more points than the next."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_kept(admin, typed, words):
    answer = save(admin, **typed)
    assert answer.status_code == 422
    assert words in answer.text
    (value,) = typed.values()
    assert f'value="{value}"' in answer.text
    assert stands(admin, "check_months") == 6


def test_two_administrators_do_not_overwrite_each_other(admin):
    save(admin, check_months="3")
    late = save(admin, version="0", check_months="4")
    assert late.status_code == 409
    assert "Somebody else has just changed them" in late.text
    assert 'value="4"' in late.text, "nothing typed is lost"
    assert stands(admin, "check_months") == 3
    assert save(admin, version="1", check_months="4").status_code == 303


@pytest.mark.parametrize("who", ["officer", "approver", "supervisor", "auditor", "partner"])
def test_nobody_but_the_administrator_sets_them(admin, who):
    by = getattr(admin.town.federation, who)
    assert save(admin, by=by, check_months="3").status_code == 403


def test_another_federation_keeps_its_own(admin, theirs):
    save(admin, check_months="3")
    with theirs.scope():
        assert habits.check_months() == 6


def test_every_habit_starts_within_its_own_limits():
    for habit in HABITS.values():
        assert habit.low <= habit.default <= habit.high, habit.key


def test_the_workbench_names_what_ends_soon_without_an_assessment(desk):
    assert "To be assessed before they end" not in desk.see("/", "2025-09-01").text
    assert "To be assessed before they end" in desk.see("/", "2026-03-20").text
    path = f"/performance/contracts/{desk.town.contract_id}/assessment/new"
    desk.done(path, "2026-03-20", assessors="监督小组", next_round="提高起薪")
    assert "To be assessed before they end" not in desk.see("/", "2026-03-21").text
