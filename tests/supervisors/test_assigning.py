"""Whom a supervisor serves, from when to when."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from blueprints.registry.merging import merge_enterprises
from blueprints.registry.models import Enterprise
from blueprints.supervisors import actions, queries
from blueprints.supervisors.models import Assignment
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tests.offers.world import enterprise, instant
from tests.supervisors.world import another, on_roster, served

MARCH = instant("2026-03-02")


def chosen(*enterprises):
    return select(Enterprise.id).where(Enterprise.id.in_([one.id for one in enterprises]))


def periods(enterprise):
    rows = queries.periods_of(enterprise.id)
    return [(row.name, str(row.valid_from), str(row.valid_to or "")) for row in rows]


def test_assigning_in_bulk_leaves_alone_who_is_served_already(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        first = served(li, "示例甲公司", "2026-01-01")
        second = enterprise("示例乙公司")
        db.session.flush()
        made = actions.assign(zhou, chosen(first, second), date(2026, 3, 2))
        assert (made.made, made.kept) == (1, 1)
        assert queries.supervisor_of(first.id, date(2026, 3, 2)).id == li.id
        assert queries.supervisor_of(second.id, date(2026, 3, 2)).id == zhou.id
        assert trail.of(zhou)[0].payload["enterprises"] == [second.id]


def test_two_supervisors_at_once_are_refused_by_the_database_and_in_words(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        first = served(li, "示例甲公司", "2026-01-01", "2026-06-01")
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(
                Assignment(
                    supervisor_id=zhou.id, enterprise_id=first.id, valid_from=date(2026, 5, 31)
                )
            )
        with pytest.raises(RuleBroken, match="hand it over"):
            actions.assign(zhou, chosen(first), date(2026, 3, 2))
        actions.assign(zhou, chosen(first), date(2026, 6, 1))
        assert len(periods(first)) == 2


def test_handing_over_leaves_no_day_out_and_none_double(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        running = served(zhou, "示例甲公司", "2026-01-01", "2026-12-31")
        later = served(zhou, "示例乙公司", "2026-05-01")
        count = actions.hand_over(zhou, li, date(2026, 4, 1), "岗位调整")
        db.session.commit()
        assert count == 2
        assert periods(running) == [
            ("李某", "2026-04-01", "2026-12-31"),
            (zhou.name, "2026-01-01", "2026-04-01"),
        ]
        assert periods(later) == [("李某", "2026-05-01", "")]
        assert trail.of(li)[0].payload["reason"] == "岗位调整"


def test_nobody_leaves_with_enterprises_still_assigned(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours)
        served(zhou, "示例甲公司", "2026-01-01")
        with pytest.raises(RuleBroken, match="1 assignments reach beyond"):
            actions.correct(zhou, left_on=date(2026, 4, 1))


def test_an_assignment_ended_before_it_began_is_struck_and_the_trail_keeps_it(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours)
        first = served(zhou, "示例甲公司", "2026-04-01")
        actions.end(db.session.scalars(select(Assignment)).one(), date(2026, 3, 2), "误指派")
        db.session.commit()
        assert periods(first) == []
        event = trail.of(zhou)[0]
        assert (event.verb, event.payload["reason"]) == (
            "supervisor.assignment_struck",
            "误指派",
        )


def test_merging_doubles_moves_periods_and_never_overlaps(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        kept = served(zhou, "示例甲公司", "2026-02-01")
        double = served(li, "示例甲公司（重）", "2026-01-01", "2026-02-01")
        db.session.add(
            Assignment(supervisor_id=li.id, enterprise_id=double.id, valid_from=date(2026, 2, 15))
        )
        db.session.flush()
        merge_enterprises(kept, double)
        db.session.commit()
        assert periods(kept) == [
            (zhou.name, "2026-02-01", ""),
            ("李某", "2026-01-01", "2026-02-01"),
        ]
        assert periods(double) == [("李某", "2026-02-15", "2026-03-02")]


def test_many_enterprises_are_looked_up_in_one_query(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours)
        ids = [served(zhou, f"示例{n}公司", "2026-01-01").id for n in range(3)]
        found = queries.supervisors_of(ids, date(2026, 3, 2))
        assert {one.name for one in found.values()} == {zhou.name}
        assert set(found) == set(ids)
