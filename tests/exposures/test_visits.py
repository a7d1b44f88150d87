"""Visits of the supervisor: a task while it is owed, a record afterwards, confirmed by another."""

from datetime import date

import pytest
from sqlalchemy import select

from blueprints.exposures.step_models import ExposureVisit
from blueprints.offers.ground.queries import get_offer
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.clock import at
from tenants.db import db
from tests.exposures.world import DEMANDED, Silent
from tests.offers.world import instant

BEFORE = "2025-03-21"  # the clock ends on the 24th
SAID = {
    "visited_on": BEFORE,
    "reached": "yes",
    "met_office": "行政部负责人",
    "words": "来函未转达。",
}


@pytest.fixture
def silent(ours):
    one = Silent(ours)
    one.serve()
    with ours.scope():
        supervisor = Supervisor(user_id=ours.supervisor.id, name="周某某")
        db.session.add(supervisor)
        db.session.flush()
        db.session.add(
            Assignment(
                supervisor_id=supervisor.id,
                enterprise_id=get_offer(one.offer_id).enterprise_id,
                valid_from=date(2025, 1, 1),
            )
        )
        db.session.commit()
    return one


@pytest.fixture
def visit(silent, as_):
    def send(user, day=BEFORE, purpose="remind", **data):
        path = f"/exposures/offers/{silent.offer_id}/visits/{purpose}"
        with at(instant(day)):
            browser = as_(user)
            page = silent.federation.url(path)
            return browser.post(page, data=data) if data else browser.get(page)

    return send


def bench(silent, as_, user, day):
    with at(instant(day)):
        return as_(user).get(silent.federation.url("/")).text


def kept(silent):
    with silent.federation.scope():
        return db.session.scalars(select(ExposureVisit)).all()


def test_the_task_is_there_before_the_last_day_and_gone_with_the_record(silent, visit, as_):
    who = silent.federation.supervisor
    assert "Visits to make" not in bench(silent, as_, who, "2025-03-05")
    assert "Visits to make" in bench(silent, as_, who, BEFORE)
    assert visit(who).status_code == 200
    assert visit(who, **SAID).status_code == 303
    assert "Visits to make" not in bench(silent, as_, who, BEFORE)
    assert [one.met_office for one in kept(silent)] == ["行政部负责人"]
    assert visit(who, **SAID).status_code == 409


def test_after_silence_a_second_visit_is_owed(silent, visit, as_):
    who = silent.federation.supervisor
    visit(who, **SAID)
    silent.sweep()
    assert "Visits to make" in bench(silent, as_, who, DEMANDED)
    told = SAID | {"visited_on": DEMANDED, "reached": "no", "words": "大门关闭。"}
    assert visit(who, DEMANDED, "feedback", **told).status_code == 303
    assert [(one.purpose, one.reached) for one in kept(silent)] == [
        ("remind", True), ("feedback", False),
    ]  # fmt: skip
    assert kept(silent)[1].met_office is None, "nobody is met where nobody was reached"


def test_another_person_confirms_the_record(silent, visit, as_):
    visit(silent.federation.supervisor, **SAID)
    path = silent.federation.url(f"/exposures/visits/{kept(silent)[0].id}/confirmation")
    with at(instant(BEFORE)):
        assert as_(silent.federation.supervisor).post(path).status_code == 403
        assert as_(silent.federation.officer).post(path).status_code == 303
    assert kept(silent)[0].confirmed_by_id == silent.federation.officer.id


def test_a_record_without_words_or_from_the_future_comes_back(silent, visit):
    who = silent.federation.supervisor
    for wrong in ({"words": " "}, {"visited_on": "2025-03-22"}, {"reached": ""}):
        answer = visit(who, **SAID | wrong)
        assert answer.status_code == 422
        assert "行政部负责人" in answer.text
    assert kept(silent) == []


def test_a_supervisor_of_others_finds_nothing(ours, as_, visit, silent, theirs):
    with ours.scope():
        db.session.query(Assignment).delete()
        db.session.commit()
    assert visit(ours.supervisor).status_code == 404
    assert as_(theirs.officer).get(
        ours.url(f"/exposures/offers/{silent.offer_id}/visits/remind")
    ).status_code == 404  # fmt: skip


def offer_page(silent, as_, user, day):
    with at(instant(day)):
        return as_(user).get(silent.federation.url(f"/offers/{silent.offer_id}")).text


def test_the_offer_says_which_visit_is_to_come_which_is_owed_and_what_was_found(silent, visit, as_):
    who = silent.federation.supervisor
    early = offer_page(silent, as_, who, "2025-03-05")
    assert "Falls due on" in early
    assert "/visits/remind" not in early
    assert "/visits/remind" in offer_page(silent, as_, who, BEFORE)
    visit(who, **SAID)
    told = offer_page(silent, as_, who, BEFORE)
    assert "来函未转达。" in told
    assert "not confirmed yet" in told
    assert "/visits/remind" not in told
    assert "/visits/feedback" in (silent.sweep() or offer_page(silent, as_, who, DEMANDED))


def test_who_has_nothing_to_do_with_the_ladder_is_told_nothing_of_its_visits(silent, visit, as_):
    visit(silent.federation.supervisor, **SAID)
    assert "来函未转达。" in offer_page(silent, as_, silent.federation.officer, BEFORE)
    assert "来函未转达。" not in offer_page(silent, as_, silent.federation.partner, BEFORE)
