"""A contract of an industry without a union, clicked from its filing to its renewal.

Acting, ballot and signature are made by the rooms' verbs; from the filing on a person clicks.
"""

import re

import pytest
from sqlalchemy import select

from blueprints.contracts.forecast.models import ForecastEntry
from blueprints.contracts.ground import queries
from jobs.contracts import take_effect
from jobs.forecast import sweep
from tenants.db import db
from tests.browser.conftest import NARROW
from tests.contracts import acting_world
from tests.contracts import world as w

pytestmark = pytest.mark.browser
SCAN = {"name": "证据.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%a scan\n"}


def send(page):
    sure = "main .y-submit button, main .y-stickbar button[type=submit]"
    page.locator(sure).first.click()
    page.wait_for_load_state("networkidle")


def faults(one):
    return [line for line in one.faults() if "422" not in line]


@pytest.fixture
def signed(ours):
    """上代下 for the industry, its workers' vote, both signatures."""
    found = w.town(ours)
    authority = acting_world.approved(ours)
    w.signed(
        found, worker_party="upper_union", acting_mode="upper_acts", acting_authority_id=authority,
        acting_name="示范市总工会", on_behalf_of="沙市区餐饮业职工",
    )  # fmt: skip
    return found


def test_from_filing_through_silence_and_inspection_to_the_forecast_of_renewal(
    signed, ours, window, site
):
    contract = ours.url(f"/contracts/{signed.contract_id}")
    officer = window(ours.officer)

    site.moment = w.at(w.RECEIVED)
    page = officer.go(contract)
    assert "上代下：代沙市区餐饮业职工" in page.inner_text("main")
    page.locator("a[href$='/filing']").first.click()
    page.locator("[name=filer][value=association] + label").click()
    page.fill("[name=filer_name]", "沙市区餐饮行业协会")
    page.fill("[name=authority_name]", "示范市人社局")
    send(page)
    page = officer.go(contract)
    page.locator("a[href$='/receipt']").first.click()
    page.fill("[name=handed_in_on]", w.HANDED_IN.isoformat())
    page.fill("[name=received_on]", w.RECEIVED.isoformat())
    page.fill("[name=receipt_no]", "人社2025-0421")
    send(page)
    assert faults(officer) == []

    with ours.app.app_context():
        assert take_effect(tenant_id=ours.id, at=w.at(w.LAST_DAY, 23).isoformat()) == 0
        assert take_effect(tenant_id=ours.id, at=w.at(w.IN_FORCE, 0).isoformat()) == 1
        assert take_effect(tenant_id=ours.id, at=w.at(w.IN_FORCE, 1).isoformat()) == 0

    site.moment = w.at("2025-05-09")
    page = officer.go(contract)
    assert "审查期届满未提异议" in page.inner_text("main")
    page.locator("a[href$='/publication']").first.click()
    page.select_option("[name=enterprise_id]", index=1)
    page.fill("[name=place]", "厂务公开栏")
    page.fill("[name=from_on]", "2025-05-09")
    send(page)
    assert "已公布" in officer.go(contract).inner_text("main")

    inspected(signed, ours, window, site)
    assessed(contract, signed, ours, window, site)

    with ours.app.app_context():
        sweep(tenant_id=ours.id, at=w.at("2026-02-20").isoformat())
    site.moment = w.at("2026-02-20")
    page = officer.go(ours.url("/forecast"))
    assert "合同即将期满" in page.inner_text("#list")
    with ours.scope():
        line = db.session.scalars(select(ForecastEntry).filter_by(ground="renewal")).one()
    page = officer.go(ours.url(f"/forecast/lines/{line.id}"))
    assert "不是必须签订的期限" in page.inner_text("main")
    assert faults(officer) == []
    page.locator(f"form[action$='/lines/{line.id}/case'] button").click()
    page.wait_for_url(re.compile(r"/cases/\d+"))


def inspected(signed, ours, window, site):
    """On a phone, clause by clause; both sign; the gap goes to both chiefs and is put right."""
    site.moment = w.at("2025-10-20")
    phone = window(ours.officer, width=NARROW)
    page = phone.go(ours.url("/performance"))
    page.locator("#list a[href*='/checks/']").first.click()
    page.wait_for_url(re.compile(r"/checks/\d+$"))
    check = page.url
    with ours.scope():
        count = len(queries.clauses(queries.get_contract(signed.contract_id)))
    for number in range(count):
        page.goto(check)
        page.locator("#clauses a.btn").nth(number).click()
        kept = number > 0
        result = "kept" if kept else "partly"
        page.locator(f"[name=result][value={result}] + label").click()
        page.set_input_files("[name=evidence]", SCAN)
        if not kept:
            page.fill("[name=done_quantity]", "3家中2家")
            page.locator("summary").filter(has_text="未完全履行").click()
            page.fill("[name=gap_reason]", "一家晚发5日")
        assert faults(phone) == []
        send(page)
    page.goto(check)
    page.locator("a[href$='/signature']").click()
    page.fill("[name=employer_monitor]", "钱某某")
    page.locator("[name=worker_signs]").check()
    page.locator("[name=employer_signs]").check()
    send(page)
    assert "履检2025-001" in page.inner_text("body")
    put_right(page, check, site)
    assert faults(phone) == []


def put_right(page, check, site):
    """One letter to both chiefs, a day agreed, and the correction found in place."""
    page.locator("#findings a").first.click()
    finding = page.url
    page.locator("a[href$='/remedy']").click()
    page.fill("[name=remedy]", "补发并公示")
    page.fill("[name=due_on]", "2025-11-20")
    send(page)
    page.goto(check)
    page.locator("a[href$='/letter']").click()
    send(page)
    page.goto(finding)
    assert "已告知双方首席代表" in page.inner_text("main")
    page.locator("a[href$='/plan']").click()
    page.fill("[name=plan_on]", "2025-11-20")
    page.fill("[name=plan_text]", "按月核对")
    send(page)
    site.moment = w.at("2025-11-18")
    page.goto(finding)
    page.locator("a[href$='/correction']").click()
    page.fill("[name=note]", "工资表已核对")
    send(page)
    assert "已整改" in page.inner_text("main")


def assessed(contract, signed, ours, window, site):
    site.moment = w.at("2026-02-10")
    officer = window(ours.officer)
    page = officer.go(contract)
    page.locator("a[href$='/assessment/new']").first.click()
    page.fill("[name=assessors]", "双方监督小组")
    page.fill("[name=next_round]", "细化计件工价")
    send(page)
    assert "本期没有结束的职工问卷" in page.inner_text("main")
    leader = window(ours.approver)
    page = leader.go(ours.url(f"/performance/contracts/{signed.contract_id}/assessment"))
    page.locator("a[href$='/confirmation']").click()
    send(page)
    assert "已确认" in page.inner_text("main") or "履评" in page.inner_text("main")
    assert faults(leader) == []
