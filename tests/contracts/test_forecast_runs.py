"""Bringing the forecast up to date: asked for in a request, done by a job, once, and seen."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from blueprints.contracts.forecast import runs as forecast_runs
from blueprints.contracts.forecast.models import ForecastEntry
from blueprints.contracts.forecast.run_models import ForecastRun
from jobs import forecast
from tenants.db import db
from tenants.models import Event
from tests.contracts.world import at

SEEN = "2026-02-20"


def looks(desk):
    return desk.rows(select(ForecastRun).order_by(ForecastRun.id))


def lines(desk):
    return len(desk.rows(select(ForecastEntry)))


def test_the_request_only_asks_and_the_page_says_it_is_being_worked_out(desk, work):
    desk.done("/forecast/refreshing", SEEN)
    assert lines(desk) == 0, "nothing is reckoned in the request"
    page = desk.see("/forecast", SEEN).text
    assert "The forecast is being worked out" in page
    assert "/forecast/looks" in page
    work()
    assert lines(desk) >= 1
    page = desk.see("/forecast", SEEN).text
    assert "being worked out" not in page
    assert "Up to date as of" in page
    history = desk.see("/forecast/looks", SEEN).text
    assert desk.officer.name in history


def test_asking_twice_makes_one_look(desk, work):
    desk.done("/forecast/refreshing", SEEN)
    desk.done("/forecast/refreshing", SEEN)
    assert len(looks(desk)) == 1
    work()
    (look,) = looks(desk)
    assert (look.done, look.total) == (look.lines, look.lines)
    assert look.lines == lines(desk)


def test_a_look_taken_twice_changes_nothing_the_second_time(desk, work):
    desk.done("/forecast/refreshing", SEEN)
    work()
    (look,) = looks(desk)
    with desk.town.federation.app.app_context():
        again = forecast.run(
            tenant_id=desk.town.federation.id, run_id=look.id, at=at(SEEN).isoformat()
        )
    assert again == 0
    told = select(func.count()).select_from(Event).where(Event.verb == "forecast.swept")
    assert desk.rows(told) == [1]


def test_two_workers_at_once_take_one_look(desk):
    desk.done("/forecast/refreshing", SEEN)
    (look,) = looks(desk)
    app, tenant_id, found = desk.town.federation.app, desk.town.federation.id, []

    def take():
        with app.app_context():
            found.append(forecast.run(tenant_id=tenant_id, run_id=look.id, at=at(SEEN).isoformat()))

    both = [threading.Thread(target=take) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(found) == [0, lines(desk)]


def test_what_is_recorded_while_a_look_is_under_way_gets_a_look_of_its_own(desk):
    desk.done("/forecast/refreshing", SEEN)
    with desk.town.on(SEEN):
        first = forecast_runs.latest()
        first.started_at = first.asked_at
        db.session.commit()
    desk.done("/forecast/refreshing", SEEN)
    assert len(looks(desk)) == 2


def test_a_look_that_the_queue_lost_is_taken_all_the_same(desk, work):
    desk.done("/forecast/refreshing", SEEN)
    desk.town.federation.app.extensions["rq"].empty()
    resume = forecast.resume
    with desk.town.federation.app.app_context():
        soon, later = at(SEEN), at(SEEN) + timedelta(minutes=4)
        assert resume(tenant_id=desk.town.federation.id, at=soon.isoformat()) == 0
        assert resume(tenant_id=desk.town.federation.id, at=later.isoformat()) == 1
    work()
    assert lines(desk) >= 1


def test_a_look_that_breaks_off_says_so_and_another_can_be_asked_for(desk):
    desk.done("/forecast/refreshing", SEEN)
    (look,) = looks(desk)
    with desk.town.on(SEEN):
        forecast_runs.break_off(look.id)
        db.session.commit()
    assert "The last look at the forecast broke off" in desk.see("/forecast", SEEN).text
    desk.done("/forecast/refreshing", SEEN)
    assert len(looks(desk)) == 2


def test_the_night_leaves_a_look_that_nobody_asked_for(desk):
    with desk.town.federation.app.app_context():
        assert forecast.sweep(tenant_id=desk.town.federation.id, at=at(SEEN).isoformat()) >= 1
    (look,) = looks(desk)
    assert look.asked_by_id is None
    assert "every night, by itself" in desk.see("/forecast/looks", SEEN).text


def test_whoever_only_reads_cannot_ask(desk):
    reader = desk.town.federation.supervisor
    assert desk.send("/forecast/refreshing", SEEN, reader).status_code == 403


def test_the_database_lets_one_look_wait_at_a_time(desk):
    desk.done("/forecast/refreshing", SEEN)
    with desk.town.on(SEEN):
        with pytest.raises(IntegrityError):
            db.session.execute(
                text(
                    "INSERT INTO forecast_run (tenant_id, asked_at, heartbeat_at) "
                    "VALUES (:tenant, now(), now())"
                ),
                {"tenant": desk.town.federation.id},
            )
        db.session.rollback()
