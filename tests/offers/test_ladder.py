"""Mail that serves nobody becomes a letter, a letter without a receipt a visit; once each."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from blueprints.notices.models import Notice
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.queries import get_offer, proven_service
from blueprints.offers.ground.service_models import ServiceMethod
from blueprints.offers.ground.task_models import PrintRun, ServiceTask
from blueprints.offers.service import paper, tasks
from blueprints.offers.service.actions import Receipt, record_failed_service, record_service
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment, Supervisor
from jobs.fallback import sweep
from tenants import trail
from tenants.db import db
from tests.offers.world import instant, issued

PDF = b"%PDF-1.7\n%a photo\n"
OUT = instant("2026-03-02", 9)


@pytest.fixture
def offers(ours):
    """Three offers whose mails went out on 2 March."""
    ids = issued(ours, tuple(f"示例{one}餐饮有限公司" for one in "甲乙丙"), at=OUT)
    with ours.scope(at=OUT):
        for notice in db.session.scalars(select(Notice).where(Notice.kind == "offer")):
            notice.address, notice.state, notice.sent_at = "n@firm.example", "sent", OUT
        db.session.commit()
    return ids


def swept(federation, day):
    with federation.app.app_context():
        return sweep(tenant_id=federation.id, at=instant(day, 9).isoformat())


def name_of(federation, offer_id):
    with federation.scope():
        return get_offer(offer_id).addressee_name


def standing(offer_id):
    task = tasks.open_task(offer_id)
    return task and (task.step, task.cause)


def posted(federation, offer_id, number, day):
    with federation.scope(at=instant(day, 10)):
        task = tasks.open_task(offer_id)
        task.post_number, task.posted_on = number, date.fromisoformat(day)
        db.session.commit()


def test_a_mail_nobody_answers_becomes_a_letter_after_the_days_of_the_federation(ours, offers):
    assert swept(ours, "2026-03-06")["letters"] == 0
    assert swept(ours, "2026-03-10")["letters"] == 3
    assert swept(ours, "2026-03-10") == {"closed": 0, "letters": 0, "visits": 0}
    with ours.scope():
        assert {standing(one) for one in offers} == {("paper", "unanswered")}
        campaign = db.session.scalars(select(Campaign)).one()
        assert paper.how_many(campaign) == 3
        assert "campaign.paper_owed" in [event.verb for event in trail.of(campaign)]


def test_a_federation_may_wait_longer_or_for_ever(ours, offers, as_):
    from tests.delivery.test_sending import FORM

    path = ours.url("/delivery/settings")
    as_(ours.administrator).post(path, data={**FORM, "paper_after": "20", "visit_after": "3"})
    assert swept(ours, "2026-03-10")["letters"] == 0
    as_(ours.administrator).post(path, data={**FORM, "password": "", "paper_after": ""})
    assert swept(ours, "2026-06-10")["letters"] == 0


def test_what_is_served_or_answered_needs_no_letter_any_more(ours, offers):
    swept(ours, "2026-03-10")
    with ours.scope(at=instant("2026-03-11")):
        receipt = Receipt(ServiceMethod.REGISTERED_POST, date(2026, 3, 11), post_number="XA1")
        record_service(get_offer(offers[0], lock=True), receipt)
        db.session.execute(
            text("UPDATE offer SET state = 'closed' WHERE id = :i"), {"i": offers[1]}
        )
        db.session.commit()
        assert standing(offers[0]) is None
    assert swept(ours, "2026-03-12")["closed"] == 1
    with ours.scope():
        done = {task.offer_id: task.outcome for task in db.session.scalars(select(ServiceTask))}
        assert done == {offers[0]: "served", offers[1]: "settled", offers[2]: None}


def test_a_letter_that_comes_back_or_stays_silent_sends_somebody_there_once(ours, offers):
    swept(ours, "2026-03-10")
    for number, offer_id in enumerate(offers[:2]):
        posted(ours, offer_id, f"XA{number}", "2026-03-11")
    with ours.scope(at=instant("2026-03-14")):
        record_failed_service(
            get_offer(offers[0], lock=True),
            Receipt(ServiceMethod.REGISTERED_POST, date(2026, 3, 14), post_number="XA0"),
            "service.returned_post",
        )
        db.session.commit()
    assert swept(ours, "2026-03-15")["visits"] == 1
    assert swept(ours, "2026-03-20")["visits"] == 0
    assert swept(ours, "2026-03-25")["visits"] == 1
    assert swept(ours, "2026-03-25")["visits"] == 0
    with ours.scope():
        assert standing(offers[0]) == ("on_site", "post_returned")
        assert standing(offers[1]) == ("on_site", "post_silent")
        assert standing(offers[2]) == ("paper", "unanswered")


def test_a_supervisor_sees_the_own_visits_and_proves_service_with_photo_and_witness(
    ours, offers, as_
):
    with ours.scope(at=instant("2026-03-10")):
        supervisor = Supervisor(user_id=ours.supervisor.id, name="周某某")
        db.session.add(supervisor)
        db.session.flush()
        mine = get_offer(offers[0]).enterprise_id
        db.session.add(
            Assignment(supervisor_id=supervisor.id, enterprise_id=mine, valid_from=date(2026, 1, 1))
        )
        db.session.commit()
    for offer_id in offers[:2]:
        assert as_(ours.officer).post(ours.url(f"/offers/{offer_id}/visit")).status_code == 303
    browser = as_(ours.supervisor)
    served, other = (name_of(ours, one) for one in offers[:2])
    page = browser.get(ours.url("/offers/on-site")).text
    assert served in page
    assert other not in page
    assert served in browser.get(ours.url("/")).text
    assert "1 visit" in page
    sheet = browser.get(ours.url("/offers/on-site/export.csv")).get_data(as_text=True)
    assert served in sheet
    assert other not in sheet
    form = {
        "reached": "yes", "method": "in_person", "served_on": "2026-03-20",
        "receiver_name": "孙某某", "post_number": "XA9",
    }  # fmt: skip
    path = ours.url(f"/offers/{offers[0]}/service")
    answer = browser.post(path, data=form)
    assert answer.status_code == 422
    assert "proven by a photo or scan" in answer.text
    assert "needs a witness" in answer.text
    whole = {**form, "witness": "郑某某", "evidence": (io.BytesIO(PDF), "照片.pdf")}
    assert browser.post(path, data=whole).status_code == 303
    with ours.scope():
        assert proven_service(get_offer(offers[0])).witness == "郑某某"
        assert standing(offers[0]) is None


def test_a_visit_is_ordered_once_and_not_for_what_is_served(ours, offers, as_):
    officer = as_(ours.officer)
    path = ours.url(f"/offers/{offers[0]}/visit")
    assert officer.post(path).status_code == 303
    assert officer.post(path).status_code == 409
    assert as_(ours.supervisor).post(path).status_code == 403
    assert as_(ours.auditor).post(path).status_code == 403


# The print batch.


def areas(federation, offer_ids, *codes):
    with federation.scope():
        for offer_id, code in zip(offer_ids, codes, strict=True):
            enterprise = db.session.get_one(
                Enterprise, (federation.id, get_offer(offer_id).enterprise_id)
            )
            enterprise.area, enterprise.address = code, f"示范路{offer_id}号"
        db.session.commit()


def test_a_run_is_one_pdf_by_area_and_is_not_printed_twice(ours, offers, as_):
    areas(ours, offers, "421003", "421002", "421003")
    swept(ours, "2026-03-10")
    browser = as_(ours.officer)
    made = browser.post(ours.url("/offers/paper"))
    assert made.mimetype == "application/pdf"
    with ours.scope():
        campaign = db.session.scalars(select(Campaign)).one()
        rows = paper.rows(campaign)
        assert [row.id for row in rows] == [offers[1], offers[0], offers[2]]
        (run,) = paper.prints(campaign)
        assert (run.number, run.letters) == (1, 3)
        assert {row.print_run_id for row in rows} == {run.id}
        assert paper.how_many(campaign, fresh=True) == 0
    page = browser.get(ours.url("/offers/paper")).text
    assert "Print all 3 letters again" in page
    assert browser.post(ours.url("/offers/paper")).status_code == 303
    assert browser.post(ours.url("/offers/paper"), data={"again": "1"}).status_code == 200
    with ours.scope():
        assert sorted(db.session.scalars(select(PrintRun.number))) == [1, 2]


def test_an_address_sheet_says_where_to_and_leads_to_recording_the_service(ours, offers):
    areas(ours, offers, "421003", "421002", "421003")
    swept(ours, "2026-03-10")
    with ours.scope():
        campaign = db.session.scalars(select(Campaign)).one()
        rows = paper.rows(campaign)
        sheets = [paper.address_sheet(row, n, len(rows)) for n, row in enumerate(rows, start=1)]
    assert [sheet.place for sheet in sheets] == ["1 / 3", "2 / 3", "3 / 3"]
    assert sheets[0].name == name_of(ours, offers[1])
    assert f"示范路{offers[1]}号" in sheets[0].address
    assert sheets[0].url.endswith(f"/{ours.slug}/offers/{offers[1]}/service")


# Registered numbers.


def numbers_of(federation, offer_ids):
    with federation.scope():
        return [get_offer(one).document_no for one in offer_ids]


def send(browser, federation, lines, **more):
    return browser.post(federation.url("/offers/post-numbers"), data={"lines": lines, **more})


def test_numbers_are_looked_at_first_and_written_down_when_confirmed(ours, offers, as_):
    first, second, third = numbers_of(ours, offers)
    lines = (
        "文号\t挂号信编号\t交寄日期\t签收日期\n"
        f"{first}\tXA10000001\t2026-03-11\t\n{second}\tXA10000001\t2026-03-11\t\n"
        f"{third}\tXA10000003\t2026-02-11\t\n示工约〔2026〕999号\tXA10000004\t2026-03-11\t\n"
    )
    browser = as_(ours.officer)
    page = send(browser, ours, lines).text
    assert "1 number can be written down" in page
    for words in ("in the list twice", "before the offer was issued", "no offer of this number"):
        assert words in page
    with ours.scope():
        assert db.session.scalars(select(ServiceTask)).all() == []
    left = send(browser, ours, lines, confirm="1").text
    assert "3 rows cannot be recorded" in left
    with ours.scope():
        task = tasks.open_task(offers[0])
        assert (task.post_number, task.posted_on) == ("XA10000001", date(2026, 3, 11))
        assert trail.of(("offer", offers[0]))[0].verb == "offer.posted"
        offer = get_offer(offers[0])
        assert (offer.served_on, offer.reply_due_on) == (None, None)  # posted is not served
    again = send(browser, ours, f"{first}\tXA10000009\t2026-03-12").text
    assert "entered already" in again
    assert (
        "belongs to another letter" in send(browser, ours, f"{second}\tXA10000001\t2026-03-12").text
    )


def test_a_receipt_needs_no_number_where_it_was_entered_at_posting(ours, offers, as_):
    (first, *_) = numbers_of(ours, offers)
    browser = as_(ours.officer)
    send(browser, ours, f"{first}\tXA10000001\t2026-03-11", confirm="1")
    lines = f"文号\t挂号信编号\t交寄日期\t签收日期\n{first}\t\t2026-03-11\t2026-03-13"
    browser.post(ours.url("/offers/service-list"), data={"lines": lines, "confirm": "1"})
    with ours.scope():
        assert get_offer(offers[0]).served_on == date(2026, 3, 13)
        assert proven_service(get_offer(offers[0])).post_number == "XA10000001"


def test_posting_is_the_officers_business(ours, theirs, offers, as_):
    (first, *_) = numbers_of(ours, offers)
    assert as_(ours.supervisor).get(ours.url("/offers/post-numbers")).status_code == 403
    page = send(as_(theirs.officer), theirs, f"{first}\tXA10000001\t2026-03-11").text
    assert "no offer of this number" in page


@pytest.mark.parametrize(
    "statement",
    [
        (
            "INSERT INTO service_task (tenant_id, offer_id, step, cause, opened_at)"
            " SELECT tenant_id, offer_id, 'on_site', 'by_hand', now() FROM service_task LIMIT 1"
        ),
        "UPDATE service_task SET post_number = 'XA1'",
        "UPDATE service_task SET post_number = 'XA1', posted_on = '2026-03-10'",
        "UPDATE service_task SET step = 'on_site', post_number = 'XA1', posted_on = '2026-03-10'",
        "UPDATE service_task SET closed_at = now()",
        "DELETE FROM service_task",
    ],
)
def test_the_database_refuses_a_ladder_that_contradicts_itself(ours, offers, statement):
    swept(ours, "2026-03-10")
    with ours.scope(), pytest.raises(DBAPIError):
        db.session.execute(text(statement))


def test_three_days_without_a_schedule_change_nothing_but_the_hour(ours, offers):
    """Four sweeps at once after three silent days open each task once."""
    from concurrent.futures import ThreadPoolExecutor

    day = instant("2026-03-10", 9) + timedelta(days=3)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: swept(ours, day.date().isoformat()), range(4)))
    assert sum(each["letters"] for each in found) == 3
