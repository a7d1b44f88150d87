"""How often somebody may try; and what happens when nobody can count."""

import itertools

import pytest
import structlog
from werkzeug.exceptions import TooManyRequests

from blueprints.shared.throttle import limits_address, throttle, within
from tenants.db import db
from wsgi import create_app

rooms = (f"room{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def counting(app, settings):
    made = create_app(settings, TESTING=True, THROTTLE=True)
    yield made
    made.extensions["redis"].close()


@pytest.fixture(scope="module")
def alone(app, settings):
    """The service where Valkey is away."""
    away = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1"})
    made = create_app(away, TESTING=True, THROTTLE=True, PROPAGATE_EXCEPTIONS=False)
    yield made
    with made.app_context():
        db.engine.dispose()
    made.extensions["redis"].close()


def test_so_many_tries_and_no_more(counting):
    room = next(rooms)
    with counting.app_context():
        assert [within("3/hour", room, "a") for _ in range(5)] == [True] * 3 + [False] * 2
        assert within("3/hour", room, "b")
        assert within("3/hour", next(rooms), "a")


def test_an_address_that_tried_too_often_is_told_so(counting):
    room = next(rooms)
    with counting.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.1"}):
        throttle("2/hour", room)
        throttle("2/hour", room)
        with pytest.raises(TooManyRequests):
            throttle("2/hour", room)
    with counting.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.2"}):
        throttle("2/hour", room)


@pytest.mark.parametrize(("shut", "open_"), [(False, True), (True, False)])
def test_where_nobody_counts_sign_in_stays_shut_and_the_rest_open(alone, shut, open_):
    with structlog.testing.capture_logs() as lines, alone.app_context():
        assert within("3/hour", "room", "a", shut=shut) is open_
    assert [line["event"] for line in lines] == ["throttle unreachable"]


def test_where_nobody_counts_pages_work_and_nobody_signs_in(alone, ours):
    alone.config["WTF_CSRF_ENABLED"] = False
    visitor = alone.test_client()
    assert visitor.get(ours.url("/sign-in")).status_code == 200
    assert visitor.get(ours.url("/reply")).status_code == 200
    answer = visitor.post(
        ours.url("/sign-in"),
        data={"email": ours.officer.email, "password": "correct horse battery"},
    )
    assert answer.status_code == 429
    assert visitor.get("/healthz").status_code == 503


def test_a_socket_is_named_as_the_counter_wants_it():
    assert limits_address("unix:///tmp/x.sock?db=1") == "redis+unix:///tmp/x.sock?db=1"
    assert limits_address("redis://x:1") == "redis://x:1"
