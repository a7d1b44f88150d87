"""A campaign is assigned: drawn up, read, adjusted, applied; conflict and overlap are refused."""

import os
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors import handovers
from blueprints.supervisors.models import Assignment
from blueprints.supervisors.queries import get_supervisor
from tenants.db import db
from tests.browser.conftest import NARROW, WIDE
from tests.offers.world import issued
from tests.supervisors.world import another, certified, on_roster, tied

pytestmark = pytest.mark.browser
NAMES = tuple(f"示例{one}餐饮有限公司" for one in "甲乙丙丁戊己")


@pytest.fixture
def town(ours):
    """A campaign out to six, two certified supervisors, one of them tied to the first firm."""
    issued(ours, NAMES)
    with ours.scope():
        zhou = certified(on_roster(ours, area_code="421002", industries=["62"]))
        li = certified(another(ours, "李某", area_code="421003", industries=["62"]))
        first = db.session.scalars(
            select(Offer.enterprise_id).where(Offer.addressee_name == NAMES[0])
        ).one()
        tied(zhou, db.session.get(Enterprise, (ours.id, first)), "2026-01-01")
        db.session.commit()
        return zhou.id, li.id, first


def keep(page, name):
    """A picture for whoever works on the page."""
    if folder := os.environ.get("YAOYUE_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_campaign_is_assigned_explained_adjusted_and_applied(ours, window, town):
    zhou, _li, first = town
    one = window(ours.officer, width=WIDE)
    page = one.go(ours.url("/supervisors/plans/new"))
    page.fill("[name=title]", "餐饮行动指派")
    campaign = page.locator("[name=source] option", has_text="要约行动").first
    page.select_option("[name=source]", campaign.get_attribute("value"))
    keep(page, "plan-new")
    page.get_by_role("button", name="计算").click()
    page.wait_for_url(re.compile(r"/plans/\d+$"))
    assert page.get_by_text("最优", exact=True).first.is_visible()
    keep(page, "plan")
    page.get_by_role("link", name=f"{NAMES[0]}：为什么是他").click()
    page.wait_for_selector("text=本方案由李某负责")
    assert page.get_by_text("与该企业有利害关系").first.is_visible()
    keep(page, "plan-item")
    page.select_option("[name=supervisor_id]", str(zhou))  # tied: refused beside the field
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector(".y-err:has-text('应当回避')")
    one.said.clear()  # the browser notes the 422
    page.get_by_role("link", name="返回方案").click()
    page.get_by_role("link", name=f"{NAMES[1]}：为什么是他").click()
    page.select_option("[name=supervisor_id]", label="李某")
    page.fill("[name=note]", "去年由李某走访")
    page.get_by_role("button", name="保存").click()
    page.wait_for_selector("text=由人工指定")
    page.get_by_role("link", name="返回方案").click()
    page.get_by_role("button", name="执行方案").click()
    page.get_by_role("button", name="确定办理").click()
    page.wait_for_selector("text=方案已执行：6家企业有了新的指导员")
    keep(page, "plan-applied")
    assert one.faults() == []
    with ours.scope():
        counts = dict(
            db.session.execute(
                select(Assignment.supervisor_id, func.count()).group_by(Assignment.supervisor_id)
            ).all()
        )
        assert sum(counts.values()) == len(NAMES)
        assert counts[zhou] < len(NAMES) - 1  # the tied one and the one fixed by hand are Li's
    page = one.go(ours.url("/supervisors/load"))
    assert page.get_by_text("回避1家企业").is_visible()
    keep(page, "load")
    page = one.go(ours.url(f"/supervisors/assignments/new?id={first}"))
    assert page.get_by_text(re.compile("保持不变|已有指导员")).first.is_visible()
    assert page.locator("#chosen form [type=submit]").count() == 0  # nobody twice at once


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_a_supervisor_accepts_what_is_handed_over(ours, window, town, script):
    zhou, li, first = town
    with ours.scope():
        firm = db.session.scalars(
            select(Offer.enterprise_id).where(Offer.enterprise_id != first).limit(1)
        ).one()
        db.session.add(
            Assignment(supervisor_id=li, enterprise_id=firm, valid_from=date(2026, 1, 1))
        )
        db.session.flush()
        handovers.propose(
            get_supervisor(li), get_supervisor(zhou), date(2026, 3, 2), "负责人周二上午在企业",
            by_id=ours.officer.id,
        )  # fmt: skip
        db.session.commit()
    one = window(ours.supervisor, width=NARROW, script=script)
    page = one.go(ours.url("/supervisors/handovers/mine"))
    keep(page, "my-handovers")
    page.locator("#list th a").first.click()
    page.wait_for_selector("text=负责人周二上午在企业")
    keep(page, "my-handover")
    page.get_by_role("button", name="接收", exact=True).click()
    page.wait_for_selector("text=答复已登记")
    assert not script or one.faults() == []
