"""The long ways: a ledger from the file to the register, a campaign from nothing to the mail."""

import re

import pytest
from sqlalchemy import func, select

from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Reply
from blueprints.registry.models import Enterprise
from tenants.db import db
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_journeys import desk
from tests.offers import campaign_world as town
from tests.offers.world import instant, issued

pytestmark = pytest.mark.browser
LEDGER = (
    "示范市企业台账（2026年）\n"
    "单位名称,统一社会信用代码,行业,所属县市区,职工人数\n"
    "示例甲餐饮有限公司,,餐饮业,沙市区,42\n"
    "示例乙餐饮有限公司,,餐饮业,沙市区,31\n"
    "示例丙餐饮有限公司,91421002MA00000000,餐饮业,沙市区,18\n"
    "合计,,,,91\n"
)


def count(federation, model):
    with federation.scope():
        return db.session.scalar(select(func.count()).select_from(model))


def test_an_officer_imports_a_ledger_and_sees_what_was_sent_back(ours, window, work):
    one = window(ours.officer)
    page = one.go(ours.url("/imports"))
    page.set_input_files(
        "[name=ledger]",
        {"name": "台账.csv", "mimeType": "text/csv", "buffer": LEDGER.encode("utf-8-sig")},
    )
    page.get_by_role("button", name="上传").click()
    page.wait_for_url(re.compile(r"/imports/\d+$"))
    assert page.locator("#map-name option:checked").inner_text() == "单位名称"
    assert one.faults() == []

    page.locator("form[action$='/columns'] button.btn-primary").click()
    page.wait_for_load_state("networkidle")
    shown = page.inner_text("#import")
    assert "示例丙餐饮有限公司" in shown
    assert count(ours, Enterprise) == 0, "a dry run writes nothing"
    assert one.faults() == []

    page.locator("form[action$='/confirmation'] button").click()
    if (yes := page.locator("dialog [value=yes]")).is_visible():
        yes.click()
    page.wait_for_selector("[hx-trigger='every 1s']")
    work()
    page.wait_for_selector("#import:not([hx-trigger])", state="attached")
    assert count(ours, Enterprise) == 2
    with page.expect_download() as taken:
        page.locator("a[href$='rejected.xlsx']").first.click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    page = one.go(ours.url("/enterprises?q=示例"))
    assert page.get_by_text("示例甲餐饮有限公司").first.is_visible()
    assert one.faults() == []


def test_a_campaign_is_prepared_step_by_step_approved_and_issued(ours, window, site):
    town.settled(ours)
    site.moment = instant("2026-03-02")
    officer = window(ours.officer)
    page = officer.go(ours.url("/campaigns/new"))
    page.fill("[name=name]", "餐饮行业春季要约")
    page.fill("[name=subject]", "2027年度工资")
    page.locator("main form button.btn-primary").click()
    for step in (choose_scope, write_content, choose_issuers, submit):
        step(page)
        assert officer.faults() == []
    with ours.scope():
        campaign = db.session.scalars(select(Campaign)).one()
    assert campaign.submitted_at is not None

    refused = officer.go(ours.url(f"/campaigns/{campaign.id}/approval"))
    assert refused.locator("form[action$='/approval']").count() == 0, "not one's own"

    leader = window(ours.approver, width=NARROW)
    page = leader.go(ours.url(f"/campaigns/{campaign.id}/approval"))
    assert leader.faults() == []
    page.locator("form[action$='/approval'] button.btn-primary").click()
    consent(page)

    page = officer.go(ours.url(f"/campaigns/{campaign.id}/issue"))
    assert officer.faults() == []
    page.locator("form[action$='/issue'] button").last.click()
    consent(page)
    with ours.scope():
        made = db.session.scalars(select(Offer).order_by(Offer.number)).all()
    assert [offer.number for offer in made] == [1, 2, 3]


def choose_scope(page):
    page.wait_for_url(re.compile("/scope$"))
    page.locator("[name=areas][value='421002']").check(force=True)
    box = page.locator("[name=industries][value='62']")
    box.evaluate("one => { for (let e = one; e; e = e.parentElement) e.open = true; }")
    with page.expect_response(re.compile("/scope")):
        box.check(force=True)
    page.wait_for_selector("#outcome >> text=3")
    page.locator("main form [name=go][value=on]").last.click()
    page.wait_for_url(re.compile("/content$"))


def write_content(page):
    if page.locator("[name=topics-0-title]").count() == 0:
        page.locator("[name=rows][value=add]").click()
    page.fill("[name=topics-0-title]", "岗位最低工资")
    page.fill("[name=topics-0-reason]", "两年未调整。")
    page.fill("[name=topics-0-position]", "按工种分别确定")
    page.fill("[name=proposed_on]", "2026-04-20")
    page.fill("[name=proposed_place]", "示范市职工之家")
    for name, value in town.LETTER.items():
        field = page.locator(f"[name={name}]:visible")
        if field.count():
            field.fill(value)
    page.locator("main form button.btn-primary[value=on]").click()
    page.wait_for_url(re.compile("/issuers$"))


def choose_issuers(page):
    page.check("[name=issuer_mode][value=double]", force=True)
    page.locator("main form [name=go][value=on]").last.click()
    page.wait_for_url(re.compile("/check$"))


def submit(page):
    page.locator("form[action$='/submission'] button").click()
    consent(page)


def consent(page):
    """A grave act asks first; wait for what follows."""
    if (yes := page.locator("dialog [value=yes]")).is_visible():
        yes.click()
    page.wait_for_load_state("networkidle")


ANSWERS = {
    "accept": {"chief_name": "李某某", "chief_title": "总经理"},
    "accept_other_date": {"meeting_on": "2026-04-28", "meeting_place": "本单位会议室"},
    "refuse": {"reason": "年度结算未完成"},
    "not_us": {"mistake": "moved", "mistake_note": "已迁往外市"},
}


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("script", [True, False])
def test_an_enterprise_can_answer_in_every_way(ours, window, site, kind, script):
    offer_id = issued(ours, ("示例甲餐饮有限公司",))[0]
    site.moment = instant("2026-03-05")
    one = window(width=WIDE if script else NARROW, script=script)
    page = one.go(desk(ours, offer_id))
    page.check(f"[name=kind][value={kind}]", force=True)
    for name, value in ANSWERS[kind].items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]", force=True)
        else:
            field.fill(value)
    page.fill("[name=person_name]", "孙某某")
    page.locator("#form-reply button[type=submit]").click()
    page.wait_for_url(re.compile("/done$"))
    assert not script or one.faults() == []
    with ours.scope():
        reply = db.session.scalars(select(Reply)).one()
    assert (reply.kind, reply.person_name, reply.late) == (kind, "孙某某", False)


def test_a_link_that_leads_nowhere_is_answered_calmly_on_a_phone(ours, window):
    one = window(width=NARROW, locale="en")
    page = one.go(ours.url("/reply/0123456789abcdef"))
    assert page.locator("h1").is_visible()
    assert [line for line in one.faults() if "404" not in line] == []
    page = one.go(ours.url("/reply"))
    page.fill("[name=code]", "23456-789AB")
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector(".y-err")
    assert [line for line in one.faults() if "422" not in line] == []
