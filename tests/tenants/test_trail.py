"""The trail: numbered, chained, never changed; and where it was, one can tell."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tenants import trail
from tenants.acting import Actor, acting
from tenants.db import db
from tenants.models import Event, Serial, User
from tenants.scope import NoTenant


def write(federation, count=3, verb="offer.served"):
    with federation.scope():
        for number in range(count):
            trail.record(verb, ("offer", number), place=f"第{number}处")
        db.session.commit()


def lines(federation):
    with federation.scope():
        return list(db.session.scalars(select(Event).order_by(Event.seq)))


def verdict(federation):
    with federation.scope():
        return trail.verify()


def test_lines_are_numbered_and_each_carries_the_hash_of_the_one_before(ours):
    write(ours)
    first, second, third = lines(ours)
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert first.prev_hash == "0" * 64
    assert (second.prev_hash, third.prev_hash) == (first.hash, second.hash)
    assert verdict(ours) == trail.Verdict(3, None)
    assert verdict(ours).ok


def test_each_federation_has_a_chain_of_its_own(ours, theirs):
    write(ours)
    write(theirs)
    assert [line.seq for line in lines(theirs)] == [1, 2, 3]
    assert verdict(ours).ok
    assert verdict(theirs).ok


def test_an_empty_trail_is_sound(ours):
    assert verdict(ours) == trail.Verdict(0, None)


def test_a_line_says_who_when_and_what(ours):
    moment = datetime(2026, 3, 2, 1, tzinfo=UTC)
    with ours.scope(at=moment), acting(Actor("王某某", ours.officer.id)):
        trail.record("offer.served", ("offer", 7), method="in_person")
        db.session.commit()
    (line,) = lines(ours)
    assert (line.actor, line.actor_id, line.at) == ("王某某", ours.officer.id, moment)
    assert (line.verb, line.subject_kind, line.subject_id) == ("offer.served", "offer", 7)
    assert line.payload == {"method": "in_person"}


def test_a_row_stands_under_the_name_of_its_table_even_before_it_was_sent(ours):
    with ours.scope():
        number = Serial(kind="offer", year=2026, last=1)
        db.session.add(number)
        trail.record("serial.made", number)
        trail.record_many("serial.counted", [(number, {"n": 1}), (number, {"n": 2})])
        trail.record_many("nothing.happened", [])
        db.session.commit()
        assert trail.named(number) == ("serial", number.id)
        told = [(line.verb, line.payload) for line in trail.of(number)]
    assert told == [("serial.counted", {"n": 2}), ("serial.counted", {"n": 1}), ("serial.made", {})]


def test_the_newest_lines_come_first_and_only_so_many(ours):
    with ours.scope():
        for n in range(5):
            trail.record("offer.seen", ("offer", 7), n=n)
        db.session.commit()
        assert [line.payload["n"] for line in trail.of(("offer", 7), newest=2)] == [4, 3]


def test_what_is_rolled_back_leaves_no_gap(ours):
    write(ours, 1)
    with ours.scope():
        trail.record("offer.lost", ("offer", 1))
        db.session.rollback()
    write(ours, 1)
    assert [line.seq for line in lines(ours)] == [1, 2]
    assert verdict(ours).ok


def test_outside_a_federation_nothing_is_recorded(app):
    with app.app_context(), pytest.raises(NoTenant):
        trail.record("offer.served", ("offer", 1))


def test_a_number_or_hash_of_ones_own_making_is_overwritten(ours):
    with ours.scope():
        db.session.add(
            Event(
                seq=99, at=datetime.now(UTC), actor="x", verb="x.y", subject_kind="x",
                subject_id=1, prev_hash="f" * 64, hash="f" * 64,
            )
        )  # fmt: skip
        db.session.commit()
    (line,) = lines(ours)
    assert line.seq == 1
    assert line.hash != "f" * 64
    assert verdict(ours).ok


CHANGE, REMOVE = (
    "UPDATE event SET {} WHERE tenant_id = %s",
    "DELETE FROM event WHERE tenant_id = %s",
)
FORGERIES = {
    "the verb of a line": (CHANGE.format("verb = 'x.y'") + " AND seq = 2", 2),
    "the payload": (CHANGE.format("payload = '{}'") + " AND seq = 1", 1),
    "who it was": (CHANGE.format("actor = 'x'") + " AND seq = 3", 3),
    "when it was": (CHANGE.format("at = at - interval '1 microsecond'") + " AND seq = 2", 2),
    "about what": (CHANGE.format("subject_id = 9") + " AND seq = 2", 2),
    "the order": (CHANGE.format("seq = 5 - seq") + " AND seq > 1", 2),
    "a line in the middle": (REMOVE + " AND seq = 2", 2),
    "the first line": (REMOVE + " AND seq = 1", 1),
    "the last line": (REMOVE + " AND seq = 3", 3),
    "all lines": (REMOVE, 1),
    "the remembered end": ("UPDATE trail_head SET hash = repeat('f', 64) WHERE tenant_id = %s", 4),
}


@pytest.mark.parametrize(("forgery", "where"), FORGERIES.values(), ids=FORGERIES)
def test_what_even_the_superuser_changes_is_found_and_where(
    ours, theirs, superuser, forgery, where
):
    write(ours)
    write(theirs)
    superuser.connection.execute("ALTER TABLE event DROP CONSTRAINT uq_event_tenant_id_seq")
    try:
        with superuser.unguarded():
            superuser.connection.execute(forgery, (ours.id,))
        assert verdict(ours).broken_at == where
        assert not verdict(ours).ok
        assert verdict(theirs).ok
    finally:
        superuser.connection.execute("DELETE FROM trail_head WHERE tenant_id = %s", (ours.id,))
        with superuser.unguarded():
            superuser.connection.execute("DELETE FROM event WHERE tenant_id = %s", (ours.id,))
        superuser.connection.execute(
            "ALTER TABLE event ADD CONSTRAINT uq_event_tenant_id_seq UNIQUE (tenant_id, seq)"
        )


def test_many_hands_at_once_write_one_chain(ours):
    def work(_):
        for number in range(5):
            with ours.scope():
                trail.record("offer.seen", ("offer", number))
                if number == 2:
                    db.session.rollback()
                else:
                    db.session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert [line.seq for line in lines(ours)] == list(range(1, 33))
    assert verdict(ours) == trail.Verdict(32, None)


def test_the_row_and_its_line_are_written_together_or_not_at_all(ours):
    with ours.scope():
        user = db.session.scalars(select(User)).first()
        before = user.name
        user.name = "改了"
        trail.record("user.changed", user)
        db.session.rollback()
        assert db.session.get(User, (ours.id, user.id)).name == before
    assert lines(ours) == []
