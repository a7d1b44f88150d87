"""A visit is written down in one act: the record, the service, the next visit."""

import io

import pytest
from sqlalchemy import func, select

from blueprints.offers.ground.queries import proven_service, services
from blueprints.visits import actions, photos
from blueprints.visits.models import Visit
from rules.broken import RuleBroken
from rules.reasons import Group, reasons
from tenants import trail
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.files import open_document
from tenants.models import Document
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.world import MADE, TODAY, jpeg, offer_of, walked

SERVED = {**MADE, "served": "yes", "receiver_name": "刘某某", "witness": "社区周某某"}


@pytest.fixture
def day(ours):
    world = walked(ours)
    with clock_at(instant(TODAY, 9)):
        yield world


def proof(data=None):
    return (io.BytesIO(data or jpeg()), "回证.jpg")


def send(browser, federation, world, firm=0, **data):
    address = federation.url(f"/visits/new?enterprise={world.firms[firm]}")
    return browser.post(address, data=data)


def only_visit():
    return db.session.scalars(select(Visit)).one()


def test_a_visit_serves_the_offer_and_the_clock_starts_on_that_day(ours, as_, day):
    answer = send(as_(ours.supervisor), ours, day, **SERVED, proof=proof())
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/my-day#done=visit-new-{day.firms[0]}")
    with ours.scope(at=instant(TODAY)):
        offer = offer_of(day.offers[0])
        service = proven_service(offer)
        assert (offer.state, str(offer.served_on)) == ("served", TODAY)
        assert str(offer.reply_due_on) == "2026-03-30"
        assert (service.receiver_name, service.witness) == ("刘某某", "社区周某某")
        visit = only_visit()
        assert (visit.service_id, visit.offer_id) == (service.id, offer.id)
        assert visit.visit_no == "示工走访〔2026〕1号"
        assert [event.verb for event in trail.of(visit)] == ["visit.made"]


def test_the_proof_is_kept_without_place_and_camera(ours, as_, day):
    send(as_(ours.supervisor), ours, day, **SERVED, proof=proof())
    with ours.scope():
        document = db.session.scalars(select(Document).where(Document.purpose == "service")).one()
        kept = open_document(document)
        assert b"GPS" not in kept
        assert b"my phone" not in kept


def test_without_a_proof_nothing_is_written_at_all(ours, as_, day):
    answer = send(as_(ours.supervisor), ours, day, **SERVED)
    assert answer.status_code == 422
    assert "Service needs proof" in answer.text
    assert "年度结算后可以协商" in answer.text, "what was typed is still there"
    with ours.scope():
        assert db.session.scalar(select(func.count()).select_from(Visit)) == 0
        assert proven_service(offer_of(day.offers[0])) is None


def test_an_attempt_that_failed_is_recorded_and_starts_no_clock(ours, as_, day):
    why = reasons(Group.SERVICE_FAILURE)[0].code
    failed = {**MADE, "served": "failed", "failure": why}
    assert send(as_(ours.supervisor), ours, day, **failed).status_code == 303
    with ours.scope():
        offer = offer_of(day.offers[0])
        assert offer.reply_due_on is None
        assert [one.state for one in services(offer)] == ["attempted"]
        assert only_visit().service_id is not None


def test_the_next_step_puts_the_next_visit_into_the_plan(ours, as_, day):
    again = {**MADE, "served": "no", "next_step": "help_reply", "next_on": "2026-03-13"}
    send(as_(ours.supervisor), ours, day, **again)
    with ours.scope():
        made, planned = db.session.scalars(select(Visit).order_by(Visit.id))
        assert (planned.state, str(planned.planned_on)) == ("planned", "2026-03-13")
        assert (planned.purpose, planned.planned_by_id) == ("reply", made.id)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-03-10", "after today"),
        ("2026-03-15", "day of rest"),
        ("", "Choose the day"),
    ],
)
def test_the_next_day_is_a_working_day_after_today(ours, as_, day, on, words):
    again = {**MADE, "served": "no", "next_step": "visit_again", "next_on": on}
    answer = send(as_(ours.supervisor), ours, day, **again)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"met_post": ""}, "Write the post"),
        ({"outcome": "will_not"}, "Choose the reason"),
        ({"minutes": "0"}, "Between 1 and 960"),
        ({"visited_on": "2026-03-11"}, "has not come yet"),
        ({"outcome": ""}, "Please fill in"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(ours, as_, day, change, words):
    answer = send(as_(ours.supervisor), ours, day, **{**MADE, "served": "no", **change})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_planned_visit_is_recorded_once_however_often_it_is_sent(ours, as_, day):
    with ours.scope(at=instant(TODAY)):
        planned = actions.plan(
            get(ours, day.mine), day.firms[1], instant(TODAY).date(), purpose="first_contact"
        )
        db.session.commit()
        address = ours.url(f"/visits/{planned.id}/record")
    browser = as_(ours.supervisor)
    for _ in range(3):
        answer = browser.post(address, data={**MADE, "served": "no"})
        assert answer.status_code == 303
    with ours.scope():
        assert only_visit().state == "done"


def test_photos_are_kept_bare_and_more_than_six_are_too_many(ours, as_, day):
    browser = as_(ours.supervisor)
    seven = [(io.BytesIO(jpeg()), f"{n}.jpg") for n in range(7)]
    answer = send(browser, ours, day, **{**MADE, "served": "no"}, photos=seven)
    assert answer.status_code == 422
    assert "At most 6" in answer.text
    two = [(io.BytesIO(jpeg()), f"{n}.jpg") for n in range(2)]
    assert send(browser, ours, day, **{**MADE, "served": "no"}, photos=two).status_code == 303
    with ours.scope():
        visit = only_visit()
        kept = photos.of(visit)
        assert [one.name for one in kept] == ["0.jpg", "1.jpg"]
        assert b"GPS" not in open_document(kept[0])
        address = ours.url(f"/visits/{visit.id}/photos/{kept[0].id}")
    answer = browser.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_record_is_corrected_and_the_history_keeps_what_stood(ours, as_, day):
    browser = as_(ours.supervisor)
    send(browser, ours, day, **{**MADE, "served": "no"})
    with ours.scope():
        ident = only_visit().id
    page = browser.get(ours.url(f"/visits/{ident}/edit"))
    assert "年度结算后可以协商" in page.text
    fresh = {**MADE, "said": "愿意谈", "outcome": "will_bargain"}
    assert browser.post(ours.url(f"/visits/{ident}"), data=fresh).status_code == 303
    with ours.scope():
        visit = only_visit()
        assert (visit.said, visit.outcome) == ("愿意谈", "will_bargain")
        changed = trail.of(visit)[0].payload["changed"]
        assert changed["said"] == ["年度结算后可以协商", "愿意谈"]


def test_a_visit_that_was_dropped_cannot_be_recorded(ours, as_, day):
    with ours.scope(at=instant(TODAY)):
        planned = actions.plan(
            get(ours, day.mine), day.firms[1], instant("2026-03-11").date(), purpose="other"
        )
        with pytest.raises(RuleBroken, match="planned for that day already"):
            actions.plan(
                get(ours, day.mine), day.firms[1], instant("2026-03-11").date(), purpose="other"
            )
        db.session.commit()
        ident = planned.id
    browser = as_(ours.supervisor)
    browser.post(ours.url(f"/visits/{ident}/drop"), data={"why": "对方外出"})
    with ours.scope():
        assert only_visit().dropped_why == "对方外出"
    assert browser.get(ours.url(f"/visits/{ident}/record")).status_code == 303


def test_the_record_is_form_27c_on_paper(ours, as_, day):
    browser = as_(ours.supervisor)
    send(browser, ours, day, **{**MADE, "served": "no"})
    with ours.scope():
        ident = only_visit().id
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = browser.get(ours.url(f"/visits/{ident}/letter.{form}"))
        assert answer.status_code == 200
        assert answer.data.startswith(begins)
