"""Fifty threads of two federations over two connections, with everything that goes wrong."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tenants.db import db
from tenants.models import Serial, User
from tenants.scope import tenant_scope
from wsgi import create_app

THREADS, ROUNDS = 50, 12


class Mishap(Exception):
    """Somebody's request broke off."""


@pytest.fixture
def narrow(app, settings):
    """The service with two connections for everybody."""
    made = create_app(
        settings,
        TESTING=True,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 2, "max_overflow": 0, "pool_timeout": 60},
    )
    yield made
    with made.app_context():
        db.engine.dispose()
    made.extensions["redis"].close()


def read(federation):
    people = db.session.scalars(select(User)).all()
    assert {person.tenant_id for person in people} == {federation.id}
    assert all(person.name.endswith(federation.slug) for person in people)
    told = db.session.execute(text("SELECT current_setting('app.tenant_id', true)")).scalar()
    assert told == str(federation.id)


def leave_open(federation):
    read(federation)  # and never commits


def commit(federation):
    read(federation)
    db.session.commit()
    read(federation)


def roll_back(federation):
    db.session.add(Serial(kind=f"x{random.random()}", year=2026, last=1))
    db.session.flush()
    db.session.rollback()
    read(federation)


def break_off(federation):
    read(federation)
    raise Mishap


def break_the_statement(federation):
    read(federation)
    with pytest.raises(DBAPIError):
        db.session.execute(text("SELECT 1/0"))
    with pytest.raises(DBAPIError):
        db.session.execute(text("SELECT 1"))  # the transaction is lost
    db.session.rollback()
    read(federation)


def break_a_constraint(federation):
    db.session.add(User(email="x", name="x", role="emperor"))
    with pytest.raises(DBAPIError):
        db.session.flush()
    raise Mishap


def nest(federation):
    with suppress(Mishap), db.session.begin_nested():
        raise Mishap
    read(federation)


WAYS = (leave_open, commit, roll_back, break_off, break_the_statement, break_a_constraint, nest)


def test_nobody_ever_reads_the_others_rows(narrow, ours, theirs):
    start = threading.Barrier(THREADS)

    def live(number: int) -> int:
        dice = random.Random(number)
        start.wait(60)
        for _ in range(ROUNDS):
            federation = dice.choice((ours, theirs))
            with suppress(Mishap), narrow.app_context(), tenant_scope(federation.id):
                dice.choice(WAYS)(federation)
        return number

    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(live, range(THREADS)))
    assert len(done) == THREADS
    with narrow.app_context(), db.engine.connect() as first, db.engine.connect() as second:
        for connection in (first, second):
            left = connection.execute(text("SELECT current_setting('app.tenant_id', true)"))
            assert left.scalar() in {None, ""}
            assert connection.execute(text("SELECT count(*) FROM enterprise")).scalar() == 0


def test_requests_side_by_side_show_each_its_own(narrow, ours, theirs):
    """The same through the front door: two officers, twenty browsers each."""
    from tests.world import sign_in

    def ask(number: int) -> bool:
        federation = (ours, theirs)[number % 2]
        other = (theirs, ours)[number % 2]
        text_shown = sign_in(narrow, federation.administrator).get(federation.url("/users")).text
        return federation.officer.email in text_shown and other.officer.email not in text_shown

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(40)))
