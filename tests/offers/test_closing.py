"""Taking an offer back; closing one whose enterprise is gone; two records becoming one."""

import pytest
from sqlalchemy import func, select

from blueprints.notices.models import Notice
from blueprints.offers.ground import deadlines, queries
from blueprints.offers.ground.letters import offer_letter
from blueprints.offers.ground.models import Offer, ReplyLink
from blueprints.offers.ground.service_models import ServiceMethod
from blueprints.offers.service.actions import Receipt, record_service
from blueprints.registry.merging import merge_enterprises
from blueprints.registry.models import Enterprise
from tenants import trail
from tenants.db import db
from tests.offers.world import enterprise, instant, issued


@pytest.fixture
def offer_id(ours):
    return issued(ours)[0]


def serve(federation, offer_id, day="2026-03-03"):
    with federation.scope(at=instant(day)):
        offer = queries.get_offer(offer_id, lock=True)
        on = instant(day).date()
        record_service(
            offer, Receipt(ServiceMethod.REGISTERED_POST, on, post_number=f"XA{offer_id:08}")
        )
        db.session.commit()


def test_a_withdrawn_offer_stops_its_clock_and_its_link(ours, as_, visitor, offer_id):
    serve(ours, offer_id)
    with ours.scope():
        token = db.session.scalars(
            select(ReplyLink.token).where(ReplyLink.offer_id == offer_id)
        ).one()
    browser = as_(ours.officer)
    where = ours.url(f"/offers/{offer_id}/withdrawal")
    assert "What will happen" in browser.get(where).text
    assert browser.post(where, data={"reason": " "}).status_code == 422
    page = browser.post(where, data={"reason": "文号有误，另行发出"}, follow_redirects=True)
    assert "文号有误，另行发出" in page.text
    assert visitor.get(ours.url(f"/reply/{token}")).status_code == 404
    with ours.scope():
        offer = queries.get_offer(offer_id)
        assert (offer.state, deadlines.reply_clock(offer).status) == ("closed", "dropped")
        event = trail.of(offer)[0]
        assert (event.verb, event.payload["was"]) == ("offer.withdrawn", "served")


def test_a_letter_that_has_not_left_is_not_sent_once_the_offer_is_withdrawn(ours, as_, offer_id):
    as_(ours.officer).post(ours.url(f"/offers/{offer_id}/withdrawal"), data={"reason": "暂缓"})
    with ours.scope():
        notice = select(Notice.state).where(
            Notice.subject_kind == "offer", Notice.subject_id == offer_id, Notice.kind == "offer"
        )
        assert db.session.scalars(notice).one() == "cancelled"


def test_a_second_withdrawal_is_refused_with_the_reason(ours, as_, offer_id):
    browser, where = as_(ours.officer), ours.url(f"/offers/{offer_id}/withdrawal")
    browser.post(where, data={"reason": "暂缓"})
    assert browser.post(where, data={"reason": "再次"}).status_code == 409


def test_an_enterprise_that_is_gone_is_closed_on_the_register_too(ours, as_, offer_id):
    data = {"reason": "已办理注销登记", "register": "closed"}
    as_(ours.officer).post(ours.url(f"/offers/{offer_id}/gone"), data=data)
    with ours.scope():
        offer = queries.get_offer(offer_id)
        found = db.session.get(Enterprise, (offer.tenant_id, offer.enterprise_id))
        assert (offer.state, found.status) == ("closed", "closed")


def test_only_an_officer_may_close(ours, theirs, as_, offer_id):
    for person in (ours.supervisor, ours.approver, ours.auditor):
        assert as_(person).get(ours.url(f"/offers/{offer_id}/withdrawal")).status_code == 403
    assert as_(theirs.officer).get(theirs.url(f"/offers/{offer_id}/gone")).status_code == 404


def test_the_page_says_why_each_act_is_closed(ours, as_, offer_id):
    page = as_(ours.approver).get(ours.url(f"/offers/{offer_id}"))
    assert "Your role does not include it." in page.text
    assert "&#39;Send demand letter&#39; is not possible while it is" in page.text


def test_merged_doubles_keep_their_offers_letters_and_receipts_together(ours):
    offer_id = issued(ours)[0]
    with ours.scope():
        offer = queries.get_offer(offer_id)
        double = db.session.get(Enterprise, (offer.tenant_id, offer.enterprise_id))
        kept = enterprise("示例丙餐饮有限公司")
        db.session.flush()
        merge_enterprises(kept, double)
        db.session.commit()
        db.session.expire_all()
        offer = queries.get_offer(offer_id)
        assert offer.enterprise_id == kept.id
        assert "示例甲餐饮有限公司" in str(offer_letter(offer).addressee)
        recipient = select(Notice.recipient).where(
            Notice.subject_kind == "offer", Notice.subject_id == offer_id, Notice.kind == "offer"
        )
        assert db.session.scalars(recipient).one() == f"enterprise:{kept.id}"


def test_where_both_have_an_offer_of_one_campaign_no_second_clock_runs(ours, as_):
    first, second = issued(ours)
    serve(ours, second)
    with ours.scope():
        kept, double = (
            db.session.get(Enterprise, (ours.id, queries.get_offer(ident).enterprise_id))
            for ident in (first, second)
        )
        merge_enterprises(kept, double)
        db.session.commit()
        db.session.expire_all()
        states = dict(db.session.execute(select(Offer.id, Offer.state)).all())
        assert states == {first: "closed", second: "served"}
        running = select(func.count()).where(Offer.enterprise_id == double.id)
        assert db.session.scalar(running) == 1
        kept_id = kept.id
    page = as_(ours.officer).get(ours.url(f"/enterprises/{kept_id}")).text
    assert f"/offers/{first}" in page
    assert f"/offers/{second}" in page
