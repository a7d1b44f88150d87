"""The main job as people do it: with a mouse, with keys, on a phone, with and without script."""

import re

import pytest
from sqlalchemy import select

from blueprints.offers.ground import queries
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer, ReplyLink
from tenants.db import db
from tests.browser.conftest import NARROW, WIDE
from tests.offers import campaign_world as town
from tests.offers.world import instant, issued
from tests.world import PASSWORD

pytestmark = pytest.mark.browser
PHOTO = b"\x89PNG\r\n\x1a\n" + b"a photo of the signed receipt"


def desk(federation, offer_id):
    with federation.scope():
        link = db.session.scalars(select(ReplyLink).where(ReplyLink.offer_id == offer_id)).one()
        return federation.url(f"/reply/{link.token}")


def offer_of(federation, offer_id):
    with federation.scope():
        return queries.get_offer(offer_id)


def test_an_officer_signs_in_with_keys_alone_and_lands_on_the_workbench(ours, window):
    one = window()
    page = one.go(ours.url("/sign-in"))
    page.focus("[name=email]")
    page.keyboard.type(ours.officer.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/{ours.slug}/$"))
    page.keyboard.press("Tab")
    assert "#main" in page.evaluate("document.activeElement.getAttribute('href')")
    assert one.faults() == []


def test_the_language_is_switched_and_stays(ours, window):
    page = window(ours.officer).go(ours.url("/"))
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.locator("summary, [aria-haspopup]").last.click()
    page.get_by_role("button", name="English").first.click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(page.url)
    assert page.locator("html").get_attribute("lang") == "en"


def test_on_a_phone_the_ways_lie_in_a_drawer(ours, window):
    one = window(ours.officer, width=NARROW)
    page = one.go(ours.url("/"))
    way = page.locator(".y-nav").get_by_role("link", name="企业与工会")
    assert not way.is_visible()
    page.locator("a[href='#nav']").first.click()
    way.click()
    page.wait_for_url(re.compile("/enterprises"))
    assert one.faults() == []


@pytest.mark.parametrize(("width", "script"), [(WIDE, True), (NARROW, True), (NARROW, False)])
def test_an_enterprise_confirms_receipt_and_declines_with_its_reason(
    ours, window, site, width, script
):
    offer_id = issued(ours)[0]
    site.moment = instant("2026-03-05")
    one = window(width=width, script=script)
    page = one.go(desk(ours, offer_id))
    page.fill("[name=receiver_name]", "孙某某")
    page.fill("[name=receiver_title]", "人事经理")
    page.get_by_role("button", name="我单位已收到").click()
    page.wait_for_selector("text=3月25日")
    assert not script or one.faults() == []

    page.check("[name=kind][value=refuse]", force=True)
    page.fill("[name=person_name]", "孙某某")
    page.get_by_role("button", name="提交答复").click()
    page.wait_for_selector(".y-errs")
    assert page.input_value("[name=person_name]") == "孙某某"
    page.fill("[name=reason]", "年度结算未完成")
    page.get_by_role("button", name="提交答复").click()
    page.wait_for_url(re.compile("/done$"))
    assert "示工馈〔2026〕1号" in page.content()
    assert offer_of(ours, offer_id).state == "answered_no"


def test_only_the_fields_of_the_chosen_answer_are_shown(ours, window):
    page = window().go(desk(ours, issued(ours)[0]))
    assert not page.locator("[name=reason]").is_visible()
    page.check("[name=kind][value=refuse]", force=True)
    assert page.locator("[name=reason]").is_visible()
    assert not page.locator("[name=meeting_on]").is_visible()


def test_an_officer_records_service_with_a_photo_and_sees_why_that_date(ours, window, site):
    offer_id = issued(ours)[0]
    site.moment = instant("2026-03-06")
    one = window(ours.officer)
    page = one.go(ours.url(f"/offers/{offer_id}/service"))
    page.fill("[name=served_on]", "2026-03-05")
    page.fill("[name=receiver_name]", "钱某某")
    page.set_input_files(
        "[name=evidence]", {"name": "回证.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(rf"/offers/{offer_id}$"))
    why = page.locator("details.y-why").first
    if why.get_attribute("open") is None:
        why.locator("summary").click()
    assert why.locator("ol li").count() >= 3
    assert "第17条" in why.inner_text()
    assert one.faults() == []


def test_a_leader_approves_what_another_proposed_and_the_officer_issues_it(ours, window):
    with ours.scope(at=instant("2026-03-02")):
        settled = town.settled(ours)
    campaign = town.submitted(ours, settled, name="待审的行动")

    page = window(ours.approver).go(ours.url(f"/campaigns/{campaign}/approval"))
    page.locator("main form button.btn-primary").first.click()
    yes = page.locator("dialog [value=yes]")
    if yes.is_visible():
        yes.click()
    page.wait_for_load_state("networkidle")

    one = window(ours.officer)
    page = one.go(ours.url(f"/campaigns/{campaign}/issue"))
    page.locator("main form button.btn-primary, main form button.btn-grave").last.click()
    if (yes := page.locator("dialog [value=yes]")).is_visible():
        yes.click()
    page.wait_for_load_state("networkidle")
    with ours.scope():
        found = db.session.get_one(Campaign, (ours.id, campaign))
        made = db.session.scalars(select(Offer).where(Offer.campaign_id == campaign)).all()
        assert found.issued_at is not None
        assert len(made) == found.addressed
    assert one.faults() == []
