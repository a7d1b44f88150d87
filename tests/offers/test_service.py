"""Service starts the clock; nothing else does."""

import io

import pytest

from blueprints.offers.ground import deadlines, queries
from blueprints.offers.ground.service_models import ServiceMethod
from blueprints.offers.service.actions import Receipt, record_service
from rules.broken import RuleBroken
from tenants.db import db
from tests.offers.world import instant, issued

PDF = b"%PDF-1.7 a scan"


def served(on, **known):
    return Receipt(ServiceMethod.REGISTERED_POST, on, post_number="XA00000001", **known)


def test_sending_an_offer_starts_no_clock(ours):
    offer_id = issued(ours)[0]
    with ours.scope():
        offer = queries.get_offer(offer_id)
        assert offer.reply_due_on is None
        assert deadlines.reply_clock(offer) is None


def test_proven_service_starts_the_national_clock_where_the_local_rule_is_unconfirmed(ours):
    offer_id = issued(ours)[0]
    with ours.scope(at=instant("2026-03-03")):
        offer = queries.get_offer(offer_id, lock=True)
        record_service(offer, served(instant("2026-03-03").date()))
        db.session.commit()
        clock = deadlines.reply_clock(offer)
        assert (offer.state, str(offer.served_on)) == ("served", "2026-03-03")
        assert str(offer.reply_due_on) == "2026-03-23"  # 20 days, a Monday
        assert clock.rule_status == "unconfirmed"
        assert clock.longest_on >= clock.due_on
        assert "第17条" in clock.article


def test_in_zhejiang_ten_working_days_run_instead(theirs):
    offer_id = issued(theirs)[0]
    with theirs.scope(at=instant("2026-03-03")):
        offer = queries.get_offer(offer_id, lock=True)
        record_service(offer, served(instant("2026-03-03").date()))
        assert str(offer.reply_due_on) == "2026-03-17"
        assert deadlines.reply_clock(offer).rule_status == "confirmed"


def test_a_second_service_does_not_restart_the_clock(ours):
    offer_id = issued(ours)[0]
    with ours.scope(at=instant("2026-03-03")):
        offer = queries.get_offer(offer_id, lock=True)
        record_service(offer, served(instant("2026-03-03").date()))
        with pytest.raises(RuleBroken, match="does not restart"):
            record_service(offer, served(instant("2026-03-03").date()))


def test_an_officer_who_adds_no_proof_is_told_so_beside_the_field_and_loses_nothing(ours, as_):
    offer_id = issued(ours)[0]
    page = as_(ours.officer).post(
        ours.url(f"/offers/{offer_id}/service"),
        data={
            "reached": "yes",
            "method": "in_person",
            "served_on": "2026-03-03",
            "receiver_name": "钱某某",
        },
    )
    assert page.status_code == 422
    assert "Service needs proof" in page.text
    assert "钱某某" in page.text


def test_an_officer_records_service_with_a_photo_and_sees_why_that_date(ours, as_):
    offer_id = issued(ours)[0]
    browser = as_(ours.officer)
    page = browser.post(
        ours.url(f"/offers/{offer_id}/service"),
        data={
            "reached": "yes",
            "method": "in_person",
            "served_on": "2026-03-03",
            "receiver_name": "钱某某",
            "receiver_title": "人事经理",
            "evidence": (io.BytesIO(PDF), "送达回证.pdf"),
        },
        follow_redirects=True,
    )
    assert page.status_code == 200
    assert 'datetime="2026-03-23"' in page.text
    assert "National default, local rule not confirmed" in page.text
    assert "送达回证.pdf" in page.text


def test_a_failed_attempt_starts_no_clock_and_keeps_its_reason(ours, as_):
    offer_id = issued(ours)[0]
    page = as_(ours.officer).post(
        ours.url(f"/offers/{offer_id}/service"),
        data={
            "reached": "no",
            "method": "in_person",
            "served_on": "2026-03-03",
            "failure": "service.moved",
        },
        follow_redirects=True,
    )
    assert "moved" in page.text
    with ours.scope():
        offer = queries.get_offer(offer_id)
        assert (offer.state, offer.reply_due_on) == ("undeliverable", None)


@pytest.mark.parametrize("day", ["2026-02-27", "2099-01-01"])
def test_a_day_before_issue_or_after_today_is_refused_beside_its_field(ours, as_, day):
    offer_id = issued(ours)[0]
    page = as_(ours.officer).post(
        ours.url(f"/offers/{offer_id}/service"),
        data={"reached": "yes", "method": "registered_post", "served_on": day, "post_number": "X1"},
    )
    assert page.status_code == 422


def test_another_federations_officer_finds_nothing(ours, theirs, as_):
    offer_id = issued(ours)[0]
    browser = as_(theirs.officer)
    assert browser.get(theirs.url(f"/offers/{offer_id}")).status_code == 404
    assert browser.post(theirs.url(f"/offers/{offer_id}/service")).status_code == 404


@pytest.mark.parametrize("failure", ["", "service.no_such_reason"])
def test_an_attempt_that_failed_is_not_recorded_without_its_reason(ours, as_, failure):
    offer_id = issued(ours)[0]
    attempt = {"reached": "no", "method": "in_person", "served_on": "2026-03-03"}
    answer = as_(ours.officer).post(
        ours.url(f"/offers/{offer_id}/service"), data={**attempt, "failure": failure}
    )
    assert answer.status_code == 422
    assert "Say why it could not be served" in answer.text
    with ours.scope():
        assert queries.services(queries.get_offer(offer_id)) == []
