"""What the database itself refuses of assignments, asked in raw SQL as the app's own role."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from tenants.db import db
from tests.offers.world import enterprise, instant
from tests.supervisors.world import another, firm, on_roster, served, tied

MARCH = instant("2026-03-02")
INSERT = text(
    "INSERT INTO assignment (tenant_id, supervisor_id, enterprise_id, valid_from, valid_to, side) "
    "VALUES (:tenant, :supervisor, :enterprise, :since, :until, :side)"
)


def insert(federation, supervisor, enterprise_, since, until=None, *, side="union"):
    """Write an assignment as no verb of ours would."""
    given = {
        "tenant": federation.id, "supervisor": supervisor.id, "enterprise": enterprise_.id,
        "since": date.fromisoformat(since), "side": side,
        "until": date.fromisoformat(until) if until else None,
    }  # fmt: skip
    db.session.execute(INSERT, given)


def refused(name, *args, **kwargs):
    with pytest.raises(IntegrityError, match=name), db.session.begin_nested():
        insert(*args, **kwargs)


def test_two_supervisors_of_one_enterprise_on_one_day(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        one = served(li, "示例甲公司", "2026-01-01", "2026-06-01")
        refused("assignment_no_overlap", ours, zhou, one, "2026-05-31")
        insert(ours, zhou, one, "2026-06-01")


def test_whoever_is_tied_to_the_firm(ours):
    with ours.scope(at=MARCH):
        zhou, one = on_roster(ours), firm("示例甲公司")
        tied(zhou, one, "2026-03-01")
        refused("they are tied to", ours, zhou, one, "2026-03-02")
        refused("they are tied to", ours, zhou, one, "2026-01-01", "2026-03-02")
        insert(ours, zhou, one, "2026-01-01", "2026-03-01")  # over before the tie began


def test_a_running_assignment_moved_onto_somebody_tied(ours):
    with ours.scope(at=MARCH):
        zhou, li = on_roster(ours), another(ours, "李某")
        one = served(li, "示例甲公司", "2026-01-01")
        tied(zhou, one, "2026-01-01")
        with pytest.raises(IntegrityError, match="tied to"), db.session.begin_nested():
            db.session.execute(
                text("UPDATE assignment SET supervisor_id = :id WHERE enterprise_id = :one"),
                {"id": zhou.id, "one": one.id},
            )


def test_a_tie_to_a_firm_that_is_being_served(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours)
        one = served(zhou, "示例甲公司", "2026-01-01")
        with pytest.raises(IntegrityError, match="ends before a tie"), db.session.begin_nested():
            tied(zhou, one, "2026-03-01")


def test_serving_on_a_side_one_is_not_engaged_for(ours):
    with ours.scope(at=MARCH):
        neutral = on_roster(ours, side="neutral")
        one = firm("示例甲公司")
        refused("side they are engaged for", ours, neutral, one, "2026-03-02")
        insert(ours, neutral, one, "2026-03-02", side="neutral")
        with pytest.raises(IntegrityError, match="side does not change"), db.session.begin_nested():
            db.session.execute(
                text("UPDATE supervisor SET side = 'union' WHERE id = :id"), {"id": neutral.id}
            )


def test_beginning_to_serve_after_having_left(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours, left_on=date(2026, 3, 1))
        refused("after having left", ours, zhou, firm("示例甲公司"), "2026-03-01")


def test_two_leaves_at_once_and_an_expert_booked_twice(ours):
    with ours.scope(at=MARCH):
        zhou = on_roster(ours)
        leave = text(
            "INSERT INTO supervisor_leave (tenant_id, supervisor_id, from_on, until_on) "
            "VALUES (:t, :s, '2026-03-01', '2026-03-05')"
        )
        db.session.execute(leave, {"t": ours.id, "s": zhou.id})
        with pytest.raises(IntegrityError, match="no_overlap"), db.session.begin_nested():
            db.session.execute(leave, {"t": ours.id, "s": zhou.id})
        expert = db.session.scalar(
            text(
                "INSERT INTO expert (tenant_id, name, field, since_on) "
                "VALUES (:t, '冯某某', 'law', '2026-01-01') RETURNING id"
            ),
            {"t": ours.id},
        )
        booking = text(
            "INSERT INTO expert_booking (tenant_id, expert_id, topic, from_at, until_at, "
            "booked_by_id) VALUES (:t, :e, '单价', '2026-03-03 09:00+08', "
            "'2026-03-03 10:00+08', :u)"
        )
        given = {"t": ours.id, "e": expert, "u": ours.officer.id}
        db.session.execute(booking, given)
        with pytest.raises(IntegrityError, match="no_overlap"), db.session.begin_nested():
            db.session.execute(booking, given)


def test_an_assignment_in_another_federation(ours, theirs):
    with ours.scope(at=MARCH):
        zhou, one = on_roster(ours), enterprise("示例甲公司")
        db.session.commit()
    with theirs.scope(at=MARCH):
        assert db.session.scalar(text("SELECT count(*) FROM supervisor")) == 0
        with pytest.raises((IntegrityError, ProgrammingError)):
            insert(ours, zhou, one, "2026-03-02")
