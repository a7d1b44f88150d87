"""What an enterprise answers at the reply desk or on paper, and who is told."""

import io
import re

import pytest
from sqlalchemy import select

from blueprints.notices.models import Notice
from blueprints.offers.ground import deadlines, queries
from blueprints.offers.ground.models import ReplyLink
from blueprints.offers.ground.service_models import Feedback
from tenants.clock import at as clock_at
from tenants.db import db
from tests.offers.world import instant, issued

YES = {"kind": "accept", "person_name": "孙某某", "person_email": "sun@firm.example"}
NO = {
    "kind": "refuse",
    "person_name": "孙某某",
    "reason_code": "refusal.year_end_accounts",
    "reason": "年度结算未完成",
}


@pytest.fixture
def offer_id(ours):
    return issued(ours)[0]


def desk(federation, offer_id, path=""):
    """The address of the reply desk, as the letter prints it."""
    with federation.scope():
        link = db.session.scalars(select(ReplyLink).where(ReplyLink.offer_id == offer_id)).one()
        return federation.url(f"/reply/{link.token}{path}")


def state_of(federation, offer_id):
    with federation.scope():
        return queries.get_offer(offer_id).state


def told(federation):
    """Who is owed which kind of notice about feedback."""
    with federation.scope():
        rows = db.session.scalars(select(Notice).where(Notice.subject_kind == "feedback"))
        return sorted((row.kind, row.recipient.partition(":")[0]) for row in rows)


def test_the_enterprise_sees_its_letter_without_an_account(ours, visitor, offer_id):
    page = visitor.get(desk(ours, offer_id))
    assert page.status_code == 200
    assert "示例甲餐饮有限公司" in page.text
    assert "集体协商双要约书" in page.text


def test_confirming_receipt_starts_the_clock_that_day_and_only_once(ours, visitor, offer_id):
    who = {"receiver_name": "孙某某", "receiver_title": "人事经理"}
    with clock_at(instant("2026-03-05")):
        visitor.post(desk(ours, offer_id, "/receipt"), data=who)
    with clock_at(instant("2026-03-09")):
        visitor.post(desk(ours, offer_id, "/receipt"), data=who)
    with ours.scope():
        offer = queries.get_offer(offer_id)
        assert (offer.state, str(offer.served_on)) == ("served", "2026-03-05")
        assert len(queries.services(offer)) == 1


def test_accepting_at_the_desk_proves_receipt_and_tells_every_party(ours, visitor, offer_id):
    with clock_at(instant("2026-03-05")):
        page = visitor.post(desk(ours, offer_id), data=YES, follow_redirects=True)
    assert "示工馈〔2026〕1号" in page.text
    with ours.scope():
        offer = queries.get_offer(offer_id)
        assert (offer.state, str(offer.replied_on)) == ("answered_yes", "2026-03-05")
        assert deadlines.reply_clock(offer).status == "met"
    assert told(ours) == [
        ("feedback", "union"), ("feedback", "union"), ("feedback", "user"),
        ("receipt", "enterprise"),
    ]  # fmt: skip


def test_a_refusal_without_a_reason_is_asked_for_one_and_keeps_what_was_typed(
    ours, visitor, offer_id
):
    page = visitor.post(desk(ours, offer_id), data={**NO, "reason": ""})
    assert page.status_code == 422
    assert "请写明理由" in page.text or "Please write your reason" in page.text
    assert 'value="孙某某"' in page.text
    assert state_of(ours, offer_id) == "sealed"


def test_a_correction_before_the_last_day_takes_the_place_of_the_first_answer(
    ours, visitor, offer_id
):
    with clock_at(instant("2026-03-05")):
        visitor.post(desk(ours, offer_id), data=NO)
    with clock_at(instant("2026-03-06")):
        visitor.post(desk(ours, offer_id), data=YES)
    with ours.scope():
        offer = queries.get_offer(offer_id)
        kinds = [(reply.kind, reply.replaced_at is None) for reply in queries.replies(offer)]
        assert kinds == [("accept", True), ("refuse", False)]
        assert offer.state == "answered_yes"


@pytest.mark.parametrize(
    ("moment", "late"),
    [(instant("2026-03-25", 23, 59), False), (instant("2026-03-26", 0, 1), True)],
)
def test_a_minute_after_midnight_in_shanghai_is_late_but_taken(
    ours, visitor, offer_id, moment, late
):
    with clock_at(instant("2026-03-05")):
        visitor.post(
            desk(ours, offer_id, "/receipt"),
            data={"receiver_name": "孙某某", "receiver_title": "经理"},
        )
    with clock_at(moment):
        visitor.post(desk(ours, offer_id), data=YES)
    with ours.scope():
        assert queries.standing_reply(queries.get_offer(offer_id)).late is late


def test_not_us_stops_every_clock_and_disputes_the_service(ours, visitor, offer_id):
    with clock_at(instant("2026-03-05")):
        visitor.post(
            desk(ours, offer_id, "/receipt"),
            data={"receiver_name": "孙某某", "receiver_title": "经理"},
        )
        visitor.post(
            desk(ours, offer_id),
            data={"kind": "not_us", "mistake": "moved", "person_name": "孙某某"},
        )
    with ours.scope():
        offer = queries.get_offer(offer_id)
        assert (offer.state, offer.reply_due_on) == ("undeliverable", None)
        assert deadlines.reply_clock(offer).status == "dropped"
        assert [service.state for service in queries.services(offer)] == ["disputed"]


def test_every_link_that_leads_nowhere_gets_the_same_calm_page(
    ours, theirs, as_, visitor, offer_id
):
    good = desk(ours, offer_id)
    as_(ours.officer).post(ours.url(f"/offers/{offer_id}/link"))
    elsewhere = good.replace(ours.slug, theirs.slug)
    pages = [visitor.get(url) for url in (good, elsewhere, ours.url("/reply/" + "0" * 40))]
    same = re.compile(r'value="[^"]*"|/city\d+|示范市city\d+总工会')
    bodies = {same.sub("", page.text) for page in pages}
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len(bodies) == 1
    assert visitor.get(desk_of_new_link(ours, offer_id)).status_code == 200


def desk_of_new_link(federation, offer_id):
    with federation.scope():
        return federation.url(f"/reply/{queries.open_link(queries.get_offer(offer_id)).token}")


def test_the_code_on_paper_leads_to_the_same_desk_however_it_is_typed(ours, visitor, offer_id):
    with ours.scope():
        code = queries.open_link(queries.get_offer(offer_id)).code
    typed = f" {code[:5].lower()}-{code[5:]} "
    found = visitor.post(ours.url("/reply"), data={"code": typed})
    assert found.headers["Location"].endswith(desk(ours, offer_id))
    assert visitor.post(ours.url("/reply"), data={"code": "AAAAA-BBBBB"}).status_code == 422


def test_an_officer_records_a_reply_on_paper_only_with_its_scan(ours, as_, offer_id):
    browser = as_(ours.officer)
    paper = {**NO, "received_on": "2026-03-05"}
    refused = browser.post(ours.url(f"/offers/{offer_id}/reply"), data=paper)
    assert refused.status_code == 422
    assert "Add the scan" in refused.text
    scan = {"scan": (io.BytesIO(b"\x89PNG\r\n\x1a\n scan"), "答复书.png")}
    page = browser.post(
        ours.url(f"/offers/{offer_id}/reply"), data={**paper, **scan}, follow_redirects=True
    )
    assert "年度结算未完成" in page.text
    assert state_of(ours, offer_id) == "answered_no"


def test_a_scan_that_is_a_program_is_refused_in_words(ours, as_, offer_id):
    program = {"scan": (io.BytesIO(b"MZ\x90\x00 program"), "答复书.pdf")}
    page = as_(ours.officer).post(
        ours.url(f"/offers/{offer_id}/reply"),
        data={**YES, "received_on": "2026-03-05", **program},
    )
    assert page.status_code == 422
    assert "file type is not accepted" in page.text


def test_the_upper_union_judges_a_reason_and_all_parties_hear_of_it(ours, as_, visitor, offer_id):
    with clock_at(instant("2026-03-05")):
        visitor.post(desk(ours, offer_id), data=NO)
    as_(ours.approver).post(
        ours.url(f"/offers/{offer_id}/review"), data={"finding": "proper", "note": "结算属实"}
    )
    page = as_(ours.officer).get(ours.url(f"/offers/{offer_id}"))
    assert "结算属实" in page.text
    assert ("feedback", "enterprise") in told(ours)


def test_a_union_account_may_not_record_a_reply(ours, as_, offer_id):
    assert as_(ours.union).get(ours.url(f"/offers/{offer_id}/reply")).status_code == 403


def test_each_feedback_has_its_own_number(ours, visitor):
    for offer_id in issued(ours):
        visitor.post(desk(ours, offer_id), data=YES)
    with ours.scope():
        numbers = db.session.scalars(select(Feedback.document_no)).all()
        assert len(set(numbers)) == 2
