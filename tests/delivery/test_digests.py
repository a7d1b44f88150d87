"""A digest says what is open within its reader's reach: no other union's, no other city's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from blueprints.delivery.actions import choose_digest
from blueprints.notices.messages import as_sent
from blueprints.notices.models import Message, Notice
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind, ServiceMethod
from blueprints.offers.service.actions import Answer, Receipt, record_reply, record_service
from blueprints.registry.models import Enterprise, TradeUnion
from jobs.digests import send, send_news
from tenants import trail
from tenants.db import db
from tenants.models import User
from tests.offers.world import instant, issued

MONDAY = "2026-03-16T23:10+00:00"  # Tuesday morning there, week 12
NAMES = ("示例甲餐饮有限公司", "示例乙餐饮有限公司")
RECEIPT = Receipt(
    ServiceMethod.REGISTERED_POST,
    date(2026, 3, 4),
    receiver_name="孙某某",
    post_number="XA12345678942",
)


@pytest.fixture
def city(ours):
    """Two served offers whose replies fall due in the week; a county union over the first firm."""
    offers = issued(ours, NAMES, at=instant("2026-03-02", 9))
    with ours.scope(at=instant("2026-03-04")):
        for offer_id in offers:
            record_service(get_offer(offer_id, lock=True), RECEIPT)
        first = db.session.scalars(select(Enterprise).where(Enterprise.name == NAMES[0])).one()
        unions = {union.id: union for union in db.session.scalars(select(TradeUnion))}
        for union in unions.values():
            union.email = None
        speaker = db.session.get_one(User, (ours.id, ours.union.id))
        speaker.union_id = first.union_id
        db.session.commit()
    return ours


def sent(federation, at=MONDAY):
    with federation.app.app_context():
        return send(tenant_id=federation.id, at=at)


def mails(federation):
    """What was posted, by who gets it."""
    with federation.scope():
        query = select(Notice, Message).join(Message, Message.id == Notice.message_id)
        rows = db.session.execute(query.where(Notice.kind == "digest")).all()
        return {notice.recipient: as_sent(message, notice.fields) for notice, message in rows}


def test_a_union_reads_of_its_own_subtree_and_of_no_other(city):
    assert sent(city, "2026-03-20T00:00+00:00") == 1
    ((recipient, (subject, body)),) = mails(city).items()
    assert recipient == f"user:{city.union.id}"
    assert NAMES[0] in body
    assert NAMES[1] not in body
    assert "1 due this week" in subject


def test_nothing_of_another_federation_is_in_it(city, theirs):
    strange = ("别处餐饮有限公司",)
    (offer_id,) = issued(theirs, strange, at=instant("2026-03-02", 9))
    with theirs.scope(at=instant("2026-03-04")):
        record_service(get_offer(offer_id, lock=True), RECEIPT)
        db.session.commit()
    as_daily(city, city.officer)
    sent(city, "2026-03-20T00:00+00:00")
    shown = mails(city)
    body = shown[f"user:{city.officer.id}"][1]
    assert NAMES[0] in body
    assert NAMES[1] in body
    assert all(strange[0] not in text for pair in shown.values() for text in pair)
    assert f"/{theirs.slug}/" not in body


def as_daily(federation, user, pace="daily"):
    with federation.scope(by=user):
        choose_digest(user.id, pace)
        db.session.commit()


def test_a_week_has_one_digest_however_often_the_job_runs(city):
    for at in ("2026-03-16T23:10+00:00", "2026-03-17T23:10+00:00", "2026-03-18T23:10+00:00"):
        sent(city, at)
    assert len(mails(city)) <= 1
    sent(city, "2026-03-18T23:10+00:00")
    with city.scope():
        assert len(db.session.scalars(select(Notice).where(Notice.kind == "digest")).all()) == 1
    sent(city, "2026-03-23T23:10+00:00")
    with city.scope():
        assert len(db.session.scalars(select(Notice).where(Notice.kind == "digest")).all()) == 2


def test_a_day_has_one_for_who_chose_that_and_none_for_who_chose_none(city):
    as_daily(city, city.union)
    sent(city, "2026-03-18T23:10+00:00")
    sent(city, "2026-03-19T23:10+00:00")
    sent(city, "2026-03-19T23:40+00:00")
    with city.scope():
        assert len(db.session.scalars(select(Notice).where(Notice.kind == "digest")).all()) == 2
    as_daily(city, city.union, "never")
    sent(city, "2026-03-20T23:10+00:00")
    with city.scope():
        assert len(db.session.scalars(select(Notice).where(Notice.kind == "digest")).all()) == 2


def test_a_union_with_an_address_and_no_account_is_written_to_only_when_something_is_open(city):
    with city.scope():
        second = db.session.scalars(select(Enterprise).where(Enterprise.name == NAMES[1])).one()
        union = db.session.scalars(select(TradeUnion).where(TradeUnion.id == second.union_id)).one()
        union.email = "yi@union.example"
        db.session.commit()
    sent(city, "2026-03-20T00:00+00:00")
    body = mails(city)[f"union:{union.id}"][1]
    assert NAMES[1] in body
    assert NAMES[0] not in body
    sent(city, "2026-08-20T00:00+00:00")
    with city.scope():
        sequences = db.session.scalars(
            select(Notice.sequence).where(Notice.recipient == f"union:{union.id}")
        ).all()
        assert sequences == [202612]


def test_each_person_chooses_for_themselves_and_sees_what_it_would_say(city, as_):
    browser = as_(city.officer)
    page = browser.get(city.url("/delivery/digest"))
    assert page.status_code == 200
    assert browser.post(city.url("/delivery/digest"), data={"digest": "hourly"}).status_code == 422
    assert browser.post(city.url("/delivery/digest"), data={"digest": "daily"}).status_code == 303
    with city.scope():
        newest = trail.of(("user", city.officer.id), newest=1)
        assert [event.verb for event in newest] == ["user.chose_digest"]
    assert as_(city.partner).get(city.url("/delivery/digest")).status_code == 200


# News at once.


def news(federation):
    with federation.app.app_context():
        told = send_news(tenant_id=federation.id)
    with federation.scope():
        query = select(Notice, Message).join(Message, Message.id == Notice.message_id)
        rows = db.session.execute(query.where(Notice.kind == "news").order_by(Notice.id)).all()
        return told, [(n.recipient, *as_sent(message, n.fields)) for n, message in rows]


def answered(federation, name):
    with federation.scope():
        offer = db.session.scalars(select(Offer).where(Offer.addressee_name == name)).one()
        said = Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "孙某某")
        record_reply(get_offer(offer.id, lock=True), said)
        db.session.commit()


def test_who_hears_at_once_is_told_of_each_thing_once(city):
    as_daily(city, city.approver, "immediate")
    assert news(city) == (0, [])  # what lies before the choice is no news
    answered(city, NAMES[0])
    told, mails_ = news(city)
    assert told == 1
    ((recipient, subject, body),) = mails_
    assert recipient == f"user:{city.approver.id}"
    assert "1 new" in subject
    assert NAMES[0] in body
    assert "a reply has come in" in body
    assert news(city)[0] == 0
    answered(city, NAMES[1])
    assert NAMES[1] in news(city)[1][-1][2]


def test_a_union_hears_of_its_own_subtree_only_and_nobody_of_another_city(city, theirs):
    as_daily(city, city.union, "immediate")
    as_daily(theirs, theirs.officer, "immediate")
    answered(city, NAMES[1])
    assert news(city) == (0, [])
    answered(city, NAMES[0])
    (only,) = news(city)[1]
    assert NAMES[0] in only[2]
    assert NAMES[1] not in only[2]
    assert news(theirs) == (0, [])


def test_ones_own_acts_are_no_news(city):
    as_daily(city, city.officer, "immediate")
    answered(city, NAMES[0])  # the officer wrote it down
    assert news(city)[0] == 0


def test_two_runs_at_once_tell_once(city):
    as_daily(city, city.approver, "immediate")
    answered(city, NAMES[0])
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: news(city)[0], range(4)))
    assert sum(told) == 1
    assert len(news(city)[1]) == 1


def test_who_hears_at_once_gets_no_digest_besides(city):
    as_daily(city, city.union, "immediate")
    assert sent(city, "2026-03-20T00:00+00:00") == 0
