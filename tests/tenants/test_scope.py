"""The first lock: what the mapper does with, without and between federations."""

import threading

import pytest
from sqlalchemy import delete, func, select, update

from tenants.acting import SYSTEM, Actor, acting, current_actor
from tenants.db import db, tenant_fk
from tenants.federation import this_federation
from tenants.models import Event, Serial, Tenant, User
from tenants.scope import NoTenant, current_tenant_id, tenant_in_scope, tenant_scope

READS = {
    "rows": lambda: db.session.scalars(select(User)).all(),
    "count": lambda: db.session.scalar(select(func.count()).select_from(User)),
    "columns": lambda: db.session.execute(select(User.email)).all(),
    "one by key": lambda: db.session.get(User, (1, 1)),
    "exists": lambda: db.session.scalar(select(select(User.id).exists())),
    "delete": lambda: db.session.execute(delete(Serial)),
    "update": lambda: db.session.execute(update(User).values(name="x")),
    "added": lambda: (db.session.add(Serial(kind="x", year=1, last=1)), db.session.flush()),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_outside_a_federation_nothing_can_be_asked(app, read):
    with app.app_context():
        with pytest.raises(Exception, match="No federation is in scope") as refused:
            read()
        assert isinstance(refused.value.__cause__ or refused.value, NoTenant)
        db.session.rollback()


def test_the_federation_in_scope_is_known_inside_and_only_there(app, ours):
    assert tenant_in_scope() is None
    with app.app_context(), tenant_scope(ours.id):
        assert current_tenant_id() == tenant_in_scope() == ours.id
    assert tenant_in_scope() is None
    with pytest.raises(NoTenant):
        current_tenant_id()


@pytest.mark.parametrize("what", [None, "1", True, 1.0])
def test_what_is_no_federation_cannot_be_entered(app, what):
    with app.app_context(), pytest.raises(NoTenant), tenant_scope(what):
        pytest.fail("entered")


def test_each_sees_its_own_in_every_way_of_asking(ours, theirs):
    for federation in (ours, theirs):
        with federation.scope():
            people = db.session.scalars(select(User)).all()
            assert {person.tenant_id for person in people} == {federation.id}
            assert READS["count"]() == len(people)
            joined = select(User.id).join(Event, Event.actor_id == User.id, isouter=True)
            assert len(set(db.session.scalars(joined))) == len(people)


def test_a_row_of_another_federation_is_not_found_by_its_very_key(ours, theirs):
    with ours.scope():
        assert db.session.get(User, (theirs.id, theirs.officer.id)) is None
        assert db.session.scalar(select(User).where(User.id == theirs.officer.id)) is None


def test_an_update_of_everything_stops_at_the_border(ours, theirs, superuser):
    with ours.scope():
        db.session.execute(update(User).values(title="主席"))
        db.session.commit()
    query = 'SELECT count(*) FROM "user" WHERE tenant_id = %s AND title IS NOT NULL'
    assert superuser.ask(query, theirs.id) == [(0,)]
    assert superuser.ask(query, ours.id) == [(7,)]


def test_a_row_made_for_another_federation_is_refused_before_it_is_sent(ours, theirs):
    with ours.scope():
        db.session.add(Serial(tenant_id=theirs.id, kind="x", year=2026, last=1))
        with pytest.raises(PermissionError, match="another federation"):
            db.session.flush()


def test_a_row_cannot_be_taken_along_into_another_scope(ours, theirs):
    with ours.scope():
        mine = db.session.scalars(select(User)).first()
        with tenant_scope(theirs.id):
            mine.name = "x"
            db.session.add(mine)
            with pytest.raises(PermissionError, match="another federation"):
                db.session.flush()


def test_a_session_forgets_its_rows_when_the_federation_changes(ours, theirs):
    with ours.scope():
        held = db.session.scalars(select(User)).all()
        with tenant_scope(theirs.id):
            assert not any(row in db.session for row in held)
            assert {row.tenant_id for row in db.session.scalars(select(User))} == {theirs.id}
        assert not any(row in db.session for row in held)
        assert {row.tenant_id for row in db.session.scalars(select(User))} == {ours.id}


def test_what_was_not_committed_is_gone_after_another_federation(ours, theirs):
    with ours.scope():
        db.session.add(Serial(kind="lost", year=2026, last=1))
        db.session.flush()
        with tenant_scope(theirs.id):
            pass
        assert db.session.scalar(select(Serial).where(Serial.kind == "lost")) is None


def test_a_thread_starts_outside_every_federation(ours):
    seen = []
    with ours.scope():
        other = threading.Thread(target=lambda: seen.append(tenant_in_scope()))
        other.start()
        other.join()
    assert seen == [None]


def test_scopes_change_without_an_application_too(ours):
    with tenant_scope(ours.id):
        assert tenant_in_scope() == ours.id


def test_the_federation_is_at_hand_as_a_row(ours):
    with ours.scope():
        assert this_federation().slug == ours.slug
    with ours.app.app_context(), tenant_scope(987_654_321), pytest.raises(LookupError):
        this_federation()


def test_a_reference_names_the_federation_on_both_sides():
    constraint = tenant_fk("enterprise", "enterprise_id", ondelete="CASCADE")
    assert constraint.column_keys == ["tenant_id", "enterprise_id"]
    assert [e.target_fullname for e in constraint.elements] == [
        "enterprise.tenant_id",
        "enterprise.id",
    ]


def test_the_platforms_own_table_needs_no_scope(app, ours):
    with app.app_context():
        query = select(Tenant.slug).where(Tenant.id == ours.id)
        assert db.session.scalar(query) == ours.slug
        db.session.remove()


def test_the_hand_is_the_systems_unless_somebody_acts(app):
    assert current_actor() is SYSTEM
    with acting(Actor("王某某", 7)):
        assert current_actor() == Actor("王某某", 7)
        with acting(Actor("李某某")):
            assert current_actor().id is None
    assert current_actor() is SYSTEM
